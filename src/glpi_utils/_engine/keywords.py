"""Refusing a misspelt keyword with the one that was probably meant."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable


def refuse_unknown(unknown: Iterable[str], of: Callable[..., object], more: Iterable[str] = ()) -> None:
    """Raise TypeError for a keyword that ``of`` does not take, as Python does, with those that look most like it.

    ``more``: keywords that it takes beside those of its signature.
    """
    for name in unknown:
        from difflib import get_close_matches

        named = inspect.signature(of).parameters.values()
        known = sorted({*(each.name for each in named if each.kind is not each.VAR_KEYWORD), *more} - {"self"})
        near = get_close_matches(name, known, n=3, cutoff=0.6)
        meant = f"did you mean {' or '.join(map(repr, near))}?" if near else f"it takes {', '.join(known)}"
        raise TypeError(f"{of.__name__}() got an unexpected keyword argument {name!r:.60}; {meant}")
