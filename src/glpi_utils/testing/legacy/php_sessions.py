"""Logging in, sessions and App-Tokens. A session outlives its user; nothing but its end stops it."""

from __future__ import annotations

import base64
import hmac
import ipaddress
import secrets
import string
from typing import Any
from urllib.parse import unquote

from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.legacy import profiles, quirks
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.legacy.refusals import Fatal, Refused
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.world import World

SEAL = 32
SEALED_LENGTH = 89
"""Bytes: 120 characters of base64."""
ALPHABET = string.ascii_lowercase + string.digits
TOKEN_LENGTH = 26
FRENCH = "Identifiant ou mot de passe incorrect"


def open_session(world: World, parameters: Parameters, req: Req) -> LegacySession:
    """Answer `initSession`: a user token wins over a password, even over a wrong one."""
    user_token = parameters.get("user_token")
    login, password = parameters.get("login"), parameters.get("password")
    if not user_token and not (login and password):
        message = "parameter(s) login, password or user_token are missing"
        raise Refused(400, "ERROR_LOGIN_PARAMETERS_MISSING", message, documented=True)
    by_password = login and password and (not user_token or quirks.passwords_are_refused_beside_tokens(world.version))
    if by_password and is_off(world, "enable_api_login_credentials"):
        message = "usage of initSession resource with credentials is disabled"
        raise Refused(400, "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED", message)
    user = _by_token(world, str(user_token)) if user_token else _by_password(world, str(login), str(password), req)
    return _start(world, user)


def _by_token(world: World, token: str) -> dict[str, Any]:
    users = world.select("User", "api_token = ? AND is_active = 1 AND is_deleted = 0", [token], limit=1)
    if not users or not profiles.assigned(world, users[0]["id"]):
        raise Refused(401, "ERROR_GLPI_LOGIN_USER_TOKEN", "parameter user_token seems invalid")
    return users[0]


def _by_password(world: World, login: str, password: str, req: Req) -> dict[str, Any]:
    user = world.login(login, password)
    if user is None or not user["is_active"] or user["is_deleted"]:
        french = req.headers.get("accept-language", "").lower().startswith("fr")
        translated = french and quirks.login_texts_are_translated(world.version)
        raise Refused(401, "ERROR_GLPI_LOGIN", FRENCH if translated else "Incorrect username or password")
    if not profiles.assigned(world, user["id"]):
        raise Refused(401, "ERROR_GLPI_LOGIN", "You don't have right to connect")
    return user


def _start(world: World, user: dict[str, Any]) -> LegacySession:
    profile = profiles.first_profile(world, user)
    world.store.change("User", user["id"], {"last_login": world.now()})
    now = world.clock().timestamp()
    token = _new_token(world)
    session = LegacySession(token, user["id"], profile, (0,), opened=now, used=now)
    session.data["user"] = {key: user.get(key) for key in ("name", "realname", "firstname", "authtype", "list_limit")}
    profiles.enter_profile(world, session, profile)
    world.credentials.sessions[token] = session
    return session


def _new_token(world: World) -> str:
    if not quirks.tokens_are_sealed(world.version):
        return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))
    drawn = secrets.token_bytes(SEALED_LENGTH - SEAL)
    return base64.b64encode(drawn + _seal(world, drawn)).decode()


def _seal(world: World, drawn: bytes) -> bytes:
    return hmac.digest(world.credentials.session_key, drawn, "sha256")


def _is_ours(world: World, token: str) -> bool:
    """Check whether this server made a token once; what it cannot open is as good as none."""
    try:
        opened = base64.b64decode(token, validate=True)
    except ValueError:
        return False
    drawn, seal = opened[:-SEAL], opened[-SEAL:]
    return len(opened) == SEALED_LENGTH and hmac.compare_digest(seal, _seal(world, drawn))


def current(world: World, parameters: Parameters, req: Req) -> LegacySession:
    """Return the session that a request names; a killed one cannot be told from an expired one."""
    token = str(parameters.get("session_token") or "")
    sealed = quirks.tokens_are_sealed(world.version)
    if sealed and token and "session-token" not in req.headers:
        raise Fatal  # a token of such letters in an address
    token = unquote(token) if sealed else token
    if not token or (sealed and not _is_ours(world, token.strip())):
        message = "parameter session_token is missing or empty"
        raise Refused(400, "ERROR_SESSION_TOKEN_MISSING", message, documented=True)
    session = world.credentials.sessions.get(token.strip())
    if session is None:
        if quirks.malformed_token_is_fatal(str(token), world.version):
            raise Fatal
        raise Refused(401, "ERROR_SESSION_TOKEN_INVALID", "session_token seems invalid")
    session.used = world.clock().timestamp()
    return session


def kill(world: World, session: LegacySession) -> None:
    """Answer `killSession`."""
    world.credentials.sessions.pop(session.token, None)


def is_off(world: World, setting: str) -> bool:
    """Check whether an administrator has switched something off."""
    return world.setting(setting) == "0"


def check_api(world: World) -> None:
    """Check that the API is on; open sessions are refused as well."""
    if is_off(world, "enable_api"):
        raise Refused(400, "ERROR", "API disabled")


def check_app_token(world: World, parameters: Parameters, remote: str) -> None:
    """Check that some active API client matches the caller's address and token (none counts as "")."""
    clients = [row for row in world.select("APIClient", "is_active = 1") if _matches(row, remote)]
    if not clients:
        message = f"There isn't an active API client matching your IP address in the configuration ({remote})"
        raise Refused(400, "ERROR_NOT_ALLOWED_IP", message)
    token = parameters.get("app_token") or ""
    if any((row.get("app_token") or "") == token for row in clients):
        return
    if token:
        raise Refused(400, "ERROR_WRONG_APP_TOKEN_PARAMETER", "parameter app_token seems wrong", documented=True)
    raise Refused(400, "ERROR_APP_TOKEN_PARAMETERS_MISSING", "missing parameter app_token", documented=True)


def _matches(client: dict[str, Any], remote: str) -> bool:
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return True
    if address.version == 6 and (mapped := getattr(address, "ipv4_mapped", None)) is not None:
        address = mapped
    if address.version == 6:
        return client.get("ipv6") in (None, "", remote)
    first, last = client.get("ipv4_range_start"), client.get("ipv4_range_end")
    return not first or int(first) <= int(address) <= int(last or first)  # no range: every address
