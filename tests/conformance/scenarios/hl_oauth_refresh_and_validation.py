"""Refreshing, and what the API says to each kind of bad token."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios import tokens
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

RIGHTS = ("body.active_profile.rights.*",)  # the numbers are the recorded server's configuration


def prepare(play: Play) -> None:
    """The seed and the recorder's OAuth clients."""
    seed(play)
    tokens.add_clients(play)


def last(play: Play) -> str:
    """The token of the exchange that logged in last."""
    return play.pairs[-1].access


SCENE = Scene(
    prepare=prepare,
    cues={
        "valid token": Cue(token=lambda play: play.pairs[0].access, free=RIGHTS),
        "refresh_token grant": Cue(refresh=lambda play: play.pairs[0].refresh),
        "old access token after refresh": Cue(token=lambda play: play.pairs[0].access),
        "reuse of the old refresh token": Cue(refresh=lambda play: play.pairs[0].refresh),
        "new access token after refresh": Cue(token=lambda play: play.pairs[1].access, free=RIGHTS),
        "refresh narrowing the scope": Cue(refresh=lambda play: play.pairs[1].refresh),
        "refresh widening the scope": Cue(refresh=lambda play: play.pairs[2].refresh),
        "refresh with wrong client secret": Cue(refresh=lambda play: play.pairs[2].refresh),
        "refresh with another client": Cue(refresh=lambda play: play.pairs[2].refresh),
        "tampered signature": Cue(token=tokens.tampered),
        "Authorization without Bearer prefix": Cue(free=RIGHTS),
        "token expired in DB (JWT still valid)": Cue(token=tokens.expired_in_the_table),
        "token revoked (row deleted)": Cue(token=tokens.removed_from_the_table),
        "client_credentials token (api) on Ticket": Cue(token=tokens.of_a_client),
        "client_credentials token (api) on session": Cue(token=tokens.of_a_client),
        "inactive client: use token": Cue(token=last),
        "IP-restricted client: use token": Cue(token=last),
        "IP-restricted client: unknown route": Cue(token=last),
        "api scope only: /GraphQL": Cue(token=last),
        "api scope only: /Administration/User/Me": Cue(token=last),
        "api scope only: /status": Cue(token=last),
        "api scope only: /status/all": Cue(token=last),
        "api scope only: /session": Cue(token=last, free=RIGHTS),
        "user scope only: /session": Cue(token=tokens.scoped("user")),
        "user scope only: User/Me": Cue(token=tokens.scoped("user")),
        "user scope only: User/{id}": Cue(token=tokens.scoped("user")),
        "email scope only: User/Me/Emails/Default": Cue(token=tokens.scoped("email")),
        "email scope only: User/Me": Cue(token=tokens.scoped("email")),
        "graphql scope only: /GraphQL": Cue(token=tokens.scoped("graphql")),
        "graphql scope only: Ticket": Cue(token=tokens.scoped("graphql")),
    },
)
