"""`Setup/Config`: the settings of the server, its version among them."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing import rights
from glpi_utils.testing.highlevel import answers, lists
from glpi_utils.testing.highlevel.call import Call
from glpi_utils.testing.wire import Answer
from glpi_utils.testing.world import World

_SECRET = ("passwd", "_token", "password", "secret", "_key")


def in_context(call: Call) -> Answer:
    """All settings of one context."""
    only = f'context=="{call.attributes["context"]}"'
    params = {**call.params, "filter": lists.both(call.params, only)}
    return lists.search(call.world, call.who, call.schema("Config"), params).answer()


def one(call: Call) -> Answer:
    """One setting; secrets are never shown."""
    if not rights.may(call.world, call.who, "read", "Config"):
        return answers.forbidden()
    context, name = call.attributes["context"], call.attributes["name"]
    if any(word in name.lower() for word in _SECRET):
        return answers.forbidden()
    rows = call.world.select("Config", "context = ? AND name = ?", [context, name], limit=1)
    if not rows:
        return answers.not_found()
    shown: dict[str, Any] = {"context": rows[0]["context"], "name": rows[0]["name"], "value": rows[0]["value"]}
    return answers.json(shown)


def api_is_off(world: World) -> bool:
    """Whether an administrator has switched the high-level API off."""
    rows = world.sql("""SELECT value FROM "Config" WHERE name = 'enable_hlapi' AND context = 'core'""")
    return bool(rows) and rows[0]["value"] == "0"


ROUTES = (
    (r"/Setup/Config/{context:\w+}", {"GET": in_context}, "2.1"),
    (r"/Setup/Config/{context:\w+}/{name:\w+}", {"GET": one}, "2.1"),
)
