"""Limits, bad input, refusals; 20 052 tickets, as the recorded server had."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import exhaust_memory, fresh_ticket, seed
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing

TICKETS = 20_052


def prepare(play: Play) -> None:
    """The seed, and the ticket with 70 000 letters that an earlier recording had left."""
    seed(play, keep_tickets=True)
    fresh_ticket(play, 32831, "hl big", "x" * 70_000)
    play.clear("Ticket", where=f"id = {TICKETS}")  # as many as before
    exhaust_memory(play)


def invalid_utf8(_: Play, out: Outgoing) -> None:
    """The recorder wrote `<binary>`."""
    out.body = b'{"name": "hl \xff\xfe", "content": "c"}'


SCENE = Scene(
    prepare=prepare,
    tickets=TICKETS,
    cues={"invalid UTF-8 in JSON": Cue(edit=invalid_utf8)},
)
