"""Fifty callers at once: threads behind a barrier, or tasks; what each of them got."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient
from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.behaviour.adapter import drive
from tests.faults.places import QUICK

MANY = 50
SLOW = 0.2


def client(api: str, kind: str, glpi: GlpiServer, **options: Any) -> Any:
    """A client of that kind, its requests unlimited: the herd is to arrive together."""
    who = {
        "username": glpi.username,
        "password": glpi.password,
        "max_in_flight": MANY,
        "timeout": 10,
        "retries": QUICK,
        **options,
    }
    if api == "hl":
        made: Any = GlpiOAuthClient if kind == "sync" else AsyncGlpiOAuthClient
        return made(glpi.url, glpi.client_id, glpi.client_secret, **who)
    made = GlpiAPI if kind == "sync" else AsyncGlpiAPI
    return made(glpi.url, **who)


async def now(kind: str, value: Any) -> Any:
    """The value of a method's call, whichever kind of client it was."""
    return value if kind == "sync" else await value


def play(kind: str, story: Coroutine[Any, Any, None]) -> None:
    drive(story) if kind == "sync" else asyncio.run(story)


async def herd(kind: str, api: Any) -> list[Any]:
    """Fifty reads at once: their rows or errors."""
    if kind == "async":
        return await asyncio.gather(*[api.ticket.get(1) for _ in range(MANY)], return_exceptions=True)
    barrier, found, guard = threading.Barrier(MANY), list[Any](), threading.Lock()

    def one() -> None:
        barrier.wait()
        try:
            value: Any = api.ticket.get(1)
        except Exception as error:
            value = error
        with guard:
            found.append(value)

    threads = [threading.Thread(target=one) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def session(api: Any) -> Any:
    core = api._inner._core if hasattr(api, "_inner") else api._core
    return core.session


def run_out(api: Any) -> None:
    """By our own clock the token's time is over."""
    session(api).credentials.held.expires_at = session(api).runtime.now() - 1


def logins(glpi: GlpiServer) -> list[str]:
    """What was asked for, in order: the grants, or initSession."""
    found = []
    for each in glpi.requests:
        if each.path.endswith("/token"):
            found.append(each.body.partition(b"&")[0].decode().partition("=")[2])
        elif each.path.endswith("/initSession"):
            found.append("session")
    return found


def slow_logins(glpi: GlpiServer) -> None:
    """So that all fifty are there before the first is done."""
    glpi.faults.add(troubles.latency(SLOW, path="/token"), troubles.latency(SLOW, path="initSession"))


def hanging_login(api: str, glpi: GlpiServer) -> Fault:
    """The next login hangs until it is released."""
    return glpi.faults.add(troubles.hang(path="/token" if api == "hl" else "initSession", times=1))


async def ready(api: str, kind: str, glpi: GlpiServer) -> Any:
    made = await known(api, kind, glpi)
    slow_logins(glpi)
    return made


async def known(api: str, kind: str, glpi: GlpiServer) -> Any:
    """A client that has logged in; what it sent for that is forgotten."""
    made = client(api, kind, glpi)
    await now(kind, made.ticket.get(1))
    glpi.requests.clear()
    return made


def all_right(found: list[Any]) -> bool:
    return len(found) == MANY and all(isinstance(each, dict) and each["id"] == 1 for each in found)
