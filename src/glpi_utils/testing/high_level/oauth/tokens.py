"""`/token`: who gets in, and with what."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.oauth import codes, jwt, refresh_tokens
from glpi_utils.testing.high_level.oauth.networks import allows
from glpi_utils.testing.high_level.oauth.oauth_errors import (
    Refused,
    bad_client,
    bad_refresh,
    bad_scope,
    denied_address,
    malformed,
    unauthorized_client,
    unsupported_grant,
)
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.credentials import AccessToken, OAuthClient, RefreshToken
from glpi_utils.testing.world.world import World

KEY = secrets.token_bytes(32)
ACCESS_LIVES = 3600
REFRESH_LIVES = 31 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for a token."""

    world: World
    params: dict[str, Any]
    basic: tuple[str, str] | None
    remote: str = ""

    def text(self, name: str) -> str:
        """A parameter that must be there."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise malformed(name)
        return value

    def scopes(self) -> list[str]:
        """The scopes asked for, separated by spaces; commas separate nothing."""
        value = self.params.get("scope", "")
        if not isinstance(value, str):
            raise malformed("scope")
        return [scope for scope in value.split(" ") if scope]


def token(world: World, req: Req, params: dict[str, Any]) -> Answer:
    """The answer of the token endpoint."""
    ask = Ask(world, params, _basic(req), req.remote)
    try:
        body = _granted(ask)
    except Refused as refused:
        answer = answers.json(refused.body, refused.status)
        if refused.status == 401 and "authorization" in req.headers:
            answer = answers.add_headers(answer, (("WWW-Authenticate", 'Basic realm="OAuth"'),))
        return answer
    made = answers.json(body)
    headers = (("Content-Type", "application/json; charset=UTF-8"), ("Cache-Control", "no-store, private"))
    return Answer(200, headers, made.body)


def _granted(ask: Ask) -> dict[str, Any]:
    match ask.params.get("grant_type"):
        case "password":
            return _by_password(ask)
        case "refresh_token":
            return _by_refresh_token(ask)
        case "client_credentials":
            client = _client(ask, "client_credentials")
            return _issue(ask.world, client, client.id, _allowed(client, ask.scopes()), refresh=False)
        case "authorization_code":
            return _by_code(ask)
        case _:
            raise unsupported_grant()


def _by_password(ask: Ask) -> dict[str, Any]:
    client = _client(ask, "password")
    scopes = _allowed(client, ask.scopes())
    user = ask.world.login(ask.text("username"), ask.text("password"))
    if user is None:
        raise Refused(400, "invalid_grant", "The user credentials were incorrect.")
    ask.world.store.change("User", user["id"], {"last_login": ask.world.now()})
    return _issue(ask.world, client, str(user["id"]), scopes)


def _by_refresh_token(ask: Ask) -> dict[str, Any]:
    client = _client(ask, "refresh_token")
    said = refresh_tokens.unseal(KEY, ask.text("refresh_token"))
    if said is None:
        raise bad_refresh("Cannot decrypt the refresh token")
    if said["client_id"] != client.id:
        raise bad_refresh("Token is not linked to client")
    if said["expire_time"] < ask.world.clock().timestamp():
        raise bad_refresh("Token has expired")
    old = ask.world.credentials.refresh.get(said["refresh_token_id"])
    if old is None or old.revoked:
        raise bad_refresh("Token has been revoked")
    had = set(old.scopes)
    scopes = ask.scopes() or list(old.scopes)
    for scope in scopes:
        if scope not in had:
            raise bad_scope(scope)
    old.revoked = True
    ask.world.credentials.access.pop(old.access, None)
    return _issue(ask.world, client, old.subject, tuple(scopes))


def _by_code(ask: Ask) -> dict[str, Any]:
    client = _client(ask, "authorization_code")
    subject, scopes = codes.redeem(ask, client)
    return _issue(ask.world, client, subject, _allowed(client, list(scopes)))


def _client(ask: Ask, grant: str) -> OAuthClient:
    """The client that asks; every client counts as confidential, whatever its settings say."""
    name, secret = ask.basic or (ask.params.get("client_id"), ask.params.get("client_secret"))
    if not isinstance(name, str) or not name:
        raise malformed("client_id")
    client = ask.world.credentials.clients.get(name)
    if client is None:
        raise bad_client()
    if quirks.address_is_looked_at_first(ask.world.version) and not allows(client.allowed_ips, ask.remote):
        raise denied_address()
    if grant != "refresh_token" and grant not in client.grants:
        raise unauthorized_client()
    if not isinstance(secret, str) or not secret:
        raise malformed("client_secret")
    if not secrets.compare_digest(client.secret.encode(), secret.encode()):
        raise bad_client()
    return client


def _allowed(client: OAuthClient, asked: list[str]) -> tuple[str, ...]:
    """What the client may not have, and what is unknown, is dropped in silence."""
    return tuple(scope for scope in asked if scope in client.scopes)


def _issue(
    world: World, client: OAuthClient, subject: str, scopes: tuple[str, ...], *, refresh: bool = True
) -> dict[str, Any]:
    now = world.clock().timestamp()
    kept = world.credentials
    for expired in [jti for jti, record in kept.access.items() if record.expires < now - 3600]:
        del kept.access[expired]
    access = AccessToken(secrets.token_hex(40), client.id, subject, scopes, now, now + ACCESS_LIVES)
    kept.access[access.jti] = access
    claims = jwt.Claims(access.jti, client.id, subject, scopes)
    body: dict[str, Any] = {
        "token_type": "Bearer",
        "expires_in": ACCESS_LIVES,
        "access_token": jwt.mint(KEY, claims, now, ACCESS_LIVES),
    }
    if refresh:
        record = RefreshToken(secrets.token_hex(40), access.jti, client.id, subject, scopes, now + REFRESH_LIVES)
        kept.refresh[record.id] = record
        said = {"client_id": client.id, "refresh_token_id": record.id, "expire_time": record.expires}
        body["refresh_token"] = refresh_tokens.seal(KEY, said)
    return body


def _basic(req: Req) -> tuple[str, str] | None:
    kind, _, text = req.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return None
    try:
        name, colon, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, secret) if colon else None
