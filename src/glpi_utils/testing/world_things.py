"""Business rules of single itemtypes: articles, GLPI's own rules, stock, events, substitutes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from glpi_utils.testing.world_rules import Row, Rules, number
from glpi_utils.testing.world_values import NO_RIGHT, Refusal

if TYPE_CHECKING:
    from glpi_utils.testing.knowledge import Itemtype
    from glpi_utils.testing.rights import Who
    from glpi_utils.testing.world import World


class Articles(Rules):
    """Articles of the knowledge base: each change leaves a revision of what was there before."""

    def changed(self, world: World, kind: Itemtype, row: Row, given: Row, who: Who) -> None:
        """Keep the article as it was."""
        if (world.get(kind.name, row["id"]) or row) == row:
            return
        before = world.count("KnowbaseItem_Revision", "knowbaseitems_id=?", (row["id"],))
        kept = {name: row[name] for name in ("name", "answer", "users_id")}
        numbered = {"knowbaseitems_id": row["id"], "revision": before + 1, "language": "", "date": row["date_mod"]}
        world.insert("KnowbaseItem_Revision", {**kept, **numbered}, who)


class RankedRules(Rules):
    """GLPI's own rules: each comes after the others of its kind."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """A key and a place."""
        given.setdefault("uuid", f"{world.dice.getrandbits(128):032x}")
        others = world.select(kind.name, "sub_type=?", (given.get("sub_type"),), order="ranking DESC", limit=1)
        given["ranking"] = others[0]["ranking"] + 1 if others else 0

    def removed(self, world: World, kind: Itemtype, row: Row, who: Who) -> None:
        """Its criteria and actions go with it, and those behind it move up."""
        for part in ("RuleCriteria", "RuleAction"):
            for one in world.select(part, "rules_id=?", (row["id"],)):
                world.purge(part, one["id"], who)
        for one in world.select(kind.name, "sub_type=? AND ranking>?", (row["sub_type"], row["ranking"])):
            world.update(kind.name, one["id"], {"ranking": one["ranking"] - 1}, who)


class RuleParts(Rules):
    """Criteria and actions."""

    def __init__(self, needed: str) -> None:
        self.needed = needed

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """There is no right without the rule; one that says nothing is refused without a word."""
        if world.get("Rule", number(given.get("rules_id"))) is None:
            raise Refusal(NO_RIGHT, "right")
        if not given.get(self.needed):
            raise Refusal("")


class Stocked(Rules):
    """Cartridges and consumables: they come in today."""

    def __init__(self, column: str, model: str) -> None:
        self.column, self.model = column, model

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """Without their model there is no right to make one."""
        if who.user and world.get(self.model, number(given.get(self.column))) is None:
            raise Refusal(NO_RIGHT, "right")
        given["date_in"] = world.now()[:10]


class Planned(Rules):
    """Events and reminders: they have a key, a date and an owner."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """All three; when it is planned for is told in another way than by these columns."""
        given["uuid"] = given.get("uuid") or str(uuid.UUID(int=world.dice.getrandbits(128), version=4))
        given |= {"date": world.now(), "begin": None, "end": None}
        given["users_id"] = given.get("users_id") or who.user


class Needing(Rules):
    """What can not be made without one of its columns."""

    def __init__(self, needed: str, refusal: Refusal, owner: str = "") -> None:
        self.needed, self.refusal, self.owner = needed, refusal, owner

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """Refuse it; GLPI's own rows need nothing."""
        if who.user and given.get(self.needed) in {None, ""}:
            raise self.refusal
        if self.owner and not given.get(self.owner):
            given[self.owner] = who.user


class Substitutes(Rules):
    """Whoever approves in someone's place: everybody names his own."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """Nobody names another's, and nobody twice."""
        if who.user and number(given.get("users_id")) != who.user:
            raise Refusal(NO_RIGHT, "right")
        pair: list[Any] = [given.get("users_id"), given.get("users_id_substitute") or 0]
        if world.count(kind.name, "users_id=? AND users_id_substitute=?", pair):
            raise Refusal("Duplicate entry for key 'users_id_substitute'", "sql", 1062)


class Installed(Rules):
    """Software on machines: both are there, once."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """Without the version there is no right to."""
        version = number(given.get("softwareversions_id"))
        if who.user and world.get("SoftwareVersion", version) is None:
            raise Refusal(NO_RIGHT, "right")
        once(world, kind, given, "itemtype", "items_id", "softwareversions_id")


class Systems(Rules):
    """Operating systems of machines: none twice."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """The unique key."""
        once(world, kind, given, "itemtype", "items_id", "operatingsystems_id", "operatingsystemarchitectures_id")


class Racked(Rules):
    """What is built into a rack: somewhere, within it, where nothing else is."""

    def adding(self, world: World, kind: Itemtype, given: Row, who: Who) -> None:
        """Look for room."""
        rack = world.get("Rack", number(given.get("racks_id")))
        place = number(given.get("position"))
        if not given.get("items_id"):
            raise Refusal("An item is required")
        if place < 1:
            raise Refusal("A position is required")
        if rack is None or place > (rack["number_units"] or 0):
            raise Refusal("Item is out of rack bounds")
        if world.count(kind.name, "racks_id=? AND position=?", (rack["id"], place)):
            raise Refusal("Not enough space available to place item")
        once(world, kind, given, "itemtype", "items_id")


def once(world: World, kind: Itemtype, given: Row, *columns: str) -> None:
    """Refuse a second row with the same values, as a unique key does."""
    where = " AND ".join(f"ifnull({column},0)=?" for column in columns)
    if world.count(kind.name, where, [given.get(column) or 0 for column in columns]):
        raise Refusal("Duplicate entry", "sql", 1062)


NOT_NULL = Refusal("Column can not be null", "sql", 1048)
NO_PERCENT = Refusal("The approval percent is mandatory and must be between 0 and 100.")
SINGLE: dict[str, Rules] = {
    "KnowbaseItem": Articles(),
    "Cartridge": Stocked("cartridgeitems_id", "CartridgeItem"),
    "Consumable": Stocked("consumableitems_id", "ConsumableItem"),
    "Rule": RankedRules(),
    "RuleCriteria": RuleParts("criteria"),
    "RuleAction": RuleParts("field"),
    **dict.fromkeys(("PlanningExternalEvent", "Reminder"), Planned()),
    **dict.fromkeys(("PCIVendor", "USBVendor"), Needing("vendorid", NOT_NULL)),
    "RSSFeed": Needing("url", NOT_NULL, "users_id"),
    "ValidationStep": Needing("minimal_required_validation_percent", NO_PERCENT),
    "Item_SoftwareVersion": Installed(),
    "Item_OperatingSystem": Systems(),
    "Item_Rack": Racked(),
    "ValidatorSubstitute": Substitutes(),
}
"""Itemtype -> its rules."""
