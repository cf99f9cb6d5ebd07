"""What an asset has: components, by model and one by one; single cartridges; its financial side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages, writing
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.handlers import collections
from glpi_utils.testing.high_level.handlers.rows_below import ASSETS, Below, Entry, of
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge


class BuiltIn(Below):
    """Components of one asset."""

    def listed(self, call: Call) -> Answer:
        """GET; the asset must be there."""
        call.row(self.owner, call.owner, answers.not_found())
        return super().listed(call)


def _routes() -> list[Entry]:
    made: list[Entry] = []
    for path, entry in knowledge.routes().items():
        if not path.startswith("Components/"):
            continue
        name, schema = path.rsplit("/", 1)[1], f"{entry['schema']}Item"
        # Up to 11.0.6 at least the model of the path is not looked at: all of that kind come back.
        made.append((rf"/{path}/{{owner:\d+}}/Items", {"GET": partial(row_pages.listed, schema=schema)}, "2.0"))
        made.append((f"/{path}/Items/{{id}}", {"GET": partial(collections.read, schema=schema)}, "2.0"))
        made.extend(
            BuiltIn(f"/Assets/{one}/{{owner}}/Component/{name}", one, schema, of(one)).reading("2.0") for one in ASSETS
        )
    return made


_KINDS = {"Cartridge": "cartridgeitems_id", "Consumable": "consumableitems_id"}


def create_cartridge(call: Call, kind: str) -> Answer:
    """POST: the model of the path is not looked at, only that of the body; named as an object it spoils the address."""
    model: Any = call.params.get(_KINDS[kind])
    made = writing.create(call, call.schema(kind))
    href = "/" if isinstance(model, dict) else f"/Assets/{kind}/{model}/{made}"
    return writing.created(call, href, made)


def _cartridges() -> list[Entry]:
    made: list[Entry] = []
    for kind in _KINDS:
        base = rf"/Assets/{kind}/{{owner:\d+}}"
        made.append((base, {"POST": partial(create_cartridge, kind=kind)}, "2.0"))
        one = {
            "GET": partial(collections.read, schema=kind),
            "PATCH": partial(collections.update, schema=kind),
            "DELETE": partial(collections.delete, schema=kind),
        }
        made.append((f"{base}/{{id}}", one, "2.0"))
    return made


_FINANCED = (
    "Cartridge CartridgeItem Consumable ConsumableItem Computer Monitor NetworkEquipment Peripheral Phone Printer Software "
    "SoftwareLicense Certificate Appliance Rack Enclosure PDU PassiveDCEquipment Cable"
).split()


def read_infocom(call: Call, owner: str) -> Answer:
    """GET: it is looked up as a list, whose range the answer still carries."""
    row = _infocom(call, owner)
    item = row_pages.one(call, "Infocom", f"id=={row['id']}", filtered=False)
    return answers.json(item, headers=(("Content-Range", "0-0/1"),))


def create_infocom(call: Call, owner: str) -> Answer:
    """POST: a second one is refused."""
    if call.world.columns(owner) is None or call.world.get(owner, call.id) is None:
        return answers.not_found()
    fixed = {"itemtype": owner, "items_id": call.id}
    made = writing.create(call, call.schema("Infocom"), fixed)
    return writing.created(call, f"/Assets/{owner}/{call.id}/Infocom", made)


def update_infocom(call: Call, owner: str) -> Answer:
    """PATCH."""
    row = _infocom(call, owner)
    return writing.update(call, call.schema("Infocom"), row["id"], row)


def delete_infocom(call: Call, owner: str) -> Answer:
    """DELETE."""
    row = _infocom(call, owner)
    return writing.delete(call, call.schema("Infocom"), row["id"], row)


def _infocom(call: Call, owner: str) -> dict[str, Any]:
    rows = call.world.select("Infocom", "itemtype = ? AND items_id = ?", [owner, call.id])
    if not rows:
        raise answers.Stop(answers.not_found())
    return rows[0]


def _bound(owner: str, **verbs: Any) -> Mapping[str, Any]:
    return {name: partial(verb, owner=owner) for name, verb in verbs.items()}


ROUTES: tuple[Entry, ...] = (
    *_routes(),
    *_cartridges(),
    *(
        (f"/Assets/{owner}/{{id}}/Infocom", verbs, since)
        for owner in _FINANCED
        for verbs, since in (
            (_bound(owner, GET=read_infocom), "2.0"),
            (_bound(owner, POST=create_infocom, PATCH=update_infocom, DELETE=delete_infocom), "2.2"),
        )
    ),
)
