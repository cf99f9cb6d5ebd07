"""Business rules of things that are no tickets: trees, documents, infocoms."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, number
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes


class Tree(Rules):
    """Rows below rows: completename and level follow the parent."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Name the path and refuse a second row of the same name where GLPI's database does."""
        parent = self.parent_of(kind, values)
        if kind.name in ("Location", "Entity"):
            self.refuse_twin(world, kind, values, parent, who)
        if (
            kind.name == "Location"
            and who.user
            and values.get("name") is None
            and quirks.a_place_has_a_name(world.version)
        ):
            raise Refusal("Column 'completename' cannot be null", "sql", 1048)
        values.update(path(world, kind, values.get("name"), parent))

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Rename the path."""
        if "name" in values or kind.tree in values:
            after = {**row, **values}
            values.update(path(world, kind, after.get("name"), self.parent_of(kind, after)))

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Rename the paths below."""
        if "completename" in values:
            for child in world.select(kind.name, f"{kind.tree}=? AND id<>?", (row["id"], row["id"])):
                world.update(kind.name, child["id"], {"name": child["name"]}, who)

    def removing(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Refuse to purge the root entity."""
        if kind.name == "Entity" and row["id"] == 0:
            raise Refusal("")

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Move up what was below."""
        above = row[kind.tree or ""]
        for child in world.select(kind.name, f"{kind.tree}=? AND id<>?", (row["id"], row["id"])):
            world.update(kind.name, child["id"], {kind.tree or "": above}, who)

    def parent_of(self, kind: Itemtype, row: Row) -> int | None:
        """Return the id of the row above; None for a top row (0 is the root entity, elsewhere nothing)."""
        parent = row.get(kind.tree or "")
        if kind.name == "Entity":
            return max(0, number(parent))
        key = number(parent)
        return key if key > 0 else None

    def refuse_twin(self, world: Writes, kind: Itemtype, values: Row, parent: int | None, who: Who) -> None:
        """Refuse a second row with this parent and name, as a unique key does."""
        name = values.get("name")
        where, args = f"ifnull({kind.tree},0)=? AND name=?", [parent or 0, name]
        key = f"{parent or 0}-{name}"
        if kind.entity:
            entity = values.get("entities_id", who.entities[0])
            where, args, key = where + " AND entities_id=?", [*args, entity], f"{entity}-{key}"
        if name and world.count(kind.name, where, args):
            raise Refusal(f"Duplicate entry '{key}' for key 'unicity'", "sql", 1062)


def path(world: Writes, kind: Itemtype, name: Any, parent: int | None) -> Row:
    """Return the completename and level of a row called `name` below `parent`."""
    above = world.get(kind.name, parent) if parent is not None else None
    if above is None:
        return {"completename": name, "level": 1}
    return {"completename": f"{above['completename']} > {name or ''}", "level": int(above["level"] or 0) + 1}


class States(Tree):
    """Statuses of items: at the top no name comes twice, with words of GLPI's own for the very same one."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a name that is there."""
        self.check(world, kind, values, 0, "Status of items must be unique!")
        super().adding(world, kind, values, who)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Refuse a name that another has."""
        if "name" in values or kind.tree in values:
            self.check(world, kind, {**row, **values}, row["id"], "Status of items must be unique per level!")
        super().changing(world, kind, row, values, who)

    def check(self, world: Writes, kind: Itemtype, values: Row, own: int, words: str) -> None:
        """Refuse a second one beside it; case does not count for the database."""
        name, parent = str(values.get("name") or ""), self.parent_of(kind, values) or 0
        where = "(name=? OR (name IS NULL AND ?='')) AND ifnull(states_id,0)=? AND id<>?"
        twins = [row["name"] or "" for row in world.select(kind.name, where, (name, name, parent, own))]
        if name in twins and (own or not parent):
            raise Refusal(words)
        if twins:
            raise Refusal(f"Duplicate entry '{parent}-{name}' for key 'unicity'", "sql", 1062)


class Authored(Rules):
    """Rows that note who wrote them."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in the author where none is given."""
        for column in self.columns:
            if not values.get(column):
                values[column] = who.user

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Note the last editor."""
        if "users_id_lastupdater" in kind.columns:
            values["users_id_lastupdater"] = who.user


class NotByHand(Rules):
    """Rows that GLPI makes by itself: its log, what an inventory found."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse it to everybody."""
        if who.user:
            raise Refusal(NO_RIGHT, "right")


class OncePerItem(Rules):
    """At most one row for each item (infocoms)."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse the second one, without a word."""
        if world.count(kind.name, "itemtype=? AND items_id=?", (values.get("itemtype"), values.get("items_id"))):
            raise Refusal("")


class Documents(Authored):
    """Documents: each has a tag that texts name it by."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Draw one where none is given."""
        super().adding(world, kind, values, who)
        drawn = f"{world.dice.getrandbits(120):030x}"
        digits = f"{world.dice.randrange(10**8):08}"
        values["tag"] = values.get("tag") or f"{drawn[:8]}-{drawn[8:16]}-{drawn[16:]}.{digits}"


CLOSED = 6


class DocumentLinks(Authored):
    """A document at an item."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a link unless both are there, the item is open and not yet linked (a second link: without a word)."""
        super().adding(world, kind, values, who)
        document, itemtype, item = (values.get(name) for name in ("documents_id", "itemtype", "items_id"))
        target = world.get(str(itemtype), number(item)) if world.columns(str(itemtype)) else None
        closed = itemtype in ("Ticket", "Change", "Problem") and target is not None and target["status"] == CLOSED
        if world.get("Document", number(document)) is None or target is None or (who.user and closed):
            raise Refusal(NO_RIGHT, "right")
        if world.count(kind.name, "documents_id=? AND itemtype=? AND items_id=?", (document, itemtype, item)):
            raise Refusal("")
        if quirks.before(world.version, "11.0.7"):
            values.setdefault("date", world.now())
        values.setdefault("entities_id", target.get("entities_id") or 0)
        values.setdefault("timeline_position", 1 if itemtype in ("Ticket", "Change", "Problem") else 0)
