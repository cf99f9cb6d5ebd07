"""Lists of 5007 computers and 20 000 tickets: ranges, sorting, searchText, the trash."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import many_computers, seed
from tests.conformance.scene import Cue, Scene

COMPUTERS = 5007


def prepare(play: Play) -> None:
    """The seed, the computers, three of them in the trash."""
    seed(play, paragraphs=True, keep_tickets=True)
    many_computers(play, COMPUTERS + 3)
    play.sql('UPDATE "Computer" SET is_deleted = 1 WHERE id > ?', COMPUTERS)


SCENE = Scene(prepare=prepare, tickets=2_000, cues={"list tickets": Cue(free=("body.*.content",))})
