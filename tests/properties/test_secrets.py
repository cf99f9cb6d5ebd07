"""No secret comes to light: sources x forms x sinks, against a server that repeats all it hears.

A source is a credential given by argument, by environment or to `authenticate`/`login`, the user-info of a proxy or
of a URL, a token that the server gave. A sink is what an exception, a log, a hook or a look at a client shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glpi_utils import GlpiError
from glpi_utils._engine.request.report import Report
from glpi_utils._redactor import Redactor
from glpi_utils._secret import Secret
from tests.properties.parrot import KINDS, Parrot
from tests.properties.sinks import Sinks, forms
from tests.properties.telling import (
    CALLS,
    CLIENTS,
    LOGIN,
    WAYS,
    Client,
    Told,
    construct,
    every_form,
    leaks,
    refusal,
    run,
    told,
)


@pytest.fixture(scope="module")
def parrot() -> Iterator[Parrot]:
    with Parrot() as server:
        yield server


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
    with mock.patch("tests.properties.telling.LOGIN", "glpi"):
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
