"""What a path asks for: an endpoint, or an itemtype with an id and perhaps a parent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from glpi_utils.testing.legacy import deprecated, php, quirks
from glpi_utils.testing.legacy.refusals import Refused, unknown_itemtype
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.world import World

LEGACY = "/apirest.php"
INNER = "/api.php/v1"
ABSTRACT = ("CommonITILObject", "CommonITILTask", "CommonITILValidation")


@dataclass(frozen=True, slots=True)
class Target:
    """An itemtype with what stands around it in the path. `id` is None when the path names none."""

    itemtype: str
    id: int | None = None
    parent: str | None = None
    parent_id: int | None = None


def elements(path: str, version: str) -> list[str] | None:
    """Return the parts of a path behind the API's own; None when it is not the API's."""
    for prefix in (LEGACY,) if quirks.is_ten(version) else (LEGACY, INNER):
        if path == prefix or path.startswith(prefix + "/"):
            parts = unquote(path[len(prefix) :]).strip("/").split("/")
            return [part for part in parts if part] or [""] if quirks.doubled_slashes_are_one(version) else parts
    return None


def itemtype_named(world: World, name: str) -> str | None:
    """Return the itemtype that a part of a path names, spelt as GLPI spells it."""
    if world.columns(name) is not None or deprecated.current(name, world.version):
        return name
    if name in ABSTRACT:
        return name
    if quirks.itemtypes_match_without_case(world.version):
        lower = name.lower()
        return next((itemtype for itemtype in knowledge.itemtypes(world.version) if itemtype.lower() == lower), None)
    return None


def itemtype_at(world: World, parts: list[str], index: int, *, all_assets: bool = False) -> Target:
    """Return the itemtype at one place of the path; the one two places later, if there is any, is what is meant."""
    if index >= len(parts):
        raise Refused(400, "ERROR_RESOURCE_MISSING", "missing resource", documented=True)
    if all_assets and parts[index] == "AllAssets":
        return Target("AllAssets")
    first = itemtype_named(world, parts[index])
    if first is None:
        raise unknown_itemtype()
    if len(parts) <= 2:
        return Target(first)
    second = itemtype_named(world, parts[2])
    if second is None:
        raise unknown_itemtype()
    return Target(second, parent=first)


def item(world: World, parts: list[str]) -> Target:
    """Return what `/Ticket`, `/Ticket/1`, `/Ticket/1/ITILFollowup` and `/Ticket/1/ITILFollowup/2` mean."""
    itemtype = itemtype_at(world, parts, 0)
    first, second = _id(parts, 1), _id(parts, 3)
    if second or itemtype.parent:
        return Target(itemtype.itemtype, second, itemtype.parent, first)
    return Target(itemtype.itemtype, first)


def _id(parts: list[str], index: int) -> int | None:
    if index < len(parts) and php.is_numeric(parts[index]):
        return php.intval(parts[index])
    return None
