"""Moments with an offset: converted to the zone that the caller names; clock changes are not hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import F, GlpiValidationError, GlpiWarning
from glpi_utils._dialects.shared import moments
from tests.writing.places import Place, solve_date

PARIS = ZoneInfo("Europe/Paris")


def field(place: Place) -> str:
    return "date_solve" if place.hl else "solvedate"


def stored(place: Place, value: object, **options: Any) -> str:
    """What is stored for a value."""
    number = place.made()
    place.client(**options).ticket.update({"id": number, solve_date(place): value})
    return str(place.row("Ticket", number)["solvedate"])


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "2026-07-01 12:00:00"),
        (datetime(2026, 1, 1, 10, 0, tzinfo=UTC), "2026-01-01 11:00:00"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=-5))), "2026-07-01 17:00:00"),
        (datetime(2026, 7, 1, 10, 0, tzinfo=PARIS), "2026-07-01 10:00:00"),
        (datetime(2026, 7, 1, 10, 0, 5, 999), "2026-07-01 10:00:05"),  # noqa: DTZ001
        (date(2026, 7, 1), "2026-07-01 00:00:00"),
        ("2026-07-01T10:00:00+00:00", "2026-07-01 12:00:00"),
        ("2026-07-01T10:00:00Z", "2026-07-01 12:00:00"),
        ("2026-07-01T10:00:00", "2026-07-01 10:00:00"),
        ("2026-07-01 10:00", "2026-07-01 10:00:00"),
        ("2026-07-01", "2026-07-01 00:00:00"),
    ],
)
def test_moments_go_to_the_zone_of_the_server(place: Place, value: object, want: str) -> None:
    assert stored(place, value, timezone="Europe/Paris") == want


@pytest.mark.parametrize("zone", ["Europe/Paris", PARIS])
def test_a_zone_is_a_name_or_a_zoneinfo(place: Place, zone: Any) -> None:
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert stored(place, moment, timezone=zone) == "2026-07-01 12:00:00"
    number = place.made()
    place.client().with_options(timezone=zone).ticket.update({"id": number, solve_date(place): moment})
    assert place.row("Ticket", number)["solvedate"] == "2026-07-01 12:00:00"


def test_a_moment_in_a_pure_date_is_the_day_on_the_server(place: Place) -> None:
    begin = "date_begin" if place.hl else "begin_date"
    number = place.made("Budget")
    late = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    place.client(timezone="Europe/Paris").item("Budget").update({"id": number, begin: late})
    assert place.row("Budget", number)["begin_date"] == "2026-07-01"


def test_an_hour_that_the_clock_shows_twice_is_not_guessed_at(place: Place) -> None:
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in Paris, and so is an hour later
    for moment in (twice, twice + timedelta(hours=1)):
        with pytest.raises(GlpiValidationError, match="Europe/Paris the clock is put back and shows 02:30 twice"):
            stored(place, moment, timezone="Europe/Paris")
    with pytest.warns(GlpiWarning, match="shows 02:30 twice"):
        assert stored(place, twice, timezone="Europe/Paris", validate="warn") == "2026-10-25 02:30:00"
    plain = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert stored(place, plain, timezone="Europe/Paris") == "2026-10-25 02:30:00"
    assert stored(place, twice - timedelta(hours=1), timezone="Europe/Paris") == "2026-10-25 01:30:00"
    assert stored(place, twice + timedelta(hours=2), timezone="Europe/Paris") == "2026-10-25 03:30:00"


def test_an_hour_that_never_comes_is_refused(place: Place) -> None:
    never = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    with pytest.raises(GlpiValidationError, match="the clock is put forward over that time, so it never comes"):
        stored(place, never, timezone="Europe/Paris")
    assert stored(place, never) == "2026-03-29 02:30:00"  # of a zone nothing is known


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        (timezone(timedelta(hours=1)), "is an offset, not a zone"),
        ("+01:00", "is no IANA name"),
        ("Europe/Nowhere", "is no IANA name"),
        ("../../etc/passwd", "is no IANA name"),
        ("", "must be a name"),
        (5, "must be a name"),
    ],
)
def test_what_is_no_zone(place: Place, zone: Any, says: str) -> None:
    with pytest.raises(GlpiValidationError, match=says):
        place.client(timezone=zone)


def test_a_machine_without_zones_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no data of its own, tzdata brings it."""
    import zoneinfo

    def nothing(name: str) -> ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", nothing)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    with pytest.raises(GlpiValidationError, match="pip install tzdata"):
        moments.zone_of("Europe/Paris")
    assert moments.zone_of("UTC") is UTC


