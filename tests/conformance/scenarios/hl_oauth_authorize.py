"""The authorization code flow: who is sent where, what a code is worth."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from urllib.parse import quote

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing

VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
CLIENTS: dict[str, tuple[str, ...]] = {
    "hl-loopback": ("http://127.0.0.1:8765/callback", "http://localhost/cb"),
    "hl-noredirect": (),
    "hl-apionly": (),
    "hl-public": ("http://127.0.0.1/cb",),
}
USUAL = "/api.php/oauth2/redirection"
"""Every client has this one as well."""


def prepare(play: Play) -> None:
    """The seed, and the clients that the recorded server had."""
    seed(play)

    def register(world: object) -> None:
        clients = play.server.world.credentials.clients
        known = clients[play.server.client_id]
        for name, addresses in CLIENTS.items():
            grants = ("password",) if name == "hl-apionly" else known.grants
            clients[name] = replace(known, id=name, redirect_uris=(USUAL, *addresses), grants=grants)

    play.do(register)


def browser(play: Play, out: Outgoing) -> None:
    """The cookie of someone who is logged in, and a challenge whose verifier is known."""
    out.headers["Cookie"] = play.do(lambda world: world.credentials.open_browser(2))
    out.path = re.sub(r"code_challenge=[\w-]+", f"code_challenge={CHALLENGE}", out.path)


def redeem(play: Play, out: Outgoing) -> None:
    """The latest code, and the verifier."""
    code = play.do(lambda world: list(world.credentials.codes)[-1])
    body = (out.body or b"").decode().replace("<code>", quote(code)).replace("<code_verifier>", VERIFIER)
    out.body = body.encode()


BROWSER, REDEEM = Cue(edit=browser), Cue(edit=redeem)
SCENE = Scene(
    prepare=prepare,
    cues={
        "logged in by cookie: consent page": BROWSER,
        "approve with PKCE and state": BROWSER,
        "exchange without code_verifier": REDEEM,
        "exchange with wrong code_verifier": REDEEM,
        "exchange with another redirect_uri": REDEEM,
        "exchange without client_secret": REDEEM,
        "exchange with code_verifier": REDEEM,
        "code used twice": REDEEM,
        "approve through GET with accept=1 (no CSRF)": BROWSER,
        "deny": BROWSER,
        "loopback with another port than registered": BROWSER,
        "public client (is_confidential=0) without PKCE": BROWSER,
        "use token": Cue(token=lambda play: play.pairs[-1].access, free=("body.active_profile.rights.*",)),
    },
)
