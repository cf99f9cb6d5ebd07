"""Files: the download of a document, and what can not be done here."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer


def _moment(call: Call) -> str:
    return call.world.clock().strftime("%a, %d %b %Y %H:%M:%S GMT")


def download(call: Call) -> Answer:
    """The file of a document; one without a file crashes the server."""
    row = call.world.get("Document", call.id)
    if row is None:
        return answers.not_found()
    call.require("read", "Document", row)
    content = call.world.files.get(row["sha1sum"] or "")
    if content is None:
        found = quirks.file_is_missing(call.version, named=bool(row["filename"]))
        return answers.add_headers(found, (("last-modified", _moment(call)),)) if found.body else found
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


ROUTES = (("/Management/Document/{id}/Download", {"GET": download}),)
