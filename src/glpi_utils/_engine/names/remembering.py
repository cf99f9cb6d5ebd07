"""Names that were looked up before, or are being looked up by another call: neither costs a request."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Final

from ..._dialects.shared.names import Name
from ...exceptions import GlpiError
from ..request.known_names import KnownNames
from ..request.session import NAMES
from .looking import looked_up

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from ..request.runtime import Flight

_AT_ONCE: Final = 8


def at_hand(core: Core, resource: Resource, name: Name) -> int | None:
    """Return the id of a name that is known; None for any other."""
    return known_names(core).get(resource, _key(core, name), core.session.runtime.now())


async def known(core: Core, resource: Resource, name: Name) -> int:
    """Return the id of a name as it is known, or look it up."""
    number = at_hand(core, resource, name)
    return (await known_together(core, [(resource, name)]))[0] if number is None else number


async def known_together(core: Core, names: Sequence[tuple[Resource, Name]]) -> list[int]:
    """Look several names up at the same time; all looks end before the first error is raised."""
    numbers: list[int] = []
    problem: GlpiError | None = None
    for start in range(0, len(names), _AT_ONCE):
        flights = [_flight(core, *each) for each in names[start : start + _AT_ONCE]]
        for flight in flights:
            try:
                numbers.append(await flight.result(core.options.longest))
            except GlpiError as error:
                problem = problem or error.again()
        if problem is not None:
            raise problem
    return numbers


def known_names(core: Core) -> KnownNames:
    """Return the names that were looked up for this login; a change of profile or entity forgets them."""
    kept = core.session.view.kept
    names: KnownNames = kept.get(NAMES) or kept.setdefault(NAMES, KnownNames())
    if names.generation != core.session.runtime.generation:
        names.flights, names.generation = {}, core.session.runtime.generation
    return names


def _key(core: Core, name: Name) -> Hashable:
    scope = core.options.scope
    return name.by, name.text, tuple(sorted(scope.items())) if scope else ()


def _flight(core: Core, resource: Resource, name: Name) -> Flight[int]:
    """Look a name up; calls at the same time share one look, unless items of the type were written since it began."""
    names, runtime, key = known_names(core), core.session.runtime, _key(core, name)
    writes = names.writes(resource)
    place = (resource.path, key, writes)
    flight = names.flights.get(place)
    if flight is not None and not flight.done:
        return flight

    async def look() -> int:
        number = await looked_up(core, resource, name)
        names.keep(resource, key, number, runtime.now(), writes)
        return number

    names.flights = {each: under_way for each, under_way in list(names.flights.items()) if not under_way.done}
    flight = names.flights[place] = runtime.spawn(look)
    return flight
