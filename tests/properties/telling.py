"""Clients that are told secrets in every way, and used: what a run of calls leaves in the sinks."""

from __future__ import annotations

import asyncio
import inspect
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

from hypothesis import strategies as st

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiError, GlpiOAuthClient, Retry
from tests.properties.parrot import Parrot
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
        """What a client is told (it cannot hide what it does not know), each with its login, if it has one."""
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
