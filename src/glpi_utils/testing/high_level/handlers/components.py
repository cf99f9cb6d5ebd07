"""Where components are built in: by model, by asset, one by one."""

from __future__ import annotations

from functools import partial

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.high_level.handlers import collections
from glpi_utils.testing.high_level.handlers.sub_items import ASSETS, Below, Entry, of
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge


class BuiltIn(Below):
    """Components of one asset."""

    def listed(self, call: Call) -> Answer:
        """GET; the asset must be there."""
        if call.world.get(self.owner, call.owner) is None:
            return answers.not_found()
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


ROUTES = _routes()
