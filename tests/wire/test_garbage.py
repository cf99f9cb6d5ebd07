"""The collector's setting while lists are built: the older generations rest, and all is as before afterwards."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest

from glpi_utils import GlpiAPI
from glpi_utils._garbage import RESTING
from glpi_utils.testing import GlpiServer


@pytest.fixture(autouse=True)
def setting() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.set_threshold(*before)


def test_the_older_generations_rest_until_the_last_list_is_whole(setting: tuple[int, int, int]) -> None:
    with RESTING:
        with RESTING:
            pass
        assert gc.get_threshold()[0] == setting[0]
        assert min(gc.get_threshold()[1:]) > 1_000_000
    assert gc.get_threshold() == setting


def test_a_list_that_is_not_finished_restores_it_too(setting: tuple[int, int, int]) -> None:
    with pytest.raises(KeyError), RESTING:
        raise KeyError
    assert gc.get_threshold() == setting


def test_what_somebody_else_sets_meanwhile_stays() -> None:
    with RESTING:
        gc.set_threshold(5000, 20, 30)
    assert gc.get_threshold() == (5000, 20, 30)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_has_no_part_in_it(setting: tuple[int, int, int]) -> None:
    with RESTING:
        child = os.fork()
        if not child:
            os._exit(0 if gc.get_threshold() == setting else 1)
        assert os.waitpid(child, 0)[1] == 0


def test_a_walk_rests_while_it_builds_and_restores_at_its_end(setting: tuple[int, int, int]) -> None:
    seen: list[tuple[int, int, int]] = []
    with GlpiServer() as server, GlpiAPI(server.url) as api:
        api.login("glpi", "glpi")
        api.ticket.get_all_pages(on_page=lambda _: seen.append(gc.get_threshold()))
        assert min(seen[0][1:]) > 1_000_000
        assert gc.get_threshold() == setting
        for _ in api.ticket.iter_pages(on_page=lambda _: seen.append(gc.get_threshold())):
            break
    assert seen[-1] == setting, sys.version
