"""Whether a query may be asked: types, their fields, how deep and how much."""

from __future__ import annotations

from functools import cache

from glpi_utils.testing.high_level import schemas
from glpi_utils.testing.high_level.graphql.graphql_language import GraphqlError, Operation, Selected
from glpi_utils.testing.high_level.schemas import Field
from glpi_utils.testing.high_level.teams import MEMBER
from glpi_utils.testing.world import knowledge

NEWEST = "2.3.0"
DEEPEST, MOST = 15, 100
OBJECTS = frozenset({"join", "children", "linked", "groups", "status", "team"})


@cache
def schema_of(itemtype: str) -> str | None:
    """Return the type that shows rows of an itemtype."""
    names = [name for name, entry in knowledge.schemas().items() if entry["itemtype"] == itemtype]
    label = itemtype.rpartition("\\")[2]
    return label if label in names else next(iter(names), None)


def fields_of(kind: str) -> dict[str, Field | None]:
    """Return the fields of a type by name; None: a plain value that no schema describes."""
    if kind == "Query":
        return dict.fromkeys(knowledge.schemas())
    if kind in knowledge.schemas():
        return dict(schemas.schema(kind, NEWEST).fields)
    return dict.fromkeys(MEMBER if kind.endswith("_team") else ("id", "name"))


def type_of(kind: str, entry: Field) -> str | None:
    """Return the type of a field that holds objects."""
    if entry.read in {"status", "team"}:
        return f"_{kind}_{entry.name}"
    return schema_of(entry.itemtype or "Group") if entry.read in OBJECTS else None


def check(operation: Operation) -> list[GraphqlError]:
    """Return what is wrong with a query; empty: it may run."""
    wrong = [error for one in operation.fields for error in _check("Query", one)]
    depth = max(_depth(one) for one in operation.fields) - 1
    if depth > DEEPEST:
        wrong.append(GraphqlError(f"Max query depth should be {DEEPEST} but got {depth}."))
    cost = sum(_cost(one) for one in operation.fields)
    if cost > MOST:
        wrong.append(GraphqlError(f"Max query complexity should be {MOST} but got {cost}."))
    return wrong


def _check(kind: str, selected: Selected) -> list[GraphqlError]:
    if selected.name.startswith("__"):
        return []
    fields = fields_of(kind)
    if selected.name not in fields:
        return [
            GraphqlError(
                f'Cannot query field "{selected.name}" on type "{kind}".{_meant(selected.name, fields)}', selected.at
            )
        ]
    entry = fields[selected.name]
    inner = selected.name if kind == "Query" else type_of(kind, entry) if entry else None
    if inner is None:
        return []
    if selected.inner is None:
        return [GraphqlError(f'Field "{selected.name}" of type "{inner}" must have a sub selection.', selected.at)]
    return [error for one in selected.inner for error in _check(inner, one)]


def _depth(selected: Selected) -> int:
    return 0 if selected.inner is None else 1 + max(_depth(one) for one in selected.inner)


def _cost(selected: Selected) -> int:
    return 1 + sum(_cost(one) for one in selected.inner or ())


def _meant(name: str, known: dict[str, Field | None]) -> str:
    """Return a name that differs by few letters."""
    near = sorted((distance, one) for one in known if (distance := _distance(name, one)) <= int(len(name) * 0.4) + 1)
    return f' Did you mean "{near[0][1]}"?' if near else ""


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, sign in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != sign))
    return row[-1]
