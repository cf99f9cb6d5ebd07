"""Authorization codes: kept when issued, taken back once for a token."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from glpi_utils.testing.high_level.oauth.oauth_errors import Refused, malformed
from glpi_utils.testing.high_level.oauth.token_request import TokenRequest
from glpi_utils.testing.world.credentials import OAuthClient
from glpi_utils.testing.world.world import World

LIFETIME = 600

_WRONG_GRANT = (
    "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is "
    "invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to "
    "another client."
)


def issue(world: World, client: str, user: int, redirect_uri: str, scopes: tuple[str, ...], challenge: str = "") -> str:
    """Return a new code, as the consent page would hand out."""
    code = "def50200" + secrets.token_hex(400)
    world.credentials.codes[code] = {
        "client": client,
        "subject": str(user),
        "redirect_uri": redirect_uri,
        "scopes": scopes,
        "challenge": challenge,
        "expires": world.clock().timestamp() + LIFETIME,
        "used": False,
    }
    return code


def redeem(request: TokenRequest, client: OAuthClient) -> tuple[str, tuple[str, ...]]:
    """Return the user and the scopes that a code stands for; it can be used once."""
    kept = request.world.credentials.codes.get(request.text("code"))
    if kept is None:
        raise malformed("code", "Cannot decrypt the authorization code")
    if kept["expires"] < request.world.clock().timestamp():
        raise _wrong("Authorization code has expired")
    if kept["used"]:
        raise _wrong("Authorization code has been revoked")
    if kept["client"] != client.id:
        raise malformed("code", "Authorization code was not issued to this client")
    if request.params.get("redirect_uri") != kept["redirect_uri"]:
        raise malformed("redirect_uri", "Invalid redirect URI")
    _verify(request, kept)
    kept["used"] = True
    return kept["subject"], tuple(kept["scopes"])


def _verify(request: TokenRequest, kept: dict[str, Any]) -> None:
    if not kept["challenge"]:
        return
    verifier = request.text("code_verifier")
    digest = hashlib.sha256(verifier.encode()).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != kept["challenge"]:
        raise _wrong("Failed to verify `code_verifier`.")


def _wrong(hint: str) -> Refused:
    return Refused(400, "invalid_grant", _WRONG_GRANT, hint)
