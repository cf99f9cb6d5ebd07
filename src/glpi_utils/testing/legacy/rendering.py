"""How a row is shown: which columns, names instead of ids, links, 10's sanitised texts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing.legacy import deprecated, hateoas, names, quirks
from glpi_utils.testing.legacy.php import flag, is_array, values
from glpi_utils.testing.legacy.refusals import Fatal
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.itil import ITEMS
from glpi_utils.testing.world.world import World

UNDISCLOSED = {
    "User": ("password", "personal_token", "api_token", "cookie_token", "password_history", "2fa"),
    "APIClient": ("app_token",),
    "AuthLDAP": ("rootdn_passwd",),
    "MailCollector": ("passwd",),
}
ASSIGNABLE = frozenset(
    (
        "Appliance Cable CartridgeItem Certificate Cluster Computer ConsumableItem DatabaseInstance Domain Enclosure Line "
        "Monitor NetworkEquipment PDU PassiveDCEquipment Peripheral Phone Printer Rack Software SoftwareLicense Unmanaged"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Show:
    """How the caller wants rows shown."""

    expand: bool
    links: bool
    sanitised: bool
    """Whether 10's entities stay in the texts."""
    keys: tuple[str, ...]
    base: str
    spelt: str
    """The itemtype as the path has it: a former name stays in links and headers."""
    named: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    """Names found so far: the rows of a page point at the same few."""


def show(call: Call, spelt: str) -> Show:
    """Return the options that single items and lists share."""
    keys = call.parameters.get("add_keys_names", [])
    if not is_array(keys):
        raise Fatal  # PHP counts the elements of a text
    return Show(
        expand=call.parameters.on("expand_dropdowns"),
        links=call.parameters.on("get_hateoas", default=True),
        sanitised=wants_sanitised(call),
        keys=tuple(str(key) for key in values(keys)),
        base=call.req.base,
        spelt=spelt,
    )


def wants_sanitised(call: Call) -> bool:
    """Check whether the caller takes texts as 10 stores them."""
    return flag(call.req.headers.get("x-glpi-sanitized-content", "true"))


def undisclosed(itemtype: str) -> tuple[str, ...]:
    """Return the columns of an itemtype that never leave the server."""
    return UNDISCLOSED.get(itemtype, ())


def fields_of(world: World, itemtype: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a row that may be seen."""
    hidden = undisclosed(itemtype)
    columns = world.columns(itemtype) or {}
    return {
        name: f"{row[name]:.{column.scale}f}" if column.kind == "decimal" and row[name] is not None else row[name]
        for name, column in columns.items()
        if name in row and name not in hidden
    }


def groups_of_asset(world: World, itemtype: str, id: int) -> dict[str, list[int]]:
    """Return an asset's groups, as the single item of 11 shows them behind its columns."""
    if itemtype not in ASSIGNABLE or not quirks.groups_of_assets_are_lists(world.version):
        return {}
    if world.columns("Group_Item") is None:
        return {"groups_id": [], "groups_id_tech": []}
    rows = world.select("Group_Item", "itemtype = ? AND items_id = ?", [itemtype, id])
    return {
        name: [row["groups_id"] for row in rows if row.get("type", 1) == kind]
        for name, kind in (("groups_id", 1), ("groups_id_tech", 2))
    }


def dressed(world: World, itemtype: str, fields: dict[str, Any], how: Show) -> dict[str, Any]:
    """Return names for ids and links, as both single items and lists show them."""
    shown = dict(fields)
    if how.expand:
        for column, value in fields.items():
            target = hateoas.target_of(column, fields, world.version)
            if target and isinstance(value, int) and (value > 0 or (column == "entities_id" and value == 0)):
                if (target, value) not in how.named:
                    how.named[target, value] = dropdown_name(world, target, value)
                shown[column] = how.named[target, value]
    if how.links:
        links = hateoas.links(fields, itemtype, how.base, world.version)
        if links:
            shown["links"] = links
    return shown


def keys_names(world: World, itemtype: str, fields: dict[str, Any], how: Show) -> dict[str, str] | list[str]:
    """Return `_keys_names`: friendly names of the row itself, up to 11.0.6, and of what it points at."""
    names_of: dict[str, str] = {}
    newer = quirks.names_are_of_others_alone(world.version)
    for key in how.keys:
        value = fields.get(key)
        target = (None if newer else itemtype) if key == "id" else hateoas.target_of(key, fields, world.version)
        if target is not None and value is not None:
            names_of[key] = friendly_name(world, target, value)
    if newer and not names_of:
        return []  # PHP's empty array
    return quirks.sanitised_deep(names_of) if quirks.texts_are_sanitised(world.version) else names_of


def finished(world: World, fields: dict[str, Any], how: Show) -> dict[str, Any]:
    """Return the fields; 10 shows its stored entities in top-level texts, unless the caller does not want them."""
    if not (how.sanitised and quirks.texts_are_sanitised(world.version)):
        return fields
    return {key: quirks.sanitised(value) if isinstance(value, str) else value for key, value in fields.items()}


def as_former(world: World, fields: dict[str, Any], how: Show) -> dict[str, Any]:
    """Return the columns that a former itemtype had."""
    former = deprecated.current(how.spelt, world.version)
    return deprecated.to_former(former, fields) if former else fields


def sha1(fields: dict[str, Any]) -> str:
    """Return the footprint of what would have been sent."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def dropdown_name(world: World, itemtype: str, id: int) -> str:
    """Return what a drop-down list would call a row: the whole path in a tree, a user's login; "" for none."""
    row = world.get(itemtype, id) if world.columns(itemtype) is not None else None
    if row is None:
        return ""
    return str(row.get("completename") or row.get("name") or row.get("designation") or "")


def friendly_name(world: World, itemtype: str, id: Any) -> str:
    """Return the row's own name; a person's as people write it."""
    row = world.get(itemtype, int(id)) if world.columns(itemtype) is not None else None
    if row is None or (itemtype != "Entity" and not row["id"]):
        return ""
    return person(row) if itemtype == "User" else str(row.get("name") or "")


def person(row: dict[str, Any]) -> str:
    """Return a user's friendly name: surname and first name, else the login."""
    full = " ".join(part for part in (row.get("realname"), row.get("firstname")) if part)
    return full or str(row.get("name") or "")


def message_name(world: World, itemtype: str, row: dict[str, Any]) -> str:
    """Return how a message names a row."""
    name = row.get("name")
    if itemtype == "ITILSolution":
        return str(row["id"])
    if itemtype in ITEMS and quirks.links_are_called_as_their_item(itemtype, world.version):
        linked = world.get(row["itemtype"], row["items_id"]) if world.columns(str(row["itemtype"])) else None
        return str((linked or {}).get("name") or "")
    if itemtype == "NetworkPort":
        there = world.columns(str(row.get("itemtype"))) is not None
        owner = world.get(row["itemtype"], row["items_id"]) if there else None
        port = name or f"{names.spoken(itemtype)} - ID {row['id']}"
        return f" {(owner or {}).get('name') or 'N/A'} >  {port}"
    if not name and itemtype not in ("Ticket", "Problem", "Change"):
        return f"{names.spoken(itemtype)} - ID {row['id']}"
    text = str(name or "")
    return f"{text} ({row['id']})" if quirks.names_carry_the_id(itemtype, world.version) or not text else text
