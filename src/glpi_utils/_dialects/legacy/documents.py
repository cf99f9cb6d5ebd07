"""Uploading a document through the legacy API: one file per call, as multipart with a manifest."""

from __future__ import annotations

from ..._streams import BodySource, Framed
from ..._wire import Kind, Operation, Request
from ...exceptions import GlpiAPIError
from ..shared.body import dumped
from ..shared.errors import plain
from ..shared.shapes import Item, as_array, as_object
from . import answers

_NO_SUCH_PICTURE = "it does not say why; the content is probably not the picture that the file's name promises"


def upload(
    file_name: str, content: bytes | BodySource, name: str | None, boundary: str, fields: Item
) -> Operation[Item]:
    """Build the request for a new document that holds a file. The boundary must not be in it."""
    manifest = dumped({"input": {"name": name or file_name, "_filename": [file_name], **fields}})
    quoted = file_name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
    head = _part(boundary, 'name="uploadManifest"', "application/json") + manifest + b"\r\n"
    head += _part(boundary, f'name="filename[0]"; filename="{quoted}"', "application/octet-stream")
    tail = f"\r\n--{boundary}--\r\n".encode()
    body = head + content + tail if isinstance(content, bytes) else Framed(head, content, tail)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return Operation(Request("POST", "Document", headers=headers, body=body, kind=Kind.CREATE), answers.created)


def _part(boundary: str, disposition: str, kind: str) -> bytes:
    """Return what stands before the content of a part."""
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: {kind}\r\n\r\n".encode()


def rejected(made: Item) -> GlpiAPIError | None:
    """Read from a 201 that the file itself was refused: GLPI makes a document without it then.

    Of a picture whose content is none of its kind GLPI says `"error": false`.
    """
    for files in as_object(made.get("upload_result")).values():
        for each in map(as_object, as_array(files)):
            if "error" in each:
                why = plain(each["error"]) if each["error"] else _NO_SUCH_PICTURE
                return GlpiAPIError(f"GLPI refused the file: {why}", 201, "ERROR_UPLOAD")
    return None
