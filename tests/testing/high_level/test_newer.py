"""The personalities by report: 11.0.11 and 12.0.0 differ from 11.0.6 where they are said to, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from glpi_utils.testing.high_level import php_dates
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.world import World
from tests.testing.high_level.conftest import Desk

TICKET = "Assistance/Ticket"
OLD, NEW, NEWEST = "11.0.6", "11.0.11", "12.0.0"
Open = Callable[[str], Desk]


@pytest.fixture
def desk_of() -> Iterator[Open]:
    worlds = ExitStack()

    def make(version: str) -> Desk:
        world = worlds.enter_context(World(version))
        service_desk.fill(world, 10)
        desk = Desk(world)
        desk.token = desk.log_in()["access_token"]
        return desk

    with worlds:
        yield make


@pytest.fixture(params=[NEW, NEWEST])
def newer(request: pytest.FixtureRequest, desk_of: Open) -> Desk:
    return desk_of(request.param)


def at(path: str, version: str = "2.3") -> str:
    return f"/api.php/v{version}/{path}"


def new(desk: Desk, **fields: Any) -> dict[str, Any]:
    made = desk.ask("POST", at(TICKET), {"name": "t", "content": "c", **fields})
    assert made.status == 201, made.body
    shown: dict[str, Any] = desk.ask("GET", at(f"{TICKET}/{made.body['id']}")).body
    return shown


def listed(desk: Desk, **query: str) -> tuple[int, Any]:
    text = "&".join(f"{name}={value}" for name, value in query.items())
    said = desk.ask("GET", at(f"{TICKET}?{text}"))
    return said.status, said.header("Content-Range") or said.body


@pytest.mark.parametrize(
    ("version", "listed", "marked"),
    [
        (OLD, ["1.0.0", "2.0.0", "2.1.0", "2.2.0"], []),
        (NEW, ["1.0.0", "2.0.0", "2.1.0", "2.2.0", "2.3.0"], ["2.0.0", "2.1.0", "2.2.0"]),
        (NEWEST, ["1.0.0", "2.3.0", "3.0.0"], ["2.3.0"]),
    ],
)
def test_the_list_of_versions(desk_of: Open, version: str, listed: list[str], marked: list[str]) -> None:
    found = desk_of(version).ask("GET", "/api.php/").body["api_versions"]
    assert [one["version"] for one in found] == listed
    assert [one["version"] for one in found if one.get("deprecated") is True] == marked


def test_a_create_is_201_and_its_location_still_lacks_a_part(newer: Desk) -> None:
    made = newer.ask("POST", at(TICKET), {"name": "t", "content": "c"})
    assert made.status == 201
    assert made.header("Location") == made.body["href"] == f"/{TICKET}/{made.body['id']}"


def test_a_charset_in_the_content_type_is_understood(newer: Desk) -> None:
    made = newer.ask("POST", at(TICKET), b'{"name": "x"}', content_type="application/json; charset=utf-8")
    assert newer.ask("GET", at(f"{TICKET}/{made.body['id']}")).body["name"] == "x"


@pytest.mark.parametrize("force", ["false", "0", "no"])
def test_force_that_says_no_trashes(newer: Desk, force: str) -> None:
    number = new(newer)["id"]
    assert newer.ask("DELETE", at(f"{TICKET}/{number}?force={force}")).status == 204
    assert newer.ask("GET", at(f"{TICKET}/{number}")).body["is_deleted"] is True
    assert newer.ask("DELETE", at(f"{TICKET}/{number}?force=true")).status == 204
    assert newer.ask("GET", at(f"{TICKET}/{number}")).status == 404


@pytest.mark.parametrize(
    ("filter", "same_as"),
    [
        ("nosuch==1", ""),
        ("itilcategories_id==5", ""),
        ("id=lt=4;nosuch==1", "id=lt=4"),
        ("id=lt=4,nosuch==1", "id=lt=4"),
        ("nosuch==1,id=lt=4", "id=lt=4"),
    ],
)
def test_an_unknown_property_is_dropped(newer: Desk, filter: str, same_as: str) -> None:
    assert listed(newer, limit="2", filter=filter) == listed(newer, limit="2", filter=same_as)


@pytest.mark.parametrize("filter", ["(nosuch==1)", "(nosuch==1;id==1)", "(id==1;nosuch==1)"])
def test_in_parentheses_it_is_a_500(newer: Desk, filter: str) -> None:
    status, body = listed(newer, filter=filter)
    assert (status, body["title"]) == (500, "An error occurred while processing your request.")


def test_beside_another_mistake_it_is_named_too(newer: Desk) -> None:
    status, body = listed(newer, filter="nosuch==1;status.name==x")
    assert status == 400
    assert set(body["detail"]) == {"nosuch", "status.name"}


@pytest.mark.parametrize("filter", ["name=notlike=x*", "name=notilike=x*", "name=notempty="])
def test_new_operators(desk_of: Open, newer: Desk, filter: str) -> None:
    assert listed(newer, limit="1", filter=filter)[1].endswith("/10")
    old = desk_of(OLD).ask("GET", f"{TICKET}?limit=1&filter={filter}")
    assert old.status == 400 or old.header("Content-Range") == "0-0/0"


def test_the_new_operators_differ_in_case(newer: Desk) -> None:
    number = new(newer, name="UPPER")["id"]
    asked = f"id=={number};name{{}}upper*"
    assert listed(newer, filter=asked.format("=notlike="))[1].endswith("/1")
    assert listed(newer, filter=asked.format("=notilike="))[1].endswith("/0")


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("2026-01-31T10:00:00+05:00", "2026-01-31T10:00:00+00:00"),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00+00:00"),
        ("2026-03-01T12:00:00.123+02:00", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01", "2026-03-01T00:00:00+00:00"),
        ("2026-03-02 08:30:00", "2026-03-02T08:30:00+00:00"),
    ],
)
def test_dates_keep_their_clock_time_and_lose_their_offset(newer: Desk, said: str, stored: str) -> None:
    assert new(newer, date=said)["date"] == stored


def test_an_empty_date_is_now_null_changes_nothing_and_nonsense_is_an_empty_500(newer: Desk) -> None:
    path = at(f"{TICKET}/{new(newer, date='2026-01-01 00:00:00')['id']}")
    assert newer.ask("PATCH", path, {"date": None}).body["date"].startswith("2026-01-01")
    assert newer.ask("PATCH", path, {"date": ""}).body["date"][:13] == newer.world.now().replace(" ", "T")[:13]
    crashed = newer.ask("PATCH", path, {"date": "nonsense"})
    assert (crashed.status, crashed.body) == (500, b"")


def test_dates_as_php_reads_them(newer: Desk) -> None:
    now = newer.world.clock()
    assert php_dates.read("tomorrow", now) == php_dates.read("+1 day", now.replace(hour=0, minute=0, second=0))
    assert php_dates.read("now", now) == php_dates.read("", now) == newer.world.now()
    assert [php_dates.read(text, now) for text in ("2026-13-01", "2026-02-30T10:00:00", 5, "no")] == [None] * 4


def test_what_the_schema_does_not_allow_is_a_400_that_says_so(desk_of: Open, newer: Desk) -> None:
    long = {"name": "é" * 200}
    said = newer.ask("POST", at("Dropdowns/WifiNetwork"), long)
    assert (said.status, said.body["status"]) == (400, "ERROR_INVALID_PARAMETER")
    assert said.body["title"] == "Invalid input parameters"
    (complaint,) = said.body["detail"]["name"]
    assert (complaint["error"], complaint["maxLength"]) == ("maxLength", 255)
    assert newer.ask("POST", at("Dropdowns/WifiNetwork"), {"name": "é" * 127}).status == 201  # bytes are counted
    assert desk_of(OLD).ask("POST", "Dropdowns/WifiNetwork", long).status == 302


def test_patterns_and_what_must_be_there(newer: Desk) -> None:
    hours = newer.ask("POST", at("Management/Contract"), {"name": "c", "week_begin_hour": "08:00:00"})
    assert hours.body["detail"]["week_begin_hour"][0]["error"] == "pattern"
    cable = newer.ask("POST", at("Assets/Cable"), {"name": "c", "color": "#ff0000"})
    assert (cable.status, cable.answer.body) == (500, b""), "PHP cannot read that pattern, whatever the value"
    feed = newer.ask("POST", at("Tools/RSSFeed"), {"name": "feed"})
    assert feed.body["detail"]["url"][0]["error"] == "required"
    made = newer.ask("POST", at("Tools/RSSFeed"), {"name": "feed", "url": "https://example.com"})
    assert newer.ask("PATCH", at(f"Tools/RSSFeed/{made.body['id']}"), {"name": "feed 2"}).status == 200


def test_members_of_a_team_have_a_type(desk_of: Open, newer: Desk) -> None:
    number = new(newer)["id"]
    newer.ask("POST", at(f"{TICKET}/{number}/TeamMember"), {"type": "User", "id": 4, "role": "assigned"})
    shown = newer.ask("GET", at(f"{TICKET}/{number}")).body["team"]
    assert "User" in [member["type"] for member in shown]
    old = desk_of(OLD)
    assert not any("type" in m for row in old.ask("GET", TICKET).body for m in row["team"])


def test_the_session_tells_more(newer: Desk) -> None:
    session = newer.ask("GET", at("session")).body
    assert isinstance(session["groups"], list)
    assert isinstance(session["active_profile"]["ticket_status"], str)
    assert "helpdesk_item_type" in session["active_profile"]


def test_tokens_are_refused_as_before(newer: Desk) -> None:
    said = newer.ask("GET", at(f"{TICKET}/1"), token="x")
    assert (said.status, said.body["title"]) == (400, "Invalid OAuth token")


def test_an_unlisted_version_is_the_newest(desk_of: Open) -> None:
    licenses = "Assets/SoftwareLicense"
    assert desk_of(NEW).ask("GET", at(licenses, "3.0")).status in {200, 206}  # 2.3 in truth
    newest = desk_of(NEWEST)
    assert newest.ask("GET", at(licenses, "2.3")).status in {200, 206}
    for version in ("2.2", "3.0", "3"):
        assert newest.ask("GET", at(licenses, version)).status == 404
        assert newest.ask("GET", at("Management/License", version)).status in {200, 206}


@pytest.mark.parametrize("path", ["Assets/SoftwareLicense", "Assets/SoftwareLicense/1", "Knowledgebase/Category"])
def test_what_3_0_has_not(desk_of: Open, path: str) -> None:
    newest = desk_of(NEWEST)
    assert newest.ask("GET", f"/api.php/{path}").status == 404
    assert newest.ask("GET", at(path)).status in {200, 206}
    document = newest.ask("GET", "/api.php/doc.json").body
    assert "/Assets/SoftwareLicense" not in document["paths"]
    assert "/Assets/SoftwareLicense" in newest.ask("GET", at("doc.json")).body["paths"]


def test_an_or_escapes_the_scope_up_to_11(desk_of: Open) -> None:
    seen = {}
    for version in (NEW, NEWEST):
        desk = desk_of(version)
        path = at(f"{TICKET}/{new(desk)['id']}?filter=id==1,id==2")
        seen[version] = desk.ask("GET", path).status
    assert seen == {NEW: 200, NEWEST: 404}


def test_on_12_several_filters_and_the_parent_hold_together(desk_of: Open) -> None:
    desk = desk_of(NEWEST)
    one, other = (new(desk)["id"] for _ in range(2))
    for number in (one, other):
        desk.ask("POST", at(f"{TICKET}/{number}/Timeline/Followup"), {"content": f"on {number}"})
    found = desk.ask("GET", at(f"{TICKET}/{one}/Timeline/Followup?filter=content==on {other},content==on {one}")).body
    assert [entry["item"]["content"] for entry in found] == [f"on {one}"]
    both = f"{TICKET}?filter[]=id=={one},id=={other}&filter[]=id=={other},id==1"
    assert [row["id"] for row in desk.ask("GET", at(both)).body] == [other]


def test_groups_of_an_asset(desk_of: Open) -> None:
    """From some release after 11.0.8 on (#25110)."""
    desk = desk_of(NEW)
    group = desk.ask("POST", at("Administration/Group"), {"name": "g"}).body["id"]
    computer = desk.ask("POST", at("Assets/Computer"), {"name": "pc", "group": group}).body["id"]
    assert desk.ask("GET", at(f"Assets/Computer/{computer}")).body["group"] == [{"id": group, "name": "g"}]
    assert desk.ask("PATCH", at(f"Assets/Computer/{computer}"), {"group": 0}).body["group"] == []
