"""The server's own zone: learnt where it is named, believed where its clock shows it, held against what the caller says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import F, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.shared import moments
from glpi_utils.testing import GlpiServer
from tests.writing.places import Place, solve_date

PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = r"timezone=America/New_York contradicts the server: .*\+00:00, where America/New_York has -0[45]:00"


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
    api.ticket.update({"id": number, solve_date(there): moment})
    assert there.row("Ticket", number)["solvedate"] == "2026-07-01 12:00:00"
    before = len(there.sent)
    api.ticket.update({"id": number, solve_date(there): moment - timedelta(days=180)})
    api.with_options(timeout=5).ticket.update({"id": number, "name": "in time"})
    assert len(there.sent) == before + 2
    assert there.row("Ticket", number)["solvedate"] == "2026-01-02 11:00:00"


def test_a_zone_that_the_servers_clock_does_not_show_is_not_believed(there: Place) -> None:
    """What is configured need not be in use."""
    there.glpi.do(lambda world: world.sql("UPDATE \"Config\" SET value = 'Asia/Tokyo' WHERE name = 'timezone'"))
    try:
        with pytest.raises(GlpiValidationError, match="this server tells no zone"):
            there.client().ticket.update({"id": 1, solve_date(there): datetime(2026, 7, 1, 10, 0, tzinfo=UTC)})
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
    assert row[solve_date(there)] == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert abs(row["date_mod"] - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_server_that_names_no_zone_is_asked_once(place: Place) -> None:
    api = place.client()
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    counts: list[int] = []
    for _ in range(3):
        with pytest.raises(GlpiValidationError, match="this server tells no zone"):
            api.ticket.update({"id": 1, solve_date(place): moment})
        counts.append(len(place.sent))
    assert counts[0] == counts[2]
    assert place.writes == []


def test_moments_without_an_offset_ask_nothing(place: Place) -> None:
    api = place.client()
    number = place.made()
    api.ticket.get(number)
    before = len(place.sent)
    api.ticket.update({"id": number, solve_date(place): datetime(2026, 7, 1, 10, 0)})  # noqa: DTZ001
    assert len(place.sent) == before + 1


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
