"""One's own id where "me" stands for it: in the fields of a write, in filters, in lists of ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.oneself import (
    IsUser,
    filter_names_me,
    filter_with_id,
    is_me,
    item_names_me,
    item_with_id,
)

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from .core import Core

Query = dict[str, Any]
STAND_IN = 1
"""An id for a look at the keywords before one's own is known."""


async def my_id(core: Core) -> int:
    """Return the id of who is logged in, learnt once per login."""
    view = core.session.view
    if view.user_id is None:
        view.user_id = await core.api_session.my_id(core)
    return view.user_id


def users_of(core: Core, resource: Resource, sub: str | None) -> IsUser:
    """Return what checks whether the id of a user stands at a path of the rows of a type, or of what hangs off them."""
    return partial(core.dialect.is_user, resource, sub)


async def rows_with_me(core: Core, resource: Resource, sub: str | None, rows: Sequence[object]) -> Sequence[object]:
    """Return items that are to be written with one's own id where "me" stands for it."""
    is_user = users_of(core, resource, sub)
    if not any(item_names_me(row, is_user) for row in rows):
        return rows
    mine = await my_id(core)
    return [item_with_id(row, is_user, mine) for row in rows]


async def named_with_me(core: Core, resource: Resource, item: Any) -> Any:
    """Return what names an item, its id or a row of it, with one's own id where "me" stands for that of a user."""
    if resource.itemtype != "User":
        return item
    if is_me(item):
        return await my_id(core)
    return (await rows_with_me(core, resource, None, [item]))[0]


def query_names_me(core: Core, resource: Resource, query: Query, sub: str | None = None) -> bool:
    """Check whether the filter of a list compares a user with "me"."""
    condition = query.get("filter")
    if condition is None or isinstance(condition, str):
        return False
    return filter_names_me(condition, users_of(core, resource, sub))


def query_with_id(core: Core, resource: Resource, query: Query, id: int, sub: str | None = None) -> Query:
    """Return the keywords of a list with an id in place of each "me" in the filter."""
    if not query_names_me(core, resource, query, sub):
        return query
    return {**query, "filter": filter_with_id(query["filter"], users_of(core, resource, sub), id)}


async def query_with_me(core: Core, resource: Resource, query: Query, sub: str | None = None) -> Query:
    """Return the keywords of a list with one's own id in place of each "me" in the filter."""
    if not query_names_me(core, resource, query, sub):
        return query
    return query_with_id(core, resource, query, await my_id(core), sub)
