"""Profiles and entities of a session: what is assigned, what is active, what it unfolds to."""

from __future__ import annotations

import json
from typing import Any

from glpi_utils.testing.legacy import php, quirks
from glpi_utils.testing.legacy.refusals import bad_request, not_found
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world import rights_bits
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.rights import entities_below, entities_of
from glpi_utils.testing.world.world import World

ACTIVE = "active_entity"
FLAG = "active_entity_recursive"
ALL = "all_entities"

HELPDESK: dict[str, Any] = {
    "helpdesk_hardware": 3,
    "helpdesk_item_type": ["Computer", "Monitor", "NetworkEquipment", "Peripheral", "Phone", "Printer", "Software"],
    "ticket_status": [],
    "problem_status": [],
    "change_status": None,
    "create_ticket_on_login": 0,
    "tickettemplates_id": 0,
    "changetemplates_id": 0,
    "problemtemplates_id": 0,
    "managed_domainrecordtypes": [-1],
    "global_validation": 0,
    "date_mod": None,
    "date_creation": None,
}
"""What a profile says of the helpdesk, as an untouched GLPI has it."""
HELPDESK_IN_11: dict[str, Any] = {"use_mentions": 1, "2fa_enforced": 0, "last_rights_update": None}


def assigned(world: World, user: int) -> list[dict[str, Any]]:
    """Return every profile given to a user, in the order they were given."""
    return world.select("Profile_User", "users_id = ?", [user])


def first_profile(world: World, user: dict[str, Any]) -> int:
    """Return the profile that a login starts with: the user's own choice, else the first one."""
    profiles = [int(row["profiles_id"]) for row in assigned(world, user["id"])]
    return int(user.get("profiles_id") or 0) if user.get("profiles_id") in profiles else profiles[0]


def my_profiles(world: World, session: LegacySession) -> list[dict[str, Any]]:
    """Return the user's profiles, each with the entities where it holds."""
    by_id: dict[int, dict[str, Any]] = {}
    for row in assigned(world, session.user):
        profile = world.get("Profile", row["profiles_id"])
        if profile is None:
            continue
        mine = by_id.setdefault(row["profiles_id"], {"id": profile["id"], "name": profile["name"], "entities": []})
        entity = world.get("Entity", row["entities_id"])
        if entity is not None:
            flag = int(row["is_recursive"])
            mine["entities"].append({"id": entity["id"], "name": entity["completename"], "is_recursive": flag})
    return list(by_id.values())


_CYCLES = ("ticket_status", "problem_status")
_JSON = ("helpdesk_item_type", "managed_domainrecordtypes")


def active_profile(world: World, session: LegacySession) -> dict[str, Any]:
    """Return the active profile with its rights, as the session keeps it."""
    row = world.get("Profile", session.profile) or {"id": session.profile, "name": ""}
    mine = next((profile for profile in my_profiles(world, session) if profile["id"] == session.profile), None)
    rights = rights_bits.of(world, session.who)
    settings = HELPDESK | ({} if quirks.is_ten(world.version) else HELPDESK_IN_11)
    row = row | {name: json.loads(row[name]) for name in _JSON if isinstance(row.get(name), str)}
    row |= {name: [] for name in _CYCLES if name in row and row[name] is None}
    return {**settings, **row, **rights, "entities": [] if mine is None else mine["entities"]}


def change_profile(call: Call) -> bool:
    """Answer `changeActiveProfile`."""
    wanted = call.parameters.get("profiles_id")
    if wanted is None:
        raise bad_request()
    profile = php.intval(wanted)
    if profile not in [row["profiles_id"] for row in assigned(call.world, call.session.user)]:
        raise not_found()
    enter_profile(call.world, call.session, profile)
    return True


def enter_profile(world: World, session: LegacySession, profile: int) -> None:
    """Make a profile active: its first entity with all that it holds for."""
    session.profile = profile
    rows = [row for row in assigned(world, session.user) if row["profiles_id"] == profile]
    first = rows[0] if rows else {"entities_id": 0, "is_recursive": 1}
    default = session.data.get("default_entity")
    chosen = next((row for row in rows if row["entities_id"] == default), first)
    _enter(world, session, int(chosen["entities_id"]), recursive=bool(chosen["is_recursive"]))
    session.data[FLAG] = int(chosen["is_recursive"])


def change_entities(call: Call) -> bool:
    """Answer `changeActiveEntities`: `false` with status 200 for a forbidden entity; is_recursive must be a boolean."""
    recursive = call.parameters.get("is_recursive", False)
    if not isinstance(recursive, bool):
        raise bad_request()
    if call.parameters.get("entities_id") is None:
        _enter_all(call.world, call.session)
        return True
    call.session.data[ALL] = call.parameters.get("entities_id") == "all"
    wanted = php.intval(call.parameters.get("entities_id"))
    if wanted not in allowed(call.world, call.session):
        return False
    _enter(call.world, call.session, wanted, recursive=recursive)
    return True


def enter_new(call: Call, entity: int) -> None:
    """Make a new entity active, where GLPI does so at once: not in a session that has asked for "all"."""
    if quirks.new_entities_are_active(call.version) and not call.session.data.get(ALL):
        call.session.entities += (entity,)


def _enter(world: World, session: LegacySession, entity: int, *, recursive: bool) -> None:
    within = entities_below(world, entity) if recursive else []
    reach = set(allowed(world, session)) | {entity}
    session.entities = (entity, *(one for one in within if one in reach and one != entity))
    session.recursive = recursive
    session.data[ACTIVE] = entity
    session.data[FLAG] = recursive


def _enter_all(world: World, session: LegacySession) -> None:
    rows = [row for row in assigned(world, session.user) if row["profiles_id"] == session.profile]
    session.entities = tuple(allowed(world, session))
    session.recursive = True
    session.data[ACTIVE] = int(rows[0]["entities_id"]) if rows else 0
    session.data[FLAG] = True


def allowed(world: World, session: LegacySession) -> list[int]:
    """Return every entity where the active profile holds."""
    return entities_of(world, assigned(world, session.user), session.profile)


def my_entities(call: Call) -> list[dict[str, Any]]:
    """Answer `getMyEntities`: with is_recursive the children come before their parent."""
    unfold = call.parameters.get("is_recursive", False) in (True, 1, "1")
    entities: list[dict[str, Any]] = []
    for row in assigned(call.world, call.session.user):
        if row["profiles_id"] != call.session.profile:
            continue
        below = entities_below(call.world, row["entities_id"])[1:] if unfold and row["is_recursive"] else []
        entities.extend(_named(call.world, one) for one in (*below, row["entities_id"]))
    return entities


def _named(world: World, id: int) -> dict[str, Any]:
    return {"id": id, "name": (world.get("Entity", id) or {"completename": ""})["completename"]}


def active_entities(session: LegacySession) -> dict[str, Any]:
    """Answer `getActiveEntities`: the flag is 1 after a login and true or false after a change."""
    return {
        "id": session.data.get(ACTIVE, session.entities[0]),
        FLAG: session.data.get(FLAG, session.recursive),
        "active_entities": [{"id": one} for one in session.entities],
    }
