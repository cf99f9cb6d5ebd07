"""What a filter needs before it is sent: one's own id for "me", ids for names, the server's zone for moments with an offset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.narrowing import has_offset, localized
from ..lists.walks import walks
from ..request.oneself import STAND_IN, query_names_me, query_with_id, query_with_me
from .conditions import query_names, query_with_ids, query_with_stand_ins

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..lists.pages import Later
    from ..lists.walk import Walk
    from ..request.core import Core

Query = Mapping[str, Any]


async def zoned(core: Core, resource: Resource, query: dict[str, Any], sub: str | None = None) -> dict[str, Any]:
    """Return the keywords of a list whose filter names moments as the server's clock shows them, and items by their ids.

    Moments stay as they are where the client names a zone, where nothing has an offset, and where the server tells no zone:
    then the filter is refused.
    """
    if query_names(core, resource, query, sub):
        if sub is None:
            core.dialect.listing(resource, _example(core, resource, query))
        query = await query_with_ids(core, resource, query, sub)
    query = await query_with_me(core, resource, query, sub)
    if not needs_zone(core, resource, query, sub):
        return query
    if sub is None:
        core.dialect.listing(
            resource, _shown(core, resource, query, None, UTC)
        )  # what else is wrong shows before it is asked
    zone = await zone_of(core)
    return query if zone is None else _shown(core, resource, query, sub, zone)


def needs_zone(core: Core, resource: Resource, query: Query, sub: str | None = None) -> bool:
    """Check whether the server's zone must be read before the list."""
    condition = query.get("filter")
    if core.options.zone is not None or condition is None or isinstance(condition, str):
        return False
    return has_offset(condition, core.dialect.may_be_date(resource, sub))


async def zone_of(core: Core) -> tzinfo | None:
    """Return the server's zone, which is read once in a session; None where the server names none."""
    from ..request.server_zone import learnt

    return await learnt(core)


def reading(core: Core, resource: Resource, query: dict[str, Any], **how: Any) -> Sequence[Walk] | Later:
    """Return the walks that read a list, or what makes them once all that the filter needs is known; keywords are checked now."""
    names = query_names_me(core, resource, query) or query_names(core, resource, query, None)
    if not needs_zone(core, resource, query) and not names:
        return walks(core, resource, core.dialect.listing(resource, query), **how)
    example = _example(core, resource, query)
    checking: dict[str, Any] = {**how, "state": None}
    for walk in walks(core, resource, core.dialect.listing(resource, example), **checking):
        walk.close()

    async def made() -> Sequence[Walk]:
        known = await zoned(core, resource, query)
        return walks(core, resource, core.dialect.listing(resource, known), **how)

    return made


def _example(core: Core, resource: Resource, query: dict[str, Any]) -> dict[str, Any]:
    """Return the keywords with something in place of all that is not known yet, so that what else is wrong shows."""
    example = query_with_id(core, resource, query_with_stand_ins(core, resource, query), STAND_IN)
    return _shown(core, resource, example, None, UTC) if needs_zone(core, resource, query) else example


def _shown(core: Core, resource: Resource, query: dict[str, Any], sub: str | None, zone: tzinfo) -> dict[str, Any]:
    return {**query, "filter": localized(query["filter"], zone, core.dialect.may_be_date(resource, sub))}
