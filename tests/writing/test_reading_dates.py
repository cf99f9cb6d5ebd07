"""Rows with datetimes, for clients that ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import F, GlpiValidationError
from tests.writing.places import Place

PARIS = ZoneInfo("Europe/Paris")
SOLVED = "2026-07-01 10:00:00"


def expected(place: Place) -> datetime:
    """High-level rows have the offset of the embedded server's clock, UTC; legacy ones have none."""
    moment = datetime(2026, 7, 1, 10, 0)  # noqa: DTZ001
    return moment.replace(tzinfo=UTC) if place.hl else moment


def solved(place: Place, row: dict[str, Any]) -> Any:
    return row["date_solve" if place.hl else "solvedate"]


def test_rows_hold_datetimes_where_they_are_asked_for(place: Place) -> None:
    number = place.made(solvedate=SOLVED)
    plain = place.client()
    api = plain.with_options(dates=True)
    want = expected(place)
    assert isinstance(solved(place, plain.ticket.get(number)), str)
    row = api.ticket.get(number)
    assert solved(place, row) == want
    assert isinstance(row["date_mod"], datetime)
    assert row["begin_waiting_date"] is None
    lists = [
        api.ticket.get_all(limit=1000),
        api.ticket.get_all_pages(),
        list(api.ticket.iter_items(page_size=20)),
        [row for page in api.ticket.iter_pages(page_size=50) for row in page],
    ]
    for rows in lists:
        (mine,) = [each for each in rows if each["id"] == number]
        assert solved(place, mine) == want
    assert isinstance(api.ticket.first(sort="id:desc")["date_mod"], datetime)


def test_by_the_constructor_too(place: Place) -> None:
    number = place.made(solvedate=SOLVED)
    assert solved(place, place.client(dates=True).ticket.get(number)) == expected(place)
    with pytest.raises(GlpiValidationError, match="dates must be True or False, not a text of 3 characters"):
        place.client(dates="yes")


def test_pure_dates_are_dates(place: Place) -> None:
    number = place.made("Budget", begin_date="2026-01-31")
    row = place.client(dates=True).item("Budget").get(number)
    found = row["date_begin" if place.hl else "begin_date"]
    assert (found, type(found)) == (date(2026, 1, 31), date)


def test_with_a_zone_all_are_in_it(place: Place) -> None:
    number = place.made(solvedate=SOLVED)
    found = solved(place, place.client(dates=True, timezone="Europe/Paris").ticket.get(number))
    assert (found.tzinfo, found) == (PARIS, datetime(2026, 7, 1, 10, 0, tzinfo=PARIS))


def test_what_was_read_is_written_again(place: Place) -> None:
    number = place.made(solvedate=SOLVED)
    api = place.client(dates=True, timezone="UTC")
    field = "date_solve" if place.hl else "solvedate"
    api.ticket.update({"id": number, field: api.ticket.get(number)[field]})
    assert place.row("Ticket", number)["solvedate"] == SOLVED


def test_sub_items_and_changes_hold_datetimes(place: Place) -> None:
    number = place.made()
    api = place.client(dates=True)
    new = api.ticket.add_sub_item(number, "ITILFollowup", {"content": "x"})
    (row,) = api.ticket.get_sub_items(number, "ITILFollowup", unwrap=True)
    assert (row["id"], type(row["date_creation"])) == (new["id"], datetime)
    if place.hl:
        (entry,) = api.ticket.get_sub_items(number, "Timeline")
        assert type(entry["item"]["date_creation"]) is datetime
        assert type(api.ticket.update({"id": number, "urgency": 4})["date_mod"]) is datetime
        assert type(api.ticket.search(F.id == number)[0]["date_mod"]) is datetime


def test_zero_dates_and_texts_are_left_alone(place: Place) -> None:
    zero = "0000-00-00 00:00:00"
    number = place.made(name="2026-01-31 10:00:00")
    place.glpi.do(lambda world: world.sql('UPDATE "Ticket" SET "solvedate" = ? WHERE "id" = ?', [zero, number]))
    row = place.client(dates=True).ticket.get(number)
    assert row["name"] == "2026-01-31 10:00:00"
    assert isinstance(solved(place, row), str)
    assert place.client(dates=True).ticket.get_all_pages(sort="date_solve" if place.hl else "id")


def test_filters_that_are_finished_here_compare_the_same(place: Place) -> None:
    number = place.made(solvedate=SOLVED)
    field = F.date_solve if place.hl else F.solvedate
    asked = ~F.name.contains("no such") & (field >= datetime(2026, 7, 1, 9)) & (field <= datetime(2026, 7, 1, 10))  # noqa: DTZ001
    for api in (place.client(), place.client(dates=True), place.client(dates=True, timezone="UTC")):
        assert number in [row["id"] for row in api.ticket.get_all(filter=asked, client_side=True, limit=100)]


def test_types_that_are_not_known_are_guessed_by_name_and_look() -> None:
    from glpi_utils._dialects.shared.dated import _guessed

    row = {"date_mod": "2026-01-31 10:00:00", "begin": "2026-01-31", "name": "2026-01-31", "date": "soon", "end": None}
    assert _guessed(row) == ["date_mod", "begin"]


def test_the_plain_client_speaks_the_plain_dialect(place: Place) -> None:
    """Without the option nothing stands between rows and readers."""
    from glpi_utils._dialects.shared.dated import Dated

    inner = place.client()._inner._core
    assert inner.dialect is inner.session.dialect
    assert isinstance(place.client(dates=True)._inner._core.dialect, Dated)
