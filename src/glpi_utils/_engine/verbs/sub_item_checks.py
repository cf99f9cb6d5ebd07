"""What hangs off an item, by name: whether it is there, oneself, what there is one of, components of all kinds together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..._caller import warn
from ..._dialects.shared.ids import ME
from ..._dialects.shared.shapes import as_array, is_object
from ..._knowledge.children import COMPONENTS, sub_name
from ..._knowledge.versions import KNOWN, numbers
from ..._spelling import did_you_mean, near_names
from ..._wire import ItemList
from ...exceptions import GlpiAPIError, GlpiNotFoundError, GlpiUnsupportedError, GlpiValidationError
from ..request.server_document import document_or_none

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
Read = Callable[..., Awaitable[ItemList]]
"""Reads the sub-items of an item: `get_sub_items`."""


async def sure_of(core: Core, resource: Resource, owner: Any, sub: str, verb: str) -> None:
    """Refuse what the API does not do with what hangs off an item, or does not know to hang there."""
    sub_name(sub)
    if core.dialect.field_for(resource, sub):
        refuse_emails(owner, verb)
    else:
        await require_known_sub_item(core, resource, sub)


async def require_known_sub_item(core: Core, resource: Resource, sub: str) -> None:
    """Refuse what neither is known to hang off such an item nor stands in the server's own document."""
    doubt = core.dialect.known_below(resource, sub)
    if doubt is None:
        return
    document = await document_or_none(core)
    if document is None:
        return
    from ..._dialects.high_level.document import alike

    parent, _, rest = doubt.path.partition("/{}/")
    there = document.below(parent)
    if any(alike(each, rest) for each in there):
        return
    spoken = numbers(core.session.prefixes.held or KNOWN)
    names = sorted({*there, *(each for each, since in doubt.known.items() if numbers(since) <= spoken)})
    near = near_names(sub, names, plain=lambda each: each.rpartition("/")[2].lower())
    meant = did_you_mean(near, after=" ")
    shown = dict.fromkeys("Component/..." if each.startswith("Component/") else each for each in names)
    has = f"It has {', '.join(shown)}" if names else "It has none"
    raise GlpiValidationError(
        f"in the High-Level API a {doubt.itemtype} has no {sub!r:.60}: {meant}{has}{doubt.elsewhere}"
    )


async def resolve_me(core: Core, resource: Resource, id: Any) -> Any:
    """Return the id of who is logged in for "me" of users; any other id as it is."""
    if not isinstance(id, str) or id.lower() != "me" or resource.itemtype != "User":
        return id
    return await core.api_session.me(core)


async def rows_in_field(core: Core, resource: Resource, id: Any, field: str) -> ItemList:
    """Read what an item holds in a field of its own: a user's addresses."""
    row = await core.do(core.dialect.get(resource, id, {}))
    rows = [each for each in as_array(row.get(field)) if is_object(each)]
    return ItemList(rows, len(rows), complete=True)


def refuse_emails(id: Any, verb: str) -> None:
    """Refuse what the High-Level API does not do with addresses: it adds one to oneself alone, and changes none."""
    if verb != "add_sub_item":
        example = '5, "UserEmail", 12' if verb == "delete_sub_item" else '5, "UserEmail", {"id": 12, "email": ...}'
        raise GlpiUnsupportedError(
            f"the High-Level API neither changes nor removes addresses of users; GlpiAPI does: {verb}({example})"
        )
    if id is not ME:
        raise GlpiUnsupportedError(
            'the High-Level API adds an address to oneself alone: id "me", with scope="api user"; '
            'GlpiAPI adds one to any user: add_sub_item(5, "UserEmail", {"email": ...})'
        )


def all_components(core: Core, resource: Resource, sub: str) -> Sequence[str]:
    """Return the kinds of components where all of them are meant together."""
    return core.dialect.kinds_of_components(resource) if sub_name(sub).strip("/").lower() in COMPONENTS else ()


async def components(read: Read, id: Any, kinds: Sequence[str], unwrap: bool, query: Item) -> ItemList:
    """Read the components of every kind, each row with its kind, as a timeline has them.

    A kind that the server stumbles over (SIM cards, 11.0.6) is left out with a warning.
    """
    rows: ItemList = ItemList(complete=True)
    for kind in kinds:
        try:
            kind_rows = await read(id, kind, **query)
        except GlpiAPIError as error:
            if error.status_code != 500:
                raise
            warn(f"the server cannot list {kind}, it is left out: {error}")
            rows.complete = False
            continue
        named = kind.removeprefix("Component/").removeprefix("Item_Device")
        rows += kind_rows if unwrap else [{"type": named, "item": row} for row in kind_rows]
    rows.total = len(rows) if rows.complete else None
    return rows


async def singleton_id(read: Read, id: Any, resource: Resource, sub: str) -> int:
    """Return the id of what an item has one of."""
    rows = await read(id, sub)
    if not rows:
        raise GlpiNotFoundError(f"{resource.name} {id} has no {sub}", 404, "ERROR_ITEM_NOT_FOUND")
    return int(rows[0]["id"])
