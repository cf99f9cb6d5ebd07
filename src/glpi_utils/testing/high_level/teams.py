"""Who works on a ticket, change or problem, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.high_level import quirks
from glpi_utils.testing.world.itil import ACTORS, ASSIGNEE, FOREIGN_KEY, OBSERVER, REQUESTER
from glpi_utils.testing.world.store import fold, quoted
from glpi_utils.testing.world.world import World

ROLES = {"requester": REQUESTER, "assigned": ASSIGNEE, "observer": OBSERVER}
NAMES = {number: name for name, number in ROLES.items()}


@dataclass(frozen=True, slots=True)
class Link:
    """The table that ties members of one type to an item."""

    table: str
    member: str
    column: str


LINKS = {
    parent: {member: Link(table, member, column) for member, (table, column) in actors.items()}
    for parent, actors in ACTORS.items()
}
KEYS = FOREIGN_KEY
MEMBER = ("id", "name", "type", "role", "href", "display_name", "realname", "firstname")
"""What is shown of a member."""


def of_many(world: World, itemtype: str, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the teams of items: users, then groups, then suppliers, each by the name that is shown (up to 11.0.6)."""
    teams: dict[int, list[dict[str, Any]]] = {}
    for start in range(0, len(ids), 20_000):
        part = ids[start : start + 20_000]
        for link in LINKS[itemtype].values():
            members = [
                (row["owner"], _member(world.version, link.member, row))
                for row in world.sql(_sql(itemtype, link, len(part)), part)
            ]
            for owner, member in sorted(members, key=lambda one: fold(one[1]["display_name"] or "")):
                teams.setdefault(owner, []).append(member)
    if quirks.members_come_once(world.version):
        return {owner: _once(team) for owner, team in teams.items()}
    return teams


def _once(team: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a team by name, all kinds mixed; who has two roles is shown in the first alone."""
    kept: dict[tuple[str, int], dict[str, Any]] = {}
    for member in team:
        kept.setdefault((member["type"], member["id"]), member)
    return sorted(kept.values(), key=lambda one: fold(one["display_name"] or ""))


def _sql(itemtype: str, link: Link, many: int) -> str:
    person = "member.realname, member.firstname" if link.member == "User" else "NULL AS realname, NULL AS firstname"
    key = KEYS[itemtype]
    return (
        f"SELECT link.{key} AS owner, link.type AS type, member.id AS id, member.name AS name, {person} "
        f"FROM {quoted(link.table)} AS link JOIN {quoted(link.member)} AS member ON member.id = link.{link.column} "
        f"WHERE link.{key} IN ({','.join('?' * many)}) ORDER BY link.id"
    )


def _member(version: str, member: str, row: dict[str, Any]) -> dict[str, Any]:
    kind = {"type": member} if quirks.members_have_a_type(version) else {}
    full = " ".join(part for part in (row["realname"], row["firstname"]) if part)
    return kind | {
        "role": NAMES.get(row["type"], row["type"]),
        "name": row["name"],
        "realname": row["realname"],
        "firstname": row["firstname"],
        "display_name": full or row["name"],
        "id": row["id"],
        "href": f"/front/{member.lower()}.form.php?id={row['id']}",
    }