def test_the_environment_names_a_zone_and_a_mode(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLPI_TIMEZONE", "Europe/Paris")
    monkeypatch.setenv("GLPI_VALIDATE", "warn")
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    place.in_zone("Europe/Paris")
    assert stored(place, moment) == "2026-07-01 12:00:00"
    assert stored(place, moment, timezone="UTC") == "2026-07-01 10:00:00"
    with pytest.warns(GlpiWarning, match="urgency"):
        place.client().ticket.update({"id": place.made(), "urgency": 9})
    monkeypatch.setenv("GLPI_TIMEZONE", "Paris")
    with pytest.raises(GlpiValidationError, match="timezone='Paris' is no IANA name"):
        place.client()


def test_filters_take_moments_with_an_offset_where_the_zone_is_known(place: Place) -> None:
    number = place.made(solvedate="2026-07-01 12:00:00")
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    column = F[solve_date(place)]
    api = place.client(timezone="Europe/Paris")
    asked = (column == moment) & (F.id == number)
    assert [row["id"] for row in api.ticket.get_all(filter=asked)] == [number]
    if place.hl:
        asked = column.in_([moment]) & (column <= moment) & (F.id == number)
        assert [row["id"] for row in api.ticket.get_all_pages(filter=[asked])] == [number]
        assert [row["id"] for row in api.ticket.search(asked)] == [number]
        assert api.ticket.count(filter=(column < moment) & (F.id == number)) == 0
    with pytest.raises(GlpiValidationError, match="give the client timezone="):
        place.client().ticket.get_all(filter=column == moment)
    with pytest.raises(GlpiValidationError, match="twice"):
        api.ticket.get_all(filter=column == datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


def test_the_search_engine_takes_them_too(legacy: Place) -> None:
    number = legacy.made(solvedate="2026-07-01 12:00:00")
    api = legacy.client(timezone="Europe/Paris")
    asked = (F.solvedate == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) & (F.id == number)
    assert [row["id"] for row in api.ticket.search_rows(asked)] == [number]


def test_moments_in_fields_of_unknown_types_go_to_the_server_s_clock(hl: Place) -> None:
    api = hl.client(timezone="Europe/Paris").item("Assets/Custom/MyType")
    with pytest.raises(GlpiValidationError, match=r"Custom_MyType.when cannot be .*twice"):
        api.create({"name": "x", "when": datetime(2026, 10, 25, 0, 30, tzinfo=UTC)})
    made = api.create({"name": "x", "when": datetime(2026, 7, 1, 10, 0, tzinfo=UTC)})
    assert made["id"] > 0
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    hl.client(timezone="Europe/Paris", validate="off").ticket.update({"id": hl.made(), "date_solve": twice})
    assert hl.newest("Ticket")["solvedate"] == "2026-10-25 02:30:00"
    with pytest.raises(GlpiValidationError, match="this server tells no zone"):
        hl.client().item("Assets/Custom/MyType").create({"name": "x", "when": twice})


def test_a_moment_can_tell_one_item_from_another(place: Place) -> None:
    """What was written as a datetime comes back with an offset, and is the same all the same."""
    api = place.client(timezone="Europe/Paris")
    fields = {"name": f"once {place.api}", "content": "x", "date": datetime(2026, 7, 1, 10, 0, tzinfo=UTC)}
    first = api.ticket.create(fields, unique_by=("name", "date"))
    again = api.ticket.create(fields, unique_by=("name", "date"))
    assert (again["id"], again["existing"]) == (first["id"], True)
    other = api.ticket.create({**fields, "date": datetime(2026, 7, 1, 11, 0, tzinfo=UTC)}, unique_by=("name", "date"))
    assert other["id"] != first["id"]


def test_texts_stay_as_the_server_shows_them(hl: Place) -> None:
    """Where the zone is right, rows without `dates=True` are not touched."""
    api = hl.client(timezone="Europe/Paris")
    number = hl.made(solvedate="2026-07-01 12:00:00")
    assert api.ticket.get(number)["date_solve"] == "2026-07-01T12:00:00+02:00"
