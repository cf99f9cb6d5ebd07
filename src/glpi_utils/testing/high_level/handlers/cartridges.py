"""Single cartridges and consumables: below their model by path, bound to it by nothing but what the body says."""

from __future__ import annotations

from functools import partial
from typing import Any

from glpi_utils.testing.high_level import writing
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.high_level.handlers import collections
from glpi_utils.testing.high_level.handlers.sub_items import Entry
from glpi_utils.testing.http.wire import Answer

_KINDS = {"Cartridge": "cartridgeitems_id", "Consumable": "consumableitems_id"}


def create(call: Call, kind: str) -> Answer:
    """POST: the model of the path is not looked at, only that of the body; named as an object it spoils the address."""
    model: Any = call.params.get(_KINDS[kind])
    made = writing.create(call, call.schema(kind))
    href = "/" if isinstance(model, dict) else f"/Assets/{kind}/{model}/{made}"
    return writing.created(call, href, made)


def _routes() -> list[Entry]:
    made: list[Entry] = []
    for kind in _KINDS:
        base = rf"/Assets/{kind}/{{owner:\d+}}"
        made.append((base, {"POST": partial(create, kind=kind)}, "2.0"))
        one = {
            "GET": partial(collections.read, schema=kind),
            "PATCH": partial(collections.update, schema=kind),
            "DELETE": partial(collections.delete, schema=kind),
        }
        made.append((f"{base}/{{id}}", one, "2.0"))
    return made


ROUTES = _routes()
