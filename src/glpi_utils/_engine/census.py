"""Counting a legacy list again by the ids that GLPI's search engine knows: the proof that nothing was skipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._wire import ItemList, Page
from ..exceptions import GlpiAPIError, GlpiNotFoundError, GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError
from .plan import Item, Part, Short, counted

if TYPE_CHECKING:
    from .core import Core
    from .walk import Walk

_SHAPES = frozenset({"get_hateoas", "expand_dropdowns", "add_keys_names"})
_WHOLE = _SHAPES | {"range", "start", "limit", "include_deleted", "params"}


class Keyset:
    """The ids after the last one, page by page: no row that goes can move another."""

    def __init__(self) -> None:
        self.total: int | None = None
        self._next, self._flying, self._ended = 0, False, False

    @property
    def done(self) -> bool:
        """Whether the last page has come."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Give the next page, once the one before it has come."""
        if self._ended or self._flying:
            return None
        self._flying = True
        return Part(size, low=self._next)

    def took(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check that the ids rise and that there are as many as are counted."""
        total = counted(page, part.size)
        ids = [row["id"] for row in page.items]
        if ids != sorted(set(ids)) or (ids and ids[0] < self._next):
            raise Short(f"{part} came out of order")
        self.total = total if self.total is None else self.total
        self._flying, self._ended = False, len(ids) >= total
        self._next = ids[-1] + 1 if ids else self._next
        return page.items, None

    def again(self, part: Part, size: int) -> Part:
        """Give the page again with fewer rows."""
        return part._replace(size=min(part.size, size))


async def count_again(
    core: Core, name: str, found: ItemList, query: Mapping[str, Any], ids: Walk | None, *, asked: bool
) -> None:
    """Add what the search engine knows and the list skipped; ``asked``: not to be able to is an error.

    ``ids`` is the walk over the engine's ids, None on an API that needs no census.
    """
    narrowed = set(query) - _WHOLE
    if ids is None or (narrowed and not asked):
        return
    if narrowed:
        raise GlpiValidationError(f"census=True counts whole lists: leave out {', '.join(sorted(narrowed))}")
    try:
        missing = await _missing(
            ids, {row["id"] for row in found if "id" in row}, beyond=bool(query.get("include_deleted"))
        )
    except GlpiAPIError as error:
        if asked or error.error_code is None:
            raise
        return  # a type that the search engine does not know: the overlap has to do
    if asked and found and not ids.read:
        raise GlpiUnsupportedError(f"GLPI's search engine gives no ids of {name}: leave census=True out")
    shape = {word: value for word, value in query.items() if word in _SHAPES}
    for number in missing:
        try:
            found.append(await core.do(core.dialect.get(name, number, {**shape, "include_deleted": False})))
        except (GlpiNotFoundError, GlpiPermissionError):
            continue
    if missing:
        found.sort(key=lambda row: row["id"])


async def _missing(ids: Walk, known: set[int], *, beyond: bool) -> list[int]:
    """Give the ids that are not known; those ``beyond`` a single list's last row were born after it was read."""
    last = max(known, default=0)
    missing: list[int] = []
    while (rows := await ids.next()) is not None:
        missing += [row["id"] for row in rows if row["id"] not in known and (beyond or row["id"] < last)]
    return missing
