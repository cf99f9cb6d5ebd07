"""A request for a token: its parameters, and who sends it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.high_level.oauth.oauth_errors import malformed
from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.world.world import World


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A request for a token."""

    world: World
    params: dict[str, Any]
    basic: tuple[str, str] | None
    remote: str = ""

    def text(self, name: str) -> str:
        """Return a parameter that must be there."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise malformed(name)
        return value

    def scopes(self) -> list[str]:
        """Return the scopes asked for, separated by spaces; commas separate nothing."""
        value = self.params.get("scope", "")
        if not isinstance(value, str):
            raise malformed("scope")
        return [scope for scope in value.split(" ") if scope]


def basic_credentials(req: Req) -> tuple[str, str] | None:
    """Return the name and the secret that a request brings in its `Authorization` header, if any."""
    kind, _, text = req.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return None
    try:
        name, colon, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, secret) if colon else None
