"""The way of a request: version, parameters, token, route, rights of the scope, handler, headers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from glpi_utils.testing.high_level import answers, api_versions, formats, identity, php_parameters, quirks, route_table
from glpi_utils.testing.high_level.api_call import Call, row_id
from glpi_utils.testing.high_level.handlers import administration
from glpi_utils.testing.high_level.oauth import jwt, oauth_errors, token_endpoint
from glpi_utils.testing.high_level.route_table import Match
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.world import World

_OPEN_WHEN_OFF = frozenset({"/token", "/status/all"})
_VERBS = frozenset({*route_table.METHODS, "HEAD", "OPTIONS"})
_PREFIX = re.compile(r"^/api\.php", re.IGNORECASE)


def answer(world: World, req: Req) -> Answer:
    """Return what a GLPI server answers below `/api.php`."""
    if req.method not in _VERBS:
        return Answer(404, answers.HTML)
    try:
        made = _routed(world, req)
    except answers.Stop as stop:
        made = stop.answer
    made = answers.add_headers(made, _caching(made, req))
    return replace(made, body=b"") if req.method == "HEAD" else made


def _routed(world: World, req: Req) -> Answer:
    api, below = api_versions.resolve(re.sub(r"^/+", "/", _PREFIX.sub("", unquote(req.path))) or "/", world.version)
    bad_json = False
    params: dict[str, Any] = {}
    try:
        params = php_parameters.read(req, world.version)
    except php_parameters.BadJson:
        bad_json = True
    method = "GET" if req.method == "HEAD" else req.method
    call = Call(world, req, method, below, api, params)
    matches = route_table.find(below, api)
    if administration.api_is_off(world):
        if below.lower().rstrip("/") not in _OPEN_WHEN_OFF:
            return answers.forbidden("The High-Level API is disabled")
    else:
        _log_in(call)
    if method == "OPTIONS":
        return _finished(call, _options(call, matches))
    chosen = next((entry for entry in matches if method in entry.route.handlers), None)
    if call.identity is None and (chosen is None or not chosen.route.public):
        return answers.unauthenticated()
    if bad_json:
        return answers.bad_json()
    if chosen is None:
        _check_scope(call)
        return _finished(call, answers.not_found())
    return _handled(call, chosen)


def _log_in(call: Call) -> None:
    try:
        call.token = token_endpoint.check(call.world, call.req)
    except jwt.BadToken as bad:
        raise answers.Stop(answers.invalid_token(str(bad))) from None
    if call.token is not None:
        call.identity = identity.of(call.world, call.token, call.req)


def _handled(call: Call, match: Match) -> Answer:
    call.attributes = match.attributes
    itemtype, item = match.route.itemtype, match.attributes.get("id")
    if itemtype and item is not None and call.world.get(itemtype, row_id(item)) is None:
        return answers.not_found()
    if not match.route.public:
        _check_scope(call)
    try:
        made = match.route.handlers[call.method](call)
    except answers.Stop as stop:
        made = answers.trouble(stop.why) if stop.why and _debugging(call) else stop.answer
    if call.method == "GET":
        made = formats.formatted(made, call.req.headers.get("accept", ""))
    crashed = made.status >= 500 and (made.header("Content-Type") != "application/json" or not made.body)
    return made if crashed else _finished(call, made)


def _debugging(call: Call) -> bool:
    """Check whether `X-Debug-Mode: true` comes from someone who may change the configuration."""
    wanted = call.req.headers.get("x-debug-mode", "").lower() == "true"
    return wanted and call.may("update", "Config")


def _check_scope(call: Call) -> None:
    """Check the network of the client and the scopes of the token; a public route needs neither."""
    token = call.token
    client = call.world.credentials.clients.get(token.client) if token else None
    if client is not None and not client.allows(call.req.remote):
        if quirks.address_is_looked_at_first(call.version):
            refused = oauth_errors.denied_address()
            raise answers.Stop(answers.json(refused.body, refused.status))
        raise answers.Stop(answers.forbidden())
    if token is not None and not token_endpoint.scopes_of(call.path).intersection(token.scopes):
        detail = "You do not have the required scope(s) to access this endpoint."
        raise answers.Stop(answers.forbidden(detail))


def _options(call: Call, matches: list[Match]) -> Answer:
    """Answer OPTIONS: the methods come as several lines of one name, and only for who is logged in."""
    if call.identity is not None and not matches:
        return answers.not_found()
    headers: answers.Headers = ()
    if call.identity is not None:
        known = {name for entry in matches for name in entry.route.handlers}
        headers = tuple(("Allow", name) for name in sorted(known))
    if "access-control-request-method" in call.req.headers:
        allowed = "GET POST PATCH PUT DELETE".split()
        headers += tuple(("Access-Control-Allow-Methods", name) for name in allowed)
    if "access-control-request-headers" in call.req.headers:
        headers += tuple(("Access-Control-Allow-Headers", name) for name in _ALLOWED_HEADERS)
    return Answer(204, (*headers, ("Access-Control-Max-Age", "600")))


_ALLOWED_HEADERS = (
    "Content-Type",
    "Authorization",
    "Origin",
    "Accept",
    "GLPI-API-Version",
    "GLPI-Profile",
    "GLPI-Entity",
    "GLPI-Entity-Recursive",
    "X-Debug-Mode",
)


def _finished(call: Call, made: Answer) -> Answer:
    """Return what the server adds once a route was really asked."""
    headers = answers.NOSNIFF
    if "origin" in call.req.headers:
        headers += (("Access-Control-Allow-Origin", "*"),)
    if call.method in {"GET", "OPTIONS"}:
        headers += answers.EXPOSED
    return answers.add_headers(made, headers)


def _caching(made: Answer, req: Req) -> answers.Headers:
    """Return the caching headers. Every bearer starts a session, which brings PHP's own line."""
    if made.header("Cache-Control") is not None or made.header("Content-Type") == "text/html":
        return ()
    own = (("Cache-Control", "no-cache, private"),)
    started = "authorization" in req.headers and made.status not in {400, 401}
    return (("Cache-Control", "no-store, no-cache, must-revalidate"), *own) if started else own
