"""Moments with an offset: converted to the server's zone, as it was told or learnt; clock changes are not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import F, GlpiOAuthClient, GlpiValidationError, GlpiWarning
from glpi_utils._dialects import moments
from glpi_utils.testing import GlpiServer
from tests.writing.places import Place

PARIS = ZoneInfo("Europe/Paris")


def field(place: Place) -> str:
    return "date_solve" if place.hl else "solvedate"


def stored(place: Place, value: object, **options: Any) -> str:
    """What is stored for a value."""
    number = place.made()
    place.client(**options).ticket.update({"id": number, field(place): value})
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
    place.client().with_options(timezone=zone).ticket.update({"id": number, field(place): moment})
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


# ------------------------------------------------------------------------------------------------------------- learnt


@pytest.fixture(scope="module", params=["11.0.6", "10.0.17"])
def paris(request: pytest.FixtureRequest) -> Iterator[GlpiServer]:
    """A server that is set to a zone."""
    with GlpiServer(version=request.param, tickets=1, timezone="Europe/Paris") as glpi:
        yield glpi


@pytest.fixture(params=["hl", "legacy"])
def there(request: pytest.FixtureRequest, paris: GlpiServer) -> Iterator[Place]:
    """Each API of such a server."""
    if request.param == "hl" and paris.version.startswith("10."):
        pytest.skip("10 has one API")
    yield from Place.at(request.param, paris)


def test_a_zone_that_the_server_names_is_learnt_once(there: Place) -> None:
    api = there.client()
    number = there.made()
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    api.ticket.update({"id": number, field(there): moment})
    assert there.row("Ticket", number)["solvedate"] == "2026-07-01 12:00:00"
    before = len(there.sent)
    api.ticket.update({"id": number, field(there): moment - timedelta(days=180)})
    api.with_options(timeout=5).ticket.update({"id": number, "name": "in time"})
    assert len(there.sent) == before + 2
    assert there.row("Ticket", number)["solvedate"] == "2026-01-02 11:00:00"


def test_a_zone_that_the_servers_clock_does_not_show_is_not_believed(there: Place) -> None:
    """What is configured need not be in use."""
    there.glpi.do(lambda world: world.sql("UPDATE \"Config\" SET value = 'Asia/Tokyo' WHERE name = 'timezone'"))
    try:
        with pytest.raises(GlpiValidationError, match="this server tells no zone"):
            there.client().ticket.update({"id": 1, field(there): datetime(2026, 7, 1, 10, 0, tzinfo=UTC)})
    finally:
        there.glpi.do(lambda world: world.sql("UPDATE \"Config\" SET value = 'Europe/Paris' WHERE name = 'timezone'"))


def test_who_may_not_read_the_configuration_learns_no_zone(there: Place) -> None:
    if not there.hl:
        pytest.skip("getGlpiConfig is open to all")
    client = GlpiOAuthClient(there.glpi.url, there.glpi.client_id, there.glpi.client_secret, "tech", "tech")
    with client, pytest.raises(GlpiValidationError, match="this server tells no zone"):
        client.ticket.update({"id": 1, "date_solve": datetime(2026, 7, 1, 10, 0, tzinfo=UTC)})


def test_rows_of_such_a_server(there: Place) -> None:
    number = there.made(solvedate="2026-07-01 12:00:00")
    row = there.client(dates=True, timezone="Europe/Paris").ticket.get(number)
    assert row[field(there)] == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert abs(row["date_mod"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_server_that_names_no_zone_is_asked_once(place: Place) -> None:
    api = place.client()
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    counts: list[int] = []
    for _ in range(3):
        with pytest.raises(GlpiValidationError, match="this server tells no zone"):
            api.ticket.update({"id": 1, field(place): moment})
        counts.append(len(place.sent))
    assert counts[0] == counts[2]
    assert place.writes == []


def test_moments_without_an_offset_ask_nothing(place: Place) -> None:
    api = place.client()
    number = place.made()
    api.ticket.get(number)
    before = len(place.sent)
    api.ticket.update({"id": number, field(place): datetime(2026, 7, 1, 10, 0)})  # noqa: DTZ001
    assert len(place.sent) == before + 1


# ------------------------------------------------------------------------------------------------------------ filters


def test_filters_take_moments_with_an_offset_where_the_zone_is_known(place: Place) -> None:
    number = place.made(solvedate="2026-07-01 12:00:00")
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    column = F[field(place)]
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
    with pytest.raises(GlpiValidationError, match=r"Custom_MyType.when can not be .*twice"):
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


# ------------------------------------------------------------------------------------------------------ contradictions


NEW_YORK = r"timezone=America/New_York contradicts the server: .*\+00:00, where America/New_York has -0[45]:00"


@pytest.mark.parametrize("validate", ["strict", "warn", "off"])
def test_a_zone_that_is_not_the_servers_is_refused_before_anything_is_written(hl: Place, validate: str) -> None:
    api = hl.client(timezone="America/New_York", validate=validate)
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    number = hl.made()
    writes: tuple[Callable[[], Any], ...] = (
        lambda: api.ticket.update({"id": number, "date_solve": noon}),
        lambda: api.ticket.create({"name": "x", "content": "x", "date": noon}),
        lambda: api.ticket.create({"name": "x", "content": "x", "date": noon}, key="noon"),
        lambda: api.ticket.create([{"name": "x", "content": "x"}, {"name": "x", "content": "x", "date": noon}]),
        lambda: api.project.create({"name": "x", "planned_begin": "2026-07-01T12:00:00+00:00"}),
        lambda: api.item("Assets/Custom/MyType").create({"name": "x", "when": noon}),
    )
    for write in writes:
        with pytest.raises(GlpiValidationError, match=NEW_YORK):
            write()
    assert hl.writes == []


def test_nor_is_it_read_or_searched_by(hl: Place) -> None:
    number = hl.made()
    api = hl.client(timezone="America/New_York")
    with_dates = api.with_options(dates=True)
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    for read in (
        lambda: api.ticket.count(filter=F.date == noon),
        lambda: api.ticket.get_all(filter=(F.id == number) & (F.date == noon)),
        lambda: api.ticket.search((F.id == number) & (F.date == noon)),
        lambda: with_dates.ticket.get(number),
        with_dates.ticket.get_all_pages,
        lambda: api.ticket.get(number),
        api.ticket.get_all,
        lambda: list(api.ticket.iter_items()),
    ):
        with pytest.raises(GlpiValidationError, match=NEW_YORK):
            read()


def test_the_zone_is_held_against_the_clock_once(hl: Place) -> None:
    api = hl.client(timezone="Europe/Paris")
    number = hl.made()
    api.ticket.update({"id": number, "urgency": 4})
    before = len(hl.sent)
    for _ in range(3):
        api.ticket.update({"id": number, "date_solve": datetime(2026, 7, 1, 12, 0, tzinfo=UTC)})
    assert len(hl.sent) == before + 4
    api.ticket.update({"id": number, "date_solve": datetime(2026, 7, 1, 12, 0)})  # noqa: DTZ001
    assert len(hl.sent) == before + 5


def test_texts_stay_as_the_server_shows_them(hl: Place) -> None:
    """Where the zone is right, rows without `dates=True` are not touched."""
    api = hl.client(timezone="Europe/Paris")
    number = hl.made(solvedate="2026-07-01 12:00:00")
    assert api.ticket.get(number)["date_solve"] == "2026-07-01T12:00:00+02:00"


@pytest.mark.parametrize(
    ("zone", "shown", "fits"),
    [
        ("Europe/Paris", "2026-07-01T12:00:00+02:00", True),
        ("Europe/Paris", "2026-07-01T12:00:00+01:00", False),
        ("Europe/Paris", "2026-01-01T12:00:00+01:00", True),
        ("Europe/Paris", "2026-10-25T02:30:00+02:00", True),  # shown twice that night
        ("Europe/Paris", "2026-10-25T02:30:00+01:00", True),
        ("Europe/London", "2026-01-01T12:00:00+00:00", True),
        ("Europe/London", "2026-07-01T12:00:00+00:00", False),
        ("Asia/Kolkata", "2026-07-01T12:00:00+05:30", True),
        ("Asia/Kolkata", "2026-07-01T12:00:00+05:00", False),
        ("Europe/Paris", "1890-07-01T12:00:00+01:00", True),  # of those years nobody is sure
        ("Europe/Paris", "2026-07-01 12:00:00", True),  # the legacy API tells no offset
        ("Europe/Paris", "-0001-11-30T00:00:00+00:00", True),
    ],
)
def test_what_contradicts_a_zone(zone: str, shown: str, fits: bool) -> None:
    assert (moments.contradiction(ZoneInfo(zone), shown) == "") is fits
