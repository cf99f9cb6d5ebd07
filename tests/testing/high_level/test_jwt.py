from __future__ import annotations

import base64
import json

import pytest

from glpi_utils.testing.high_level.oauth import jwt

KEY = b"k" * 32
CLAIMS = jwt.Claims("id", "my-app", "2", ("api", "user"))


def minted(now: float = 1000.5) -> str:
    return jwt.mint(KEY, CLAIMS, now, 3600)


def detail(token: str, now: float = 1001.0) -> str:
    with pytest.raises(jwt.BadToken) as caught:
        jwt.read(KEY, token, now)
    return str(caught.value)


def test_what_is_said_comes_back() -> None:
    assert jwt.read(KEY, minted(), 1001.0) == CLAIMS


def test_payload_is_that_of_glpi() -> None:
    payload = minted().split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert list(said) == ["aud", "jti", "iat", "nbf", "exp", "sub", "scopes"]
    assert isinstance(said["exp"], float)
    assert said["sub"] == "2"


def test_leeway() -> None:
    assert jwt.read(KEY, minted(), 1000.5 + 3604) == jwt.read(KEY, minted(), 996.0) == CLAIMS
    assert detail(minted(), 1000.5 + 3606) == "Access token could not be verified"


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "The JWT string must have two dots"),
        ("notatoken", "The JWT string must have two dots"),
        (f"bearer {minted()}", "Error while decoding from Base64Url, invalid base64 characters detected"),
        ("AAAAA.AAAA.AAAA", "Error while decoding from Base64Url, invalid base64 characters detected"),
        ("AAAA.AAAA.AAAA", "Error while decoding from JSON"),
    ],
)
def test_what_is_no_token(token: str, said: str) -> None:
    assert detail(token) == said


def test_tampering_is_found() -> None:
    head, payload, signature = minted().split(".")
    other = "A" if signature[100] != "A" else "B"
    assert detail(f"{head}.{payload}.{signature[:100]}{other}{signature[101:]}") == "Access token could not be verified"
    assert detail(jwt.mint(b"x" * 32, CLAIMS, 1000.5, 3600)) == "Access token could not be verified"
