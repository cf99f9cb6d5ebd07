"""Turning what was written in place of an item into its id: an id, "me", a name."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._dialects.shared.ids import Me
from ..._dialects.shared.names import Name, meant
from ...exceptions import GlpiAmbiguousNameError, GlpiError, GlpiNotFoundError, GlpiValidationError
from ..request.known_names import KnownNames
from ..request.oneself import my_id
from ..request.session import NAMES
from .looking import looked_up

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from ..request.runtime import Flight


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
    return await _known(core, resource, wanted)


async def related_ids(core: Core, wanted: Sequence[Wanted]) -> list[int]:
    """Return the ids of several items; names that must be looked up are looked up together."""
    read = [await _read(core, each.resource, each.value) for each in wanted]
    known = [_at_hand(core, each.resource, value) for each, value in zip(wanted, read, strict=True)]
    open_names = {
        (each.resource, value): None
        for each, value, number in zip(wanted, read, known, strict=True)
        if number is None and isinstance(value, Name)
    }
    if len(open_names) == 1:
        ((resource, name),) = open_names
        numbers = {(resource, name): await _known(core, resource, name)}
    else:
        numbers = await _together(core, list(open_names))
    return [
        numbers[each.resource, value] if number is None and isinstance(value, Name) else int(number or 0)
        for each, value, number in zip(wanted, read, known, strict=True)
    ]


async def _together(core: Core, names: Sequence[tuple[Resource, Name]]) -> dict[tuple[Resource, Name], int]:
    """Look several names up at the same time."""
    flights = {each: _flight(core, *each) for each in names}
    numbers: dict[tuple[Resource, Name], int] = {}
    problem: GlpiError | None = None
    for each, flight in flights.items():
        try:
            numbers[each] = await flight.result(core.options.longest)
        except GlpiError as error:
            problem = problem or error.again()
    if problem is not None:
        raise problem
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
    version = await _version(core, value)
    identity = core.dialect.identity(resource, version)
    wanted = meant(value, resource.itemtype, identity)
    if isinstance(wanted, Me):
        return await my_id(core)
    if isinstance(wanted, Name) and not identity.fields.get(wanted.by) and not _is_plain(wanted, identity.fields):
        raise GlpiValidationError(_no_name(resource, wanted, identity.titled, identity.kinds()))
    return wanted


def _is_plain(name: Name, fields: Any) -> bool:
    return name.by == "name" and bool(fields.get("login"))


def _no_name(resource: Resource, name: Name, titled: bool, kinds: Sequence[str]) -> str:
    why = "their titles name none of them" if titled else "nothing names one of them"
    also = f", or {' or '.join(f'{each}:' for each in kinds)}" if kinds else ""
    return f"an id must be a positive integer, not {name.written!r:.60}: {resource.itemtype} is named by its id{also}; {why}"


async def _version(core: Core, value: Any) -> str:
    """Return the version of the API, which decides what is known of a type; an id needs none."""
    if not core.dialect.has_versions or isinstance(value, int):
        return ""
    return (await core.session.prefix(core.options.longest)).removeprefix("v")


def _at_hand(core: Core, resource: Resource, wanted: int | Name) -> int | None:
    """Return the id of what is no name, or of a name that is known."""
    if isinstance(wanted, int):
        return wanted
    return known_names(core).get(resource, _key(core, wanted), core.session.runtime.now())


def _key(core: Core, name: Name) -> Hashable:
    return name.by, name.text, tuple(sorted(core.options.scope.items()))


async def _known(core: Core, resource: Resource, name: Name) -> int:
    """Return the id of a name as it is known, or look it up."""
    number = _at_hand(core, resource, name)
    if number is not None:
        return number
    try:
        return await _flight(core, resource, name).result(core.options.longest)
    except GlpiError as error:
        problem = error.again()
    raise problem


def _flight(core: Core, resource: Resource, name: Name) -> Flight[int]:
    """Look a name up; calls at the same time share one look."""
    names, runtime, key = known_names(core), core.session.runtime, _key(core, name)
    place = (resource.path, key)
    flight = names.flights.get(place)
    if flight is not None and not flight.done:
        return flight
    writes = names.writes(resource)

    async def look() -> int:
        try:
            number = await looked_up(core, resource, name)
            names.keep(resource, key, number, runtime.now(), writes)
            return number
        finally:
            names.flights.pop(place, None)

    flight = names.flights[place] = runtime.spawn(look)
    return flight


def known_names(core: Core) -> KnownNames:
    """Return the names that were looked up for this login; a change of profile or entity forgets them."""
    names: KnownNames = core.session.view.kept.setdefault(NAMES, KnownNames())
    if names.generation != core.session.runtime.generation:
        names.flights, names.generation = {}, core.session.runtime.generation
    return names
