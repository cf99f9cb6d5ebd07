"""The `Authorization` header of a request, checked, and the scopes that a path needs."""

from __future__ import annotations

import re

from glpi_utils.testing.high_level.oauth import jwt
from glpi_utils.testing.high_level.oauth.token_endpoint import KEY
from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.world.credentials import AccessToken
from glpi_utils.testing.world.world import World


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
