"""Filters: unknown properties, unary operators, quotes, scope; sorting and windows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import WHEN, crowd, seed, tickets
from tests.conformance.scene import Scene

BEGUN = WHEN + timedelta(minutes=2)
NOW = f"{BEGUN:%Y-%m-%d %H:%M:%S}"
NAMES = {
    4246: "plain",
    4247: "with,comma",
    4249: "semi;colon",
    4250: "(paren)",
    4251: "'single'",
    4252: '"double"',
    4253: "back\\slash",
    4254: "100%",
    4255: "under_score",
    4257: "UPPER",
    4258: "both ' and \" x",
    4259: "(open",
    4260: "close)",
    4261: 'co,"quo',
}


def prepare(play: Play) -> None:
    """The crowd, two rows of an earlier run, the fourteen that are looked for, and 113 more without a category."""
    seed(play)
    crowd(play, 3240)
    play.sql('UPDATE "Ticket" SET itilcategories_id = 1')
    play.change("Ticket", 1968, name="held-7b1e32243a", itilcategories_id=0)
    play.sql('UPDATE "Ticket" SET itilcategories_id = 0 WHERE id BETWEEN 3001 AND 3113')
    for number, name in ((3894, "plain"), (3895, "with,comma"), *NAMES.items()):
        tickets(play, {number: f"nv-f {name}"})
    for place, number in [*enumerate((3894, 3895)), *enumerate(NAMES)]:
        category = 1 if place % 3 else 0
        play.change("Ticket", number, urgency=place % 5 + 1, itilcategories_id=category, content=f"c{place}")
    for number in (3964, 4265):
        tickets(play, {number: "nv-f sub"})
        play.change("Ticket", number, entities_id=1)
    play.change("Ticket", 3895, priority=2, takeintoaccountdate=NOW, takeintoaccount_delay_stat=15)
    play.change("Ticket", 4246, priority=2, takeintoaccountdate=NOW, takeintoaccount_delay_stat=15)
    talk(play)


def talk(play: Play) -> None:
    """What was said in some of them, and an approval."""
    said: dict[str, Any] = {"users_id": 2, "timeline_position": 1}
    said |= dict.fromkeys(("date", "date_creation", "date_mod"), NOW)
    tickets(play, {4365: "nv-q"})
    for number, (owner, text) in {
        1684: (3894, "fa"),
        1685: (3895, "fb"),
        1686: (4246, "fa"),
        1687: (4247, "fb"),
        1709: (4365, "q"),
    }.items():
        play.row("ITILFollowup", number, itemtype="Ticket", items_id=owner, content=f"nv-{text}", **said)
    asked = {"itemtype_target": "User", "items_id_target": 4, "users_id": 2, "status": 2, "submission_date": NOW}
    play.row("TicketValidation", 13, tickets_id=4365, timeline_position=1, **asked)


SCENE = Scene(prepare=prepare, when=BEGUN)
