"""`/session` and the tree of entities."""

from __future__ import annotations

import json
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.api_versions import at_least
from glpi_utils.testing.high_level.identity import Identity
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import rights_bits
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.world import World

_TREE = " (tree structure)"
_CYCLES = {
    "ticket_status": (1, 10, 2, 3, 4, 5, 6),
    "change_status": (1, 9, 10, 7, 4, 11, 12, 5, 8, 6, 14, 13),
    "problem_status": (1, 7, 2, 3, 4, 5, 8, 6),
}
_HELPDESK = ("helpdesk_item_type", "managed_domainrecordtypes")


def session(call: Call) -> Answer:
    """Return who one is, in which profile and entities."""
    identity = _identity(call)
    user = identity.user
    friendly = " ".join(part for part in (user.get("realname"), user.get("firstname")) if part) or user["name"]
    return answers.json(
        {
            "current_time": call.world.clock().astimezone(call.world.zone).isoformat(timespec="seconds"),
            "user_id": user["id"],
            "use_mode": user.get("use_mode") or 0,
            "friendly_name": friendly,
            "name": user["name"],
            "real_name": user.get("realname") or "",
            "first_name": user.get("firstname") or "",
            "default_entity": user.get("entities_id") or 0,
            "profiles": _profiles(call.world, identity),
            "active_entities": _as_php({entity: entity for entity in identity.entities}),
            "active_profile": _profile(call, identity),
            "active_entity": _entity(call.world, identity),
        }
        | _groups(call.world, identity)
    )


def _groups(world: World, identity: Identity) -> dict[str, Any]:
    if not quirks.session_tells_more(world.version):
        return {}
    rows = world.select("Group_User", "users_id = ?", [identity.user["id"]])
    return {"groups": [row["groups_id"] for row in rows]}


def entity_tree(call: Call) -> Answer:
    """Return all entities that the user may enter, as a tree."""
    return answers.json(_branches(call.world, set(_identity(call).entities), None, _identity(call).entity))


def _identity(call: Call) -> Identity:
    if call.identity is None:
        raise answers.Stop(answers.unauthenticated())
    return call.identity


def _profiles(world: World, identity: Identity) -> Any:
    profiles: dict[int, dict[str, Any]] = {}
    for row in identity.assigned:
        profile, entity = world.get("Profile", row["profiles_id"]), world.get("Entity", row["entities_id"])
        if profile is None or entity is None:
            continue
        mine = profiles.setdefault(profile["id"], {"name": profile["name"], "entities": []})
        mine["entities"].append(
            {"id": entity["id"], "name": entity["completename"], "is_recursive": int(row["is_recursive"])}
        )
    return _as_php(profiles)


def _as_php(mapping: dict[int, Any]) -> Any:
    """Return a PHP array as JSON has it: a list where its keys count from 0."""
    if list(mapping) == list(range(len(mapping))):
        return list(mapping.values())
    return {str(key): value for key, value in mapping.items()}


def _profile(call: Call, identity: Identity) -> dict[str, Any]:
    row = call.world.get("Profile", identity.profile) if identity.profile else None
    if row is None:
        return {"id": None, "name": None, "interface": None}
    profile = {"id": row["id"], "name": row["name"], "interface": row.get("interface") or "central"}
    if at_least(call.api, "2.2"):
        profile["rights"] = _rights(call.world, identity.who)
    if quirks.session_tells_more(call.version):
        profile |= {name: row.get(name) or _free(statuses) for name, statuses in _CYCLES.items()}
        if at_least(call.api, "2.3"):
            profile |= {"helpdesk_hardware": row.get("helpdesk_hardware") or 0}
            profile |= {name: row.get(name) or "[]" for name in _HELPDESK}
    return profile


def _free(statuses: tuple[int, ...]) -> str:
    """Return a life cycle that nobody has narrowed: from each status to each."""
    return json.dumps({old: dict.fromkeys(statuses, True) for old in statuses}, separators=(",", ":"))


def _entity(world: World, identity: Identity) -> dict[str, Any]:
    row = world.get("Entity", identity.entity) or {"id": 0, "name": "", "completename": ""}
    tree = _TREE if identity.recursive else ""
    return {
        "id": row["id"],
        "short_name": f"{row['name']}{tree}",
        "complete_name": f"{row['completename']}{tree}",
        "recursive": int(identity.recursive) if identity.recursive else False,
    }


def _branches(world: World, allowed: set[int], above: int | None, active: int) -> list[dict[str, Any]]:
    rows = [row for row in world.select("Entity") if row["id"] in allowed]
    if above is None:
        wanted = [row for row in rows if row["id"] == 0 or row["entities_id"] not in allowed]
    else:
        wanted = [row for row in rows if row["entities_id"] == above and row["id"] not in {0, above}]
    made: list[dict[str, Any]] = []
    for row in wanted:
        branch: dict[str, Any] = {"key": row["id"], "label": row["name"]}
        branch["children"] = _branches(world, allowed, row["id"], active)
        if row["id"] == active:
            branch |= {"expanded": "true", "selected": "true"}
        made.append(branch)
    return made


# Columns of the profile that the server prints among its rights, as 0.
_NO_RIGHTS = (
    "id name interface is_default helpdesk_hardware helpdesk_item_type use_mentions ticket_status "
    "date_mod comment problem_status create_ticket_on_login tickettemplates_id changetemplates_id "
    "problemtemplates_id change_status managed_domainrecordtypes date_creation 2fa_enforced "
    "last_rights_update global_validation "
).split()


def _rights(world: World, who: Who) -> dict[str, int]:
    """Return the rights of whoever asks."""
    return {**dict.fromkeys(_NO_RIGHTS, 0), **rights_bits.of(world, who), "entities": 0}


ROUTES = (
    ("/session", {"GET": session}),
    ("/Session/EntityTree", {"GET": entity_tree}, "2.2"),
)
