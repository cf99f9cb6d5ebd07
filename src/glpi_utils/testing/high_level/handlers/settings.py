"""`Setup/Config`: the settings of the server, its version among them."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.world import World

_SECRET = ("passwd", "_token", "password", "secret", "_key")


def in_context(call: Call) -> Answer:
    """All settings of one context."""
    return row_pages.listed(call, "Config", f'context=="{call.attributes["context"]}"')


def one(call: Call) -> Answer:
    """One setting; secrets are never shown."""
    call.require("read", "Config")
    if _is_secret(call.attributes["name"]):
        return answers.forbidden()
    row = _stored(call)
    if row is None:
        return answers.not_found()
    return answers.json({"context": row["context"], "name": row["name"], "value": row["value"]})


def choose(call: Call) -> Answer:
    """Set one; a new one is made, a secret one is not told."""
    call.require("update", "Config")
    context, name, value = call.attributes["context"], call.attributes["name"], call.params.get("value")
    row = _stored(call)
    if row is not None:
        call.world.update("Config", row["id"], {"value": value}, call.who)
    else:
        call.world.insert("Config", {"context": context, "name": name, "value": value}, call.who)
    if _is_secret(name):
        return answers.empty(204, typed=False)
    return answers.json({"context": context, "name": name, "value": value})


def forget(call: Call) -> Answer:
    """Remove one."""
    call.require("update", "Config")
    row = _stored(call)
    if row is None:
        return answers.not_found()
    call.world.purge("Config", row["id"], call.who)
    return answers.empty(204, typed=False)


def _stored(call: Call) -> dict[str, Any] | None:
    asked = [call.attributes["context"], call.attributes["name"]]
    return next(iter(call.world.select("Config", "context = ? AND name = ?", asked, limit=1)), None)


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)


def api_is_off(world: World) -> bool:
    """Whether an administrator has switched the high-level API off."""
    rows = world.sql("""SELECT value FROM "Config" WHERE name = 'enable_hlapi' AND context = 'core'""")
    return bool(rows) and rows[0]["value"] == "0"


ROUTES = (
    (r"/Setup/Config/{context:\w+}", {"GET": in_context}, "2.1"),
    (r"/Setup/Config/{context:\w+}/{name:\w+}", {"GET": one, "PATCH": choose, "DELETE": forget}, "2.1"),
)
