"""Counting a legacy list again by the ids that GLPI's search engine knows: the proof that nothing was skipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._wire import ItemList, Page
from ...exceptions import (
    GlpiAPIError,
    GlpiIncompleteError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from .plan import Item, Part, Short
from .second_opinion import search_ids

if TYPE_CHECKING:
    from ..request.core import Core
    from .walk import Walk

_SHAPES = frozenset({"get_hateoas", "expand_dropdowns", "add_keys_names"})
_WHOLE = _SHAPES | {"range", "start", "limit", "include_deleted", "params"}


_FEW = 20  # rows, or a tenth, that may be gone when the whole is counted anew
_ROUNDS = 3  # readings that did not bring one more row, though more are counted


class RisingIds:
    """The ids after the last one, page by page: no row that goes can move another.

    At the end the whole is counted anew. Where more are counted than came, it is read once more for those not known:
    so the measure of progress is the rows known, and after `_ROUNDS` readings without one more it is incomplete.
    Rows that were trashed or changed meanwhile came and are counted no more, so that more may be known than are there.
    """

    def __init__(self, *, closing: bool = True) -> None:
        self.total: int | None = None
        self.closing = False
        """Whether only the count at the end is left to do."""
        self._checks = closing
        self._known: set[int] = set()
        self._next, self._rounds, self._came = 0, 0, -1
        self._flying = self._ended = False

    @property
    def done(self) -> bool:
        """Whether the last page has come."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Return the next page, once the one before it has come; at the end the first row, for the count of the whole."""
        if self._ended or self._flying:
            return None
        self._flying = True
        return Part(1, low=0, top=True) if self.closing else Part(size, low=self._next)

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check that the ids rise, and take those that are new."""
        numbers: list[int] = [row["id"] for row in page.items]
        if page.total is None or numbers != sorted(set(numbers)) or (numbers and numbers[0] < (part.low or 0)):
            raise Short(f"{part} came out of order")
        if not numbers and page.total:
            raise Short(f"the server counts {page.total} rows there and gave none")
        if part.top:
            self._held_against(page.total)
            self._flying = False
            return [], None
        self._flying = False
        fresh = [row for row in page.items if row["id"] not in self._known]
        self._known.update(row["id"] for row in fresh)
        self.total = page.total if self.total is None else self.total
        self._next = numbers[-1] + 1 if numbers else self._next
        if len(numbers) >= page.total:
            self.closing, self._ended = self._checks, not self._checks
        return fresh, None

    def _held_against(self, total: int) -> None:
        if len(self._known) - total > max(_FEW, len(self._known) // 10):
            raise Short(f"the search engine gave {len(self._known)} rows and now counts {total}")
        self.total = total
        if len(self._known) >= total:
            self._ended = True
            return
        self._rounds = 1 if len(self._known) > self._came else self._rounds + 1
        self._came = len(self._known)
        if self._rounds > _ROUNDS:
            raise GlpiIncompleteError(
                f"the search engine counts {total} rows and gave {len(self._known)}, however often it was asked. "
                ".items holds the rows that did arrive.",
                total=total,
                missing="rows in between",
            )
        self._next, self.closing = 0, False

    def again(self, part: Part, size: int) -> Part:
        """Return the page again with fewer rows."""
        return part._replace(size=min(part.size, size))


async def audit_ids(core: Core, name: str, found: ItemList, query: Mapping[str, Any], *, asked: bool) -> None:
    """Add what the search engine knows and the list skipped; ``asked``: not to be able to is an error."""
    narrowed = set(query) - _WHOLE
    if core.dialect.census(name, 0, 1) is None or (narrowed and not asked):  # an API that needs no census
        return
    if narrowed:
        raise GlpiValidationError(f"census=True counts whole lists: leave out {', '.join(sorted(narrowed))}")
    ids = await search_ids(core, name)
    try:
        missing = [] if ids is None else await _missing(ids, {row["id"] for row in found if "id" in row})
    except GlpiAPIError as error:
        if asked or error.error_code is None:
            raise
        return  # a type that the search engine does not know: the overlap has to do
    if asked and found and (ids is None or not ids.read):
        raise GlpiUnsupportedError(f"GLPI's search engine gives no ids of {name}: leave census=True out")
    shape = {word: value for word, value in query.items() if word in _SHAPES}
    for number in missing:
        try:
            found.append(await core.do(core.dialect.get(name, number, {**shape, "include_deleted": False})))
        except (GlpiNotFoundError, GlpiPermissionError):
            continue
    if missing:
        found.sort(key=lambda row: row["id"])
        found.total = max(found.total or 0, len(found))


async def _missing(ids: Walk, known: set[int]) -> list[int]:
    """Return the ids that are not known; some of them may have been born after the list was read."""
    missing: list[int] = []
    while (rows := await ids.next()) is not None:
        missing += [row["id"] for row in rows if row["id"] not in known]
    return missing
