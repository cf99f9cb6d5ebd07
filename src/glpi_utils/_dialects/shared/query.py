"""Keywords of a read, checked and turned into a query string as PHP reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiValidationError
from ...filters import Filter

Pairs = tuple[tuple[str, str], ...]
Keep = Callable[[dict[str, Any]], bool]
"""Tells the rows that a filter means, where the server gives more."""
WHOLE_LISTS = ("page_size", "concurrency", "on_page", "id_audit", "census", "unstable")
"""What only those that read whole lists take, beside the keywords of `get_all`."""
_PROPERTY = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")


class Span(NamedTuple):
    """Ids from ``low`` on (None: the first) and below ``high`` (None: to the last); ``top``: the last row alone."""

    low: int | None = None
    high: int | None = None
    top: bool = False


class Listing(NamedTuple):
    """A list that was asked for: what narrows it, from where, how many, in which order.

    ``trash``: True with, False without the rows in the trash, None as the API does by itself.
    ``keep`` finishes the filter on the rows that come. ``names`` are the properties of ``schema`` (or of the rows
    at that path) that filter and order name, where the API may take a wrong one for none.
    """

    params: Pairs = ()
    filter: str = ""
    sort: str = ""
    start: int = 0
    limit: int | None = None
    trash: bool | None = None
    keep: Keep | None = None
    names: tuple[str, ...] = ()
    schema: str = ""

    def part(self, start: int, limit: int) -> Listing:
        """Return the same list, other rows of it."""
        return self._replace(start=start, limit=limit)


def encode(pairs: Iterable[tuple[str, str]]) -> str:
    """Make the query string; everything but letters, digits and ``-._~`` is percent-encoded."""
    return "&".join([f"{_quoted(name, '[]')}={_quoted(value, '')}" for name, value in pairs])


def _quoted(text: str, safe: str) -> str:
    return text if text.isascii() and text.isalnum() else quote(text, safe=safe)


def flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Spread a value the way PHP reads it: ``criteria[0][field]=1``; booleans are 1 and 0; None is left out."""
    if value is None:
        return
    if isinstance(value, bool):
        yield name, "1" if value else "0"
    elif isinstance(value, Mapping):
        for key, each in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from flat(f"{name}[{key}]", each)
    elif isinstance(value, list | tuple | set | frozenset):
        for at, each in enumerate(value):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            deep = isinstance(each, Mapping | list | tuple)
            yield from flat(f"{name}[{at}]" if deep else f"{name}[]", each)
    else:
        yield name, str(value)


def spread(params: Mapping[str, Any] | None) -> Pairs:
    """Spread a mapping of parameters."""
    if params is None:
        return ()
    if not isinstance(params, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise GlpiValidationError(f"params must be a dict, not {type(params).__name__}")
    return tuple(pair for name, value in params.items() for pair in flat(name, value))


def only(keywords: Mapping[str, Any], known: frozenset[str], elsewhere: Mapping[str, str], verb: str) -> None:
    """Refuse a keyword that this API would ignore: it ignores in silence, and gives *every* row.

    ``elsewhere`` names keywords of the other API and what to use instead.
    """
    for name in keywords:
        if name.partition("[")[0] in known:
            continue
        if name in elsewhere:
            raise GlpiValidationError(f"{verb} has no {name!r} on this API: {elsewhere[name]}")
        more = WHOLE_LISTS if verb == "a list" else ()
        near = near_names(name, [*known, *more, *(("unwrap",) if verb == "get_sub_items()" else ())])
        shown = [f"{each!r} (get_all_pages() takes it)" if each in more else repr(each) for each in near]
        meant = did_you_mean(shown, after=" ")
        further = f"; get_all_pages() takes {', '.join(more)} too" if more else ""
        raise GlpiValidationError(
            f"{verb} does not know {name!r}: {meant}"
            f"Known are {', '.join(sorted(known))}{further}; params={{...}} passes anything else through."
        )


def whole(value: Any, name: str, least: int, most: int | None = None) -> int:
    """Check a number of rows or an offset."""
    number = value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int) or number < least or (most and number > most):
        bound = f"from {least} to {most}" if most else f"of at least {least}"
        by_name = "; a filter goes by name: filter=F.status == 1" if isinstance(value, Filter) else ""
        raise GlpiValidationError(f"{name} must be an integer {bound}, not {value!r:.60}{by_name}")
    return number


def window(keywords: dict[str, Any]) -> tuple[int, int | None]:
    """Take ``range="0-49"``, or ``start=`` and ``limit=``, out of the keywords: first row and number of rows."""
    text = keywords.pop("range", None)
    start, limit = keywords.pop("start", None), keywords.pop("limit", None)
    if text is not None:
        match = re.fullmatch(r"(\d{1,12})-(\d{1,12})", str(text))
        if not match or int(match[2]) < int(match[1]):
            raise GlpiValidationError(f'range must look like "0-49", not {text!r:.60}')
        if start is not None or limit is not None:
            raise GlpiValidationError("give range=, or start= and limit=, not both")
        return int(match[1]), int(match[2]) - int(match[1]) + 1
    return (
        0 if start is None else whole(start, "start", 0),
        None if limit is None else whole(limit, "limit", 1),
    )


def flag(keywords: dict[str, Any], name: str) -> bool | None:
    """Take a yes, no or unsaid out of the keywords."""
    value = keywords.pop(name, None)
    if value is None or isinstance(value, bool):
        return value
    raise GlpiValidationError(f"{name} must be True, False or None, not {value!r:.60}")


def ordered(order: Any) -> list[tuple[str, str]]:
    """Read an order, ``"-date,name"``, ``"date:desc"`` or a list of these: names and "asc" or "desc".

    >>> ordered(["-date", "category.name"])
    [('date', 'desc'), ('category.name', 'asc')]
    """
    if order is None or order == "":
        return []
    texts: list[Any] = list(order) if isinstance(order, list | tuple) else [order]  # pyright: ignore[reportUnknownArgumentType]
    if not all(isinstance(each, str) for each in texts):
        raise GlpiValidationError(f'sort must be text, "-date" or "date:desc", or a list of these, not {order!r:.60}')
    return [_order(part.strip(), order) for text in texts for part in text.split(",")]


def _order(part: str, order: Any) -> tuple[str, str]:
    name, colon, way = part.removeprefix("-").partition(":")
    way = way.strip().lower() if colon else "desc" if part.startswith("-") else "asc"
    if not _PROPERTY.fullmatch(name.strip()) or way not in ("asc", "desc") or (colon and part.startswith("-")):
        raise GlpiValidationError(
            f'sort is "name", "-name", "name:asc" or "name:desc", or several with commas between, not {order!r:.60}'
        )
    return name.strip(), way


def order_text(order: Any) -> str:
    """Return an order as the High-Level API takes it."""
    return ",".join(f"{name}:desc" if way == "desc" else name for name, way in ordered(order))
