"""Whatever lists a server answers, once, now and then or from then on: a read gives all rows, or an error, and ends."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glpi_utils import GlpiError, GlpiIncompleteError
from glpi_utils._engine.lists.walk_state import key_of
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.properties.bent import Bend, Count, Server, What, client, never_changed
from tests.properties.readings import (
    OF_HIGHLEVEL,
    OF_LEGACY,
    ONE_ANSWER,
    PARTS,
    READS,
    Read,
    Uncounted,
    done,
    followups,
    found,
    some_followups,
)

TICKETS, FOLLOWUPS = 130, 530
MANY = int(os.environ.get("GLPI_TEST_BENDS", "8"))
USUAL = settings(
    max_examples=MANY,
    deadline=None,
    derandomize="GLPI_TEST_BENDS" not in os.environ,  # the same ones in each run, unless more are asked for
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture),
)
ROOM = 20
"""With room for so many more rows a first page that counts no more than it holds is believed to be the whole list."""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """Users with several authorisations, tickets with gaps and many actors, a ticket with many followups."""
    with World("11.0.6") as made:
        service_desk.fill(made, TICKETS)
        said = {"itemtype": "Ticket", "items_id": 1, "content": "x"}
        for _ in range(FOLLOWUPS - made.count("ITILFollowup", "itemtype='Ticket' AND items_id=1")):
            made.insert("ITILFollowup", said, SYSTEM)
        never_changed(made)
        yield made


SINGLE = [*ONE_ANSWER.values(), found, some_followups]
OF_A_PART = [
    *PARTS.values(),
    *(OF_LEGACY[name] for name in ("12 users", "falling users", "100 tickets with the trash")),
]
BENDS = st.builds(
    Bend,
    what=st.sampled_from(["empty", "cut", "holes", "repeated", "reversed", "refused", "uncounted", "one", "junk"]),
    count=st.sampled_from(["true", "low", "high", "fits", "zero"]),
    when=st.sampled_from(["once", "now and then", "from then on", "at random"]),
    first=st.integers(1, 5),
    seed=st.integers(0, 2**32),
).filter(lambda bend: not bend.undetectable)


def promised(read: Read, bend: Bend) -> bool:
    """Check whether a read promises to notice this; what the docs say of each stands beside it."""
    always = bend.when != "once"
    if bend.strikes(1) and bend.strikes(2) and bend.strikes(3) and (bend.what, bend.count) == ("holes", "fits"):
        return False  # every second row is hidden, always and from everybody
    if read is followups:  # sub-items that come in one answer are as good as this answer
        return not (bend.strikes(1) and bend.count in ("fits", "zero"))
    if read is OF_LEGACY["with the trash"]:  # a list of its own: it may be the first answer, and the only one
        return not (always and bend.count in ("fits", "zero", "low"))
    if read is OF_LEGACY["narrowed users"]:  # their count is too high, and nothing else counts them
        return not always or bend.what in ("refused", "reversed", "uncounted", "junk")
    return True


def believed(server: Server, times: int) -> bool:
    """Check whether the High-Level promise leaves these answers out, as docs/reading-everything.md has it.

    A first page that counts as many rows as it holds, and has room for more or none at all, is the whole list; and what
    the server says so many times in a row is believed.
    """
    rows, total, limit = server.first or (0, None, 0)
    whole = server.bent[0] and rows == total and (rows <= limit - ROOM or not rows)
    return whole or said_thrice(server, times)


def said_thrice(server: Server, times: int) -> bool:
    """Check whether so many answers in a row were bent."""
    return any(all(server.bent[at : at + times]) for at in range(len(server.bent) - times + 1))


def nothing_at_all(server: Server, bend: Bend) -> bool:
    """Check whether every list of a legacy server was empty by its own count: nobody can know better."""
    return bend.what == "empty" and bend.count in ("fits", "zero") and all(server.bent)


def left_out(api: str, read: Read, server: Server, bend: Bend) -> bool:
    """Check whether the promise leaves the answers that were given out."""
    if read in SINGLE:  # one answer: it is believed where it agrees with itself
        rows, total, _ = server.first or (0, None, 0)
        return server.bent[0] and rows == total
    if api == "hl":
        return believed(server, 2 if read is OF_HIGHLEVEL["tickets by name"] else 3)
    return nothing_at_all(server, bend) or (read in OF_A_PART and said_thrice(server, 3))


def held(world: World, api: str, read: Read, bend: Bend) -> None:
    """Read once as it is, then from a server that bends."""
    if not promised(read, bend):
        return
    truth = [key_of(row) for row in done(read(client(api, Server(world))))]
    assert len(truth) == len(set(truth)) >= 10
    server = Server(world, bend)
    try:
        rows = done(read(client(api, server)))
    except GlpiError:
        return
    except Uncounted:
        assert bend.what == "uncounted"
        assert server.bent[0]
        return
    assert all(isinstance(row, dict) for row in rows)
    ids = [key_of(row) for row in rows]
    assert len(ids) == len(set(ids)), "none twice"
    if not left_out(api, read, server, bend):
        assert set(ids) == set(truth), f"{len(ids)} of {len(truth)} after {len(server.asked)} requests"


@pytest.mark.parametrize("name", [*READS, *PARTS, *ONE_ANSWER, *OF_LEGACY])
@USUAL
@given(bend=BENDS)
def test_legacy(world: World, name: str, bend: Bend) -> None:
    held(world, "legacy", {**READS, **PARTS, **ONE_ANSWER, **OF_LEGACY}[name], bend)


@pytest.mark.parametrize("name", [*READS, *PARTS, *ONE_ANSWER, *OF_HIGHLEVEL])
@USUAL
@given(bend=BENDS)
def test_highlevel(world: World, name: str, bend: Bend) -> None:
    held(world, "hl", {**READS, **PARTS, **ONE_ANSWER, **OF_HIGHLEVEL}[name], bend)


@pytest.mark.parametrize("name", ["all tickets by 20", "all tickets by 20, one by one", "tickets"])
@pytest.mark.parametrize("first", [2, 3, 4, 5])
@pytest.mark.parametrize("count", get_args(Count))
@pytest.mark.parametrize("what", ["empty", "cut", "holes", "repeated", "one"])
def test_a_highlevel_list_outlives_two_lies(world: World, what: What, count: Count, first: int, name: str) -> None:
    """Each second to fifth answer is wrong, so also some of those that settle a doubt."""
    held(world, "hl", READS[name], Bend(what, count, "now and then", first))


@pytest.mark.parametrize("name", ["all tickets", "pages of tickets"])
def test_a_first_page_that_holds_more_than_it_counts_is_doubted_to_the_end(world: World, name: str) -> None:
    """Its rows are read again and come cut once more: the count at the end tells."""
    held(world, "hl", READS[name], Bend("holes", "zero", "at random", 3, seed=1))


@pytest.mark.parametrize("name", ["tickets from the fifth on", "pages from the fifth on", "all from the fifth on"])
@pytest.mark.parametrize("count", get_args(Count))
def test_a_part_whose_first_page_is_doubted_comes_once(world: World, count: Count, name: str) -> None:
    held(world, "hl", PARTS[name], Bend("holes", count, "once", 1))


@pytest.mark.parametrize("what", ["empty", "holes"])
@pytest.mark.parametrize("name", ["100 tickets", "100 tickets at once", "90 tickets from the fifth on"])
def test_a_part_ends_where_the_server_counts_no_more_rows_up_to_its_last(world: World, name: str, what: What) -> None:
    """Each third answer is wrong, so a page and the question that settles it."""
    held(world, "hl", PARTS[name], Bend(what, "zero", "now and then", 3))


@pytest.mark.parametrize("name", ["100 tickets", "100 tickets at once", "90 tickets from the fifth on"])
def test_a_part_that_nothing_is_wrong_with_costs_no_question(world: World, name: str) -> None:
    server = Server(world)
    done(PARTS[name](client("hl", server)))
    assert not [each for each in server.asked if "limit=1&" in f"{each}&"]
    server = Server(world)
    done(PARTS[name](client("legacy", server)))
    places = [search.groups() for each in server.asked if (search := re.search(r"range=(\d+)-(\d+)", each))]
    assert places
    assert not [first for first, last in places if first == last]


@pytest.mark.parametrize("name", ["100 tickets", "100 tickets at once", "90 tickets from the fifth on"])
@pytest.mark.parametrize("first", [2, 3, 4])
def test_a_part_of_a_legacy_list_is_held_against_the_place_of_its_last_row(world: World, name: str, first: int) -> None:
    """A page that hides rows in a way that fits its own count shows only there."""
    held(world, "legacy", PARTS[name], Bend("holes", "fits", "once", first))


def test_a_legacy_part_that_was_hidden_from_is_read_again(world: World) -> None:
    server = Server(world, Bend("holes", "fits", "once", 3))
    rows = done(PARTS["100 tickets at once"](client("legacy", server)))
    assert rows == done(PARTS["100 tickets at once"](client("legacy", Server(world))))
    with pytest.raises(GlpiIncompleteError, match="Read it again"):
        done(PARTS["100 tickets"](client("legacy", Server(world, Bend("holes", "fits", "once", 3)))))


@pytest.mark.parametrize("first", [4, 6, 8])
def test_a_part_of_a_union_is_held_against_a_count(world: World, first: int) -> None:
    held(world, "hl", OF_HIGHLEVEL["40 assets"], Bend("holes", "fits", "once", first))


@pytest.mark.parametrize("api", ["legacy", "hl"])
@pytest.mark.parametrize("name", ONE_ANSWER)
def test_one_page_that_contradicts_itself_is_asked_for_again(world: World, name: str, api: str) -> None:
    truth = done(ONE_ANSWER[name](client(api, Server(world))))
    assert truth == done(ONE_ANSWER[name](client(api, Server(world, Bend("holes", "true", "once", 1)))))
    with pytest.raises(GlpiIncompleteError) as caught:
        done(ONE_ANSWER[name](client(api, Server(world, Bend("holes", "true", "from then on", 1)))))
    assert 0 < len(caught.value.items) < len(truth)
