"""What of a filter becomes searchText on the legacy API, and what is refused with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from glpi_utils import F, Filter, GlpiValidationError, TicketStatus
from glpi_utils._dialects.legacy.filtering import texts_of


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        (F.id == 5, {"id": "^5$"}),
        (F.status == TicketStatus.SOLVED, {"status": "^5$"}),
        (F.is_recursive == True, {"is_recursive": "^1$"}),  # noqa: E712
        (F.itilcategories_id == {"id": 7}, {"itilcategories_id": "^7$"}),
        (F.name == "Printer", {"name": "^Printer$"}),
        (F.date == datetime(2026, 1, 31, 10), {"date": "^2026-01-31 10:00:00$"}),
        (
            F.name.contains("db") & F.content.startswith("The") & F.serial.endswith("9"),
            {"name": "db", "content": "^The", "serial": "9$"},
        ),
    ],
    ids=repr,
)
def test_what_is_sent(asked: Filter, texts: dict[str, str]) -> None:
    assert texts_of({"filter": asked})[:2] == (texts, None)
    given: dict[str, Any] = {"filter": asked, "client_side": True, "searchText": {"comment": "x"}}
    assert texts_of(given)[:2] == ({"comment": "x", **texts}, None)
    assert given == {"searchText": {"comment": "x"}}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ((F.id == 5) | (F.id == 6), "no OR"),
        (F.category.name == "x", "own table"),
        (F.id != 5, "no negation"),
        (F.id > 5, "equality"),
        (F.id.in_([1, 2]), "equality"),
        (F.solvedate.is_null(), "equality"),
        (~F.name.contains("x"), "no negation"),
        (F.name.ilike("a*"), "equality"),
        (F.name == "a_b", "wildcard"),
        (F.name.contains("50%"), "wildcard"),
        (F.name.contains("a\\b"), "wildcard"),
        (F.name == "R&D", "GLPI 10"),
        (F.name == "a\nb", "GLPI 10"),
        (F.name == "", "something else"),
        (F.name.contains(" x"), "something else"),
        (F.name.contains("x$"), "something else"),
        (F.name.contains("^x"), "something else"),
        (F.cost == 1.5, "several forms"),
        (F.date == date(2026, 1, 31), "several forms"),
        (F.name.startswith("a") & F.name.endswith("b"), "one text for 'name'"),
    ],
    ids=repr,
)
def test_what_is_inexact_is_refused_or_finished_here(asked: Filter, why: str) -> None:
    here = "client_side=True" if asked != (F.category.name == "x") else "search_options"
    with pytest.raises(GlpiValidationError, match=rf"{why}.*search_rows\(\).*{here}"):
        texts_of({"filter": asked})
    assert texts_of({"filter": asked, "client_side": True}).keep is not None


@pytest.mark.parametrize(
    ("asked", "helps", "here"),
    [
        (F.category.name == "x", "columns of other tables", "columns of other tables"),
        (F.team.id == 4, r"F\.assigned == 4", r"F\.assigned == 4"),
        (F.statis > 4, "the same filter", r"did you mean status\?$"),
        (F.teams > 4, "the same filter", "they have id, name, status$"),
        (F.status.id.in_([1]), "columns of other tables", "columns of other tables"),
    ],
    ids=str,
)
def test_a_name_that_the_rows_lack_is_not_looked_for_in_vain(asked: Filter, helps: str, here: str) -> None:
    with pytest.raises(GlpiValidationError, match=helps):
        texts_of({"filter": asked})
    keep = texts_of({"filter": asked, "client_side": True}).keep
    assert keep is not None
    with pytest.raises(GlpiValidationError, match=rf"the rows of this list have no .*{here}"):
        keep({"id": 1, "status": 1, "name": "x"})


def test_what_was_picked_here_matches() -> None:
    keep = texts_of({"filter": ((F.status == 1) | F.name.ilike("É*")) & (F.id > 1), "client_side": True}).keep
    assert keep is not None
    rows: list[dict[str, Any]] = [
        {"id": 1, "status": 1, "name": None},
        {"id": 2, "status": 1, "name": None},
        {"id": 3, "status": 2, "name": "eel"},
        {"id": 4, "status": 2, "name": ""},
    ]
    assert [row["id"] for row in rows if keep(row)] == [2, 3]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"filter": "name==a"}, "searchText"),
        ({"filter": F.is_deleted == True}, "include_deleted"),  # noqa: E712
        ({"filter": F.name == "x", "searchText": {"name": "y"}}, "one text"),
    ],
    ids=repr,
)
def test_what_is_wrong_is_refused(given: dict[str, Any], why: str) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        texts_of(given)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (F.urgency == "severe", "the name of a member of Urgency"),
        (F.urgency >= "severe", "the name of a member of Urgency"),
        (F.id == "x", "it holds a number"),
        (F.itilcategories_id == "Network", "it holds a number"),
        (F.is_recursive == "perhaps", "it holds a number"),
        (F.date == "yesterday", "a datetime, a date"),
        (F.date >= "2026", "a datetime, a date"),
        (F.name == True, "it holds text"),  # noqa: E712
    ],
    ids=repr,
)
def test_values_of_another_kind_are_refused(asked: Filter, why: str) -> None:
    for given in ({"filter": asked}, {"filter": asked, "client_side": True}):
        with pytest.raises(GlpiValidationError, match=why):
            texts_of(dict(given), "Ticket")


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        (F.urgency == "high", {"urgency": "^4$"}),
        (F.status == "closed", {"status": "^6$"}),
        (F.id == "5", {"id": "^5$"}),
        (F.is_recursive == True, {"is_recursive": "^1$"}),  # noqa: E712
        (F.name == 4711, {"name": "^4711$"}),
        (F.date == "2026-01-31T10:00:00", {"date": "^2026-01-31 10:00:00$"}),
        (F.plugin_column == "anything", {"plugin_column": "^anything$"}),
    ],
    ids=repr,
)
def test_values_of_the_kind_of_their_column_are_sent(asked: Filter, texts: dict[str, str]) -> None:
    assert texts_of({"filter": asked}, "Ticket")[:2] == (texts, None)
