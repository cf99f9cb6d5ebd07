"""The long form: 20 000 tickets, 50 walks for each kind of client, `make chaos`.

Rows come and go all the time, also between the moments in which GLPI answers one list; every walk is whole, or raises.
"""

from __future__ import annotations

import random

import pytest

from glpi_utils import GlpiIncompleteError
from glpi_utils.testing import GlpiServer
from tests.chaos.runs import CELLS, Bench, walks

RUNS, RETURN = 50, 49


@pytest.mark.chaos
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("api", "kind"), CELLS)
def test_fifty_walks_over_twenty_thousand_tickets(api: str, kind: str, chaos_seed: int) -> None:
    dice = random.Random(f"{chaos_seed} {api} {kind}")
    returned = 0
    ways = [(name, walk) for name, walk in walks(api).items() if not walk.may_refuse]
    with GlpiServer(tickets=20_000) as glpi:
        bench = Bench(glpi, api, kind, dice)
        for run in range(RUNS):
            name, walk = ways[run % len(ways)]
            between, within = dice.choice([5, 10, 20]), dice.choice([5, 20, 50])
            outcome = bench.run(walk, between_lists=between, within_lists=within)
            returned += outcome.error is None
            print(f"{name}: {len(outcome.rows)} rows in {outcome.seconds:.1f} s, {outcome.error!r:.300}")
        for name, walk in walks(api).items():  # the promise is checked, or the list says that it moved
            if walk.may_refuse:
                error = bench.run(walk, rate=2).error
                assert error is None or isinstance(error, GlpiIncompleteError), name
    assert returned >= RETURN
    assert sum(bench.spoilt.values()) > RUNS
