"""Datetimes both ways, for clients that ask for it: a dialect around another one."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from ..._wire import ItemList, Operation, Page
from ...exceptions import GlpiValidationError
from ..dialect import Dialect
from . import moments
from .narrowing import has_offset, localized
from .query import Listing, Span
from .shapes import Item, Keywords, is_object

if TYPE_CHECKING:
    from ..._wire import Response
    from .keyed_creates import Sub
    from .resource import Resource

_LOOKS: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?")
_CALLED: Final = re.compile(r"(?:.*_)?(?:date|begin|end)(?:_.*)?|[a-z]*date|last_login")


class Dated:
    """Speaks as the dialect inside. With a zone, filters may name moments with an offset.

    With ``reads`` it makes datetimes of what the fields of a type hold; what is no date stays text. High-level times have
    their offset and become aware; legacy ones have none. With a zone both are aware, in that zone.
    """

    zone_matters = False
    """Whether a filter has named a moment with an offset, so that the zone must be the server's."""

    def __init__(self, inner: Dialect, zone: tzinfo | None, *, reads: bool) -> None:
        self._inner, self._zone, self._reads = inner, zone, reads

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def listing(self, resource: Resource, keywords: Keywords) -> Listing:
        """Check the keywords of a list."""
        return self._inner.listing(resource, self._localized(keywords, resource))

    def sub_listing(self, resource: Resource, id: object, sub: str, keywords: Keywords) -> Listing:
        """Check the keywords of a list of sub-items."""
        return self._inner.sub_listing(resource, id, sub, self._localized(keywords, resource, sub))

    def _localized(self, keywords: Keywords, resource: Resource, sub: str | None = None) -> Keywords:
        if self._zone is None or keywords.get("filter") is None:
            return keywords
        dated = self._inner.may_be_date(resource, sub)
        self.zone_matters = self.zone_matters or has_offset(keywords["filter"], dated)
        return {**keywords, "filter": localized(keywords["filter"], self._zone, dated)}

    def get(self, resource: Resource, id: object, keywords: Keywords) -> Operation[Item]:
        """Build the request for one item."""
        return self._read(self._inner.get(resource, id, keywords), resource)

    def page(self, resource: Resource, listing: Listing, span: Span | None = None) -> Operation[Page]:
        """Build the request for rows of a list."""
        return self._read(self._inner.page(resource, listing, span), resource)

    def search(self, resource: Resource, filter: Any, keywords: Keywords) -> Operation[Any]:
        """Search; the search engine's rows of the legacy API have numbers for names, and stay as they are."""
        dated = self._inner.may_be_date(resource, None)
        condition = filter if filter is None or self._zone is None else localized(filter, self._zone, dated)
        self.zone_matters = self.zone_matters or (self._zone is not None and has_offset(filter, dated))
        return self._read(self._inner.search(resource, condition, self._localized(keywords, resource)), resource)

    def shown(self, resource: Resource, sub: Sub | None, row: Item) -> Item:
        """Return a row that a change answered with its dates."""
        if self._reads:
            self._converter(resource, None if sub is None else sub[1], compares=False)((row,))
        return row

    def restore(self, resource: Resource, id: object) -> Operation[Any]:
        """Build the request for an item to come back from the trash."""
        return self._read(self._inner.restore(resource, id), resource)

    def sub_page(
        self, resource: Resource, id: object, sub: str, listing: Listing, after: int | None = None
    ) -> Operation[Page]:
        """Build the request for sub-items."""
        return self._read(self._inner.sub_page(resource, id, sub, listing, after), resource, sub)

    def sub_item(self, resource: Resource, id: object, sub: str, sub_id: object) -> Operation[Item]:
        """Build the request for one sub-item."""
        return self._read(self._inner.sub_item(resource, id, sub, sub_id), resource, sub)

    def _read(self, operation: Operation[Any], resource: Resource, sub: str | None = None) -> Operation[Any]:
        if not self._reads and (self._zone is None or not self._inner.times_have_offsets):
            return operation
        convert = self._converter(resource, sub) if self._reads else self._looker(resource, sub)

        def read(response: Response) -> Any:
            answer = operation.read(response)
            if isinstance(answer, Page):
                convert(answer.items)
            elif isinstance(answer, ItemList):
                convert(cast("list[Item]", answer))
            elif is_object(answer):
                convert((answer,))
            return cast("Any", answer)

        return operation.read_by(read)

    def _converter(
        self, resource: Resource, sub: str | None, *, compares: bool = True
    ) -> Callable[[Iterable[Item]], None]:
        names, zone = self._inner.dates(resource, sub), self._zone
        unwrap = None if sub is None else self._inner.unwrap

        def convert(rows: Iterable[Item]) -> None:
            for row in rows:
                entry = row if unwrap is None or sub is None else unwrap(sub, row)
                for each in _guessed(entry) if names is None else names:
                    value = entry.get(each)
                    if isinstance(value, str):
                        entry[each] = _moment(value, zone, compares=compares)

        return convert

    def _looker(self, resource: Resource, sub: str | None) -> Callable[[Iterable[Item]], None]:
        """Return the function that checks the caller's zone by the first row; its texts stay as they are."""
        convert = self._converter(resource, sub)

        def look(rows: Iterable[Item]) -> None:
            convert([copy.deepcopy(row) for row in islice(rows, 1)])

        return look


def _guessed(row: Item) -> list[str]:
    """Name what is called and looks like a date."""
    return [
        name
        for name, value in row.items()
        if isinstance(value, str) and _LOOKS.fullmatch(value) and _CALLED.fullmatch(name)
    ]


def _moment(text: str, zone: tzinfo | None, *, compares: bool) -> date | str:
    """Read a moment; what is none, such as a zero date, stays as it is; ``compares``: its offset must be the zone's."""
    moment = moments.parsed(text)
    if moment is None:
        return text
    if zone is None or not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    here = moment.astimezone(zone)
    if compares and here.utcoffset() != moment.utcoffset() and (why := moments.contradiction(zone, text)):
        raise GlpiValidationError(why)
    return here
