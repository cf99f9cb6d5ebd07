"""Names in the fields of a write: the ids of the items that they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..._dialects.shared.names import is_name
from ..._dialects.shared.shapes import is_object
from ..._knowledge.targets import TYPED
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from .resolving import Wanted, related_ids

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Target = Callable[[dict[str, Any], str], str]
_MAY_NAME = (str, dict, list, tuple)


async def rows_with_ids(core: Core, resource: Resource, sub: str | None, rows: Sequence[object]) -> Sequence[object]:
    """Return items that are to be written with an id in place of each name, in fields that point to other items."""

    def target(row: dict[str, Any], field: str) -> str:
        if field in TYPED:
            kind = row.get(TYPED[field])
            return kind if isinstance(kind, str) else ""
        return core.dialect.target(resource, sub, field)

    named = [(at, each) for at, row in enumerate(rows) if is_object(row) for each in _names_in(row, target)]
    if not named:
        return rows
    numbers = iter(await ids_of(core, [(place, value) for _, (_, _, place, value) in named]))
    made: list[Any] = [dict(row) if is_object(row) else row for row in rows]
    for at, (field, inside, _, _) in named:
        if inside is None:
            made[at][field] = next(numbers)
        else:
            made[at][field] = [*made[at][field][:inside], next(numbers), *made[at][field][inside + 1 :]]
    return made


def _names_in(row: dict[str, Any], target: Target) -> list[tuple[str, int | None, str, Any]]:
    """Return the names in a row: the field, the place in a list, the type of the item, what was written."""
    names: list[tuple[str, int | None, str, Any]] = []
    for field, value in row.items():
        if not isinstance(value, _MAY_NAME) or type(field) is not str or not (place := target(row, field)):
            continue
        if isinstance(value, list | tuple):
            several = list(cast("Sequence[Any]", value))
            names += [(field, at, place, each) for at, each in enumerate(several) if is_name(each) and each != ""]
        elif is_name(value) and value != "":
            names.append((field, None, place, cast("Any", value)))
    return names


async def ids_of(core: Core, named: Sequence[tuple[str, Any]]) -> list[int]:
    """Return the ids of items that are named, each with its type; types that this API lacks are read by the other."""
    numbers: list[int] = [0] * len(named)
    by_core: dict[int, tuple[Core, list[tuple[int, Wanted]]]] = {}
    for at, (place, value) in enumerate(named):
        there = core.for_items(place)
        wanted = Wanted(_resource(there, place, value), value)
        by_core.setdefault(id(there), (there, []))[1].append((at, wanted))
    for there, wanted_there in by_core.values():
        for (at, _), number in zip(
            wanted_there, await related_ids(there, [each for _, each in wanted_there]), strict=True
        ):
            numbers[at] = number
    return numbers


def _resource(core: Core, place: str, value: Any) -> Resource:
    try:
        return core.dialect.resource(place)
    except (GlpiUnsupportedError, GlpiValidationError) as error:
        raise GlpiValidationError(
            f"{value!r:.60} names a {place}, which cannot be looked up here: give the id ({error.message})"
        ) from None
