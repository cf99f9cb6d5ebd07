"""Random filters on random rows: what the embedded GLPI finds is what the evaluator here finds, or it was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glpi_utils import F, Filter, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.shared.matching import matches
from glpi_utils._knowledge.relations import by_id
from glpi_utils.filters import Field
from glpi_utils.testing import GlpiServer

SIGNS = "\"'(),;%_\\*=!<>&#+ \n"
ALPHABET = st.sampled_from([*"abABéÉeœßN0179", *SIGNS, *SIGNS, "🖨", "😀", "nul", "null", "日"])
TEXTS = st.lists(ALPHABET, max_size=7).map("".join) | st.sampled_from(["null", "NULL", "true", "0", "1", " a", "a "])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3)).map(
    lambda moment: moment.replace(microsecond=0 if moment.second % 2 else moment.microsecond)
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": TEXTS | st.none(),
            "externalid": TEXTS | st.none(),
            "urgency": st.integers(1, 5),
            "status": st.integers(1, 6),
            "type": st.integers(1, 2),
            "itilcategories_id": st.integers(0, 3),
            "solvedate": st.none() | MOMENTS.map(lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}"),
            "is_deleted": st.integers(0, 1),
        }
    ),
    min_size=1,
    max_size=6,
)


class Counted(NamedTuple):
    """How often a filter was tried, and how often it was refused."""

    tried: list[str]
    refused: list[str]


COUNTED = Counted([], [])


def _texts(field: Field, text: str, other: list[str], kind: int) -> Filter:
    """One of the comparisons of a text."""
    choices: list[Callable[[], Filter]] = [
        partial(field._compared, "eq", text),
        partial(field._compared, "ne", text),
        partial(field.contains, text),
        partial(field.startswith, text),
        partial(field.endswith, text),
        partial(field.like, text),
        partial(field.ilike, text),
        partial(field.in_, other),
        partial(field.not_in, other),
        field.is_null,
        field.is_empty,
    ]
    return choices[kind % len(choices)]()


def _numbers(name: str, number: int, others: list[int], kind: int) -> Filter:
    field = F[name]
    compare = [field == number, field != number, field < number, field <= number, field > number, field >= number]
    return [*compare, field.in_(others), field.not_in(others), field.is_null(), field.is_empty()][kind % 10]


def _moments(moment: datetime, kind: int) -> Filter:
    field, whole = F.date_solve, moment.replace(microsecond=0)
    ordered = [field < moment, field <= moment, field > moment, field >= moment, field > moment.date()]
    return [*ordered, field == whole, field != whole, field.in_([whole]), field.is_null(), field.is_empty()][kind % 10]


KINDS = st.integers(0, 10)
LEAVES = st.one_of(
    st.builds(_texts, st.sampled_from([F.name, F.external_id]), TEXTS, st.lists(TEXTS, max_size=3), KINDS),
    st.builds(
        _numbers,
        st.sampled_from(["urgency", "status", "type", "category"]),
        st.integers(1, 6),
        st.lists(st.integers(1, 6), max_size=3),
        KINDS,
    ),
    st.builds(_moments, MOMENTS, KINDS),
    st.sampled_from([F.is_deleted == True, F.is_deleted.in_([False]), F.status.name == "New", F.team.id == 2]),  # noqa: E712
)
FILTERS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(lambda a, b: a & b, inner, inner)
        | st.builds(lambda a, b: a | b, inner, inner)
        | inner.map(lambda each: ~each)
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[GlpiServer, GlpiOAuthClient, dict[str, Any]]]:
    """A GLPI without a ticket, a client, and the columns of a ticket."""
    with GlpiServer(tickets=1) as glpi:
        template = glpi.rows("Ticket")[0]
        made = GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password)
        with made as api:
            yield glpi, api, template


@contextmanager
def _only(glpi: GlpiServer, template: dict[str, Any], rows: list[dict[str, Any]]) -> Iterator[None]:
    """These tickets and no others."""

    def fill(world: Any) -> None:
        world.store.remove("Ticket", "1", ())
        for at, row in enumerate(rows, 1):
            world.store.add("Ticket", {**template, **row, "id": at})

    glpi.do(fill)
    yield


def _place(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path, "id") if len(path) == 1 and by_id("Ticket", path[0]) else path


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=ROWS, asked=FILTERS)
def test_the_server_finds_what_is_meant(
    place: tuple[GlpiServer, GlpiOAuthClient, dict[str, Any]], rows: list[dict[str, Any]], asked: Filter
) -> None:
    glpi, api, template = place
    with _only(glpi, template, rows):
        every = api.ticket.get_all(limit=100)
        assert len(every) == len(rows)
        meant = [row["id"] for row in every if matches(asked, dict(row), _place)]
        COUNTED.tried.append(repr(asked))
        for newer in (False, True):
            glpi.do(lambda world, newer=newer: setattr(world, "newer_lexer", newer))  # type: ignore[misc]
            try:
                found = api.ticket.get_all(filter=asked, limit=100)
            except GlpiValidationError:
                COUNTED.refused.append(repr(asked))
            else:
                assert [row["id"] for row in found] == meant, (repr(asked), newer)
                assert api.ticket.count(filter=asked) == len(meant)
            finished = api.ticket.get_all(filter=asked, limit=100, client_side=True)
            assert [row["id"] for row in finished] == meant, (repr(asked), newer)
            assert (finished.total, finished.complete) == (len(meant), True)


def test_how_many_were_tried_and_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Shown, so that a filter language that refuses all does not pass for one that is exact."""
    if not COUNTED.tried:
        pytest.skip("the cases are counted where they are run")
    share = len(COUNTED.refused) / len(COUNTED.tried) / 2
    with capsys.disabled():
        print(
            f"\nfilters: {len(COUNTED.tried)} random cases on two lexers, {len(COUNTED.refused) // 2} refused ({share:.0%})"
        )
    assert 0.05 < share < 0.7
