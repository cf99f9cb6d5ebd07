"""Where components are built in: by model, by asset, one by one."""

from __future__ import annotations

from functools import partial

from glpi_utils.testing import knowledge
from glpi_utils.testing.highlevel import items
from glpi_utils.testing.highlevel.sub_items import ASSETS, Below, Entry, typed


def _routes() -> list[Entry]:
    made: list[Entry] = []
    for path, entry in knowledge.routes().items():
        if not path.startswith("Components/"):
            continue
        name, schema = path.rsplit("/", 1)[1], f"{entry['schema']}Item"
        fields = knowledge.schemas()[schema]["fields"].values()
        column = next(field["column"] for field in fields if field.get("itemtype") == entry["itemtype"])
        made.append(Below(f"/{path}/{{owner}}/Items", entry["itemtype"], schema, {column: None}).reading("2.0"))
        made.append((f"/{path}/Items/{{id}}", {"GET": partial(items.read, schema=schema)}, "2.0"))
        made.extend(typed(f"/Assets/{one}/{{owner}}/Component/{name}", one, schema).reading("2.0") for one in ASSETS)
    return made


ROUTES = _routes()
