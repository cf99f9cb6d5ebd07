"""One bag of parameters from query, body and headers; the body overrides the query, headers override both."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

from glpi_utils.testing.http import forms
from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.legacy import php, quirks, uploads
from glpi_utils.testing.legacy.refusals import Fatal, Refused


@dataclass(slots=True)
class Parameters:
    """What a request says, apart from its path."""

    bag: dict[str, Any]
    files: list[forms.Upload] = field(default_factory=list[forms.Upload])

    def get(self, name: str, default: Any = None) -> Any:
        """Return one parameter."""
        return self.bag.get(name, default)

    def on(self, name: str, *, default: bool = False) -> bool:
        """Check whether a flag is set, as PHP tells truth."""
        return php.truthy(self.bag[name]) if name in self.bag else default


def read(req: Req, version: str) -> Parameters:
    """Return the parameters of a request; raise what GLPI refuses while it reads them."""
    bag: dict[str, Any] = {str(key): value for key, value in php.entries(forms.parse_query(req.query))}
    if req.method == "GET" and req.body.strip():
        raise quirks.payload_forbidden()
    files = _body(req, bag, version)
    _credentials(req, bag)
    for name, value in bag.items():
        if value in ("true", "false"):
            bag[name] = value == "true"
    return Parameters(bag, files)


def _body(req: Req, bag: dict[str, Any], version: str) -> list[forms.Upload]:
    content_type = req.headers.get("content-type", "")
    if "application/json" in content_type:
        bag.update(_json(req.body))
    elif "multipart/form-data" in content_type:
        return _upload(req, content_type, bag, version)
    elif "application/x-www-form-urlencoded" in content_type:
        for key, value in php.entries(forms.parse_query(req.body.decode("utf-8", "replace").strip())):
            bag[str(key)] = _as_object(value) if key == "input" else value
    # Any other type, and none at all: the body is not read (the server hands PHP an empty CONTENT_TYPE).
    return []


def _json(body: bytes) -> dict[str, Any]:
    text = body.strip()
    try:
        read: Any = orjson.loads(text) if text else None
    except ValueError:
        read = None
    if read in (None, False, 0, "") or read == []:  # PHP asks whether the decoded value is true; `{}` is
        if text:
            raise payload_invalid()
        return {}
    if isinstance(read, dict):
        return cast("dict[str, Any]", read)
    return {str(key): value for key, value in php.entries(read)}


def _as_object(value: Any) -> Any:
    return (
        {str(key): inner for key, inner in php.entries(value)} if isinstance(value, forms.Array) else {"scalar": value}
    )


def _upload(req: Req, content_type: str, bag: dict[str, Any], version: str) -> list[forms.Upload]:
    fields, files = forms.parse_multipart(content_type, req.body) if req.method == "POST" else ({}, [])
    if not files:
        raise Refused(400, "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE", "The file seems too big")
    manifest = fields.get("uploadManifest")
    if manifest is None:
        raise quirks.manifest_missing(version)
    if not manifest.strip():
        raise payload_invalid()
    bag.update(_json(manifest.encode()))
    if not php.is_object(bag.get("input")):  # the file names are written into the object `input`
        raise Fatal
    if quirks.long_file_name_is_fatal(version) and any(map(uploads.too_long, files)):
        raise Fatal
    return files


def payload_invalid() -> Refused:
    """Return the refusal of JSON that cannot be read."""
    return Refused(400, "ERROR_JSON_PAYLOAD_INVALID", "JSON payload seems not valid")


def _credentials(req: Req, bag: dict[str, Any]) -> None:
    authorization = req.headers.get("authorization", "")
    basic = re.fullmatch(r"(?i)basic\s+(\S+)\s*", authorization)
    if basic:
        login, _, password = _base64(basic.group(1)).partition(":")
        bag["login"], bag["password"] = login, password
    if "user_token" in authorization:  # the word is case-sensitive
        parts = authorization.split(" ")
        if len(parts) > 1:
            bag["user_token"] = parts[1]
    for header, name in (("session-token", "session_token"), ("app-token", "app_token")):
        if header in req.headers:
            bag[name] = req.headers[header]


def _base64(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
