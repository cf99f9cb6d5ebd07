"""`/authorize`: the page on which a person, logged in by a cookie, lets a client in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.oauth import codes
from glpi_utils.testing.high_level.oauth.oauth_errors import Refused, bad_client, unsupported_grant
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.credentials import OAuthClient

_DENIED = (
    ("error", "access_denied"),
    ("error_description", "The resource owner or authorization server denied the request."),
    ("hint", "The user denied the request"),
)
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


def authorize(call: Call) -> Answer:
    """GET shows the page or, like POST, takes `accept` and `deny`; whoever is not logged in is sent to the login page."""
    cookie = call.req.headers.get("cookie", "")
    try:
        made = _decided(call, _client(call), _person(call, cookie))
    except Refused as refused:
        made = answers.json(refused.body, refused.status)
    return made if cookie else answers.add_headers(made, (("Set-Cookie", "glpi_0=0; path=/; HttpOnly"),))


def _client(call: Call) -> OAuthClient:
    if call.params.get("response_type") != "code":
        raise unsupported_grant()
    client = call.world.credentials.clients.get(str(call.params.get("client_id", "")))
    if client is None or not _is_registered(client, str(call.params.get("redirect_uri", ""))):
        raise bad_client()
    return client


def _is_registered(client: OAuthClient, address: str) -> bool:
    """Check whether an address is registered, letter by letter; on a numeric loopback over http the port is free."""
    return address in client.redirect_uris or (
        _is_loopback(address) and _without_port(address) in {_without_port(one) for one in client.redirect_uris}
    )


def _is_loopback(address: str) -> bool:
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    return split.scheme == "http" and split.hostname in _LOOPBACK


def _without_port(address: str) -> str:
    return re.sub(r"^(http://(?:127\.0\.0\.1|\[::1\]))(:\d+)?", r"\1", address)


def _person(call: Call, cookie: str) -> int | None:
    values = [part.partition("=")[2].strip() for part in cookie.split(";")]
    return next(
        (call.world.credentials.browsers[one] for one in values if one in call.world.credentials.browsers), None
    )


def _decided(call: Call, client: OAuthClient, person: int | None) -> Answer:
    address = str(call.params["redirect_uri"])
    state = [("state", str(call.params["state"]))] if "state" in call.params else []
    if person is None:
        return _sent(f"{call.req.base}/?redirect={quote(_without_state(call, address), safe='')}")
    if "accept" in call.params:
        scopes = tuple(one for one in str(call.params.get("scope", "")).split(" ") if one in client.scopes)
        challenge = str(call.params.get("code_challenge", ""))
        code = codes.issue(call.world, client.id, person, address, scopes, challenge)
        return _sent(_with(address, [("code", code), *state]))
    if "deny" in call.params:
        return _sent(_with(address, [*state, *_DENIED]))
    return Answer(200, answers.HTML, b"<!DOCTYPE html><html><head><title>GLPI</title></head><body></body></html>")


def _without_state(call: Call, address: str) -> str:
    """Return the address to come back to after the login; `state` and the challenge are lost on the way."""
    kept: dict[str, Any] = {name: call.params.get(name, "") for name in ("scope", "client_id", "response_type")}
    return f"{call.req.base}/api.php/v2/authorize?{urlencode({**kept, 'redirect_uri': address})}"


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}"


def _sent(where: str) -> Answer:
    return Answer(302, (*answers.HTML, ("Location", where)))


PUBLIC = (("/authorize", {"GET": authorize, "POST": authorize}),)
