"""`TeamMember`: who is on the team of a ticket, change or problem, added and removed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, quirks, teams
from glpi_utils.testing.high_level.api_call import Call, row_id
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import rights
from glpi_utils.testing.world.column_values import Refusal

_ASSIGN = frozenset({rights.ADMIN, rights.SUPER_ADMIN, rights.SUPERVISOR})


def listed(call: Call, parent: str) -> Answer:
    """GET: the whole team."""
    return answers.json(_team(call, parent))


def by_role(call: Call, parent: str) -> Answer:
    """GET with a role: PHP keeps the keys, so that it is a map when the first one found is not the first of all."""
    role_name = call.attributes["role"]
    if role_name.isdecimal() and quirks.members_come_once(call.version):
        return answers.invalid_parameters(f"Invalid role: {role_name}")
    role = teams.NAMES[_role(role_name)]
    members = {str(index): member for index, member in enumerate(_team(call, parent)) if member["role"] == role}
    counted = list(members) == [str(index) for index in range(len(members))]
    return answers.json(list(members.values()) if counted else members)


def add(call: Call, parent: str) -> Answer:
    """POST: 201 and no body; 400 for who is there already and for who is not there at all."""
    link, member, role = _asked(call, parent)
    _check(call, parent)
    if call.world.get(link.member, member) is None:
        return answers.invalid_parameters()
    try:
        values = {teams.KEYS[parent]: call.id, link.column: member, "type": role}
        call.world.insert(link.table, values, call.who)
    except Refusal:
        return answers.invalid_parameters()
    return answers.empty(201)


def remove(call: Call, parent: str) -> Answer:
    """DELETE: 200 and no body, also when nobody was removed."""
    link, member, role = _asked(call, parent)
    _check(call, parent)
    where = f"{teams.KEYS[parent]} = ? AND {link.column} = ? AND type = ?"
    for row in call.world.select(link.table, where, [call.id, member, role]):
        call.world.purge(link.table, row["id"], call.who)
    return answers.empty(200)


def _team(call: Call, parent: str) -> list[dict[str, Any]]:
    row = call.world.get(parent, call.id)
    if quirks.teams_need_a_right(call.version) and not call.may("read", parent, row):
        raise answers.Stop(answers.forbidden())
    return teams.of_many(call.world, parent, [call.id]).get(call.id, [])


def _check(call: Call, parent: str) -> None:
    row = call.world.get(parent, call.id)
    may = call.may("update", parent, row)
    assigns = call.who.profile in _ASSIGN or not quirks.teams_need_a_right(call.version)
    if not may or not assigns:
        raise answers.Stop(answers.forbidden())


def _asked(call: Call, parent: str) -> tuple[teams.Link, int, int]:
    """Return table, id and role; a missing or unknown type crashes the server."""
    member, member_id, role = call.params.get("type"), call.params.get("id"), call.params.get("role")
    if role is None:
        raise answers.Stop(answers.crashed())
    number = _role(str(role))
    link = teams.LINKS[parent].get(member) if isinstance(member, str) else None
    if link is None or not str(member_id).isdecimal():
        raise answers.Stop(answers.crashed())
    return link, row_id(str(member_id)), number


def _role(name: str) -> int:
    """Return a role by its name or its number."""
    known = {**teams.ROLES, "watcher": 3, "1": 1, "2": 2, "3": 3}
    if name not in known:
        raise answers.Stop(answers.invalid_parameters(f"Invalid role: {name}"))
    return known[name]


def _routes() -> list[tuple[str, Mapping[str, Any], str]]:
    made: list[tuple[str, Mapping[str, Any], str]] = []
    for parent in teams.KEYS:
        base = f"/Assistance/{parent}/{{id}}/TeamMember"
        verbs = {"GET": listed, "POST": add, "DELETE": remove}
        made.append((base, {name: partial(verb, parent=parent) for name, verb in verbs.items()}, parent))
        made.append((base + r"/{role:\w+}", {"GET": partial(by_role, parent=parent)}, parent))
    return made


ROUTES = _routes()
