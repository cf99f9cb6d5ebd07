"""Business rules of links: tickets with one another, with changes and problems, and the things that they are about."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, is_object, many, number
from glpi_utils.testing.world.itil import CLOSED, FOREIGN_KEY, SOLVED
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes

LINKED, DUPLICATES, CHILD_OF, PARENT_OF = 1, 2, 3, 4


class Siblings(Rules):
    """Links between two of a kind."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a second link, from whichever side, but "duplicates" takes the place of "linked"."""
        one, other = (name for name in kind.columns if name.endswith(("_id_1", "_id_2")))
        parent = kind.name.partition("_")[0]
        if who.user and any(world.get(parent, number(values.get(side))) is None for side in (one, other)):
            raise Refusal(NO_RIGHT, "right")
        link = number(values.get("link", LINKED))
        if link == PARENT_OF:
            values |= {one: values[other], other: values[one], "link": CHILD_OF}
        pair = (number(values.get(one)), number(values.get(other)))
        where = f"({one}=? AND {other}=?) OR ({other}=? AND {one}=?)"
        there = world.select(kind.name, where, (*pair, *pair))
        if pair[0] == pair[1] or (there and (there[0]["link"], link) != (LINKED, DUPLICATES)):
            raise Refusal("")
        for row in there:
            world.purge(kind.name, row["id"], who)


class Cousins(Rules):
    """Links between two of different kinds, a change and a ticket."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse what is not there, and the same again; 10 leaves the latter to its database."""
        sides = [(parent, key) for parent, key in FOREIGN_KEY.items() if key in kind.columns]
        if who.user and any(world.get(parent, number(values.get(key))) is None for parent, key in sides):
            raise Refusal(NO_RIGHT, "right")
        columns = [name for name in kind.columns if name in FOREIGN_KEY.values()]
        ids = [number(values.get(name)) for name in columns]
        if world.count(kind.name, " AND ".join(f"{name}=?" for name in columns), ids):
            if quirks.doubled_links_are_left_to_the_database(world.version):
                raise Refusal(f"Duplicate entry '{'-'.join(map(str, ids))}' for key 'unicity'", "sql", 1062)
            raise Refusal("")


class Items(Rules):
    """What a ticket, change or problem is about: nobody looks whether a ticket's computer is there."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse the same again and id 0, without a word; 10 looks at both ends for changes and problems."""
        parent = next(name for name, key in FOREIGN_KEY.items() if key in kind.columns)
        key = FOREIGN_KEY[parent]
        itemtype, item = str(values.get("itemtype") or ""), number(values.get("items_id"))
        if who.user and quirks.both_ends_are_looked_at(world.version, kind.name):
            known = world.columns(itemtype) is not None and world.get(itemtype, item) is not None
            if not known or world.get(parent, number(values.get(key))) is None:
                raise Refusal(NO_RIGHT, "right")
        where = f"{key}=? AND itemtype=? AND items_id=?"
        if item == 0 or world.count(kind.name, where, (number(values.get(key)), itemtype, item)):
            raise Refusal("")


def add_items(world: Writes, id: int, items: Any, who: Who) -> None:
    """Add what a new ticket is about: ids by itemtype."""
    for itemtype, ids in items.items() if is_object(items) else ():
        for item in many(ids):
            with suppress(Refusal):
                world.insert("Item_Ticket", {"itemtype": itemtype, "items_id": item, "tickets_id": id}, who)


def add_link(world: Writes, id: int, given: Any, who: Who) -> None:
    """Add the link that `_link` of a ticket's input asks for."""
    if is_object(given):
        with suppress(Refusal):
            world.insert("Ticket_Ticket", {"tickets_id_1": id, **given}, who)


def solve_duplicates(world: Writes, row: Row, values: Row, who: Who) -> None:
    """Solve what duplicates a ticket that has just been solved, each with a copy of the solution; 10 closes along too."""
    ended = (SOLVED, CLOSED)
    status = number(values.get("status", row["status"]))
    along = ended if quirks.duplicates_are_closed_along(world.version) else (SOLVED,)
    if row["status"] in ended or status not in along:
        return
    key = row["id"]
    for link in world.select("Ticket_Ticket", "link=? AND (tickets_id_1=? OR tickets_id_2=?)", (DUPLICATES, key, key)):
        other = link["tickets_id_2"] if link["tickets_id_1"] == key else link["tickets_id_1"]
        duplicate = world.get("Ticket", other)
        if duplicate is None or duplicate["status"] in ended:
            continue
        if "_solution" in values:
            world.insert("ITILSolution", {**values["_solution"], "itemtype": "Ticket", "items_id": other}, who)
        else:
            world.update("Ticket", other, {"status": status}, who)
