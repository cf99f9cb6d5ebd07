"""What the `with_*` options add to a single item: what hangs on it, each kind in a shape of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from glpi_utils.testing.legacy import hateoas, quirks, rendering
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.world import World

Rows = list[dict[str, Any]]
_PORTS = ("Ethernet", "Wifi", "Aggregate", "Alias", "Dialup", "Local", "Fiberchannel")
_OF_PORT = ("entities_id", "is_recursive", "logical_number", "name", "mac", "comment", "is_dynamic")


def options(call: Call, itemtype: str, id: int) -> dict[str, Any]:
    """Return the keys that were asked for, as far as this itemtype has them."""
    return {
        f"_{name}": made(call.world, itemtype, id)
        for name, (holders, made) in _OPTIONS.items()
        if call.parameters.on(f"with_{name}") and (holders is None or itemtype in holders)
    }


def hanging(world: World, itemtype: str, id: int, kind: str, hidden: tuple[str, ...] = ()) -> Rows:
    """Return rows of a kind that name their item by itemtype and id."""
    if world.columns(kind) is None:
        return []
    rows = world.select(kind, "itemtype = ? AND items_id = ?", [itemtype, id])
    shown = [rendering.fields_of(world, kind, row) for row in rows]
    return [{name: value for name, value in row.items() if name not in hidden} for row in shown]


def devices(world: World, itemtype: str, id: int) -> Any:
    """Return components by the kind of device, then by id."""
    by_kind: dict[str, dict[str, Any]] = {}
    for kind in world.itemtypes:
        if kind.startswith("Item_Device"):
            rows = hanging(world, itemtype, id, kind, ("itemtype", "items_id", "is_deleted"))
            if rows:
                by_kind[kind] = {str(row["id"]): row for row in rows}
    return by_kind or []


def disks(world: World, itemtype: str, id: int) -> list[dict[str, Any]]:
    """Return volumes, each under the key "name" (sic), with the name of its file system."""
    volumes: list[dict[str, Any]] = []
    for row in hanging(world, itemtype, id, "Item_Disk", ("items_id", "is_deleted")):
        system = world.get("Filesystem", row["filesystems_id"]) if world.columns("Filesystem") else None
        volumes.append({"name": {"fsname": system and system["name"], **row}})
    return volumes


def connections(world: World, itemtype: str, id: int) -> Any:
    """Return what is plugged in directly, by its itemtype, each row behind those of its link."""
    by_kind: dict[str, Rows] = {}
    for link, kind, number in quirks.plugged_in(world, itemtype, id):
        peripheral = world.get(kind, number) if world.columns(kind) else None
        if peripheral is not None and not peripheral["is_deleted"]:
            by_kind.setdefault(kind, []).append({**link, **rendering.fields_of(world, kind, peripheral)})
    return by_kind or []


def softwares(world: World, itemtype: str, id: int) -> Rows:
    """Return installed versions with their software."""
    text = (
        "SELECT s.softwarecategories_id, v.softwares_id, i.softwareversions_id, i.is_dynamic, v.states_id, s.is_valid "
        'FROM "Item_SoftwareVersion" i JOIN "SoftwareVersion" v ON v.id = i.softwareversions_id '
        'JOIN "Software" s ON s.id = v.softwares_id WHERE i.itemtype = ? AND i.items_id = ? ORDER BY i.id'
    )
    return world.sql(text, (itemtype, id))


def networkports(world: World, itemtype: str, id: int) -> dict[str, Rows]:
    """Return all kinds of ports, always; each with the columns of its own table, empty where that has no row."""
    by_kind: dict[str, Rows] = {}
    for name in _PORTS:
        kind = f"NetworkPort{name}"
        own = [column for column in world.columns(kind) or {} if column != f"{kind.lower()}s_id"]
        where = "itemtype = ? AND items_id = ? AND instantiation_type = ?"
        by_kind[kind] = []
        for port in world.select("NetworkPort", where, [itemtype, id, kind]):
            row = world.select(kind, "networkports_id = ?", [port["id"]], limit=1)
            shown = {"netport_id": port["id"], **{column: port[column] for column in _OF_PORT}}
            shown |= {column: row[0][column] if row else None for column in own}
            opposite = quirks.ports_name_their_opposite(world.version)
            by_kind[kind].append(shown | ({"networkports_id_opposite": None} if opposite else {}))
    return by_kind


def infocoms(world: World, itemtype: str, id: int) -> Any:
    """Return one object, or an empty list."""
    rows = hanging(world, itemtype, id, "Infocom")
    return rows[0] if rows else []


def documents(world: World, itemtype: str, id: int) -> Rows:
    """Return documents with their link."""
    documents: Rows = []
    for link in world.select("Document_Item", "itemtype = ? AND items_id = ?", [itemtype, id]):
        document = world.get("Document", link["documents_id"])
        if document is not None:
            entity = world.get("Entity", document["entities_id"]) or {}
            shown: dict[str, Any] = {"assocID": link["id"], "assocdate": link.get("date")}
            shown |= {"entityID": document["entities_id"], "entity": entity.get("completename"), "headings": None}
            documents.append(shown | rendering.fields_of(world, "Document", document))
    return documents


def timed(kind: str, link: str, key: str) -> Callable[[World, str, int], Rows]:
    """Return tickets, changes or problems of an item, with the name of their category."""

    def of(world: World, itemtype: str, id: int) -> Rows:
        items: Rows = []
        for row in world.select(link, "itemtype = ? AND items_id = ?", [itemtype, id]):
            one = world.get(kind, row[key])
            if one is not None and not one["is_deleted"]:
                category = world.get("ITILCategory", one["itilcategories_id"]) or {}
                items.append({**rendering.fields_of(world, kind, one), "catname": category.get("completename")})
        return items

    return of


def logs(world: World, itemtype: str, id: int) -> Any:
    """Return the log by id."""
    rows = hanging(world, itemtype, id, "Log")
    return {str(row["id"]): row for row in rows} if rows else []


_ASSETS = frozenset(hateoas.ASSETS)
_OPTIONS: dict[str, tuple[frozenset[str] | None, Callable[[World, str, int], Any]]] = {
    "devices": (_ASSETS, devices),
    "disks": (_ASSETS, disks),
    "softwares": (_ASSETS, softwares),
    "connections": (_ASSETS, connections),
    "networkports": (hateoas.NETWORKED, networkports),
    "infocoms": (hateoas.FINANCED, infocoms),
    "contracts": (hateoas.CONTRACTED, partial(hanging, kind="Contract_Item")),
    "documents": (hateoas.DOCUMENTED, documents),
    "tickets": (hateoas.TICKETED, timed("Ticket", "Item_Ticket", "tickets_id")),
    "problems": (hateoas.TICKETED, timed("Problem", "Item_Problem", "problems_id")),
    "changes": (hateoas.TICKETED, timed("Change", "Change_Item", "changes_id")),
    "notes": (None, partial(hanging, kind="Notepad")),
    "logs": (None, logs),
}
