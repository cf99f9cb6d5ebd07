"""The escape hatch: any method on any path of an API, signed, retried and mapped like all else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..._wire import Kind, Operation, Request, Response, UnexpectedAnswer
from ...exceptions import GlpiValidationError
from .body import JSON_TYPE, dumped
from .json_answers import CREATED_AS_FOUND
from .query import encode, spread
from .shapes import Keywords

_FORBIDDEN = set("?#%\\\r\n\t\0")
_KINDS = {
    "GET": Kind.READ,
    "HEAD": Kind.READ,
    "OPTIONS": Kind.READ,
    "PUT": Kind.CHANGE,
    "PATCH": Kind.CHANGE,
    "DELETE": Kind.REMOVE,
    "POST": Kind.CREATE,
}


def raw(method: str, path: str, params: Keywords | None, json: Any) -> Operation[Any]:
    """Build the request for anything; the answer is its JSON, or None where it is empty."""
    verb = str(method).upper()
    if verb not in _KINDS:
        raise GlpiValidationError(f"method must be one of {', '.join(_KINDS)}, not {method!r:.40}")
    body = b"" if json is None else dumped(json)
    request = Request(verb, _clean(path), encode(spread(params)), JSON_TYPE if body else {}, body, _KINDS[verb])
    return Operation(request, _read)


def _clean(path: object) -> str:
    """Return a path without its outer slashes, percent-encoded; refuse what would leave the API or end the path."""
    if not isinstance(path, str) or not path.strip("/ "):
        raise GlpiValidationError(f"a path must be text such as 'Assistance/Ticket', not {path!r:.80}")
    text = path.strip().strip("/")
    if any(sign in _FORBIDDEN or ord(sign) < 32 for sign in text) or any(
        part in ("", ".", "..") for part in text.split("/")
    ):
        raise GlpiValidationError(
            f"{path!r:.80} is no path: it may not hold '..', '//', '?', '#', '%', a backslash or control characters"
        )
    return quote(text, safe="/@:!$&'()*+,;=-._~")


def _read(response: Response) -> Any:
    if not 200 <= response.status < 300 and not (response.status == CREATED_AS_FOUND and response.body.strip()):
        raise UnexpectedAnswer(f"HTTP {response.status} is no success")
    if not response.body.strip():
        return None
    return response.data() if "json" in response.content_type else response.body
