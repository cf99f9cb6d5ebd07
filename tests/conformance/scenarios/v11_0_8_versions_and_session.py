"""Which versions there are, tokens and their ends, what a session tells under each version."""

from __future__ import annotations

from dataclasses import replace

from tests.conformance.play import Play
from tests.conformance.scenarios import tokens
from tests.conformance.scenarios.newer import HELPDESK_TYPES, WHEN, crowd, seed
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing


def prepare(play: Play) -> None:
    """The crowd, and what the profile of super-admins says of the helpdesk."""
    seed(play)
    crowd(play)
    types = HELPDESK_TYPES.replace(", ", ",")
    play.change("Profile", 4, helpdesk_hardware=3, helpdesk_item_type=types, managed_domainrecordtypes="[-1]")
    known = play.server.world.credentials.clients[play.server.client_id]
    elsewhere = replace(known, id="elsewhere", secret="another", allowed_ips="10.9.9.9")
    play.do(lambda world: world.credentials.clients.update(elsewhere=elsewhere))


def from_elsewhere(_: Play, out: Outgoing) -> None:
    """The client that may be used from another network only."""
    out.body = (out.body or b"").replace(b"<another_client_id>", b"elsewhere")


SCENE = Scene(
    prepare=prepare,
    when=WHEN,
    cues={
        "session with a client_credentials token": Cue(token=tokens.of_a_client),
        "refresh": Cue(refresh=lambda play: play.pairs[-1].refresh),
        "refresh used twice": Cue(refresh=lambda play: play.pairs[-2].refresh),
        "old access token after its refresh": Cue(token=lambda play: play.pairs[-2].access),
        "token lacks the api scope": Cue(token=tokens.scoped("user")),
        "User/Me with only api": Cue(token=tokens.scoped("api")),
        "version config (technician)": Cue(token="tech"),
        "token from an address that the client does not allow": Cue(edit=from_elsewhere),
    },
)
