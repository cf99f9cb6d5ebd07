"""Which version of the high-level API to speak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._caller import warn
from ._display import described
from .exceptions import GlpiUnsupportedError, GlpiValidationError

__all__ = ["choose", "is_newer", "pin"]

_Numbers = tuple[int, ...]


def pin(value: Any) -> str | None:
    """Read a version that somebody asks for: None, ``2``, ``"2.2"``, ``"v2.2.0"``, ``3.0``.

    >>> pin("2.3"), pin(3.0), pin("v2"), pin(None)
    ('v2.3', 'v3.0', 'v2', None)
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    numbers = _numbers(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    if not numbers or numbers[0] < 1:
        raise GlpiValidationError(f"no version of the API: {described(value)}; write one like 'v2.2', or leave it out")
    if numbers[0] == 1:
        raise GlpiValidationError("version 1 is the legacy API: use GlpiAPI or AsyncGlpiAPI for it")
    return "v" + ".".join(map(str, numbers))


def choose(listed: Any, pin: str | None = None) -> str:
    """Return the version that stands in every path, from the list at ``/api.php/``.

    The highest 2.x, or the highest that ``pin`` is a part of. Never none and never one that is not
    listed: GLPI takes both for its newest, which on GLPI 12 is 3.0, an alpha.

    >>> choose([{"version": "1.0.0"}, {"version": "2.1.0"}, {"version": "2.2.0"}, {"version": "3.0.0"}])
    'v2.2'
    """
    known = sorted(_listed(listed))
    wanted = _wanted(pin)
    fitting = [each for each in known if each[: len(wanted)] == wanted]
    if not fitting:
        offered = ", ".join(".".join(map(str, each)) for each in known) or "none"
        missing = f"version {'.'.join(map(str, wanted))}" if pin else "version 2.x"
        raise GlpiUnsupportedError(f"this server has no {missing} of the high-level API; it lists: {offered}")
    best = fitting[-1]
    if best[0] > 2:
        warn(f"version {best[0]}.{best[1]} of the high-level API is an alpha that still changes; 2.x is the stable one")
    return "v" + ".".join(map(str, best[: max(2, len(wanted))]))


def is_newer(listed: Any) -> bool:
    """Check whether a server lists version 2.3 or a later one: then it is GLPI 11.0.7 or later, whatever is pinned.

    >>> is_newer([{"version": "2.2.0"}]), is_newer([{"version": "2.2.0"}, {"version": "2.3.0"}])
    (False, True)
    """
    return any(version >= (2, 3) for version in _listed(listed))


def _wanted(version: str | None) -> _Numbers:
    text = pin(version)
    return (2,) if text is None else _numbers(text) or (2,)


def _listed(rows: Any) -> Iterator[_Numbers]:
    listed: list[Any] = list(rows) if isinstance(rows, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType]
    for row in listed:
        version: Any = row.get("version") if isinstance(row, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        numbers = _numbers(version) if isinstance(version, str) else None
        if numbers:
            yield (*numbers, 0, 0)[:3]


def _numbers(text: str) -> _Numbers | None:
    """Return 1 to 3 numbers of a version, or None."""
    text = text.strip()
    parts = text[1:].split(".") if text[:1] in ("v", "V") else text.split(".")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    return tuple(map(int, parts))
