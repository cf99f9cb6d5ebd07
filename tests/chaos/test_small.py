"""The promise under survivable trouble, every way to read, few rows: the short form of `make chaos`.

And under nothing but others who write between the moments in which GLPI answers one list.
"""

from __future__ import annotations

import random

import pytest

from glpi_utils import GlpiIncompleteError
from glpi_utils.testing import GlpiServer
from tests.chaos.runs import CELLS, Bench, walks


@pytest.mark.slow
@pytest.mark.parametrize(("api", "kind"), CELLS)
def test_every_way_to_read_keeps_the_promise(api: str, kind: str, chaos_seed: int) -> None:
    dice = random.Random(f"{chaos_seed} {api} {kind}")
    returned = runs = 0
    with GlpiServer(tickets=700, version="11.0.6") as glpi:
        bench = Bench(glpi, api, kind, dice)
        for name, walk in walks(api).items():
            outcome = bench.run(walk, 40, per_request=2)
            if walk.may_refuse and isinstance(outcome.error, GlpiIncompleteError):
                continue
            runs += 1
            returned += outcome.error is None
            print(f"{name}: {len(outcome.rows)} rows in {outcome.seconds:.2f} s, {outcome.error!r:.300}")
    assert returned >= runs - 1, f"{runs - returned} of {runs} runs raised"
    assert sum(bench.spoilt.values()) > runs, "the weather was too fine to tell"


@pytest.mark.slow
@pytest.mark.parametrize(("api", "kind"), CELLS)
def test_who_writes_while_lists_are_answered_costs_no_row_and_no_walk(api: str, kind: str, chaos_seed: int) -> None:
    dice = random.Random(f"{chaos_seed} {api} {kind}")
    ways = [(name, walk) for name, walk in walks(api).items() if not walk.may_refuse]
    returned = 0
    with GlpiServer(tickets=500, version="11.0.6") as glpi:
        bench = Bench(glpi, api, kind, dice)
        for place, (name, walk) in enumerate(ways):
            outcome = bench.run(walk, per_request=1, within_lists=(5, 20, 50)[place % 3], arm=lambda: None)
            returned += outcome.error is None
            print(f"{name}: {len(outcome.rows)} rows in {outcome.seconds:.2f} s, {outcome.error!r:.300}")
    assert returned >= len(ways) - 1
