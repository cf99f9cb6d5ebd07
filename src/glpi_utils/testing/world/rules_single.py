"""Business rules of single itemtypes: articles, GLPI's own rules, stock, events, substitutes."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, number
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes


@dataclass(frozen=True, slots=True)
class Checked(Rules):
    """What a new row needs, and what it may not repeat. What GLPI adds by itself needs nothing."""

    parent: tuple[str, str] | None = None
    """A column and the itemtype that it points at: without that row there is no right to add one."""
    needed: str = ""
    """A column that must not be empty."""
    refusal: Refusal = field(default_factory=lambda: Refusal(""))
    owner: str = ""
    """The column of who adds it."""
    day: str = ""
    """The column of the day when it was added."""
    unique: tuple[str, ...] = ()

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse it, or fill in owner and day."""
        if who.user and self.parent and world.get(self.parent[1], number(values.get(self.parent[0]))) is None:
            raise Refusal(NO_RIGHT, "right")
        if who.user and self.needed and values.get(self.needed) in {None, ""}:
            raise self.refusal
        if self.owner and not values.get(self.owner):
            values[self.owner] = who.user
        if self.day:
            values[self.day] = world.now()[:10]
        if self.unique:
            once(world, kind, values, *self.unique)


def linked(column: str, target: str) -> Checked:
    """Return the rules of links to one thing: it is there, and nothing is linked twice."""
    return Checked((column, target), unique=(column, "itemtype", "items_id"))


class Articles(Rules):
    """Articles of the knowledge base: each change leaves a revision of what was there before."""

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Keep the article as it was."""
        if (world.get(kind.name, row["id"]) or row) == row:
            return
        before = world.count("KnowbaseItem_Revision", "knowbaseitems_id=?", (row["id"],))
        kept = {name: row[name] for name in ("name", "answer", "users_id")}
        numbered = {"knowbaseitems_id": row["id"], "revision": before + 1, "language": "", "date": row["date_mod"]}
        world.insert("KnowbaseItem_Revision", {**kept, **numbered}, who)


class RankedRules(Rules):
    """GLPI's own rules: each comes after the others of its kind."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Draw a key and rank it last."""
        values.setdefault("uuid", f"{world.dice.getrandbits(128):032x}")
        others = world.select(kind.name, "sub_type=?", (values.get("sub_type"),), order="ranking DESC", limit=1)
        values["ranking"] = others[0]["ranking"] + 1 if others else 0

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Purge its criteria and actions and move up those behind it."""
        for part in ("RuleCriteria", "RuleAction"):
            for one in world.select(part, "rules_id=?", (row["id"],)):
                world.purge(part, one["id"], who)
        for one in world.select(kind.name, "sub_type=? AND ranking>?", (row["sub_type"], row["ranking"])):
            world.update(kind.name, one["id"], {"ranking": one["ranking"] - 1}, who)


class Planned(Rules):
    """Events and reminders: they have a key, a date and an owner."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in all three; begin and end are not set by their columns."""
        values["uuid"] = values.get("uuid") or str(uuid.UUID(int=world.dice.getrandbits(128), version=4))
        values |= {"date": world.now(), "begin": None, "end": None}
        values["users_id"] = values.get("users_id") or who.user


class Substitutes(Rules):
    """Whoever approves in someone's place: everybody names his own."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse another's substitute, and one that is there already."""
        if who.user and number(values.get("users_id")) != who.user:
            raise Refusal(NO_RIGHT, "right")
        pair: list[Any] = [values.get("users_id"), values.get("users_id_substitute") or 0]
        if world.count(kind.name, "users_id=? AND users_id_substitute=?", pair):
            raise Refusal("Duplicate entry for key 'users_id_substitute'", "sql", 1062)


class Racked(Rules):
    """What is built into a rack: somewhere, within it, where nothing else is."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Look for room."""
        rack = world.get("Rack", number(values.get("racks_id")))
        place = number(values.get("position"))
        if not values.get("items_id"):
            raise Refusal("An item is required")
        if place < 1:
            raise Refusal("A position is required")
        if rack is None or place > (rack["number_units"] or 0):
            raise Refusal("Item is out of rack bounds")
        if world.count(kind.name, "racks_id=? AND position=?", (rack["id"], place)):
            raise Refusal("Not enough space available to place item")
        once(world, kind, values, "itemtype", "items_id")


