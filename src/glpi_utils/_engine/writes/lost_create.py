"""Looking for what a create without a key may have made: by its author, its name, and the time of sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.keyed_creates import Sub, alike
from ..._dialects.shared.shapes import as_object
from ..._wire import ItemList
from ..lists.list_part import list_part
from ..lists.sub_rows import sub_rows

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
_NAMES = ("name", "username", "designation")
_NEWEST = 100
_QUARTER = 900


async def candidates(core: Core, resource: Resource, sub: Sub | None, item: object, began: float) -> ItemList:
    """Return the rows that fit, the oldest first. A field that a row lacks does not exclude the row."""
    fields = as_object(item)
    names = {each: fields[each] for each in _NAMES if isinstance(fields.get(each), str) and fields[each].strip()}
    author = core.dialect.author(resource, sub)
    me = (as_object((await core.api_session.whoami(core)).get("user"))).get("id") if author else None
    zone = await _zone(core)
    since = core.session.server_time(began)
    rows = [
        row
        for row in await _newest(core, resource, sub, names)
        if all(alike(row.get(field, text), text) for field, text in names.items())
        and (me is None or author not in row or alike(row[author], me))
        and (since is None or _made_since(row.get("date_creation"), since - 1, zone))
    ]
    rows.sort(key=lambda row: int(row["id"]))
    return ItemList(rows, len(rows), complete=True)


async def _newest(core: Core, resource: Resource, sub: Sub | None, names: Mapping[str, str]) -> ItemList:
    dialect = core.dialect
    if sub is not None:
        rows = await sub_rows(core, resource, sub[0], sub[1], dialect.sub_listing(resource, sub[0], sub[1], {}))
        return ItemList([dialect.unwrap(sub[1], row) for row in rows])
    query: Item = {**(dialect.named(*next(iter(names.items()))) if names else {}), "sort": "id:desc"}
    return await list_part(core, resource, dialect.listing(resource, query), _NEWEST)


async def _zone(core: Core) -> float | None:
    """Return how many seconds the legacy API's wall clock is ahead of UTC; HL prints offsets, None."""
    if core.dialect.times_have_offsets:
        return None
    shown = _seconds((await core.api_session.full_session(core)).get("glpi_currenttime"))
    now = core.session.server_time(core.session.runtime.now())
    return None if shown is None or now is None else round((shown - now) / _QUARTER) * float(_QUARTER)


def _made_since(moment: Any, since: float, zone: float | None) -> bool:
    made = _seconds(moment)
    ahead = 0.0 if getattr(moment, "tzinfo", None) else zone or 0.0
    return made is None or made - ahead >= since


def _seconds(text: Any) -> float | None:
    """Read a moment; one without an offset as if it were UTC."""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
