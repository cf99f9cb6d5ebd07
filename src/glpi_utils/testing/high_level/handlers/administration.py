"""Settings of the server, files of documents."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from glpi_utils.testing.high_level import answers, quirks, row_pages
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.handlers.transfer import transfer
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.world import World

_SECRET = ("passwd", "_token", "password", "secret", "_key")


def in_context(call: Call) -> Answer:
    """Return all settings of one context."""
    return row_pages.listed(call, "Config", f'context=="{call.attributes["context"]}"')


def one(call: Call) -> Answer:
    """Return one setting; secrets are never shown."""
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
    key = [call.attributes["context"], call.attributes["name"]]
    return next(iter(call.world.select("Config", "context = ? AND name = ?", key, limit=1)), None)


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)


def api_is_off(world: World) -> bool:
    """Check whether an administrator has switched the high-level API off."""
    return world.setting("enable_hlapi") == "0"


def _moment(call: Call) -> str:
    return call.world.clock().strftime("%a, %d %b %Y %H:%M:%S GMT")


def download(call: Call) -> Answer:
    """Return the file of a document; one without a file crashes the server."""
    row = call.row("Document", call.id, answers.not_found())
    call.require("read", "Document", row)
    content = call.world.files.get(row["sha1sum"] or "")
    if content is None:
        missing = quirks.file_is_missing(call.version, named=bool(row["filename"]))
        return answers.add_headers(missing, (("last-modified", _moment(call)),)) if missing.body else missing
    tag = hashlib.md5(content, usedforsecurity=False).hexdigest()
    name = row["filename"] or ""
    headers: answers.Headers = (
        ("Content-Type", f"{row['mime'] or 'application/octet-stream'}; charset=UTF-8"),
        ("Cache-Control", "must-revalidate, private"),
        ("content-disposition", f"attachment; filename*=utf-8''{quote(name)}"),
        ("etag", tag),
        ("last-modified", _moment(call)),
    )
    if call.req.headers.get("if-none-match", "").strip('"') == tag:
        return Answer(304, headers[1:])
    return Answer(200, headers, content)


ROUTES = (
    (r"/Setup/Config/{context:\w+}", {"GET": in_context}, "2.1"),
    (r"/Setup/Config/{context:\w+}/{name:\w+}", {"GET": one, "PATCH": choose, "DELETE": forget}, "2.1"),
    ("/Transfer", {"POST": transfer}),
    ("/Management/Document/{id}/Download", {"GET": download}),
)
