"""Business rules of the timeline: followups, tasks, solutions."""

from __future__ import annotations

import uuid
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, number
from glpi_utils.testing.world.itil import (
    ACCEPTED,
    ACTORS,
    ASSIGNED,
    ASSIGNEE,
    CLOSED,
    FOREIGN_KEY,
    NEW,
    PARENT,
    REFUSED,
    REQUESTER,
    SOLVED,
    WAITING,
)
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.mails import queue_mails
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes
from glpi_utils.testing.world.rules_itil import answer_solution, put_off, taken_into_account


def parent_of(kind: Itemtype, row: Row) -> tuple[str, int]:
    """Return the itemtype and id of the ticket, change or problem that a timeline row belongs to."""
    if kind.name in PARENT:
        parent = PARENT[kind.name]
        return parent, number(row.get(FOREIGN_KEY[parent]))
    return str(row.get("itemtype") or ""), number(row.get("items_id"))


class Entry(Rules):
    """One entry of a timeline."""

    def parent(self, world: Writes, kind: Itemtype, values: Row) -> Row:
        """Return the row that the entry belongs to; where there is none GLPI speaks of missing rights."""
        itemtype, item = parent_of(kind, values)
        row = world.get(itemtype, item) if itemtype in FOREIGN_KEY else None
        if row is None:
            raise Refusal(NO_RIGHT, "right")
        return row

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in author and date."""
        self.parent(world, kind, values)
        if not values.get("users_id"):
            values["users_id"] = who.user
        if "date" in kind.columns and not values.get("date"):
            values["date"] = world.now()

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Touch the parent."""
        touch(world, *parent_of(kind, values), who)
        event = {"ITILFollowup": "add_followup", "ITILSolution": "solved"}.get(kind.name, "add_task")
        queue_mails(world, *parent_of(kind, values), event, values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Note who changes the text of a followup as its editor; of the others only a web form notes it."""
        if kind.name == "ITILFollowup" and values.get("content", row["content"]) != row["content"]:
            values["users_id_editor"] = who.user


class Followups(Entry):
    """Followups; one may also close or reopen."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a followup without a text; one that closes gets GLPI's own."""
        super().adding(world, kind, values, who)
        if values.get("content"):
            return
        if values.get("add_reopen") is not None:
            raise Refusal("If you want to reopen this item, you must specify a reason")
        if values.get("add_close") is None:
            raise Refusal("You can't add a followup without description")
        values["content"] = "Solution approved"

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Accept the solution of what is solved for `add_close`, refuse it for `add_reopen`, whatever their values are.

        A plain followup reopens as well when a requester adds it to whom nothing is assigned.
        """
        super().added(world, kind, id, values, who)
        itemtype, item = parent_of(kind, values)
        status = (world.get(itemtype, item) or {}).get("status")
        if values.get("pending") and values.get("pendingreasons_id"):
            put_off(world, itemtype, item, values)
            world.update(itemtype, item, {"status": WAITING}, who)
        elif status in (WAITING, SOLVED, CLOSED) and (
            values.get("add_reopen") is not None or asks_again(world, itemtype, item, who)
        ):
            answer_solution(world, itemtype, item, REFUSED, who)
            world.update(itemtype, item, {"status": queue(world, itemtype, item)}, who)
        elif status == SOLVED and values.get("add_close") is not None:
            answer_solution(world, itemtype, item, ACCEPTED, who)
            world.update(itemtype, item, {"status": CLOSED}, who)


def asks_again(world: Writes, itemtype: str, item: int, who: Who) -> bool:
    """Check whether somebody is a requester of an item and not assigned to it."""
    link, column = ACTORS[itemtype]["User"]
    where = f"{FOREIGN_KEY[itemtype]}=? AND {column}=? AND type=?"
    is_requester, is_assigned = (world.count(link, where, (item, who.user, role)) for role in (REQUESTER, ASSIGNEE))
    return bool(who.user and is_requester and not is_assigned)


def queue(world: Writes, itemtype: str, item: int) -> int:
    """Return the status of what is open again: assigned where anybody is."""
    where = f"{FOREIGN_KEY[itemtype]}=? AND type=?"
    anybody = any(world.count(link, where, (item, ASSIGNEE)) for link, _ in ACTORS[itemtype].values())
    return ASSIGNED if anybody and itemtype != "Change" else NEW


class Tasks(Entry):
    """Tasks; their time adds up in the parent."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a task without a text; draw a uuid, or refuse one that is there already: it is a unique key."""
        super().adding(world, kind, values, who)
        if quirks.closed_tickets_take_no_tasks(world.version):
            self.check_open(world, kind, values, who)
        if values.get("content") in (None, "", 0, "0"):
            raise Refusal("You can't add a task without description.")
        key = values["uuid"] = values.get("uuid") or str(uuid.UUID(int=world.dice.getrandbits(128), version=4))
        if world.count(kind.name, "uuid=?", (key,)):
            raise Refusal(f"Duplicate entry '{key}' for key 'uuid'", "sql", 1062)

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Add up."""
        super().added(world, kind, id, values, who)
        self.add_up(world, kind, values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Refuse to take the text away, and any change in a closed ticket."""
        super().changing(world, kind, row, values, who)
        self.check_open(world, kind, row, who)
        if values.get("content", "x") in (None, ""):
            raise Refusal("You can't remove description of a task.")

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Add up again."""
        self.add_up(world, kind, row)

    def removing(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Keep the tasks of a closed ticket."""
        self.check_open(world, kind, row, who)

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Add up again."""
        self.add_up(world, kind, row)

    def check_open(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Refuse what is not done in a closed ticket; changes and problems are not looked at."""
        closed = kind.name == "TicketTask" and self.parent(world, kind, row)["status"] == CLOSED
        if who.user and closed:
            raise Refusal(NO_RIGHT, "right")

    def add_up(self, world: Writes, kind: Itemtype, row: Row) -> None:
        """Set the parent's actiontime to the sum of its tasks'."""
        itemtype, item = parent_of(kind, row)
        text = f'SELECT ifnull(sum(actiontime),0) AS total FROM "{kind.name}" WHERE {FOREIGN_KEY[itemtype]}=?'
        world.store.change(itemtype, item, {"actiontime": world.sql(text, (item,))[0]["total"]})


class Solutions(Entry):
    """Solutions; adding one solves the parent."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a second solution."""
        super().adding(world, kind, values, who)
        status = self.parent(world, kind, values)["status"]
        if who.user and status == CLOSED:
            raise Refusal(NO_RIGHT, "right")
        if status in (SOLVED, CLOSED):
            raise Refusal("The item is already solved, did anyone pushed a solution before you?")
        if values.get("itemtype") != "Ticket":  # nobody is asked
            values |= {"status": ACCEPTED, "users_id_approval": who.user, "date_approval": world.now()}

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Solve the parent."""
        super().added(world, kind, id, values, who)
        itemtype, item = parent_of(kind, values)
        solution = {name: values[name] for name in ("content", "solutiontypes_id") if name in values}
        world.update(itemtype, item, {"status": SOLVED, "_solution": solution}, who)


def touch(world: Writes, itemtype: str, id: int, who: Who) -> None:
    """Change the parent's date; the first entry by someone else than the requester takes it into account."""
    row = world.get(itemtype, id)
    if row is None or not who.user:
        return
    now = world.now()
    changes: dict[str, Any] = {"date_mod": now, "users_id_lastupdater": who.user}
    link, column = ACTORS[itemtype]["User"]
    where = f"{FOREIGN_KEY[itemtype]}=? AND {column}=? AND type=?"
    requested = world.count(link, where, (id, who.user, REQUESTER))
    if not requested:
        changes |= taken_into_account(row, now)
    world.store.change(itemtype, id, changes)
