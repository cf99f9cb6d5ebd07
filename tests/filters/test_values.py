"""What the fields of a filter are compared with on the High-Level API: of the wrong kind is refused, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import F, Filter, GlpiAPI, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.high_level.filtering import narrowed
from glpi_utils.testing import GlpiServer
from tests.live.making import highlevel

WRONG: list[tuple[Filter, str]] = [
    (F.urgency >= "severe", "the name of a member of Urgency: very_low"),
    (F.urgency == "4th", "the name of a member of Urgency"),
    (F.actiontime >= "long", "it holds a number, not 'long'"),
    (F.urgency == True, "it holds a number"),  # noqa: E712
    (F.urgency.in_([1, "severe"]), "the name of a member of Urgency"),
    (F.status == "finished", "the name of a member of TicketStatus: new"),
    (F.status == "Neu", "GLPI's labels are not looked up"),
    (F.urgency == date(2026, 1, 1), "it holds a number"),
    (F.actiontime < "", "it holds a number"),
    (F.is_deleted == "perhaps", "True or False, not 'perhaps'"),
    (F.is_deleted == 2, "True or False"),
    (F.is_deleted.in_(["true"]), "True or False"),
    (F.is_deleted > 0, "no order"),
    (F.date >= "yesterday", "a datetime, a date, or text like"),
    (F.date >= "05.05.2026", "a datetime, a date, or text like"),
    (F.date >= "2026", "a datetime, a date, or text like"),
    (F.date >= 2026, "a datetime, a date, or text like"),
    (F.date == "0000-00-00 00:00:00", "a datetime, a date, or text like"),
    (F.date.in_(["2026-05-05", "soon"]), "not 'soon'"),
    (F.date >= "2026-05-05T16:30:00+05:00", "drops the offset"),
    (F.date_solve == "2026-05-05T16:30:00Z", "drops the offset"),
    (F.name < 5, "it holds text"),
    (F.name == True, "it holds text"),  # noqa: E712
    (F.external_id == 1.5, "it holds text"),
    (F.category.name == False, "it holds text"),  # noqa: E712
    (F.category >= "severe", "an id is compared here"),
    ((F.urgency == 1) | ~(F.date < "soon"), "a datetime, a date, or text like"),
]
RIGHT: list[tuple[Filter, str]] = [
    (F.urgency >= "4", "urgency=ge=4"),
    (F.urgency >= "high", "urgency=ge=4"),
    (F.urgency.in_(["very low", "Very_High", 3]), "urgency=in=(1,5,3)"),
    (F.status == "closed", "status.id==6"),
    (F["status.id"].not_in(["solved", "CLOSED"]), "status.id=out=(5,6)"),
    (F.type != "request", "type!=2"),
    (F.global_validation == "waiting", "global_validation==2"),
    (F.urgency.in_(["1", 2]), "urgency=in=(1,2)"),
    (F.actiontime < "1.5", "actiontime=lt=1.5"),
    (F.actiontime > Decimal("2.50"), "actiontime=gt=2.50"),
    (F.is_deleted == 1, "is_deleted==true"),
    (F.is_deleted != "0", "is_deleted!=false"),
    (F.is_deleted.in_([0]), "is_deleted==false"),
    (F.date >= "2026-05-05", "date=ge=2026-05-05"),
    (F.date >= "2026-05-05 12:00:00", 'date=ge="2026-05-05 12:00:00"'),
    (F.date >= "2026-05-05T12:00", 'date=ge="2026-05-05 12:00:00"'),
    (F.date < "2026-05-05T12:00:00.5", 'date=lt="2026-05-05 12:00:01"'),
    (F.date.like("2026*"), 'date=like="2026*"'),
    (F.external_id == 4711, 'external_id=="4711"'),
    (F.external_id.in_([1, "b"]), 'external_id=in=("1","b")'),
    (F.name == "2026-05-05T16:30:00+05:00", 'name=="2026-05-05T16:30:00+05:00"'),
    (F.nobody == "knows", 'nobody=="knows"'),
]


@pytest.mark.parametrize("client_side", [False, True])
@pytest.mark.parametrize(("asked", "why"), WRONG, ids=[repr(asked) for asked, _ in WRONG])
def test_values_of_another_kind_are_refused(asked: Filter, why: str, client_side: bool) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        narrowed(asked, "Ticket", client_side=client_side)


@pytest.mark.parametrize(("asked", "sent"), RIGHT, ids=[repr(asked) for asked, _ in RIGHT])
def test_values_of_the_kind_of_their_field_are_sent(asked: Filter, sent: str) -> None:
    assert narrowed(asked, "Ticket", client_side=False).sent == sent


@pytest.mark.parametrize(
    ("schema", "asked", "sent"),
    [
        ("Change", F.status == "evaluation", "status.id==9"),
        ("Problem", F.status == "under observation", "status.id==8"),
        ("TicketTask", F.state == "todo", "state==1"),
        ("ChangeValidation", F.status == "refused", "status==4"),
        ("Computer", F.status.name == "closed", 'status.name=="closed"'),
    ],
)
def test_names_of_members_hang_on_the_type(schema: str, asked: Filter, sent: str) -> None:
    assert narrowed(asked, schema, client_side=False).sent == sent


def test_the_search_engine_takes_names_of_members_too(glpi: GlpiServer) -> None:
    with GlpiAPI(glpi.url, username="glpi", password="glpi") as old:
        for name, number in (
            (F.urgency >= "high", F.urgency >= 4),
            (F.status.in_(["new", "closed"]), F.status.in_([1, 6])),
        ):
            found = old.ticket.search_rows(name)
            assert found
            assert found == old.ticket.search_rows(number)
        with pytest.raises(GlpiValidationError, match="the name of a member of Urgency"):
            old.ticket.search_rows(F.urgency >= "severe")


def test_custom_assets_are_compared_as_all_assets_are() -> None:
    for schema in ("Custom_Drone", "Computer"):
        with pytest.raises(GlpiValidationError, match="a datetime, a date"):
            narrowed(F.date_mod > "today", schema, client_side=False)


@pytest.fixture(scope="module")
def glpi() -> Iterator[GlpiServer]:
    with GlpiServer() as made:
        yield made


@pytest.fixture
def api(glpi: GlpiServer) -> Iterator[GlpiOAuthClient]:
    with highlevel(glpi) as made:
        yield made


@pytest.mark.parametrize("verb", ["get_all", "get_all_pages", "first", "count", "search"])
def test_nothing_is_sent(glpi: GlpiServer, api: GlpiOAuthClient, verb: str) -> None:
    glpi.requests.clear()
    for asked in (F.urgency >= "severe", F.is_deleted == "perhaps", F.date >= "yesterday", F.urgency.in_(["severe"])):
        with pytest.raises(GlpiValidationError):
            getattr(api.ticket, verb)(filter=asked)
    with pytest.raises(GlpiValidationError):
        api.ticket.get_sub_items(1, "ITILFollowup", filter=F.date >= "yesterday")
    assert glpi.count() == 0


def test_a_text_with_an_offset_is_the_moment_that_it_names(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    new = api.ticket.create({"name": "n", "content": "x", "date": "2026-05-05 12:00:00"})["id"]
    east = timezone(timedelta(hours=5))
    utc = api.with_options(timezone="UTC")
    for clock, count in (("16:30", 1), ("17:00", 1), ("17:30", 0)):
        for value in (
            f"2026-05-05T{clock}:00+05:00",
            datetime.fromisoformat(f"2026-05-05T{clock}:00").replace(tzinfo=east),
        ):
            assert utc.ticket.count(filter=(F.id == new) & (F.date >= value)) == count
    glpi.world.zone = ZoneInfo("Europe/Paris")
    paris = api.with_options(timezone="Europe/Paris")
    assert paris.ticket.count(filter=(F.id == new) & (F.date == "2026-05-05T10:00:00Z")) == 1
    assert paris.ticket.count(filter=(F.id == new) & F.date.in_(["2026-05-05T10:00:00Z"])) == 1
    with pytest.raises(GlpiValidationError, match=r"twice that night"):
        paris.ticket.count(filter=F.date >= "2026-10-25T01:30:00+01:00")
    assert utc.ticket.count(filter=F.name == "2026-05-05T16:30:00+05:00") == 0
    assert "16%3A30%3A00%2B05%3A00" in glpi.seen("GET", "Assistance/Ticket")[-1].query


def test_the_search_engine_takes_such_a_text_too(glpi: GlpiServer) -> None:
    with GlpiAPI(glpi.url, username="glpi", password="glpi") as old:
        new = old.ticket.create({"name": "n", "content": "x", "date": "2026-05-05 12:00:00"})["id"]
        value = "2026-05-05T16:30:00+05:00"
        utc = old.with_options(timezone="UTC")
        assert len(utc.ticket.search_rows((F.id == new) & (F.date >= value))) == 1
        assert len(utc.ticket.search_rows((F.id == new) & (F.date >= "2026-05-05T17:00:01+05:00"))) == 0
        assert utc.ticket.count(filter=(F.id == new) & (F.date == "2026-05-05T17:00:00+05:00")) == 1
        with pytest.raises(GlpiValidationError, match="a time is a datetime"):  # this server tells no zone
            old.ticket.search_rows(F.date == value)
        with pytest.raises(GlpiValidationError, match="the offset"):
            old.ticket.get_all(filter=F.date == value)
    with GlpiServer(tickets=0, timezone="Europe/Paris") as paris, GlpiAPI(paris.url) as old:
        old.login("glpi", "glpi")
        old.ticket.create({"name": "n", "content": "x", "date": "2026-05-05 12:00:00"})
        found = [len(old.ticket.search_rows(F.date >= at)) for at in ("2026-05-05T10:00:00Z", "2026-05-05T10:00:01Z")]
        assert found == [1, 0]
        assert old.ticket.count(filter=F.date == "2026-05-05T15:00:00+05:00") == 1


READS: dict[str, Any] = {
    "get_all": lambda items, asked: items.get_all(filter=asked),
    "get_all_pages": lambda items, asked: items.get_all_pages(filter=asked),
    "iter_items": lambda items, asked: list(items.iter_items(filter=asked)),
    "iter_pages": lambda items, asked: [row for page in items.iter_pages(filter=asked) for row in page],
    "first": lambda items, asked: [row for row in [items.first(filter=asked)] if row],
    "search": lambda items, asked: items.search(asked),
}


@pytest.mark.parametrize("verb", READS)
def test_a_checkpoint_from_rows_works_where_the_server_tells_its_zone(verb: str) -> None:
    """Reading on from the last change, with datetimes and with texts as rows have them, in a zone with two offsets."""
    with GlpiServer(tickets=0, timezone="Europe/Paris") as glpi, highlevel(glpi) as api:
        for at in ("2026-01-15 12:00:00", "2026-07-15 12:00:00", "2026-07-15 12:00:01"):
            api.ticket.create({"name": at, "content": "x", "date": at})
        dated = api.with_options(dates=True)
        rows: list[Any] = list(dated.ticket.get_all_pages())
        texts = api.ticket.get_all_pages()
        assert {row["date"].utcoffset() for row in rows} == {timedelta(hours=1), timedelta(hours=2)}
        for moment in (sorted(row["date"] for row in rows)[1], sorted(row["date"] for row in texts)[1]):
            found = READS[verb](dated.ticket, F.date >= moment)
            assert {row["name"] for row in found} <= {"2026-07-15 12:00:00", "2026-07-15 12:00:01"}
            assert len(found) == (1 if verb == "first" else 2)
        assert dated.ticket.count(filter=F.date >= datetime.fromisoformat("2026-07-15T10:00:01+00:00")) == 1


def test_the_zone_is_asked_for_once_and_only_for_offsets(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        glpi.requests.clear()
        api.ticket.count(filter=F.date >= "2026-01-01 00:00:00")
        assert glpi.count(path="timezone") == 0
        with pytest.raises(GlpiValidationError, match="True or False"):
            api.ticket.count(filter=(F.date >= "2026-01-01T00:00:00Z") & (F.is_deleted == "perhaps"))
        assert glpi.count(path="timezone") == 0
        with pytest.raises(GlpiValidationError, match="True or False"):
            api.ticket.iter_items(filter=(F.date >= "2026-01-01T00:00:00Z") & (F.is_deleted == "perhaps"))
        for _ in range(2):  # no zone is set there
            with pytest.raises(GlpiValidationError, match="timezone="):
                list(api.ticket.iter_items(filter=F.date >= "2026-01-01T00:00:00Z"))
        assert glpi.count(path="timezone") == 1
        pages: Any = api.ticket.iter_pages(filter=F.date >= "2026-01-01T00:00:00Z")
        pages.close()
        assert list(pages) == []


def members(api: GlpiOAuthClient) -> dict[str, int]:
    """Three tickets: user 4 requests one, group 4 is assigned to another, user 4 observes a third."""
    made = {}
    for name, who, role, kind in (
        ("a", 4, "requester", "User"),
        ("b", 4, "assigned", "Group"),
        ("c", 4, "observer", "User"),
    ):
        made[name] = api.ticket.create({"name": name, "content": "x"})["id"]
        api.ticket.add_team_member(made[name], who, role, kind)
    return made


@pytest.mark.parametrize("version", ["11.0.6", "11.0.11"])
def test_client_side_tells_users_from_groups(version: str) -> None:
    with GlpiServer(version, tickets=0) as glpi, highlevel(glpi) as api:
        made = members(api)
        number = {value: name for name, value in made.items()}

        def found(asked: Any) -> list[str]:
            return [number[row["id"]] for row in api.ticket.get_all_pages(filter=asked, client_side=True)]

        assert found(F.team.id == 4) == ["a", "c"]
        assert found((F.team.id == 4) & (F.team.type == "Group")) == ["b"]
        assert found((F.team.id == 4) & (F.team.role == "observer")) == ["c"]
        assert found((F.team.id == 4) & (F.team.role == "assigned")) == []
        assert found((F.team.id.in_([4])) & (F.team.role == "requester") & (F.name == "a")) == ["a"]
        assert found((F.team.id == 4) | (F.name == "b")) == ["a", "b", "c"]
        with pytest.raises(GlpiValidationError, match=r"search_rows\(F\.assigned == 4\)"):
            api.ticket.get_all(filter=F.team.id == 4)
