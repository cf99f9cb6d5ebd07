"""What may have been meant by a misspelt name: the names that look most like it, and the question that names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

__all__ = ["near_names", "did_you_mean"]

_LONGEST = 60
"""Longer names are compared by their beginning: the time grows with the square of the length."""


def near_names(
    name: str,
    known: Iterable[str],
    *,
    plain: Callable[[str], str] | None = None,
    most: int = 3,
    cutoff: float = 0.6,
) -> list[str]:
    """Return the known names that look most like a name, the best first.

    Args:
        plain: Brings the name and the known ones into the form in which they are compared, such as `str.lower`.
        most: How many are returned at most.
        cutoff: How much alike they must be, from 0 to 1.

    >>> near_names("urgencyy", ["urgency", "impact"]), near_names("urgency", ["Urgency"], plain=str.lower), near_names("x", [])
    (['urgency'], ['Urgency'], [])
    """
    from difflib import get_close_matches

    forms = {each if plain is None else plain(each): each for each in known}
    form = (name if plain is None else plain(name))[:_LONGEST]
    return [forms[each] for each in get_close_matches(form, forms, n=most, cutoff=cutoff)]


def did_you_mean(names: Sequence[str], before: str = "", after: str = "") -> str:
    """Return the question whether one of these names was meant, with what stands around it; "" where there are none.

    >>> did_you_mean(["urgency", "impact"], after=" "), did_you_mean([], after=" ")
    ('did you mean urgency or impact? ', '')
    """
    return f"{before}did you mean {' or '.join(names)}?{after}" if names else ""
