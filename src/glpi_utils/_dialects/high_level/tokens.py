"""OAuth2 of the High-Level API: asking for a token, and what a token says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from ..._secret import Secret
from ..._wire import Kind, Operation, Request, Response, UnexpectedAnswer, fits_a_header
from ...exceptions import GlpiAuthError
from ..shared.shapes import as_object, is_array, is_object

_NOT_A_USER = (
    "The client_credentials grant is not supported for the api scope in GLPI 11: it gives a token that every path "
    "refuses. Use the password grant: pass username and password "
    "(or set GLPI_OAUTH_USERNAME and GLPI_OAUTH_PASSWORD)."
)


class Account(NamedTuple):
    """Who logs in, through which OAuth client."""

    client_id: str | None
    client_secret: Secret | None
    username: str | None
    password: Secret | None
    scope: str = "api"


class Token(NamedTuple):
    """What the token endpoint gave. ``lifetime`` in seconds."""

    access: str
    refresh: str | None
    lifetime: float
    claims: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"Token(lifetime={self.lifetime!r})"


def password_grant(account: Account) -> Operation[Token]:
    """Build the request for a token by user name and password. Sending it twice is harmless: logins are independent."""
    if not account.client_id or account.client_secret is None:
        raise GlpiAuthError(
            "client_id and client_secret are needed (or GLPI_OAUTH_CLIENT_ID and GLPI_OAUTH_CLIENT_SECRET): "
            "GLPI shows them in Setup > OAuth clients"
        )
    if not account.username or account.password is None:
        raise GlpiAuthError(_NOT_A_USER)
    form = {"grant_type": "password", "username": account.username, "password": account.password.reveal()}
    return Operation(_request(account, {**form, "scope": account.scope}, Kind.READ), partial(_token, account))


def refresh_grant(account: Account, refresh_token: str) -> Operation[Token]:
    """Build the request for the next pair. A refresh token works once: never repeat it after a lost answer."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return Operation(_request(account, form, Kind.CREATE), partial(_token, account))


def _request(account: Account, form: Mapping[str, str], kind: Kind) -> Request:
    secret = account.client_secret.reveal() if account.client_secret is not None else ""
    client = {"client_id": account.client_id or "", "client_secret": secret}
    body = urlencode({**form, **client}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", "token", headers=headers, body=body, kind=kind, versioned=False, signed=False)


def _token(account: Account, response: Response) -> Token:
    reply = response.data()
    if response.status != 200 or not is_object(reply) or not isinstance(reply.get("access_token"), str):
        raise UnexpectedAnswer("the token endpoint gave no token")
    access, lifetime = reply["access_token"], reply.get("expires_in")
    if not fits_a_header(access):
        raise UnexpectedAnswer("the token endpoint gave a token that no header can carry")
    refresh = reply.get("refresh_token")
    seconds = float(lifetime) if isinstance(lifetime, int | float) and lifetime > 0 else 3600.0
    claims = claimed(access)
    _accepted(claims, account)
    return Token(access, refresh if isinstance(refresh, str) else None, seconds, claims)


def claimed(token: str) -> Mapping[str, Any]:
    """Read a JWT's claims, unverified: the server judges, we only explain. Not a JWT: nothing."""
    import base64

    import orjson

    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return as_object(claims)


def _accepted(claims: Mapping[str, Any], account: Account) -> None:
    """Refuse a token that GLPI gives and then refuses on every call."""
    if not claims:
        return
    scopes = claims.get("scopes")
    wanted = account.scope.split()
    if is_array(scopes) and "api" in wanted and "api" not in scopes:
        raise GlpiAuthError(
            "the token came without the scope `api`: GLPI drops in silence a scope that the OAuth client may not have. "
            "Tick Scopes: api in Setup > OAuth clients."
        )
    if "sub" in claims and not str(claims["sub"]).isdigit():
        raise GlpiAuthError("the token belongs to no user. " + _NOT_A_USER)
