"""Awkward names, and the first tickets of the seed."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Scene

NAMES = {
    32780: "hl-rsql plain",
    32781: "hl-rsql with,comma",
    32782: "hl-rsql with;semicolon",
    32783: "hl-rsql (paren)",
    32784: "hl-rsql 'single'",
    32785: 'hl-rsql "double"',
    32786: "hl-rsql back\\slash",
    32787: "hl-rsql a=b",
    32788: "hl-rsql 100%",
    32789: "hl-rsql under_score",
    32790: "hl-rsql star*",
    32791: "hl-rsql UPPER",
    32792: "hl-rsql é unicode",
    32793: "hl-rsql a&b <c>",
    32794: "hl-rsql both ' and \"",
    32795: "true",
    32796: None,
}


def prepare(play: Play) -> None:
    """The seed and one ticket for each thing that is hard to quote."""
    seed(play, keep_tickets=True)
    for number, name in NAMES.items():
        fresh_ticket(play, number, name or "", "hl test")
    play.change("Ticket", 32796, name=None)


SCENE = Scene(prepare=prepare, tickets=2_000)
