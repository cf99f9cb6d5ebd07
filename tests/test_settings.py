"""Arguments over environment."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._factory import settings
from glpi_utils._factory.settings import Address, address, highlevel, legacy, login, warn_plain
from glpi_utils._secret import Secret
from glpi_utils.exceptions import GlpiValidationError, GlpiWarning

URL = "https://glpi.example.com"
HIGH = {
    "GLPI_URL": "https://env.example.com/api.php/v2.1",
    "GLPI_OAUTH_CLIENT_ID": "env-client",
    "GLPI_OAUTH_CLIENT_SECRET": "env-client-secret",
    "GLPI_OAUTH_USERNAME": "env-user",
    "GLPI_OAUTH_PASSWORD": "env-password",
}
LOW = {
    "GLPI_USER": "env-user",
    "GLPI_PASSWORD": "env-password",
    "GLPI_USER_TOKEN": "env-token",
    "GLPI_APP_TOKEN": "env-app",
}


@pytest.fixture(autouse=True)
def nobody_was_warned() -> Iterator[None]:
    before = set(settings._warned)
    settings._warned.clear()
    yield
    settings._warned.clear()
    settings._warned.update(before)


def test_the_address_given_beats_the_environment() -> None:
    assert address(URL, HIGH).root == URL
    assert address(f" {URL}/api.php ", HIGH) == Address(URL, None, "api.php")
    for absent in (None, "", "  "):
        assert address(absent, HIGH) == Address("https://env.example.com", "v2.1", "api.php")


def test_the_environment_is_read_when_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="GLPI_URL"):
        address(None)
    monkeypatch.setenv("GLPI_URL", URL)
    assert address(None).root == URL
    monkeypatch.setenv("GLPI_URL", "  ")
    with pytest.raises(GlpiValidationError, match="GLPI_URL"):
        address(None)


@pytest.mark.parametrize("wrong", [3, b"https://h", ["https://h"], True])
def test_an_address_is_text(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match="must be text"):
        address(wrong, HIGH)


@given(st.text())
def test_any_text_is_an_address_or_a_validation_error(text: str) -> None:
    try:
        assert address(text, {}).root.startswith("http")
    except GlpiValidationError:
        pass


def test_all_from_the_environment() -> None:
    told = highlevel(env=HIGH)
    assert told.address.root == "https://env.example.com"
    assert (told.client_id, told.username, told.pin) == ("env-client", "env-user", "v2.1")
    assert (told.client_secret, told.password) == (Secret("env-client-secret"), Secret("env-password"))
    assert legacy(env={**HIGH, **LOW}).app_token == Secret("env-app")


def test_every_argument_beats_the_environment() -> None:
    told = highlevel(URL, "client", "client-secret", "user", "password", "2.2", env={**HIGH, "GLPI_API_VERSION": "2.3"})
    assert told.address == Address(URL)
    assert (told.client_id, told.username, told.pin) == ("client", "user", "v2.2")
    assert (told.client_secret, told.password) == (Secret("client-secret"), Secret("password"))
    assert legacy(URL, "app", env=LOW).app_token == Secret("app")


def test_absent_is_none_and_no_error() -> None:
    told = highlevel(URL, env={})
    assert (told.client_id, told.client_secret, told.username, told.password, told.pin) == (None,) * 5
    assert highlevel(URL, env=dict.fromkeys([*HIGH, "GLPI_API_VERSION"], "")) == told
    assert legacy(URL, env={}).app_token is None
    assert not login(env={}).complete


@pytest.mark.parametrize(
    ("argument", "url", "env", "pinned"),
    [
        ("2.2", f"{URL}/api.php/v2.1", "2.0", "v2.2"),
        (None, f"{URL}/api.php/v2.1", "2.0", "v2.1"),
        (None, URL, "2.0", "v2.0"),
        (None, f"{URL}/api.php", None, None),
        (3.0, URL, None, "v3.0"),
    ],
)
def test_which_version_wins(argument: Any, url: str, env: str | None, pinned: str | None) -> None:
    told = highlevel(url, api_version=argument, env={"GLPI_API_VERSION": env} if env else {})
    assert told.pin == pinned


def test_the_legacy_api_by_its_address_is_not_for_an_oauth_client() -> None:
    with pytest.raises(GlpiValidationError, match="GlpiAPI"):
        highlevel(f"{URL}/api.php/v1", env={})
    assert legacy(f"{URL}/api.php/v1", env={}).address.legacy == f"{URL}/api.php/v1"


@pytest.mark.parametrize(
    ("arguments", "env", "user", "password", "token"),
    [
        ((), LOW, "env-user", "env-password", "env-token"),
        ((), {"GLPI_USER": "u", "GLPI_PASSWORD": "p"}, "u", "p", None),
        ((None, None, "token"), LOW, "env-user", "env-password", "token"),
        (("user", "password", "token"), {}, "user", "password", "token"),
        (
            ("user", "password"),
            LOW,
            "user",
            "password",
            None,
        ),  # who is named is not replaced by a token left lying about
        (("user",), LOW, "user", "env-password", None),
        ((), {}, None, None, None),
    ],
)
def test_who_logs_in(
    arguments: tuple[Any, ...], env: dict[str, str], user: str | None, password: str | None, token: str | None
) -> None:
    username, password_given, token_given = (*arguments, None, None, None)[:3]
    told = login(username, password_given, token_given, env)
    assert (told.username, told.password, told.user_token) == (user, Secret.of(password), Secret.of(token))
    assert told.complete == bool(token or (user and password))


@pytest.mark.parametrize("wrong", [3, b"x", ["x"], True])
def test_credentials_are_text(wrong: Any) -> None:
    for name in ("client_id", "client_secret", "username", "password"):
        with pytest.raises(GlpiValidationError, match=f"{name} must be text"):
            highlevel(URL, **{name: wrong}, env={})
    for name in ("username", "password", "user_token"):
        with pytest.raises(GlpiValidationError, match=f"{name} must be text"):
            login(**{name: wrong}, env={})
    with pytest.raises(GlpiValidationError, match="app_token must be text"):
        legacy(URL, wrong, env={})


def test_nothing_told_shows_a_secret() -> None:
    said = repr([highlevel(env=HIGH), legacy(env={**HIGH, **LOW}), login(env=LOW)])
    for secret in ("env-client-secret", "env-password", "env-token", "env-app"):
        assert secret not in said
    assert "env-user" in said


@pytest.mark.parametrize(
    ("url", "verify", "says"),
    [
        ("http://glpi.example.com", True, "plain http"),
        ("http://10.0.0.1:8080", False, "plain http"),
        ("https://glpi.example.com", False, "verify_ssl=False"),
        ("https://localhost", False, "verify_ssl=False"),
    ],
)
def test_a_connection_that_others_can_read_warns_once_per_host(url: str, verify: Any, says: str) -> None:
    where = address(url, {})
    with pytest.warns(GlpiWarning, match=says) as seen:
        warn_plain(where, verify)
    assert len(seen) == 1
    assert seen[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_plain(where, verify)
        warn_plain(address(f"{url}/sub", {}), verify)
    with pytest.warns(GlpiWarning, match=says):
        warn_plain(address(url.replace("//", "//other."), {}), verify)


@pytest.mark.parametrize(
    ("url", "verify"),
    [
        ("https://glpi.example.com", True),
        ("https://glpi.example.com", "/etc/ssl/ca.pem"),
        ("https://glpi.example.com", None),
        ("http://127.0.0.1:8080", True),
        ("http://localhost", False),
        ("http://[::1]:1", False),
    ],
)
def test_a_connection_that_is_safe_does_not_warn(url: str, verify: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_plain(address(url, {}), verify)
