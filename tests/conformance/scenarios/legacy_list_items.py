"""Lists of 5007 computers, 508 users and some thousand tickets: ranges, sorting, searchText, the trash."""

from __future__ import annotations

from typing import Any

from tests.conformance.play import Play
from tests.conformance.scenarios.legacy_get_item import prepare as with_items
from tests.conformance.scenarios.seed import DAY, SITE, many_computers, many_users
from tests.conformance.scene import Cue, Scene

SEEDED = 5000
SEEDED_TEXT = ("body.*.comment",)  # the seed was written with SQL: 10 never sanitised it
LATER: dict[int, dict[str, Any]] = {
    8192: {"name": "peer_c1"},
    8193: {"name": "peer_c1"},
    8194: {"name": "peer_g1b"},
    8195: {"name": "peer_t", "is_deleted": 1},
}
ADDED = {
    "10.0.17": {8201: 1, 8202: 1, 8204: "form", 8205: "unk", 8206: "postid"},
    "11.0.6": {8203: 1, 8204: 1, 8206: "form", 8207: "unk", 8208: "postid"},
}
"""What the recording of writes had left: by its name, or in the trash."""


def prepare(play: Play) -> None:
    """The seed and what earlier recordings had left."""
    with_items(play)
    many_computers(play, SEEDED)
    many_users(play, 508)
    for n in range(13, 41):
        play.row("Location", n, name=f"Site-{n}", completename=f"Site-{n}", level=1, is_recursive=1, **SITE)
    for number, values in LATER.items():
        play.row("Computer", number, **values, **dict.fromkeys(("date_creation", "date_mod"), f"{DAY} 03:59:00"))
    for number, name in ADDED[play.version].items():
        values = {"name": f"legtest {name}", "is_deleted": 0} if isinstance(name, str) else {"is_deleted": 1}
        play.row("Computer", number, **values, **dict.fromkeys(("date_creation", "date_mod"), f"{DAY} 04:24:32"))


def before_the_writes(play: Play) -> None:
    """The first few exchanges were recorded when there were 5004 computers and 506 users."""
    play.clear("Computer", where='id IN (SELECT id FROM "Computer" ORDER BY id DESC LIMIT 3)')
    play.clear("User", where='id IN (SELECT id FROM "User" ORDER BY id DESC LIMIT 2)')


def work_on_ticket_2(play: Play) -> None:
    """On the 11 server somebody had."""
    if play.version == "11.0.6":
        play.change(
            "Ticket", 2, users_id_lastupdater=2, takeintoaccountdate=f"{DAY} 04:22:13", date_mod=f"{DAY} 04:22:13"
        )


def sorts_by(column: str) -> Cue:
    """Which ticket is the newest depends on the thousands of others."""
    return Cue(free=("body.*.id",)) if column.startswith("date") else Cue()


SCENE = Scene(
    prepare=prepare,
    tickets=1_500,
    cues={
        "list tickets": Cue(before=work_on_ticket_2, free=("body.*.content",)),
        "sort=date": sorts_by("date"),
        "sort=date_mod": sorts_by("date_mod"),
        "sort=serial": Cue(before=before_the_writes),
        "list range start == total (empty page)": Cue(before=prepare),
        "list users": Cue(before=lambda play: play.change("User", 3, last_login=f"{DAY} 04:20:44")),
        "list default": Cue(before=prepare, free=SEEDED_TEXT),
        "list range 0-1 (206)": Cue(free=SEEDED_TEXT),
        "list range 2-4": Cue(free=SEEDED_TEXT),
        "list expand_dropdowns": Cue(free=SEEDED_TEXT),
        "list add_keys_names": Cue(free=SEEDED_TEXT),
        "list everything (200)": Cue(free=("body.*.ancestors_cache",)),
    },
)
