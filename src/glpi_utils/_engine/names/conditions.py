"""Names in filters: the ids of the items that they mean, and of all that hangs below them in a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from ..._dialects.shared.names import is_name
from ..._dialects.shared.narrowing import any_value, with_values
from ...exceptions import GlpiValidationError
from ...filters import Comparison, Every, Filter, Some
from ..request.oneself import STAND_IN
from .fields import ids_of
from .trees import is_tree, subtree

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Query = dict[str, Any]
UNDER: Final = {"under": "in", "not_under": "not_in"}
_BY_ID: Final = frozenset({"eq", "ne", "in", "not_in", *UNDER})


def query_names(core: Core, resource: Resource, query: Query, sub: str | None) -> bool:
    """Check whether the filter of a list compares a relation with a name, or with all below an item."""
    condition = query.get("filter")
    if condition is None or isinstance(condition, str):
        return False
    return any_value(
        condition, lambda each, value: each.operator in UNDER or bool(_place(core, resource, sub, each, value))
    )


def query_with_stand_ins(core: Core, resource: Resource, query: Query) -> Query:
    """Return the keywords with an id in place of each name."""
    condition = query.get("filter")
    if not query_names(core, resource, query, None):
        return query
    condition = with_values(
        condition, lambda each, value: STAND_IN if _place(core, resource, None, each, value) else value
    )
    return {**query, "filter": _with_lists(condition, {})}


async def query_with_ids(core: Core, resource: Resource, query: Query, sub: str | None) -> Query:
    """Return the keywords of a list with ids in place of names, and with lists of ids in place of trees."""
    condition = query["filter"]
    named: dict[tuple[str, Any], int] = {}

    def noted(each: Comparison, value: Any) -> Any:
        if place := _place(core, resource, sub, each, value):
            named[place, value] = 0
        return value

    with_values(condition, noted)
    named = dict(zip(named, await ids_of(core, list(named)), strict=True))

    def known(each: Comparison, value: Any) -> Any:
        place = _place(core, resource, sub, each, value)
        return named[place, value] if place else value

    condition = with_values(condition, known)
    return {**query, "filter": _with_lists(condition, await _trees(core, resource, sub, condition))}


async def _trees(core: Core, resource: Resource, sub: str | None, condition: Any) -> Mapping[Any, list[int]]:
    """Return the ids of all that is meant by each item in a filter that stands for what is below it too."""
    below: dict[Any, list[int]] = {}
    for each in _under(condition):
        place = _target(core, resource, sub, each)
        there = core.for_items(place) if place else core
        tree = there.dialect.resource(place) if place else None
        if tree is None or not is_tree(there, tree):
            raise GlpiValidationError(f"{each!r}: what it names are no trees")
        below[each.path, each.value] = await subtree(there, tree, each.value)
    return below


def _under(condition: Any) -> list[Comparison]:
    parts: list[Any] = []
    if isinstance(condition, list | tuple):
        parts = list(cast("list[Any]", condition))
    elif isinstance(condition, Every | Some):
        parts = list(condition.parts)
    elif isinstance(condition, Comparison) and condition.operator in UNDER:
        return [condition]
    return [each for part in parts for each in _under(part)]


def _with_lists(condition: Any, below: Mapping[Any, list[int]]) -> Any:
    """Return a filter with the ids of trees; where they are not known yet the one at the top stands for all."""
    if isinstance(condition, list | tuple):
        return [_with_lists(each, below) for each in cast("list[Any]", condition)]
    if isinstance(condition, Every | Some):
        return type(condition)(tuple(cast("Filter", _with_lists(each, below)) for each in condition.parts))
    if isinstance(condition, Comparison) and condition.operator in UNDER:
        ids = below.get((condition.path, condition.value), [condition.value])
        return Comparison(condition.path, UNDER[condition.operator], tuple(ids))
    return condition


def _target(core: Core, resource: Resource, sub: str | None, each: Comparison) -> str:
    if each.operator not in _BY_ID or each.path[1:] not in ((), ("id",)):
        return ""
    return core.dialect.target(resource, sub, each.path[0])


def _place(core: Core, resource: Resource, sub: str | None, each: Comparison, value: Any) -> str:
    """Return of which type an item is that a filter names; "" where it names none."""
    return _target(core, resource, sub, each) if isinstance(value, str) and is_name(value) and value else ""
