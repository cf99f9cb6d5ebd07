"""The search options of an itemtype, and how `listSearchOptions` words them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from glpi_utils.testing.legacy import deprecated, hateoas, names, option_tables, quirks
from glpi_utils.testing.legacy.option_tables import Option
from glpi_utils.testing.legacy.refusals import unknown_itemtype
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.world import World

TEXTS = ("contains", "notcontains")
DATES = ("equals", "notequals", "lessthan", "morethan", "contains", "notcontains")
BOOLS = ("equals", "notequals", "contains", "notcontains")
DROPDOWN = ("contains", "notcontains", "equals", "notequals")
TREES = ("under", "notunder")


@lru_cache(maxsize=512)
def of(itemtype: str, version: str) -> dict[int, Option]:
    """Return the options whose columns exist in this version, by number."""
    known = knowledge.itemtypes(version)
    if itemtype == "AllAssets":
        return of("Computer", version)
    spec = known[itemtype]
    if itemtype in option_tables.OWN:
        options: tuple[Option, ...] = option_tables.OWN[itemtype]
    else:
        options = (*option_tables.COMMON, *_of_its_own(itemtype))
        if spec.tree:
            options = (*option_tables.TREE, *(option for option in options if option.id not in (1, 14)))
    return {option.id: option for option in options if _exists(option, itemtype, version)}


def _of_its_own(itemtype: str) -> tuple[Option, ...]:
    """Return what is not common to all: places, types, models, people of assets."""
    if itemtype == "Location":
        return option_tables.LOCATION
    if itemtype in hateoas.ASSETS or itemtype == "Software":
        own = option_tables.COMPUTER if itemtype == "Computer" else ()
        return (*option_tables.ASSET, *option_tables.asset(itemtype), *own, *option_tables.PROJECT)
    return () if itemtype == "Entity" else option_tables.PLACE


def _exists(option: Option, itemtype: str, version: str) -> bool:
    known = knowledge.itemtypes(version)
    if option.only and option.only != knowledge.recorded(version).split(".", maxsplit=1)[0]:
        return False
    if option.link:
        return option.link in known and option.itemtype in known
    if option.key:
        there = option.itemtype in known and option.field in known[option.itemtype].columns
        return there and option.key in known[itemtype].columns
    return option.field in known[itemtype].columns


def searchtypes(option: Option, itemtype: str, version: str) -> tuple[str, ...]:
    """Return what the engine offers for a column; it takes others too and means something else by them."""
    named = option.datatype == "itemlink" and itemtype not in ("Ticket", "Change", "Problem")
    in_tree = option.field == "completename" or (itemtype in knowledge.trees(version) and option.id == 14)
    if option.datatype == "specific":
        types: tuple[str, ...] = ("equals",)
    elif option.datatype == "bool":
        types = BOOLS if option.id != 86 or itemtype not in hateoas.ASSETS else ("equals",)
    elif option.id == 450:
        types = ("equals", "notequals")
    elif option.datatype in ("date", "datetime"):
        types = DATES
    else:
        types = DROPDOWN if option.datatype == "dropdown" or named else TEXTS
    empty = () if quirks.is_ten(version) else ("empty",)
    return (*types, *empty, *(TREES if types == DROPDOWN and in_tree else ()))


def uid(option: Option, itemtype: str, version: str) -> str:
    """Return the name of a column that no language changes: "Ticket.ITILCategory.completename"."""
    parts = [itemtype]
    if option.key and not option.link and option.key != names.foreign_key(option.itemtype, version):
        parts.append(option.key)
    if option.link and option.link != option.itemtype:
        parts.append(option.link)
    if option.itemtype and option.itemtype != itemtype:
        parts.append(option.itemtype)
    return ".".join((*parts, option.field))


def listed(world: World, spelt: str, *, raw: bool) -> dict[str, Any]:
    """Answer `listSearchOptions`: numbers with their columns, and the titles of groups."""
    itemtype = deprecated.itemtype_of(spelt, world.version)
    if world.columns(itemtype) is None:
        raise unknown_itemtype()
    described: dict[str, Any] = {"common": {"name": "Characteristics"}}
    for option in of(itemtype, world.version).values():
        table = names.table(option.itemtype or itemtype, world.version)
        if raw:
            described[str(option.id)] = _raw(option, table, world.version)
            continue
        described[str(option.id)] = {
            "name": (quirks.is_ten(world.version) and option.ten) or option.name,
            "table": table,
            "field": option.field,
            "datatype": option.datatype,
            "nosearch": option.nosearch,
            "nodisplay": False,
            "available_searchtypes": list(searchtypes(option, itemtype, world.version)),
            "uid": uid(option, itemtype, world.version),
        }
    return described


def _raw(option: Option, table: str, version: str) -> dict[str, Any]:
    """Return an option as GLPI keeps it: by which rows it is joined, whether there may be several."""
    joined: Any = []
    link = option.key or option.field
    if option.link and option.link == option.itemtype:
        joined = {"jointype": "itemtype_item" if option.itemtype.startswith("ITIL") else "child"}
        link = names.foreign_key(option.itemtype, version)
    elif option.link:
        role = re.fullmatch(r"type = (\d)", option.condition)
        inner: dict[str, Any] = {"jointype": "child"}
        if role:
            inner["condition"] = {"NEWTABLE.type": int(role[1])}
        joined = {"beforejoin": {"table": names.table(option.link, version), "joinparams": inner}}
    described = {"table": table, "field": option.field, "name": option.name, "linkfield": link, "joinparams": joined}
    described |= {"datatype": option.datatype} if option.datatype else {}
    flags = {
        "forcegroupby": option.link and not option.ungrouped,
        "use_subquery": option.apart,
        "usehaving": option.after_grouping,
    }
    described |= {flag: True for flag, is_so in flags.items() if is_so} | (
        {"massiveaction": False} if option.fixed else {}
    )
    return described | ({"nosearch": True} if option.nosearch else {})


def assets(version: str) -> list[str]:
    """Return what AllAssets searches."""
    return [itemtype for itemtype in hateoas.ASSETS if itemtype in knowledge.itemtypes(version)]