def once(world: Writes, kind: Itemtype, values: Row, *columns: str) -> None:
    """Refuse a second row with the same values, as a unique key does."""
    where = " AND ".join(f"ifnull({column},0)=?" for column in columns)
    if world.count(kind.name, where, [values.get(column) or 0 for column in columns]):
        raise Refusal("Duplicate entry", "sql", 1062)


class Secretive(Rules):
    """Webhooks: each has a secret, and it is kept so that nobody reads it."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Draw a secret where there is none."""
        values["secret"] = sealed(values["secret"]) if values.get("secret") else f"{world.dice.getrandbits(160):040x}"

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Seal a new one."""
        if values.get("secret"):
            values["secret"] = sealed(values["secret"])


class OAuthClients(Rules):
    """Clients as rows: what they may is kept as JSON, whatever it was given as; where a browser is sent back is set each time."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Name and secret are drawn; GLPI's own address is always among those to go back to."""
        values["identifier"] = f"{world.dice.getrandbits(256):064x}"
        values["secret"] = sealed(f"{world.dice.getrandbits(256):064x}")
        values["redirect_uri"] = [*(values.get("redirect_uri") or []), "/api.php/oauth2/redirection"]
        values |= {name: as_json(values.get(name) or []) for name in ("redirect_uri", "grants", "scopes")}

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Remove addresses that the change does not have."""
        values.setdefault("redirect_uri", [])
        values |= {name: as_json(values[name]) for name in ("redirect_uri", "grants", "scopes") if name in values}


class Lasting(Rules):
    """Costs of contracts and projects end when they begin, unless they are told to end later."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in the end."""
        begin, end = str(values.get("begin_date") or ""), str(values.get("end_date") or "")
        if begin and end < begin:
            values["end_date"] = values["begin_date"]


def sealed(text: Any) -> str:
    """Return a secret as it is stored and shown: nobody can log in with that."""
    return base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def as_json(value: Any) -> str:
    """Return JSON as PHP writes it."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")


NO_SERVICE_LEVEL = Refusal(NO_RIGHT, "right")
NOT_NULL = Refusal("Column cannot be null", "sql", 1048)
NO_PERCENT = Refusal("The approval percent is mandatory and must be between 0 and 100.")
SINGLE: dict[str, Rules] = {
    "KnowbaseItem": Articles(),
    "ProjectTask": Checked(("projects_id", "Project")),
    "Cartridge": Checked(("cartridgeitems_id", "CartridgeItem"), day="date_in"),
    "Consumable": Checked(("consumableitems_id", "ConsumableItem"), day="date_in"),
    "Rule": RankedRules(),
    "RuleCriteria": Checked(("rules_id", "Rule"), "criteria"),
    "RuleAction": Checked(("rules_id", "Rule"), "field"),
    **dict.fromkeys(("PlanningExternalEvent", "Reminder"), Planned()),
    **dict.fromkeys(("PCIVendor", "USBVendor"), Checked(None, "vendorid", NOT_NULL)),
    "RSSFeed": Checked(None, "url", NOT_NULL, owner="users_id"),
    "ValidationStep": Checked(None, "minimal_required_validation_percent", NO_PERCENT),
    "Item_SoftwareVersion": Checked(
        ("softwareversions_id", "SoftwareVersion"), unique=("itemtype", "items_id", "softwareversions_id")
    ),
    "Item_OperatingSystem": Checked(
        unique=("itemtype", "items_id", "operatingsystems_id", "operatingsystemarchitectures_id")
    ),
    "Item_Rack": Racked(),
    "ValidatorSubstitute": Substitutes(),
    "Webhook": Secretive(),
    "OAuthClient": OAuthClients(),
    **dict.fromkeys(("ContractCost", "ProjectCost"), Lasting()),
    "KnowbaseItem_Item": linked("knowbaseitems_id", "KnowbaseItem"),
    "Contract_Item": linked("contracts_id", "Contract"),
    "Certificate_Item": linked("certificates_id", "Certificate"),
    "Domain_Item": linked("domains_id", "Domain"),
    "Appliance_Item": linked("appliances_id", "Appliance"),
    "Item_Line": linked("lines_id", "Line"),
    "Item_Project": linked("projects_id", "Project"),
    "Itil_Project": linked("projects_id", "Project"),
    **dict.fromkeys(("SLA", "OLA"), Checked(None, "slms_id", NO_SERVICE_LEVEL)),
}
"""Itemtype -> its rules."""
