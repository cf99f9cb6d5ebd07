"""Turning what was written in place of an item into its id: an id, "me", a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._dialects.shared.ids import Me
from ..._dialects.shared.names import Name, is_name, meant
from ..._dialects.shared.shapes import is_object
from ...exceptions import GlpiAmbiguousNameError, GlpiNotFoundError, GlpiValidationError
from ..request.oneself import my_id
from .looking import looked_up
from .remembering import at_hand, known, known_together

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core


class Wanted(NamedTuple):
    """One item whose id is wanted."""

    resource: Resource
    value: Any


async def item_id(core: Core, resource: Resource, value: Any, *, trashed: bool = False) -> int:
    """Return the id of the item that a verb is about. A name is looked up each time.

    ``trashed``: only what is in the trash is meant.

    Raises:
        GlpiValidationError: It is no id, and items of this type are not named by what was written.
        GlpiNotFoundError: Nothing has this name.
        GlpiAmbiguousNameError: Several items have it.
    """
    wanted = await _read(core, resource, value)
    return wanted if isinstance(wanted, int) else await looked_up(core, resource, wanted, trashed=trashed)


async def own_id(core: Core, resource: Resource, value: Any, *, trashed: bool = False) -> Any:
    """Return the id of the item that a verb is about, where it is named; else what was written, which is checked later."""
    return await item_id(core, resource, value, trashed=trashed) if is_name(value) else value


async def with_own_id(core: Core, resource: Resource, item: Any) -> Any:
    """Return an item that is to be changed or deleted, with its id where it is named; else as it was written."""
    if isinstance(item, str):
        return await own_id(core, resource, item)
    if is_object(item) and is_name(item.get("id")):
        return {**item, "id": await item_id(core, resource, item["id"])}
    return item


async def related_id(core: Core, resource: Resource, value: Any, *, digits_are_ids: bool = True) -> int:
    """Return the id of an item that another one is to point to. A name may have been looked up before.

    ``digits_are_ids``: False where a text of digits is refused that is a name too.

    Raises:
        GlpiValidationError, GlpiNotFoundError, GlpiAmbiguousNameError: As in `item_id`.
    """
    wanted = await _read(core, resource, value)
    if isinstance(wanted, int):
        if not digits_are_ids and isinstance(value, str):
            await _refuse_a_name(core, resource, value, wanted)
        return wanted
    return await known(core, resource, wanted)


async def related_ids(core: Core, wanted: Sequence[Wanted]) -> list[int]:
    """Return the ids of several items; names that must be looked up are looked up together, each once."""
    numbers: list[int] = []
    open_names: dict[tuple[str, Name], list[int]] = {}
    resources: dict[str, Resource] = {}
    for at, (resource, value) in enumerate(wanted):
        read = await _read(core, resource, value)
        number = at_hand(core, resource, read) if isinstance(read, Name) else read
        if number is None and isinstance(read, Name):
            open_names.setdefault((resource.path, read), []).append(at)
            resources[resource.path] = resource
        numbers.append(number or 0)
    if open_names:
        looked = await known_together(core, [(resources[path], name) for path, name in open_names])
        for places, number in zip(open_names.values(), looked, strict=True):
            for at in places:
                numbers[at] = number
    return numbers


async def _refuse_a_name(core: Core, resource: Resource, text: str, number: int) -> None:
    """Refuse a text of digits that is the name of an item too, whichever of the two is meant."""
    try:
        named = await related_id(core, resource, {"name": text})
    except GlpiNotFoundError:
        return
    except GlpiAmbiguousNameError:
        named = 0
    raise core.session.report.clean(
        GlpiAmbiguousNameError(
            f"{text!r} may be the id of a {resource.itemtype}, and it is the name of one: write 'id:{text}' or 'name:{text}'",
            candidates=[{"id": each, "name": text, "entity": None} for each in dict.fromkeys((number, named)) if each],
        )
    )


async def _read(core: Core, resource: Resource, value: Any) -> int | Name:
    if type(value) is int and value > 0:
        return value
    version = (core.session.prefixes.held or "").removeprefix("v")
    identity = core.dialect.identity(resource, version)
    wanted = meant(value, resource.itemtype, identity)
    if isinstance(wanted, Me):
        return await my_id(core)
    if isinstance(wanted, Name) and not identity.takes(wanted):
        raise GlpiValidationError(_no_name(resource, wanted, identity.titled, identity.kinds()))
    return wanted


def _no_name(resource: Resource, name: Name, titled: bool, kinds: Sequence[str]) -> str:
    why = "their titles name none of them" if titled else "nothing names one of them"
    also = f", or {' or '.join(f'{each}:' for each in kinds)}" if kinds else ""
    return f"an id must be a positive integer, not {name.written!r:.60}: {resource.itemtype} is named by its id{also}; {why}"
