"""Who has been let in: OAuth clients, tokens and legacy sessions; what token faults act on.

Dialects write here when they issue something and look here on every request. The record decides, not what the token
itself says: a JWT whose payload still looks fresh is expired once its record's `expires` lies in the past.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing.world.rights import Who

GRANTS = ("password", "authorization_code", "client_credentials")
SCOPES = ("api", "user", "status", "graphql", "email", "inventory")


@dataclass(slots=True)
class OAuthClient:
    """An OAuth client as configured in GLPI; `refresh_token` is always granted."""

    id: str
    secret: str = field(repr=False)
    name: str = ""
    grants: tuple[str, ...] = GRANTS
    scopes: tuple[str, ...] = SCOPES
    redirect_uris: tuple[str, ...] = ("http://127.0.0.1/callback",)
    allowed_ips: str = ""

    def allows(self, address: str) -> bool:
        """Check whether it may be used from an address; of a prefix length only whole bytes count."""
        rules = [rule.strip().partition("/") for rule in self.allowed_ips.split(",") if rule.strip()]
        return not rules or any(_within(address, network, bits) for network, _, bits in rules)


def _within(address: str, network: str, bits: str) -> bool:
    if not bits.isdecimal():
        return network == address
    whole = int(bits) // 8
    return network.split(".")[:whole] == address.split(".")[:whole]


@dataclass(slots=True)
class AccessToken:
    """One access token, keyed by its `jti`. `subject` is the user's id as text, or the client's id."""

    jti: str
    client: str
    subject: str
    scopes: tuple[str, ...]
    expires: float
    revoked: bool = False


@dataclass(slots=True)
class RefreshToken:
    """One refresh token: single use; `access` is the jti of the access token that it was issued with."""

    id: str
    access: str
    client: str
    subject: str
    scopes: tuple[str, ...]
    expires: float
    revoked: bool = False


@dataclass(slots=True)
class LegacySession:
    """One legacy session, keyed by its token. The first of `entities` is the one made active; the rest unfolds it."""

    token: str
    user: int
    profile: int
    entities: tuple[int, ...]
    recursive: bool = True
    opened: float = 0.0
    used: float = 0.0
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    """Whatever else the dialect wants to remember."""

    @property
    def who(self) -> Who:
        """Who acts, for the rights."""
        return Who(self.user, self.profile, self.entities, recursive=self.recursive)


@dataclass(slots=True)
class Credentials:
    """Everything that lets a caller in. A revoked record stays: GLPI words revoked and unknown differently."""

    clients: dict[str, OAuthClient] = field(default_factory=dict[str, OAuthClient])
    access: dict[str, AccessToken] = field(default_factory=dict[str, AccessToken])
    refresh: dict[str, RefreshToken] = field(default_factory=dict[str, RefreshToken])
    codes: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Authorization codes, as the dialect keeps them."""
    sessions: dict[str, LegacySession] = field(default_factory=dict[str, LegacySession])
    session_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    """What the tokens of legacy sessions are sealed with from 11.0.7 on."""
    browsers: dict[str, int] = field(default_factory=dict[str, int])
    """Cookies of people who are logged in to the web pages, and their users."""

    def open_browser(self, user: int) -> str:
        """Return the `Cookie` header of a browser in which this user is logged in, for `/api.php/authorize`."""
        value = secrets.token_hex(13)
        self.browsers[value] = user
        return f"glpi_{secrets.token_hex(16)}={value}"

    def expire_tokens(self, now: float) -> None:
        """Let every access token expire, leeway included."""
        for token in self.access.values():
            token.expires = min(token.expires, now - 60)

    def revoke_tokens(self) -> None:
        """Revoke every access token, as an administrator or another refresh would do."""
        for token in self.access.values():
            token.revoked = True

    def revoke_refresh_tokens(self) -> None:
        """Revoke every refresh token."""
        for token in self.refresh.values():
            token.revoked = True

    def kill_sessions(self) -> None:
        """End every legacy session; GLPI does not tell killed from expired."""
        self.sessions.clear()
