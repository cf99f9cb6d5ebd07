"""The names of properties in filters and orders: known, doubted, refused. A misspelt one can give every row (2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from ..._knowledge.fields import Field, fields_of, legacy_name
from ..._knowledge.relations import unfilterable
from ..._knowledge.routes import Route
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiValidationError
from ...filters import Filter
from ..shared.query import Listing, ordered
from .document import inner


class Leaves(NamedTuple):
    """The properties that a filter may name, objects and lists by their parts; ``open``: those whose parts are not known."""

    names: frozenset[str]
    open: frozenset[str] = frozenset()

    def have(self, name: str) -> bool | None:
        """Check whether a name is one of these; None where that cannot be told."""
        if name in self.names:
            return True
        return None if name.partition(".")[0] in self.open else False


_COMMON = "CommonAsset"  # what every asset has, a custom one too


@cache
def known(schema: str, version: str) -> Leaves | None:
    """Return what is known of a schema in a version without asking; None for one that is not known.

    >>> known("Ticket", "v2.2").have("status.id"), known("Ticket", "v2.2").have("status"), known("Plane", "v2.2")
    (True, False, None)
    """
    fields = fields_of(schema, version)
    if fields is not None:
        return _of_fields(fields.values())
    common = fields_of(_COMMON, version) if schema.startswith("Custom_") else None
    if common is None:
        return None
    return Leaves(_of_fields(common.values()).names | {"is_deleted", "entity.id", "entity.name"}, frozenset())


def _of_fields(fields: Iterable[Field]) -> Leaves:
    inside = [(field.name, field.parts, field.kind in ("relation", "object", "list")) for field in fields]
    names = {f"{name}.{part}" for name, parts, _ in inside for part in parts}
    names |= {name for name, parts, deep in inside if not parts and not deep}
    return Leaves(frozenset(names), frozenset(name for name, parts, deep in inside if deep and not parts))


def of_document(properties: Mapping[str, dict[str, Any]]) -> Leaves:
    """Return what the server's own document tells of a schema."""
    names: set[str] = set()
    unsaid: set[str] = set()
    for name, details in properties.items():
        parts = inner(details)
        if parts is not None:
            below = of_document(parts)
            names.update(f"{name}.{part}" for part in below.names)
            unsaid |= {name} if below.open else set()
        elif details.get("type") in ("object", "array"):
            unsaid.add(name)
        else:
            names.add(name)
    return Leaves(frozenset(names), frozenset(unsaid))


def unverified(schema: str, version: str, names: Iterable[str]) -> list[str]:
    """Return the names that are not known; every schema has an ``id``."""
    leaves = known(schema, version)
    return [name for name in names if name != "id" and (leaves is None or leaves.have(name) is not True)]


def check_reads(route: Route, keywords: Mapping[str, Any]) -> None:
    """Refuse a filter and an order where the server ignores them, and an order that it answers with 500."""
    present = [word for word in ("filter", "sort") if isinstance(keywords.get(word), Filter) or keywords.get(word)]
    if route.blind and present:
        raise GlpiValidationError(
            f"{route.path} takes no {present[0]}: GLPI ignores it and gives every row (11.0.6); read them all and "
            f"{'pick' if present[0] == 'filter' else 'sort'} the rows yourself"
        )
    if route.walk == "union" and any(name != "id" for name, _ in ordered(keywords.get("sort"))):
        raise GlpiValidationError(
            f"{route.path} is sorted by id alone: GLPI answers 500 to any other order (11.0.6); sort the rows yourself"
        )


def check_order(listing: Listing) -> None:
    """Refuse an order by what the server computes after the query: it answers 500."""
    for part in listing.sort.split(","):
        name = part.partition(":")[0]
        if why := unfilterable(listing.schema, tuple(name.split("."))):
            raise GlpiValidationError(f"{listing.schema} cannot be sorted by {name!r}: {why}; sort the rows yourself")


def refuse(schema: str, version: str, name: str, leaves: Leaves) -> GlpiValidationError:
    """Return the error that says that there is no such property, and what may have been meant."""
    first, _, rest = name.partition(".")
    usable = [each for each in leaves.names if not unfilterable(schema, tuple(each.split(".")))]
    inside = sorted(each for each in usable if each.startswith(f"{name}."))
    renamed = legacy_name(schema, first)
    here = [each for each in (renamed, f"{renamed}.id") if each in usable and renamed != first]
    if inside:
        hint = f"it holds an object: {' or '.join(inside[:4])} is compared"
    elif here:
        hint = f"the High-Level API calls it {here[-1]}"
    else:
        near = near_names(name, usable, cutoff=0.5) or near_names(first, usable)
        near = near or ([each for each in sorted(usable) if each.startswith(f"{first}.")][:3] if rest else [])
        hint = did_you_mean(near) or f"api.schema({schema!r}) tells what it has"
    return GlpiValidationError(f"{schema} has no {name!r:.80} to filter or sort by (API {version}): {hint}")


def unsettled(schema: str, names: Iterable[str]) -> GlpiValidationError:
    """Return the error that says that nobody can tell whether these properties are there, of a server that would give every row."""
    return GlpiValidationError(
        f"whether {schema} has {' and '.join(map(repr, names)):.200} cannot be told: this library does not know it, and the "
        "server's own document (doc.json) cannot be read or does not tell. GLPI 11.0.7 and later gives every row where a "
        "name is not there, so the filter or order was not sent; leave these names out, and pick or sort the rows yourself"
    )
