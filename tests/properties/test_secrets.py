"""No secret comes to light: sources x forms x sinks, against a server that repeats all it hears.

A source is a credential given by argument, by environment or to `authenticate`/`login`, the user-info of a proxy or
of a URL, a token that the server gave. A sink is what an exception, a log, a hook or a look at a client shows.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiError, GlpiOAuthClient, Retry
from glpi_utils._engine.report import Report
from glpi_utils._redactor import Redactor
from glpi_utils._secret import Secret
from tests.properties.parrot import KINDS, Parrot
from tests.properties.sinks import Sinks, forms

Client = Any
CLIENTS: dict[str, Any] = {
    each.__name__: each for each in (GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI)
}
WAYS = ("arguments", "environment", "login")
LOGIN, CLIENT_ID = "jdoe", "my-app"
SIGNS = "aZ9 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~éß€😀"
ONCE = Retry(attempts=2, pause=0.001)


@dataclass(frozen=True)
class Told:
    """The secrets of one run."""

    password: str
    client_secret: str
    app_token: str
    user_token: str

    def to(self, name: str, way: str) -> dict[str, str]:
        """What a client is told (it can not hide what it does not know), each with its login, if it has one."""
        if "OAuth" in name:
            return {self.password: LOGIN, self.client_secret: CLIENT_ID}
        return {self.password: LOGIN, self.app_token: "", **({self.user_token: ""} if way == "arguments" else {})}


secret = st.text(SIGNS, min_size=6, max_size=16).map(lambda text: f"Zq{text}qZ")
told = st.builds(Told, secret, secret, secret.map(lambda text: f"a{text}"), secret.map(lambda text: f"u{text}"))
CALLS: dict[str, Callable[[Client], Any]] = {
    "whoami": lambda api: api.whoami(),
    "get": lambda api: api.ticket.get(1),
    "get_all": lambda api: api.ticket.get_all(),
    "get_all_pages": lambda api: api.ticket.get_all_pages(),
    "create": lambda api: api.ticket.create({"name": "x"}),
    "create a list": lambda api: api.ticket.create([{"name": "x"}, {"name": "y"}]),
    "update": lambda api: api.ticket.update({"id": 1, "name": "x"}),
    "delete": lambda api: api.ticket.delete({"id": 1}),
    "get_sub_items": lambda api: api.ticket.get_sub_items(1, "ITILFollowup"),
    "add_sub_item": lambda api: api.ticket.add_sub_item(1, "ITILFollowup", {"content": "x"}),
    "get_version": lambda api: api.get_version(),
    "request": lambda api: api.request("POST", "anything", params={"a": "b"}, json={"c": "d"}),
}


@pytest.fixture(scope="module")
def parrot() -> Iterator[Parrot]:
    with Parrot() as server:
        yield server


def environment(told: Told, url: str) -> dict[str, str]:
    return {
        "GLPI_URL": url,
        "GLPI_OAUTH_CLIENT_ID": CLIENT_ID,
        "GLPI_OAUTH_CLIENT_SECRET": told.client_secret,
        "GLPI_OAUTH_USERNAME": LOGIN,
        "GLPI_OAUTH_PASSWORD": told.password,
        "GLPI_APP_TOKEN": told.app_token,
        "GLPI_USER": LOGIN,
        "GLPI_PASSWORD": told.password,
    }


def construct(name: str, way: str, url: str, told: Told, **further: Any) -> Client:
    """A client that was told its secrets in one of three ways (the last: `log_in` tells it the user's)."""
    make, oauth = CLIENTS[name], "OAuth" in name
    if way == "environment":
        with mock.patch.dict(os.environ, environment(told, url)):
            return make(**further)
    if not oauth:
        who = {"username": LOGIN, "password": told.password} if way == "arguments" else {}
        return make(url, told.app_token, **who, **further)
    user = (LOGIN, told.password) if way == "arguments" else ()
    return make(url, CLIENT_ID, told.client_secret, *user, **further)


def log_in(api: Client, name: str, way: str, told: Told) -> list[Callable[[Client], Any]]:
    """The calls that tell it who logs in, where the constructor did not."""
    if way == "environment":
        with_environment = mock.patch.dict(os.environ, environment(told, ""))
        return [] if "OAuth" in name else [lambda api: in_environment(with_environment, api.login)]
    if way == "arguments":
        return [] if "OAuth" in name else [lambda api: api.login(user_token=told.user_token)]
    if "OAuth" in name:
        return [lambda api: api.authenticate(LOGIN, told.password)]
    return [lambda api: api.login(LOGIN, told.password)]


def in_environment(patch: Any, call: Callable[[], Any]) -> Any:
    if not inspect.iscoroutinefunction(call):
        with patch:
            return call()

    async def later() -> None:
        with patch:
            await call()

    return later()


async def one(sinks: Sinks, api: Client, call: Callable[[Client], Any]) -> None:
    """One call, whatever becomes of it. What comes out must be an error of the library."""
    try:
        done = call(api)
        if inspect.isawaitable(done):
            await done
    except GlpiError as error:
        sinks.error(error)


async def use(sinks: Sinks, api: Client, calls: list[Callable[[Client], Any]]) -> None:
    for call in calls:
        await one(sinks, api, call)
    sinks.look(api)
    sinks.look(api.ticket)
    sinks.look(api.with_options(headers={"X-Trace": "1"}))
    await one(sinks, api, lambda api: api.close())
    sinks.look(api)


def run(name: str, way: str, url: str, told: Told, calls: list[Callable[[Client], Any]], **further: Any) -> Sinks:
    """Everything that one client lets out."""
    sinks = Sinks()
    hooks = {
        "on_request": lambda info: sinks.add("hook", repr(info)),
        "on_response": lambda info: sinks.add("hook", info),
    }
    with sinks.logs(), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        api = construct(name, way, url, told, retries=ONCE, timeout=5, **hooks, **further)
        asyncio.run(use(sinks, api, [*log_in(api, name, way, told), *calls]))
    sinks.add("warnings", *(str(each.message) for each in warned))
    return sinks


def leaks(sinks: Sinks, parrot: Parrot, secrets: dict[str, str]) -> list[tuple[str, str]]:
    return sinks.found(every_form({**secrets, **dict.fromkeys(parrot.given, "")}))


def refusal(name: str) -> str:
    """The kind of answer whose texts this API's client shows."""
    return "json" if "OAuth" in name else "list"


def every_form(secrets: dict[str, str]) -> list[str]:
    return [form for secret, login in secrets.items() for form in forms(secret, login)]


@pytest.mark.parametrize("name", CLIENTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.data(), told=told, way=st.sampled_from(WAYS), kind=st.sampled_from(KINDS), at_login=st.sampled_from(KINDS)
)
def test_nothing_comes_to_light(
    parrot: Parrot, name: str, data: Any, told: Told, way: str, kind: str, at_login: str
) -> None:
    parrot.given.clear()
    parrot.kind, parrot.at_login = kind, data.draw(st.sampled_from(["fine", "fine", at_login]))
    parrot.says = " ".join(data.draw(st.lists(st.sampled_from(every_form(told.to(name, way))), max_size=6)))
    names = data.draw(st.lists(st.sampled_from(sorted(CALLS)), min_size=1, max_size=4, unique=True))
    sinks = run(name, way, parrot.url, told, [CALLS[each] for each in names])
    assert leaks(sinks, parrot, told.to(name, way)) == []


FIXED = Told("Zq;p@ss/wörd qZ", "Zq&client+secret=qZ", "aZq%app\\token'qZ", 'uZq"user<token>qZ')
PASSWORD_FORMS = list(forms(FIXED.password, LOGIN))


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_call_under_every_trouble(parrot: Parrot, name: str, kind: str) -> None:
    secrets = FIXED.to(name, "environment")
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = kind, "fine", " ".join(every_form(secrets))
    sinks = run(name, "environment", parrot.url, FIXED, list(CALLS.values()))
    assert leaks(sinks, parrot, secrets) == []
    assert {"look", "hook", "log of glpi_utils"} <= set(sinks.texts)
    if kind == refusal(name):
        assert len(sinks.texts["str"]) >= len(CALLS)


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("at_login", KINDS)
def test_a_login_that_fails(parrot: Parrot, name: str, at_login: str) -> None:
    secrets = FIXED.to(name, "arguments")
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = "fine", at_login, " ".join(every_form(secrets))
    sinks = run(name, "arguments", parrot.url, FIXED, [CALLS["get"]])
    assert leaks(sinks, parrot, secrets) == []


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize(
    "url", ["https://jdoe:P@glpi.example.com", "jdoe:P@glpi.example.com", "https://P@h/", "https://h/?x=P"]
)
def test_what_is_secret_in_a_url_is_not_repeated(name: str, url: str) -> None:
    sinks = Sinks()
    with pytest.raises(GlpiError) as refused:
        construct(name, "arguments", url.replace("P", FIXED.password), FIXED)
    sinks.error(refused.value)
    assert sinks.found(PASSWORD_FORMS) == []


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("kind", ["json", "html", "list", "drop", "moved"])
@pytest.mark.parametrize("by", ["argument", "environment"])
def test_the_user_of_a_proxy(parrot: Parrot, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, by: str) -> None:
    secrets = {"Zq:proxy/p@ss qZ": "puser", **FIXED.to(name, "arguments")}
    proxy = parrot.url.replace("//", f"//puser:{quote('Zq:proxy/p@ss qZ', safe='')}@")
    if by == "environment":
        monkeypatch.setenv("http_proxy", proxy)
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = kind, "fine", " ".join(every_form(secrets))
    further = {"proxy": proxy} if by == "argument" else {}
    sinks = run(name, "arguments", "http://glpi.invalid", FIXED, [CALLS["get"], CALLS["create"]], **further)
    assert leaks(sinks, parrot, secrets) == []
    assert any("glpi.invalid" in text for text in sinks.texts["log of glpi_utils"])


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize(
    "header", ["CF-Access-Client-Secret", "X-Api-Key", "Proxy-Authorization", "Cookie", "X-Auth-Token"]
)
def test_a_secret_in_headers_of_the_users_own(parrot: Parrot, name: str, header: str) -> None:
    mine = {"Zq-header-one-qZ": "", "Zq-header-two-qZ": ""}
    one, two = mine
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = refusal(name), "fine", " ".join(forms(one))
    narrower: Callable[[Client], Any] = lambda api: api.with_options(headers={header: two}).ticket.get(1)  # noqa: E731
    sinks = run(name, "arguments", parrot.url, FIXED, [CALLS["get"], narrower], headers={header: one})
    assert leaks(sinks, parrot, mine) == []


@pytest.mark.parametrize("name", CLIENTS)
def test_glpis_own_default_password(parrot: Parrot, name: str) -> None:
    """It is a word of every message: it goes where it stands as a secret, and only there."""
    weak = Told("glpi", "glpi", "glpi", "glpi")
    said = 'glpi says password=glpi "password": "glpi" Z2xwaTpnbHBp Z2xwaTpnbHBp%3D'
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = refusal(name), "fine", said
    with mock.patch(f"{__name__}.LOGIN", "glpi"):
        sinks = run(name, "arguments", parrot.url, weak, [CALLS["get"]])
    assert sinks.found(["password=glpi", '"password": "glpi"', "Z2xwaTpnbHBp"]) == []
    assert any("glpi says password=********" in text for text in sinks.texts["str"])


@pytest.mark.parametrize("name", [name for name in CLIENTS if name.startswith("Async")])
def test_the_note_on_a_write_that_was_cut_off(parrot: Parrot, name: str) -> None:
    parrot.kind, parrot.at_login = "slow", "fine"
    sinks = Sinks()

    async def story() -> None:
        async with construct(name, "arguments", parrot.url, FIXED) as api:
            await (api.authenticate() if "OAuth" in name else api.login(LOGIN, FIXED.password))
            with pytest.raises(TimeoutError) as stopped:
                async with asyncio.timeout(0.1):
                    await api.request("POST", "anything", params={"key": FIXED.password})
            sinks.error(stopped.value)

    with sinks.logs():
        asyncio.run(story())
    assert any("outcome is unknown" in text for text in sinks.texts["notes"])
    assert sinks.found(every_form(FIXED.to(name, "arguments"))) == []


def planted_in_log(report: Report, sending: Any, *_: Any) -> None:
    report.logger.debug("sending %s", f"{sending.headers} {sending.body}")  # as text: a dict would be masked


def planted_in_note(report: Report, error: Any) -> Any:
    error.add_note(quote(FIXED.password))
    return error


def planted_in_cause(report: Report, error: Any) -> Any:
    error.__cause__ = OSError(f"{FIXED.password!r}")
    return error


def planted_in_hook(report: Report, sending: Any, attempt: int) -> None:
    assert report.on_request is not None
    report.on_request((sending.url, sending.headers, FIXED.password))  # type: ignore[arg-type]


PLANTED: dict[str, tuple[type, str, Any, str]] = {
    "redaction does nothing": (Redactor, "clean", lambda self, text: text, "str"),
    "redaction forgets one form": (Redactor, "clean", lambda self, text: text.replace(FIXED.password, ""), "str"),
    "tokens are not told": (Redactor, "add_tokens", lambda self, *values: None, "str"),
    "headers and body are logged": (Report, "sent", planted_in_log, "log of glpi_utils"),
    "a hook is told the headers": (Report, "sent", planted_in_hook, "hook"),
    "a note holds it": (Report, "clean", planted_in_note, "notes"),
    "a cause holds it": (Report, "clean", planted_in_cause, "args"),
    "the wrapper shows it": (Secret, "__repr__", lambda self: self.reveal(), "look"),
    "the redactor shows it": (Redactor, "__repr__", lambda self: FIXED.password, "look"),
}


@pytest.mark.parametrize(
    ("leak", "name"),
    # an access token is a JWT, which goes even when nobody knows it
    [(leak, name) for leak in PLANTED for name in CLIENTS if not (leak.startswith("tokens") and "OAuth" in name)],
)
def test_a_planted_leak_is_found(parrot: Parrot, leak: str, name: str) -> None:
    owner, attribute, instead, place = PLANTED[leak]
    secrets = FIXED.to(name, "arguments")
    parrot.given.clear()
    parrot.kind, parrot.at_login, parrot.says = refusal(name), "fine", " ".join(every_form(secrets))
    with mock.patch.object(owner, attribute, instead):
        sinks = run(name, "arguments", parrot.url, FIXED, [CALLS["get"]])
    assert place in {where for where, _ in leaks(sinks, parrot, secrets)}
