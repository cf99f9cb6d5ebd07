"""Looking for the rows that carry the key of a create, or the fields by which it is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..._dialects.shared.keyed_creates import KeyedCreate
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from ..request.retry import Options

Item = dict[str, Any]


async def look(core: Core, mark: KeyedCreate, low: int | None = None, options: Options | None = None) -> list[Item]:
    """Read the rows that carry a mark, the oldest first."""
    rows_by_id: dict[int, Item] = {}
    for ask_from in mark.looks:
        seen: set[Any] = set()  # the measure of progress: a page that brings no row that is new is the last one
        while True:
            page = await core.do(ask_from(len(seen), low), options=options)
            rows_by_id |= {int(row["id"]): row for row in page.items if mark.holds(row)}
            before = len(seen)
            seen.update(row.get("id") for row in page.items)
            if len(seen) == before or page.total is None or len(seen) >= page.total:
                break
    return [rows_by_id[number] for number in sorted(rows_by_id)]


async def keyed_rows(core: Core, resource: Resource, key: str) -> list[Item]:
    """Read the items that were created with a key, the oldest first."""
    dialect = core.dialect
    blank = {"content": "-"}
    mark = dialect.keyed(resource, None, blank, {}, key, False)  # what is wrong with it is refused before any request
    if dialect.needs_version(resource, None) and (await core.version()).major >= 11:
        mark = dialect.keyed(resource, None, blank, {}, key, True)
    return await look(core, mark)
