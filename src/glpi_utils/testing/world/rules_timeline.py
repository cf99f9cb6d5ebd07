"""Business rules of the timeline: followups, tasks, solutions, validations."""

from __future__ import annotations

import uuid
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, number
from glpi_utils.testing.world.itil import ACTORS, CLOSED, FOREIGN_KEY, NEW, PARENT, REQUESTER, SOLVED, WAITING
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import SUPER_ADMIN, Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes
from glpi_utils.testing.world.rules_itil import put_off, taken_into_account

NONE, PENDING, ACCEPTED, REFUSED = 1, 2, 3, 4


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

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Note who changes the text of a followup as its editor; of the others only a web form notes it."""
        if kind.name == "ITILFollowup" and values.get("content", row["content"]) != row["content"]:
            values["users_id_editor"] = who.user


class Followups(Entry):
    """Followups; one may also close or reopen."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a followup without a text."""
        super().adding(world, kind, values, who)
        if not values.get("content"):
            raise Refusal("You can't add a followup without description")

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Accept the solution for `add_close`, refuse it for `add_reopen`."""
        super().added(world, kind, id, values, who)
        itemtype, item = parent_of(kind, values)
        if values.get("pending") and values.get("pendingreasons_id"):
            put_off(world, itemtype, item, values)
            world.update(itemtype, item, {"status": WAITING}, who)
        status = ACCEPTED if values.get("add_close") else REFUSED if values.get("add_reopen") else None
        if status is None:
            return
        solutions = world.select("ITILSolution", "itemtype=? AND items_id=?", (itemtype, item), "id DESC", 1)
        for solution in solutions:
            answer = {"users_id_approval": who.user, "date_approval": world.now(), "itilfollowups_id": id}
            world.store.change("ITILSolution", solution["id"], {"status": status, **answer})
        world.update(itemtype, item, {"status": CLOSED if status == ACCEPTED else NEW}, who)


class Tasks(Entry):
    """Tasks; their time adds up in the parent."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Draw a uuid, or refuse one that is there already: it is a unique key."""
        super().adding(world, kind, values, who)
        key = values["uuid"] = values.get("uuid") or str(uuid.UUID(int=world.dice.getrandbits(128), version=4))
        if world.count(kind.name, "uuid=?", (key,)):
            raise Refusal(f"Duplicate entry '{key}' for key 'uuid'", "sql", 1062)

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Add up."""
        super().added(world, kind, id, values, who)
        self.add_up(world, kind, values)

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Add up again."""
        self.add_up(world, kind, row)

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Add up again."""
        self.add_up(world, kind, row)

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
        if self.parent(world, kind, values)["status"] in (SOLVED, CLOSED):
            raise Refusal("The item is already solved, did anyone pushed a solution before you?")
        if values.get("itemtype") != "Ticket":  # nobody is asked
            values |= {"status": ACCEPTED, "users_id_approval": who.user, "date_approval": world.now()}

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Solve the parent."""
        super().added(world, kind, id, values, who)
        itemtype, item = parent_of(kind, values)
        solution = {name: values[name] for name in ("content", "solutiontypes_id") if name in values}
        world.update(itemtype, item, {"status": SOLVED, "_solution": solution}, who)


class Validations(Entry):
    """Approvals: asked for, answered by whom they were asked of."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in who approves: 10.0 takes a user, 11 a user or group, the old form too; up to 11.0.6 oneself."""
        parent = self.parent(world, kind, values)
        super().adding(world, kind, values, who)
        values["submission_date"] = world.now()
        values["entities_id"] = parent["entities_id"]
        user = values.get("users_id_validate")
        if "itemtype_target" not in kind.columns:
            if not user:
                raise Refusal("")
        elif user:
            values |= {"itemtype_target": "User", "items_id_target": user, "users_id_validate": 0}
        elif not values.get("items_id_target"):
            if not quirks.before(world.version, "11.0.7"):
                raise Refusal("")
            values |= {"itemtype_target": "User", "items_id_target": who.user}

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Touch the parent; its approval waits."""
        super().added(world, kind, id, values, who)
        self.sum_up(world, kind, values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Take an answer only from whom it was asked of, once; from others it changes nothing."""
        if row["status"] != PENDING and "status" in values and who.user and not quirks.before(world.version, "11"):
            raise Refusal(NO_RIGHT, "right")
        if not answers(world, row, who):
            for column in ("status", "comment_validation"):
                values.pop(column, None)
        elif number(values.get("status", PENDING)) in (ACCEPTED, REFUSED):
            values["validation_date"] = world.now()

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Sum up again; who answers has taken the parent into account."""
        self.sum_up(world, kind, row)
        if "validation_date" in values:
            touch(world, *parent_of(kind, row), who)

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Sum up again."""
        self.sum_up(world, kind, row)

    def sum_up(self, world: Writes, kind: Itemtype, row: Row) -> None:
        """Set the parent's validation: waiting while one waits, refused when one refuses."""
        itemtype, item = parent_of(kind, row)
        statuses = {r["status"] for r in world.select(kind.name, f"{FOREIGN_KEY[itemtype]}=?", (item,))}
        summed = next((status for status in (PENDING, REFUSED, ACCEPTED) if status in statuses), NONE)
        world.store.change(itemtype, item, {"global_validation": summed})


def answers(world: Writes, row: Row, who: Who) -> bool:
    """Check whether a validation was asked of `who`; 10.0 takes a super-admin's answer as well."""
    if who.profile == SUPER_ADMIN and "itemtype_target" not in row:
        return True
    if row.get("itemtype_target") == "Group":
        return bool(world.count("Group_User", "groups_id=? AND users_id=?", (row["items_id_target"], who.user)))
    target = row.get("items_id_target") or row.get("users_id_validate")
    return not who.user or bool(target == who.user)


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
