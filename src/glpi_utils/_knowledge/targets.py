"""Which fields of an item point to another one, and of which type that is: by the names of both APIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from .children import foreign_key
from .fields import fields_of, itemtype_of
from .legacy_columns import schema_of
from .routes import all_routes

__all__ = ["TYPED", "class_at", "class_of_table", "targets_of"]

TYPED: Final = {
    "items_id": "itemtype",
    "items_id_target": "itemtype_target",
    "requested_approver_id": "requested_approver_type",
}
"""Ids of an item whose type another field names."""
_COMMON: Final = "CommonAsset"
_KEY: Final = re.compile(r"_?((?:[a-z]+_)?[a-z]+_id)(?:_(?!.*notif)\w+)?")


@cache
def targets_of(schema: str) -> Mapping[str, str]:
    """Return the fields of a schema that point to other items, with the path (or class, where there is none) of these.

    >>> targets_of("Ticket")["category"], targets_of("Computer")["status"], targets_of("Rack")["type"]
    ('Dropdowns/ITILCategory', 'Dropdowns/State', 'RackType')
    >>> targets_of("Computer")["group_tech"], targets_of("Ticket").get("status")
    ('Administration/Group', None)
    """
    fields = fields_of(_COMMON if schema.startswith("Custom_") else schema, "2.99") or {}
    return {
        field.name: _place(field.target)
        for field in fields.values()
        if field.target and field.kind in ("relation", "list") and "id" in field.parts and _place(field.target)
    }


def _place(schema: str) -> str:
    places = _places()
    return places[schema] if schema in places else itemtype_of(schema) or ("" if schema == "TeamMember" else schema)


@cache
def _places() -> Mapping[str, str]:
    places: dict[str, str] = {}
    for route in all_routes():
        if route.schema and route.has_id and not route.second and route.schema != "Rule":
            places.setdefault(route.schema, route.path)
    return places


@cache
def class_at(itemtype: str, column: str) -> str:
    r"""Return the class of the items that a column of the legacy API points to; "" for one that points to none.

    >>> class_at("Ticket", "itilcategories_id"), class_at("Computer", "users_id_tech"), class_at("Ticket", "name")
    ('ITILCategory', 'User', '')
    >>> class_at("Ticket", "_users_id_requester"), class_at("Location", "locations_id"), class_at("Cable", "items_id")
    ('User', 'Location', '')
    """
    for field in (fields_of(schema_of(itemtype) or "", "2.99") or {}).values():
        if field.column == column and field.target and field.kind in ("relation", "list"):
            return itemtype_of(field.target) or field.target
    match = _KEY.fullmatch(column)
    return _by_key().get(match[1], "") if match else ""


def class_of_table(table: str) -> str:
    r"""Return the class whose rows a table holds; "" where that is not known.

    >>> class_of_table("glpi_users"), class_of_table("glpi_itilcategories"), class_of_table("glpi_plugin_x")
    ('User', 'ITILCategory', '')
    """
    return _by_key().get(f"{table.removeprefix('glpi_')}_id", "")


@cache
def _by_key() -> Mapping[str, str]:
    from .legacy_table import COLUMNS

    classes = [*(route.itemtype for route in all_routes() if route.itemtype and route.in_legacy), *COLUMNS]
    keys = {foreign_key(each): each for each in reversed(classes)}
    return {key: each for key, each in keys.items() if key not in TYPED}
