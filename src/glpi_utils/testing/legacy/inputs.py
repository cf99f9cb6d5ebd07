"""What an input means before it reaches the world: defaults of the session, GLPI's underscore keys, what must exist."""

from __future__ import annotations

import ipaddress
import secrets
from typing import Any

from glpi_utils.testing.legacy import document_files, names, php, profiles
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.itil import FOREIGN_KEY, LINK_PARENT, TASKS, VALIDATIONS
from glpi_utils.testing.world.world import World

SILENT = {"ITILFollowup", *TASKS.values(), *VALIDATIONS.values(), *LINK_PARENT, "Log", "UserEmail", "Profile_User"}
"""Adding one of these leaves no message."""

PARENTS = {column: parent for parent, column in FOREIGN_KEY.items()}
CHILDREN_BY_KEY = {*TASKS.values(), *LINK_PARENT}
CHILDREN_BY_TYPE = {"ITILFollowup", "ITILSolution", "Document_Item"}


def for_add(call: Call, itemtype: str, row_input: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a new row."""
    values = {key: value for key, value in row_input.items() if key != "id"}
    columns = call.world.columns(itemtype) or {}
    if itemtype == "User" and row_input.get("id") is not None and not values.get("name"):
        values |= _copy_of_user(call.world, php.intval(row_input["id"]))
    if itemtype == "Profile_User" and values.get("entities_id") is None:
        values["is_recursive"] = 1
    if "entities_id" in columns and values.get("entities_id") is None:
        values["entities_id"] = profiles.active_entities(call.session)["id"]
    if itemtype == "APIClient":
        values = _api_client(call.world, values)
    if itemtype in VALIDATIONS.values():
        values.setdefault("items_id_target", 0)  # nobody else stands in
    if itemtype == "Document":
        return document_files.renamed(call.world, values)
    return values


def for_update(world: World, itemtype: str, row_input: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a change."""
    if itemtype == "APIClient":
        return _api_client(world, row_input)
    if itemtype == "User" and php.truthy(row_input.get("_reset_api_token")):
        return {**row_input, "api_token": new_token(), "api_token_date": world.now()}
    return row_input


def _copy_of_user(world: World, id: int) -> dict[str, Any]:
    """Return the login of a copy: an `id` without a name makes one."""
    row = world.get("User", id)
    return {"name": f"{row['name']}-copy"} if row else {}


def _api_client(world: World, row_input: dict[str, Any]) -> dict[str, Any]:
    values = dict(row_input)
    for name in ("ipv4_range_start", "ipv4_range_end"):
        text = str(values.get(name) or "")
        if "." in text:
            values[name] = int(ipaddress.IPv4Address(text))
    if php.truthy(values.get("_reset_app_token")):
        values |= {"app_token": new_token(), "app_token_date": world.now()}
    elif values.get("app_token") == "":
        del values["app_token"]
    return values


def new_token() -> str:
    """Return a token as GLPI makes them: it leaves the server for its administrator's eyes only."""
    return secrets.token_urlsafe(30)


def parent_is_there(call: Call, itemtype: str, values: dict[str, Any]) -> bool:
    """Check whether what the new row hangs on exists and may be read; the parent in the path does not count."""
    if itemtype in CHILDREN_BY_TYPE or itemtype == "NetworkPort":
        return _readable(call, str(values.get("itemtype") or ""), values.get("items_id"))
    if itemtype in CHILDREN_BY_KEY:
        key = next(key for key in PARENTS if key in (call.world.columns(itemtype) or {}))
        return _readable(call, PARENTS[key], values.get(key))
    return True


def entity_is_in_view(session: LegacySession, values: dict[str, Any]) -> bool:
    """Check whether the entity above a new one is active: a new entity is not, until the entities are set again."""
    above = values.get("entities_id")
    return above is None or php.intval(above) in session.entities


def _readable(call: Call, itemtype: str, id: Any) -> bool:
    if id is None or call.world.columns(itemtype) is None:
        return False
    row = call.world.get(itemtype, php.intval(id))
    return row is not None and call.may("read", itemtype, row)


def statement(world: World, itemtype: str, values: dict[str, Any], id: int | None = None) -> str:
    """Return the SQL that 11 quotes when the database refuses a row."""
    columns = world.columns(itemtype) or {}
    named = {name: value for name, value in values.items() if name in columns}
    now = world.now()
    table = names.table(itemtype, world.version)
    if id is not None:
        sets = ", ".join(f"`{name}` = '{value}'" for name, value in (named | {"date_mod": now}).items())
        return f"UPDATE `{table}` SET {sets} WHERE `id` = '{id}'"
    if (key := world.itemtype(itemtype).tree) and "name" in named:
        named |= {key: named.get(key) or 0, "level": 1, "completename": named["name"]}
    named |= {name: now for name in ("date_creation", "date_mod") if name in columns}
    listed = ", ".join(f"`{name}`" for name in named)
    return f"INSERT INTO `{table}` ({listed}) VALUES ({', '.join(repr(str(value)) for value in named.values())})"


def upload_result(call: Call) -> dict[str, Any]:
    """Return what became of the files of the first field, of no other: a refused one is told only here."""
    files = call.parameters.files
    field = files[0].field
    return {field: [document_files.described(call.req, file, call.version) for file in files if file.field == field]}
