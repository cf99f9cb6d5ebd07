"""Who acts in tickets, changes and problems: the rows that link them, and the keys of an input that bring them along."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, is_list, is_object, many, number
from glpi_utils.testing.world.itil import ACTORS, ASSIGNED, ASSIGNEE, FOREIGN_KEY, LINK_PARENT, NEW, ROLES
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes

_MEMBERS = {"users_id": "User", "groups_id": "Group", "suppliers_id": "Supplier"}
_KINDS = {"users": "User", "groups": "Group", "suppliers": "Supplier"}
_ACTOR_KEY = re.compile(r"_(users|groups|suppliers)_id_(requester|assign|observer)")
_ITIL_KEY = re.compile(r"_itil_(requester|assign|observer)")
_MAILS = ("use_notification", "alternative_email")


class Actors(Rules):
    """Links between a ticket, change or problem and who acts in it."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse who is not there, and (without a word) who has that role already; an address needs no account."""
        parent = FOREIGN_KEY[LINK_PARENT[kind.name]]
        actor = next(column for column in _MEMBERS if column in kind.columns)
        role = values.get("type") or kind.columns["type"].default
        member = number(values.get(actor) or 0)
        email = str(values.get("alternative_email") or "") if "alternative_email" in kind.columns else ""
        if who.user:
            known = world.get(_MEMBERS[actor], member) if member else email and _may_be_nobody(world, values, actor)
            if not known:
                raise Refusal(NO_RIGHT, "right")
            if email and not quirks.is_address(world.version, email):
                raise Refusal("Invalid email address")
        where, key = f"{parent}=? AND type=? AND {actor}=?", [values.get(parent), role, member]
        if not member and actor == "users_id":
            where, key = f"{where} AND ifnull(alternative_email,'')=?", [*key, email]
        if world.count(kind.name, where, key):
            if member:
                raise Refusal("")
            raise Refusal(f"Duplicate entry '{'-'.join(map(str, key))}' for key 'unicity'", "sql", 1062)

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Touch the item; someone assigned to something new takes it out of the queue."""
        self.touch(world, kind, values, who)
        if number(values.get("type") or kind.columns["type"].default) == ASSIGNEE:
            self.move(world, kind, values, NEW, ASSIGNED)

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Put the item back into the queue when nobody is assigned any more; else it is not touched (seen on 10.0.19)."""
        parent = LINK_PARENT[kind.name]
        key = row[FOREIGN_KEY[parent]]
        left = sum(
            world.count(link, f"{FOREIGN_KEY[parent]}=? AND type=?", (key, ASSIGNEE))
            for link, _ in ACTORS[parent].values()
        )
        if not left and self.move(world, kind, row, ASSIGNED, NEW):
            self.touch(world, kind, row, who)

    def touch(self, world: Writes, kind: Itemtype, link: Row, who: Who) -> None:
        """Note who changes the actors as the item's editor."""
        parent = LINK_PARENT[kind.name]
        if who.user:
            edited = {"date_mod": world.now(), "users_id_lastupdater": who.user}
            world.store.change(parent, number(link.get(FOREIGN_KEY[parent])), edited)

    def move(self, world: Writes, kind: Itemtype, link: Row, old: int, new: int) -> bool:
        """Change the status of the parent, if it has the old one; return whether it had. A change is never "assigned"."""
        parent = LINK_PARENT[kind.name]
        key = number(link.get(FOREIGN_KEY[parent]))
        row = world.get(parent, key)
        moves = parent != "Change" and row is not None and row["status"] == old
        if moves:
            world.store.change(parent, key, {"status": new})
        return moves


def _may_be_nobody(world: Writes, values: Row, actor: str) -> bool:
    return values.get(actor) is not None or quirks.an_address_alone_is_enough(world.version)


def add_actors(world: Writes, itemtype: str, id: int, values: Row, who: Who) -> None:
    """Add the actors of `_users_id_requester` and its like: a scalar or a list. Who can not be added is left out."""
    for key, value in values.items():
        match = _ACTOR_KEY.fullmatch(key)
        if match is None:
            continue
        kind, listed = _KINDS[match[1]], is_list(value)
        for index, actor in enumerate(many(value)):
            mails = _mails(values.get(f"{key}_notif"), index, listed=listed)
            with suppress(Refusal):
                _add(world, itemtype, id, kind, {"actor": actor, "type": ROLES[match[2]], **mails}, who)


def add_one(world: Writes, itemtype: str, id: int, values: Row, who: Who) -> None:
    """Add the one actor of each `_itil_requester` and its like: an object that names its kind; a create ignores them.

    What is wrong with an address is told along with the success, but 11 fails where its database refuses one.
    """
    for key, value in values.items():
        match = _ITIL_KEY.fullmatch(key)
        kind = _KINDS.get(f"{value.get('_type')}s") if match and is_object(value) else None
        if match is None or kind is None or (kind == "Supplier" and match[1] != "assign"):
            continue
        actor = value.get(f"{kind.lower()}s_id")
        mails = {name: value[name] for name in _MAILS if value.get(name) is not None}
        try:
            _add(world, itemtype, id, kind, {"actor": actor, "type": ROLES[match[1]], **mails}, who)
        except Refusal as refusal:
            if refusal.kind == "sql" and quirks.an_address_twice_fails_the_change(world.version):
                raise
            if refusal.kind != "right":
                world.told.append(refusal.message)


def _add(world: Writes, itemtype: str, id: int, kind: str, given: Row, who: Who) -> None:
    link, column = ACTORS[itemtype][kind]
    actor = number(given.pop("actor"))
    without_account = kind == "User" and actor == 0 and given.get("alternative_email")
    if actor > 0 or without_account:
        world.insert(link, {FOREIGN_KEY[itemtype]: id, column: actor, **given}, who)


def _mails(given: Any, index: int, *, listed: bool) -> Row:
    """Return what is said of one actor's mails; PHP finds nothing in one address for a list of people."""
    made: Row = {}
    for name in _MAILS if is_object(given) else ():
        value = given.get(name)
        if is_list(value):
            value = value[index] if index < len(value) else None
        elif listed:
            value = None
        if value is not None:
            made[name] = value
    return made
