"""Trouble that no walk survives is an error, whichever way the list is read: never a shorter list."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest

from glpi_utils import GlpiError
from glpi_utils.testing import Fault, GlpiServer
from tests.chaos.runs import CELLS, Bench, walks
from tests.chaos.weather import UNSURVIVABLE


def _arm(glpi: GlpiServer, make: Callable[[], Fault]) -> None:
    glpi.faults.add(make())


@pytest.mark.slow
@pytest.mark.parametrize(("api", "kind"), CELLS)
def test_all_raise(api: str, kind: str, chaos_seed: int) -> None:
    dice = random.Random(f"{chaos_seed} {api} {kind}")
    raising = 0
    with GlpiServer(tickets=300) as glpi:
        bench = Bench(glpi, api, kind, dice)
        for trouble, make in UNSURVIVABLE.items():
            name, walk = dice.choice(sorted(walks(api).items(), key=lambda each: each[0]))
            outcome = bench.run(walk, 0, per_request=1, arm=partial(_arm, glpi, make))
            raised = isinstance(outcome.error, GlpiError)
            assert raised or not outcome.struck, f"{trouble}, {name}: {len(outcome.rows)} rows"
            raising += raised
        assert raising >= len(UNSURVIVABLE) - 1
