"""What a request says beyond its path: query, form and JSON body, merged as PHP and GLPI merge them."""

from __future__ import annotations

from typing import Any, cast

import orjson

from glpi_utils.testing.high_level import quirks
from glpi_utils.testing.http import forms
from glpi_utils.testing.http.wire import Req


class BadJson(Exception):
    """The body is announced as JSON and is no JSON object or list."""


def read(req: Req, version: str) -> dict[str, Any]:
    """Return all parameters; the JSON body, on GETs too, outranks form and query."""
    params = _pairs(req.query)
    content_type = req.headers.get("content-type", "")
    if req.method == "POST":
        params |= _form(content_type, req.body)
    if quirks.body_is_json(version, content_type):
        params |= _json(req.body)
    return params


def _form(content_type: str, body: bytes) -> dict[str, Any]:
    """Return the fields of a form; PHP looks at those of a POST only. Files are left out: the API does not see them."""
    match content_type.split(";", maxsplit=1)[0].strip().lower():
        case "application/x-www-form-urlencoded":
            return _pairs(body.decode("utf-8", "replace"))
        case "multipart/form-data":
            return dict(forms.parse_multipart(content_type, body)[0])
        case _:
            return {}


def _json(body: bytes) -> dict[str, Any]:
    try:
        decoded = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadJson from None
    if isinstance(decoded, dict):
        return cast("dict[str, Any]", decoded)
    if isinstance(decoded, list):
        several: list[Any] = list(cast("Any", decoded))
        return {str(index): value for index, value in enumerate(several)}
    raise BadJson


def _pairs(text: str) -> dict[str, Any]:
    """Return `a=1&b[]=2&b[]=3&c[d]=4` as PHP reads it: b a list, c a map."""
    return {str(name): forms.as_json(value) for name, value in forms.parse_query(text).items()}
