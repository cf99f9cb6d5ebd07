"""Refresh tokens: sealed, so that the server can tell one of its own from garbage after its record is gone."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any, cast

_PREFIX = "def50200"


def seal(key: bytes, said: dict[str, Any]) -> str:
    """The token that stands for what is said; about as long as a real one."""
    text = json.dumps(said, separators=(",", ":")).encode().ljust(380)
    return _PREFIX + (hmac.digest(key, text, hashlib.sha256) + text).hex()


def unseal(key: bytes, token: str) -> dict[str, Any] | None:
    """What a token says; None when this server never made it."""
    try:
        raw = bytes.fromhex(token.removeprefix(_PREFIX))
    except ValueError:
        return None
    if not hmac.compare_digest(raw[:32], hmac.digest(key, raw[32:], hashlib.sha256)):
        return None
    return cast("dict[str, Any]", json.loads(raw[32:]))
