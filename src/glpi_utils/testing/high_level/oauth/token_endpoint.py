"""`/token`: who gets in, and with what; and whether the token that a request brings is good for its path."""

from __future__ import annotations

import re
import secrets
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.oauth import codes, jwt
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
from glpi_utils.testing.high_level.oauth.token_request import TokenRequest, basic_credentials
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.credentials import AccessToken, OAuthClient, RefreshToken
from glpi_utils.testing.world.world import World

KEY = secrets.token_bytes(32)
ACCESS_LIFETIME = 3600
REFRESH_LIFETIME = 31 * 24 * 3600


def token(world: World, req: Req, params: dict[str, Any]) -> Answer:
    """Return the answer of the token endpoint."""
    request = TokenRequest(world, params, basic_credentials(req), req.remote)
    try:
        body = _granted(request)
    except Refused as refused:
        answer = answers.json(refused.body, refused.status)
        if refused.status == 401 and "authorization" in req.headers:
            answer = answers.add_headers(answer, (("WWW-Authenticate", 'Basic realm="OAuth"'),))
        return answer
    made = answers.json(body)
    headers = (("Content-Type", "application/json; charset=UTF-8"), ("Cache-Control", "no-store, private"))
    return Answer(200, headers, made.body)


def _granted(request: TokenRequest) -> dict[str, Any]:
    match request.params.get("grant_type"):
        case "password":
            return _by_password(request)
        case "refresh_token":
            return _by_refresh_token(request)
        case "client_credentials":
            client = _client(request, "client_credentials")
            return _issue(request.world, client, client.id, _allowed(client, request.scopes()), refresh=False)
        case "authorization_code":
            return _by_code(request)
        case _:
            raise unsupported_grant()


def _by_password(request: TokenRequest) -> dict[str, Any]:
    client = _client(request, "password")
    scopes = _allowed(client, request.scopes())
    user = request.world.login(request.text("username"), request.text("password"))
    if user is None:
        raise Refused(400, "invalid_grant", "The user credentials were incorrect.")
    request.world.store.change("User", user["id"], {"last_login": request.world.now()})
    return _issue(request.world, client, str(user["id"]), scopes)


def _by_refresh_token(request: TokenRequest) -> dict[str, Any]:
    client = _client(request, "refresh_token")
    content = jwt.unseal(KEY, request.text("refresh_token"))
    if content is None:
        raise bad_refresh("Cannot decrypt the refresh token")
    if content["client_id"] != client.id:
        raise bad_refresh("Token is not linked to client")
    if content["expire_time"] < request.world.clock().timestamp():
        raise bad_refresh("Token has expired")
    old = request.world.credentials.refresh.get(content["refresh_token_id"])
    if old is None or old.revoked:
        raise bad_refresh("Token has been revoked")
    had = set(old.scopes)
    scopes = request.scopes() or list(old.scopes)
    for scope in scopes:
        if scope not in had:
            raise bad_scope(scope)
    old.revoked = True
    request.world.credentials.access.pop(old.access, None)
    return _issue(request.world, client, old.subject, tuple(scopes))


def _by_code(request: TokenRequest) -> dict[str, Any]:
    client = _client(request, "authorization_code")
    subject, scopes = codes.redeem(request, client)
    return _issue(request.world, client, subject, _allowed(client, list(scopes)))


def _client(request: TokenRequest, grant: str) -> OAuthClient:
    """Return the client that asks; every client counts as confidential, whatever its settings say."""
    name, secret = request.basic or (request.params.get("client_id"), request.params.get("client_secret"))
    if not isinstance(name, str) or not name:
        raise malformed("client_id")
    client = request.world.credentials.clients.get(name)
    if client is None:
        raise bad_client()
    if quirks.address_is_looked_at_first(request.world.version) and not client.allows(request.remote):
        raise denied_address()
    if grant != "refresh_token" and grant not in client.grants:
        raise unauthorized_client()
    if not isinstance(secret, str) or not secret:
        raise malformed("client_secret")
    if not secrets.compare_digest(client.secret.encode(), secret.encode()):
        raise bad_client()
    return client


def _allowed(client: OAuthClient, scopes: list[str]) -> tuple[str, ...]:
    """Return the scopes that the client may have; others, known or not, are dropped without a word."""
    return tuple(scope for scope in scopes if scope in client.scopes)


def _issue(
    world: World, client: OAuthClient, subject: str, scopes: tuple[str, ...], *, refresh: bool = True
) -> dict[str, Any]:
    now = world.clock().timestamp()
    kept = world.credentials
    for expired in [jti for jti, record in kept.access.items() if record.expires < now - 3600]:
        del kept.access[expired]
    access = AccessToken(secrets.token_hex(40), client.id, subject, scopes, now + ACCESS_LIFETIME)
    kept.access[access.jti] = access
    claims = jwt.Claims(access.jti, client.id, subject, scopes)
    body: dict[str, Any] = {
        "token_type": "Bearer",
        "expires_in": ACCESS_LIFETIME,
        "access_token": jwt.mint(KEY, claims, now, ACCESS_LIFETIME),
    }
    if refresh:
        record = RefreshToken(secrets.token_hex(40), access.jti, client.id, subject, scopes, now + REFRESH_LIFETIME)
        kept.refresh[record.id] = record
        content = {"client_id": client.id, "refresh_token_id": record.id, "expire_time": record.expires}
        body["refresh_token"] = jwt.seal(KEY, content)
    return body


def check(world: World, req: Req) -> AccessToken | None:
    """Return the token that a request brings; None when it brings none, `jwt.BadToken` when it is no good.

    Basic credentials count as none. The word Bearer may be missing, in lower case it is taken for a part of the token.
    """
    header = req.headers.get("authorization")
    if header is None or header.startswith("Basic "):
        return None
    text = re.sub(r"^\s*Bearer(\s|$)", "", header).strip()
    now = world.clock().timestamp()
    claims = jwt.read(KEY, text, now)
    record = world.credentials.access.get(claims.id)
    if record is None or record.revoked or record.expires < now:
        raise jwt.BadToken("Access token has been revoked")
    return record


def scopes_of(path: str) -> frozenset[str]:
    """Return the scopes of which a path needs one; `path` is below the version."""
    low = path.lower().rstrip("/")
    if low == "/administration/user/me/emails/default":
        return frozenset({"email", "user"})
    if low == "/administration/user/me" or low.startswith("/administration/user/me/"):
        return frozenset({"user"})
    if low.startswith("/status"):
        return frozenset({"status"})
    if low.startswith("/graphql"):
        return frozenset({"graphql"})
    return frozenset({"api"})
