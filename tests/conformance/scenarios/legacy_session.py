"""Opening, using and ending legacy sessions."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing

STAMP = {"10.0.17": "1795496962", "11.0.6": "1795496967"}
PASSWORD = "Legtest!123"


def old_style(_: Play, out: Outgoing) -> None:
    """The recorder masked the end of this well-known hash."""
    out.headers["Session-Token"] = "83af7e620c83a50a18d3eac2f6ed05a3aca0bea6"


def open_one(play: Play) -> None:
    """A session to be ended."""
    play.sessions.append(play.open_session("glpi"))


def add_user(play: Play, name: str) -> int:
    """A user with a password."""
    made = play.legacy("POST", "User", {"input": {"name": name, "password": PASSWORD, "password2": PASSWORD}})
    return int(made.json["id"])


def open_and_purge(play: Play) -> None:
    """A super-admin logs in and is then purged by another."""
    user = add_user(play, "legtest_gone")
    play.clear("Profile_User", where=f"users_id = {user}")
    play.legacy(
        "POST", "Profile_User", {"input": {"users_id": user, "profiles_id": 4, "entities_id": 0, "is_recursive": 1}}
    )
    play.sessions.append(play.open_session("legtest_gone", PASSWORD))
    play.legacy("DELETE", f"User/{user}?force_purge=true")


def add_user_without_profile(play: Play) -> None:
    """A user who may log in nowhere."""
    user = add_user(play, f"legtest_dis{STAMP[play.version]}np")
    play.clear("Profile_User", where=f"users_id = {user}")


LAST = Cue(session=lambda play: play.sessions[-1])
SANITISED = "body.content"  # the seed was written with SQL: 10 never sanitised it

SCENE = Scene(
    prepare=lambda play: seed(play, paragraphs=True),
    cues={
        "invalid session token (old style 40 hex)": Cue(edit=old_style),
        "killSession ok": Cue(before=open_one, session=lambda play: play.sessions[-1]),
        "killSession twice / expired token": LAST,
        "Ticket with killed session token": LAST,
        "killSession via POST": Cue(before=open_one, session=lambda play: play.sessions[-1]),
        "session of a purged user still works": Cue(
            before=open_and_purge, session=lambda play: play.sessions[-1], free=(SANITISED,)
        ),
        "initSession of a user without any profile": Cue(before=add_user_without_profile),
    },
)
