"""Tokens that something has happened to, and the OAuth clients of the recorded server."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.conformance.play import Play

RECORDED_CLIENTS: dict[str, dict[str, Any]] = {
    "hl-apionly": {"scopes": ("api",)},
    "hl-inactive": {},
    "hl-ip": {"allowed_ips": "10.1.2.3"},
    "hl-nogrant": {"grants": ("client_credentials",)},
    "hl-noscope": {"scopes": ()},
    "hl-public": {},
}


def add_clients(play: Play) -> None:
    """The clients by which the recorder tried what a client's settings do; all share one secret."""
    from glpi_utils.testing.world.credentials import OAuthClient

    clients: dict[str, OAuthClient] = {}
    for name, settings in RECORDED_CLIENTS.items():
        clients[name] = OAuthClient(id=name, secret=play.server.client_secret, name=name, **settings)
    play.do(lambda world: world.credentials.clients.update(clients))


def scoped(scope: str) -> Callable[[Play], str]:
    """A token of glpi with these scopes alone."""
    return lambda play: play.token("glpi", scope)


def tampered(play: Play) -> str:
    """A token whose signature was changed in the middle."""
    head, payload, signature = play.log_in().access.split(".")
    middle = len(signature) // 2
    other = "A" if signature[middle] != "A" else "B"
    return f"{head}.{payload}.{signature[:middle]}{other}{signature[middle + 1 :]}"


def expired_in_the_table(play: Play) -> str:
    """A token that still looks fresh and whose record says that its time is up."""
    token = play.log_in().access

    def expire(world: Any) -> None:
        world.credentials.access[jti(token)].expires = world.clock().timestamp() - 60

    play.do(expire)
    return token


def removed_from_the_table(play: Play) -> str:
    """A token whose record is gone."""
    token = play.log_in().access
    play.do(lambda world: world.credentials.access.pop(jti(token)))
    return token


def expired(play: Play) -> str:
    """A well signed token that says itself that its time is up."""
    now = play.do(lambda world: world.clock)
    play.do(lambda world: setattr(world, "clock", lambda: now() - timedelta(hours=3)))
    try:
        return play.log_in().access
    finally:
        play.do(lambda world: setattr(world, "clock", now))


def of_a_client(play: Play) -> str:
    """A token of the client itself: its subject is no user."""
    return play.log_in(grant_type="client_credentials", scope="api").access


def jti(token: str) -> str:
    """What the record is kept under."""
    payload = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["jti"])
