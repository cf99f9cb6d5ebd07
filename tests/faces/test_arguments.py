"""An argument that is refused is shown only where it cannot be a secret: by position they end up in each other's places."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiValidationError, Retry

URL = "https://glpi.example.com"
SECRETS = [
    "q56hqkniwot8wntb3z1qarka5atf365taaa2uyjrn",
    "hunter2",
    "Tr0ub4dor&3",
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl",
    "aGVsbG8/d29ybGQ+aGVsbG8vd29ybGQ+aGVsbG8/d29ybGQ=" * 8,
    "/AbC+9/xyz==",
]
HL, LEGACY = (GlpiOAuthClient, AsyncGlpiOAuthClient), (GlpiAPI, AsyncGlpiAPI)
LATER = ("timeout", "max_time", "retries", "max_in_flight", "max_response_size", "headers", "cert", "verify_ssl")


def refused(make: Any, secret: str) -> str:
    with pytest.raises(GlpiValidationError) as caught:
        make()
    text = "".join(traceback.format_exception_only(caught.value))
    assert secret not in f"{text} {caught.value!r}"
    assert secret[:6] not in text
    assert caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("kind", LEGACY)
def test_a_token_in_the_place_of_another_argument_legacy(kind: Any, secret: str) -> None:
    assert "verify_ssl" in refused(lambda: kind(URL, "app", secret), secret)
    assert "user_token=" in refused(lambda: kind(URL, "app", secret), secret)
    assert "timeout" in refused(lambda: kind(URL, "app", True, secret), secret)
    refused(lambda: kind(secret, URL), secret)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("kind", HL)
def test_a_password_in_the_place_of_another_argument(kind: Any, secret: str) -> None:
    known = (URL, "id", "secret", "glpi", "glpi")
    assert "verify_ssl" in refused(lambda: kind(*known, secret), secret)
    assert "timeout" in refused(lambda: kind(*known, True, secret), secret)
    assert "version" in refused(lambda: kind(*known, True, 30, secret), secret)
    refused(lambda: kind(secret, URL, "id"), secret)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", LATER)
def test_a_secret_as_any_keyword(name: str, secret: str) -> None:
    value: Any = {f"{secret} ": "x"} if name == "headers" else secret
    refused(lambda: GlpiAPI(URL, **{name: value}), secret)
    if name == "cert":
        refused(lambda: GlpiAPI(URL, cert=(__file__, secret)), secret)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_as_an_option(secret: str) -> None:
    api = GlpiAPI(URL)
    for name in ("timeout", "max_time", "retries", "concurrency"):
        given: dict[str, Any] = {name: secret}
        refused(lambda given=given: api.with_options(**given), secret)
    for part in ("attempts", "pause", "factor", "longest"):
        wanted: dict[str, Any] = {part: secret}
        refused(lambda wanted=wanted: Retry(**wanted), secret)


def test_what_can_be_no_secret_is_shown(tmp_path: Path) -> None:
    missing = str(tmp_path / "corporate-ca.pem")
    for make, said in (
        (lambda: GlpiAPI(URL, verify_ssl=missing), "corporate-ca.pem"),
        (lambda: GlpiAPI(URL, cert=missing), "corporate-ca.pem"),
        (lambda: GlpiAPI(URL, timeout=-1), "not -1"),
        (lambda: GlpiAPI("glpi.example.com/glpi"), "write https://glpi.example.com/glpi"),
        (lambda: GlpiAPI("localhost:8080"), "write https://localhost:8080"),
        (lambda: GlpiAPI("192.168.1.7"), "write https://192.168.1.7"),
        (lambda: GlpiOAuthClient(URL, "id", "s", "u", "p", api_version="two"), "a text of 3 characters"),
    ):
        with pytest.raises(GlpiValidationError, match=said):
            make()


@pytest.mark.parametrize("value", [None, 1, 0, ["x"], {"ca": "x"}, b"ca.pem"])
def test_verify_ssl_of_another_type_is_refused_at_once(value: Any) -> None:
    with pytest.raises(GlpiValidationError, match=r"^verify_ssl must be True, False, an SSLContext or the path"):
        GlpiAPI(URL, verify_ssl=value)
