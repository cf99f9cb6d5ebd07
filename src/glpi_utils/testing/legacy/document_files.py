"""Documents: keeping an uploaded file, saying what became of it, sending it back."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any
from urllib.parse import quote

from glpi_utils.testing.http import forms
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import php, quirks, replies, uploads
from glpi_utils.testing.legacy.refusals import Fatal, not_found, right_missing
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.world import World


def keep(call: Call, values: dict[str, Any]) -> dict[str, Any]:
    """Return a document's columns for the first file; others of the call are dropped, a refused one leaves no file.

    Raises:
        Refusal: The document was to be put onto an item, and its file was refused.
    """
    file = call.parameters.files[0]
    kept = {**values, "users_id": call.session.user}
    if uploads.objection(file, call.version) is not None:
        if _is_for_an_item(call.world, values) or php.truthy(values.get("_only_if_upload_succeed")):
            raise Refusal(f"File {file.name} not found.")
        return kept
    made = columns(call, file)
    return {**kept, **made, "name": kept.get("name") or file.name}


def columns(call: Call, file: forms.Upload) -> dict[str, Any]:
    """Keep the content of a file and return the columns of its document."""
    sha1 = hashlib.sha1(file.content, usedforsecurity=False).hexdigest()
    call.world.files[sha1] = file.content
    kind = uploads.extension(file.name).upper()
    mime = uploads.mime(file.content)
    tag = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{file.prefix}"
    path = f"{kind}/{sha1[:2]}/{sha1[2:]}.{kind}"
    return {"name": file.name, "filename": file.name, "filepath": path, "mime": mime, "sha1sum": sha1, "tag": tag}


def renamed(world: World, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a document: one that is put onto an item at once is named after the item, on 10."""
    parent = _parent(world, values)
    if parent is None or not quirks.linked_document_is_renamed(world.version):
        return values
    return {**values, "name": f"Document: {values['itemtype']} - {parent.get('name') or ''}"}


def link(call: Call, id: int, values: dict[str, Any]) -> None:
    """Attach a new document to the item that `itemtype` and `items_id` of its input name."""
    if _parent(call.world, values) is not None:
        link = {"documents_id": id, "itemtype": values["itemtype"], "items_id": values["items_id"]}
        call.world.insert("Document_Item", link, call.who)


def _is_for_an_item(world: World, values: dict[str, Any]) -> bool:
    """Check whether a document names an item to be put onto, be it there or not."""
    known = world.columns(str(values.get("itemtype") or "")) is not None
    return known and php.intval(values.get("items_id", 0)) != 0


def _parent(world: World, values: dict[str, Any]) -> dict[str, Any] | None:
    itemtype = str(values.get("itemtype") or "")
    known = world.columns(itemtype) is not None
    return world.get(itemtype, php.intval(values.get("items_id", 0))) if known else None


def described(req: Req, file: forms.Upload, version: str) -> dict[str, Any]:
    """Return one entry of `upload_result`."""
    display = quirks.sanitised(file.name) if quirks.texts_are_sanitised(version) else file.name
    name, size = file.prefix + display, len(file.content)
    described: dict[str, Any] = {"name": name, "size": size, "type": file.type}
    objection = uploads.objection(file, version)
    if objection is None:
        described["url"] = f"{req.base}/files/{quote(name)}"
    else:
        described["error"] = objection
    if objection in (None, uploads.ABORTED):
        script = quirks.deleting_script(version)
        described["deleteUrl"] = f"{req.base}/{script}?{file.field[:-1]}={quote(name)}"
        described["deleteType"] = "DELETE"
    if objection == uploads.ABORTED:
        described["size"], size = False, 0
    spoken = f"{size} B" if size < 1024 else f"{size / 1024:.2f} KiB"
    identity = f"doc{file.field}{secrets.randbelow(2**31)}"
    return {**described, "prefix": file.prefix, "display": display, "filesize": spoken, "id": identity}


def wanted(call: Call) -> bool:
    """Check whether the file is asked for, not the row: this Accept exactly, or `alt=media`."""
    return call.req.headers.get("accept") == "application/octet-stream" or call.parameters.get("alt") == "media"


def download(call: Call, id: int) -> Answer:
    """Return the file, whole, whatever Range asks for."""
    row = call.world.get("Document", id)
    if row is None:
        raise not_found()
    allowed = quirks.download_needs_no_right(call.version)
    if not allowed and not call.may("read", "Document", row):
        raise right_missing()
    content = call.world.files.get(str(row.get("sha1sum") or ""))
    if content is None and quirks.missing_file_is_fatal(call.version):
        raise Fatal
    return Answer(200, (*replies.cors(call.req), *_headers(call.world, row, content or b"")), content or b"")


def _headers(world: World, row: dict[str, Any], content: bytes) -> replies.Headers:
    name = str(row.get("filename") or "")
    mime = str(row.get("mime") or "")
    kind = f"{mime};charset=UTF-8" if mime.startswith("text/") else mime
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=utf-8''{quote(name)}"
    etag = ("Etag", hashlib.md5(content, usedforsecurity=False).hexdigest())
    typed = (("Content-Type", kind),) if kind else ()
    if quirks.is_ten(world.version):
        cached = (replies.SESSION_STARTED[0], etag, ("Cache-Control", "private"))
        return (*cached, ("Content-disposition", disposition), *typed)
    return (("Cache-Control", "must-revalidate, private"), etag, ("Content-Disposition", disposition), *typed)
