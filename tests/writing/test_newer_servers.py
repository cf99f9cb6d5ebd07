"""GLPI 11.0.7 and later (2.3 is listed) behave so whatever version is pinned; what they no longer refuse is refused here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils import GlpiNotAppliedError, GlpiNotAppliedWarning, GlpiPermissionError, GlpiValidationError
from glpi_utils._dialects.high_level import HighLevel
from glpi_utils._dialects.high_level.answers import refused
from glpi_utils._wire import Request, Response
from tests.writing.conftest import Servers
from tests.writing.places import Place

PINS = ["2.0", "2.1", "2.2", "2.3", None]
SERVERS = ["11.0.8", "11.0.11"]


@pytest.fixture(params=SERVERS)
def newest(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Place]:
    """The High-Level API of servers that list version 2.3."""
    yield from Place.at("hl", servers[request.param])


@pytest.fixture(params=["hl-11.0.6", "hl-11.0.8", "legacy-10.0.17", "legacy-11.0.6", "legacy-11.0.8"])
def anywhere(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Place]:
    """Both APIs, before and after the guards went."""
    api, _, version = request.param.partition("-")
    yield from Place.at(api, servers[version])


@pytest.mark.parametrize("pin", [pin for pin in PINS if pin != "2.0"])
@pytest.mark.parametrize("contacted", [False, True], ids=["at first", "later"])
def test_a_time_is_not_cleared(newest: Place, pin: str | None, contacted: bool) -> None:
    """The text NULL would be a 500 with nothing in it, sent four times."""
    solved = newest.made(solvedate="2026-01-31 10:00:00")
    number = newest.made("TicketTask", tickets_id=solved, content="x", begin="2026-01-31 10:00:00")
    ticket = newest.row("TicketTask", number)["tickets_id"]
    api = newest.client(api_version=pin, legacy="never")
    if contacted:
        api.ticket.get(1)
    with pytest.raises(
        GlpiValidationError, match=r"from GLPI 11.0.7 on .* in no version of the API; the legacy API does"
    ):
        api.ticket.update({"id": ticket, "date_solve": None})
    with pytest.raises(GlpiValidationError, match="cannot clear a time"):
        api.ticket.update_sub_item(ticket, "TicketTask", {"id": number, "planned_begin": None})
    assert newest.writes == []


def test_what_was_read_without_a_time_is_written_back(newest: Place) -> None:
    number = newest.made("Project", name="old", date=None)
    api = newest.client()
    row = api.item("Project").get(number)
    api.item("Project").update({**row, "name": "new"}, verify=True)
    assert newest.row("Project", number)["name"] == "new"


def test_it_is_cleared_as_ever_where_2_3_is_not_listed(hl: Place) -> None:
    for pin in ("2.1", "2.2", None):
        number = hl.made(solvedate="2026-01-31 10:00:00")
        hl.client(api_version=pin).ticket.update({"id": number, "date_solve": None}, verify=True)
        assert hl.row("Ticket", number)["solvedate"] is None


@pytest.mark.parametrize("pin", PINS)
def test_a_pure_date_is_cleared_everywhere(newest: Place, pin: str | None) -> None:
    for empty in (None, "", "NULL"):
        number = newest.made("Budget", begin_date="2026-01-31")
        newest.client(api_version=pin).item("Budget").update({"id": number, "date_begin": empty}, verify=True)
        assert newest.row("Budget", number)["begin_date"] is None


@pytest.mark.parametrize("pin", ["2.2", None])
def test_what_only_a_newer_version_takes_is_not_refused_before_the_server_was_asked(
    newest: Place, pin: str | None
) -> None:
    """Fields go by the version that is spoken: groups of assets are written from 2.3 on."""
    computers, number = newest.client(api_version=pin, legacy="never").computer, newest.made("Computer")
    if pin:
        with pytest.raises(GlpiValidationError, match=r"Computer.group cannot be .*read-only"):
            computers.update({"id": number, "group": [1]})
        assert newest.writes == []
        return
    if newest.glpi.version == "11.0.8":
        with pytest.warns(GlpiNotAppliedWarning, match="drops an asset's groups .* the legacy API takes them"):
            computers.update({"id": number, "group": [1]})
        return
    group = newest.made("Group")
    assert computers.update({"id": number, "group": [group]}, verify=True)["group"][0]["id"] == group


def test_the_first_write_asks_for_the_versions_once_and_nothing_else(newest: Place) -> None:
    api = newest.client(api_version="2.2")
    api.ticket.update({"id": 1, "name": "x"})
    paths = [each.url.partition("/api.php")[2] for each in newest.sent]
    assert paths == ["/", "/token", "/v2.2/Assistance/Ticket/1"]


def test_what_is_wrong_in_every_version_is_refused_before_anything_is_sent(newest: Place) -> None:
    for pin in PINS:
        with pytest.raises(GlpiValidationError):
            newest.client(api_version=pin).ticket.update({"id": 1, "urgency": 9})
    assert newest.sent == []


GUARDED: list[tuple[str, dict[str, Any], str]] = [
    ("empty", {"content": ""}, "mandatory"),
    ("blank", {"content": " \n"}, "mandatory"),
    ("the text NULL", {"content": "NULL"}, "no value at all"),
    ("long title", {"name": "x" * 256}, "255 characters, this has 256"),
    ("list for a text", {"name": ["a", "b"]}, "it takes text"),
    ("object for a text", {"content": {"text": "a"}}, "it takes text"),
]


@pytest.mark.parametrize(("fields", "says"), [each[1:] for each in GUARDED], ids=[each[0] for each in GUARDED])
def test_guards_that_the_server_lost_are_kept_here(anywhere: Place, fields: dict[str, Any], says: str) -> None:
    number = anywhere.made()
    before = anywhere.row("Ticket", number)
    api = anywhere.client()
    with pytest.raises(GlpiValidationError, match=says):
        api.ticket.update({"id": number, **fields})
    if "mandatory" not in says:  # a create leaves that to the server
        with pytest.raises(GlpiValidationError, match=says):
            api.ticket.create({"name": "x", "content": "y", **fields})
        with pytest.raises(GlpiValidationError, match=rf"row 1 .*{says}"):
            api.ticket.create([{"name": "x", "content": "y"}, {"content": "y", **fields}])
    assert anywhere.writes == []
    assert anywhere.row("Ticket", number) == before


@pytest.fixture(params=["hl", "legacy"])
def unguarded(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Place]:
    """Both APIs of 11.0.8, which cuts and mixes up what 11.0.6 refused."""
    yield from Place.at(request.param, servers["11.0.8"])


def test_what_is_sent_unguarded_is_noticed(unguarded: Place) -> None:
    api = unguarded.client(verify=True, validate="off")
    with pytest.raises(
        GlpiNotAppliedError, match=r"was created, but name is 'xxx.*GLPI cut it at 255 characters"
    ) as told:
        api.ticket.create({"name": "x" * 300, "content": "y"})
    assert told.value.changed == {"name": "x" * 255}
    if not unguarded.hl:
        return
    with pytest.raises(GlpiNotAppliedError, match=r"name is 'Array', not \['a'\]: .*the word Array"):
        api.ticket.update({"id": told.value.id, "name": ["a"]})


def test_titles_are_counted_as_each_version_counts(anywhere: Place) -> None:
    """Columns hold 255 characters; where the server itself checks, from 11.0.7 on, it counts bytes of some."""
    api = anywhere.client()
    title = "é" * 255
    made = api.ticket.create({"name": title, "content": "y"}, verify=True)["id"]
    assert anywhere.row("Ticket", made)["name"] == title
    if not anywhere.hl:
        return
    kind = {"name": "é" * 200}
    if anywhere.glpi.version == "11.0.6":
        assert api.item("SolutionType").create(kind, verify=True)["id"]
        return
    for pin in ("2.2", "2.3"):
        with pytest.raises(GlpiValidationError, match="255 bytes, this has 400"):
            anywhere.client(api_version=pin).item("SolutionType").create(kind)


def test_what_it_says_of_several_properties() -> None:
    """From 11.0.7 on a 400 tells, for each property, what is wrong."""
    body = (
        b'{"status":"ERROR_INVALID_PARAMETER","title":"Invalid input parameters","detail":{"name":[{"error":"maxLength",'
        b'"message":"Too long","maxLength":255}],"port":[{"error":"pattern","message":"Wrong form","pattern":"^[0-9]+$"}]}}'
    )
    error = refused(Response(400, {"content-type": "application/json"}, body))
    assert "Invalid input parameters: name: Too long (GLPI counts bytes), port: Wrong form (HTTP 400" in str(error)
    assert error.detail["name"][0]["maxLength"] == 255


@pytest.mark.parametrize("verb", ["POST", "DELETE"])
def test_who_may_not_assign_is_told_so(verb: str) -> None:
    """From 11.0.7 on a member of a team is added and removed by the right to assign, whatever is pinned."""
    dialect, no = HighLevel("https://glpi.example.com/api.php"), GlpiPermissionError("no", 403, "ERROR_RIGHT_MISSING")
    request = Request(verb, "Assistance/Ticket/5/TeamMember")
    for pin in ("v2.0", "v2.2", "v2.3"):
        assert "it takes the right to assign" in dialect.advice(request, no, pin, newer=True)
    assert "right to assign" not in dialect.advice(request, no, "v2.2", newer=False)


def test_the_bug_of_11_0_5_is_not_named_where_it_can_not_be() -> None:
    dialect, no = HighLevel("https://glpi.example.com/api.php"), GlpiPermissionError("no", 403, "ERROR_RIGHT_MISSING")
    request = Request("DELETE", "Assistance/Ticket/5")
    assert "11.0.5" in dialect.advice(request, no, "v2.2", newer=False)
    assert dialect.advice(request, no, "v2.2", newer=True) == ""
