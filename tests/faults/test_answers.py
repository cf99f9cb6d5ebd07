"""What counts as an answer: empty ones, those of the escape hatch, a repeated delete that finds nothing."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils.testing import Fault, troubles
from tests.faults.places import ADMIN, Place, outcome
from tests.faults.table import business

T = troubles
ONCE: dict[str, Any] = {"times": 1}

# what strikes | HL: 201 and nothing else | legacy: the link's id
TEAM: list[tuple[str, list[Fault], str, str]] = [
    ("nothing", [], "done 1 1", "done 1 1"),
    ("200", [T.create_status(200)], "done 1 1", "done 1 1"),
    ("answer lost", [T.drop_after(method="POST")], "done 2 1", "done 4 1"),
    ("502", [T.status(502, html="x", method="POST")], "UnknownOutcome 2 0", "UnknownOutcome 4 0"),
    ("PHP's warnings", [T.garbage(method="POST")], "done 2 1", "done 4 1"),
    ("a page", [T.maintenance()], "Maintenance 1 0", "Maintenance 1 0"),
    ("no body", [T.create_status(201, body=False)], "done 1 1", "done 4 1"),
    ("302", [T.create_status(302, body=False)], "done 2 1", "done 4 1"),
]


@pytest.mark.parametrize(("strike", "faults", "hl", "legacy"), TEAM, ids=[each[0] for each in TEAM])
def test_a_team_member(place: Place, strike: str, faults: list[Fault], hl: str, legacy: str) -> None:
    async def story() -> None:
        api = await place.ready()
        for fault in faults:
            place.glpi.faults.add(fault)
        said, value = await outcome(api.ticket.add_team_member(place.ticket, 4, "assigned"))
        joined = len(place.glpi.rows("Ticket_User", tickets_id=place.ticket, users_id=4, type=2))
        assert f"{said} {place.seen()} {joined}" == (hl if place.hl else legacy), value

    place.play(story())


# what the escape hatch is answered | a read | a POST
HATCH: list[tuple[str, Fault, str, str]] = [
    ("200 JSON", T.status(200, json={"a": 1}), "done 1", "done 1"),
    ("200 list", T.status(200, json=[]), "done 1", "done 1"),
    ("200 empty", T.status(200), "done 1", "done 1"),
    ("202 JSON", T.status(202, json={"a": 1}), "done 1", "done 1"),
    ("204", T.status(204), "done 1", "done 1"),
    ("207 JSON", T.status(207, json=[1]), "done 1", "done 1"),
    ("200 page", T.maintenance(), "Maintenance 1", "Maintenance 1"),
    ("201 page", T.status(201, html="x"), "API 4", "UnknownOutcome 1"),
    ("302 JSON", T.status(302, json={"id": 1}), "API 1", "done 1"),
    ("302 empty", T.status(302), "API 1", "UnknownOutcome 1"),
    ("304", T.status(304), "API 4", "UnknownOutcome 1"),
    ("cut", T.truncated(keep=1), "Connection 4", "UnknownOutcome 1"),
    ("garbage", T.garbage(), "API 4", "UnknownOutcome 1"),
    ("502", T.status(502, html="x"), "API 4", "UnknownOutcome 1"),
    ("404 empty", T.status(404), "NotFound 1", "NotFound 1"),
]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("strike", "fault", "read", "post"), HATCH, ids=[each[0] for each in HATCH])
def test_the_escape_hatch(place: Place, strike: str, fault: Fault, read: str, post: str, method: str) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(fault)
        path = "Assistance/Ticket" if place.hl else "Ticket"
        body = {"name": "x"} if place.hl else {"input": {"name": "x"}}
        asked = api.request("POST", path, json=body) if method == "POST" else api.request("GET", path)
        said, value = await outcome(asked)
        assert f"{said} {place.seen()}" == (read if method == "GET" else post), value

    fault.fired = fault.matched = 0
    place.play(story())


# a repeated delete


GONE_403: dict[str, tuple[str, dict[str, Any]]] = {
    "Administration/User": ("User", {"name": "late"}),
    "Administration/Group": ("Group", {"name": "late"}),
    "Administration/Entity": ("Entity", {"name": "late", "entities_id": 0}),
    "Knowledgebase/Article": ("KnowbaseItem", {"name": "late"}),
    "Assets/Socket": ("Glpi\\Socket", {"name": "late"}),
}


@pytest.mark.parametrize("path", GONE_403)
def test_where_what_is_gone_is_forbidden_a_get_tells(hl_place: Place, path: str) -> None:
    itemtype, fields = GONE_403[path]
    if itemtype == "User":
        fields = {**fields, "name": hl_place.mark}
    row = hl_place.glpi.do(lambda world: world.insert(itemtype, fields, ADMIN))

    async def story() -> None:
        api = await hl_place.ready()
        hl_place.glpi.faults.add(T.drop_after(method="DELETE", **ONCE))
        said, value = await outcome(api.item(path).delete({"id": row}, force_purge=True))
        assert said == "done", value
        asked = [(each.method, each.status) for each in hl_place.glpi.requests]
        assert asked == [("DELETE", None), ("DELETE", 403), ("GET", 404)]
        assert hl_place.glpi.rows(itemtype, id=row) == []

    hl_place.play(story())


def test_where_it_is_still_there_the_refusal_stands(place: Place) -> None:
    """The first delete never arrived; the second is refused for good."""
    row = place.glpi.do(lambda world: world.insert("Group", {"name": "stays"}, ADMIN))
    code = 403 if place.hl else 400
    no = business(place, code) if place.hl else ["ERROR_GLPI_DELETE", "No"]

    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.drop_before(method="DELETE", **ONCE), T.status(code, json=no, method="DELETE"))
        said, error = await outcome(api.group.delete({"id": row}, force_purge=True))
        assert said == ("Permission" if place.hl else "API")
        assert "may have been carried out" in str(error)
        assert [each.method for each in place.glpi.requests] == ["DELETE", "DELETE", "GET"]
        assert len(place.glpi.rows("Group", id=row)) == 1

    place.play(story())


def test_a_first_delete_of_nothing_is_an_error(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        said, _ = await outcome(api.ticket.delete({"id": 999999}, force_purge=True))
        assert (said, place.seen()) == ("NotFound" if place.hl else "API", 1)

    place.play(story())


def test_a_repeated_trashing_finds_it_in_the_trash_and_is_done(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.drop_after(method="DELETE", **ONCE))
        said, _ = await outcome(api.ticket.delete({"id": place.ticket}))
        assert (said, place.seen()) == ("done", 2)
        assert place.glpi.rows("Ticket", id=place.ticket)[0]["is_deleted"]

    place.play(story())


def test_a_list_of_creates_stops_where_one_is_unknown(hl_place: Place) -> None:
    async def story() -> None:
        api = await hl_place.ready()
        hl_place.glpi.faults.add(T.drop_after(method="POST", after=1, **ONCE))
        rows = [{"name": f"{hl_place.mark} new", "content": "x"} for _ in range(4)]
        said, error = await outcome(api.ticket.create(rows))
        assert said == "Partial"
        assert [type(each).__name__ for each in error.results] == [
            "dict",
            "GlpiUnknownOutcomeError",
            "GlpiError",
            "GlpiError",
        ]
        assert (hl_place.seen(), hl_place.done("create")) == (2, 2)

    hl_place.play(story())
