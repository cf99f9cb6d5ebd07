"""Tokens as GLPI prints them: access tokens of the right shape, sealed refresh tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

LEEWAY = 5.0
"""Seconds by which a date in a token may be off."""

_HEADER = {"typ": "JWT", "alg": "RS256"}
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


class BadToken(Exception):
    """A bearer token that the server does not take; the text is the `detail` of its answer."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says."""

    id: str
    client: str
    subject: str
    scopes: tuple[str, ...]


def mint(key: bytes, claims: Claims, now: float, lifetime: float) -> str:
    """Return a new token, valid for `lifetime` seconds."""
    payload = {
        "aud": claims.client,
        "jti": claims.id,
        "iat": now,
        "nbf": now,
        "exp": now + lifetime,
        "sub": claims.subject,
        "scopes": list(claims.scopes),
    }
    text = ".".join(_encode(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEADER, payload))
    return f"{text}.{_encode(_signature(key, text))}"


def read(key: bytes, token: str, now: float) -> Claims:
    """Return the claims of a token; `BadToken` when it is none, was tampered with or is too old."""
    parts = token.split(".")
    if len(parts) != 3:
        raise BadToken("The JWT string must have two dots")
    raw = [_decode(part) for part in parts]
    try:
        header, payload = json.loads(raw[0]), json.loads(raw[1])
    except ValueError:
        raise BadToken("Error while decoding from JSON") from None
    signed = hmac.compare_digest(raw[2], _signature(key, f"{parts[0]}.{parts[1]}"))
    if not signed or header != _HEADER or not _current(payload, now):
        raise BadToken("Access token could not be verified")
    claims = cast("dict[str, Any]", payload)
    return Claims(str(claims["jti"]), str(claims["aud"]), str(claims["sub"]), tuple(claims["scopes"]))


def _current(payload: object, now: float) -> bool:
    if not isinstance(payload, dict):
        return False
    claims = cast("dict[str, Any]", payload)
    try:
        return float(claims["nbf"]) - LEEWAY <= now <= float(claims["exp"]) + LEEWAY
    except (KeyError, TypeError, ValueError):
        return False


@lru_cache(maxsize=1024)
def _signature(key: bytes, text: str) -> bytes:
    """Return 256 bytes, as long as a signature by RSA with 2048 bits."""
    return b"".join(hmac.digest(key, f"{block}.{text}".encode(), hashlib.sha256) for block in range(8))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    if not _ALPHABET.issuperset(text) or len(text) % 4 == 1:
        raise BadToken("Error while decoding from Base64Url, invalid base64 characters detected")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_PREFIX = "def50200"


def seal(key: bytes, content: dict[str, Any]) -> str:
    """Return the token that stands for a content; about as long as a real one."""
    text = json.dumps(content, separators=(",", ":")).encode().ljust(380)
    return _PREFIX + (hmac.digest(key, text, hashlib.sha256) + text).hex()


def unseal(key: bytes, token: str) -> dict[str, Any] | None:
    """Return what a token says; None when this server never made it."""
    try:
        raw = bytes.fromhex(token.removeprefix(_PREFIX))
    except ValueError:
        return None
    if not hmac.compare_digest(raw[:32], hmac.digest(key, raw[32:], hashlib.sha256)):
        return None
    return cast("dict[str, Any]", json.loads(raw[32:]))
