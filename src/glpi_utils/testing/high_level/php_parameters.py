"""What a request says beyond its path: query, form and JSON body, merged as PHP and GLPI merge them."""

from __future__ import annotations

import re
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson

from glpi_utils.testing.high_level import quirks
from glpi_utils.testing.http.wire import Req

_NAME = re.compile(r"^([^\[]+)((?:\[[^\]]*\])*)$")
_KEYS = re.compile(r"\[([^\]]*)\]")


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
            message = BytesParser(policy=HTTP).parsebytes(
                b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
            )
            fields: dict[str, Any] = {}
            for part in message.iter_parts() if message.is_multipart() else ():
                name = part.get_param("name", header="content-disposition")
                if isinstance(name, str) and part.get_filename() is None:
                    fields[name] = part.get_content().rstrip("\r\n")
            return fields
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
    params: dict[str, Any] = {}
    for raw, value in parse_qsl(text, keep_blank_values=True, max_num_fields=100_000):
        match = _NAME.match(raw)
        name, path = (match[1], _KEYS.findall(match[2])) if match else (raw, [])
        _put(params, [re.sub(r"[ .]", "_", name), *path], value)
    return {name: _lists(value) for name, value in params.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for index, key in enumerate(path):
        key = key or str(len(into))  # noqa: PLW2901 - `[]` is the next free index
        if index == len(path) - 1:
            into[key] = value
            return
        if not isinstance(into.get(key), dict):
            into[key] = {}
        into = into[key]


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    mapping = {key: _lists(item) for key, item in cast("dict[str, Any]", value).items()}
    if list(mapping) == [str(index) for index in range(len(mapping))]:
        return list(mapping.values())
    return mapping
