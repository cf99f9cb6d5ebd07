""" "me" stands for one's own id wherever the id of a user is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import F, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from tests.behaviour.places import Place, one_server, only

HL = only("hl", because="a matter of the High-Level API's properties")
LEGACY = only("legacy", because="the legacy API alone has the search engine and these columns")
FOUR = one_server(because="whose id it is, is the client's to know; no server makes a difference")


async def _me(api: AsyncClient) -> int:
    return int((await api.whoami())["user"]["id"])


def _of(place: Place, prop: str, column: str) -> str:
    return prop if place.hl else column


def _id(row: dict[str, Any], name: str) -> Any:
    value = row[name]
    return value["id"] if isinstance(value, dict) else value


async def test_in_what_is_created_and_changed(place: Place) -> None:
    api = place.client()
    me, user, tech = await _me(api), _of(place, "user", "users_id"), _of(place, "user_tech", "users_id_tech")
    name = place.name("me")
    made = await api.computer.create({"name": name, user: "me", "comment": "me"})
    row = await api.computer.get(made["id"])
    assert (_id(row, user), row["comment"], row["name"]) == (me, "me", name)
    await api.computer.update({"id": made["id"], tech: "Me", user: None})
    row = await api.computer.get(made["id"])
    assert _id(row, tech) == me
    assert not row[user]


@FOUR
async def test_in_each_of_a_list(place: Place) -> None:
    api = place.client()
    me, user = await _me(api), _of(place, "user", "users_id")
    made = await api.computer.create([{"name": place.name(), user: who} for who in ("me", 4)])
    assert [_id(await api.computer.get(each["id"]), user) for each in made] == [me, 4]
    await api.computer.update([{"id": each["id"], user: "me"} for each in made])
    assert [_id(await api.computer.get(each["id"]), user) for each in made] == [me, me]


@HL
@FOUR
async def test_as_a_row_holds_users(place: Place) -> None:
    api = place.client()
    made = await api.computer.create({"name": place.name(), "user": {"id": "me"}})
    assert (await api.computer.get(made["id"]))["user"]["id"] == await _me(api)


@FOUR
async def test_in_what_hangs_off_an_item(place: Place) -> None:
    api = place.client()
    me, tech = await _me(api), _of(place, "user_tech", "users_id_tech")
    (ticket,) = await place.tickets(api, 1)
    task = await api.ticket.add_sub_item(ticket, "Task", {"content": "me", tech: "me"})
    (row,) = await api.ticket.get_sub_items(ticket, "Task", unwrap=True)
    assert (row["id"], _id(row, tech)) == (task["id"], me)
    assert "me" in row["content"]
    await api.ticket.update_sub_item(ticket, "Task", {"id": task["id"], tech: 4})
    await api.ticket.update_sub_item(ticket, "Task", {"id": task["id"], tech: "me"})
    (row,) = await api.ticket.get_sub_items(ticket, "Task", unwrap=True)
    assert _id(row, tech) == me


@HL
@FOUR
async def test_as_the_approver_whose_type_says_that_it_is_a_user(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    approver = {"requested_approver_type": "User", "requested_approver_id": "me"}
    await api.ticket.add_sub_item(ticket, "Validation", approver)
    (row,) = await api.ticket.get_sub_items(ticket, "Validation", unwrap=True)
    assert row["requested_approver_id"] == await _me(api)
    with pytest.raises(GlpiValidationError):
        await api.ticket.add_sub_item(ticket, "Validation", {**approver, "requested_approver_type": "Group"})


@LEGACY
@FOUR
async def test_among_the_people_of_a_new_ticket_and_in_rows_that_link(place: Place) -> None:
    api = place.client()
    me = await _me(api)
    fields = {"name": place.name(), "content": "x", "_users_id_assign": ["me", 4], "_users_id_observer": "me"}
    ticket = (await api.ticket.create(fields))["id"]
    assert {row["id"] for row in await api.ticket.team(ticket, "assigned")} == {me, 4}
    assert [row["id"] for row in await api.ticket.team(ticket, "observer")] == [me]
    (other,) = await place.tickets(api, 1)
    await api.ticket_user.create({"tickets_id": other, "users_id": "me", "type": 2})
    assert [row["id"] for row in await api.ticket.team(other, "assigned")] == [me]


async def test_in_the_team(place: Place) -> None:
    api = place.client(**({"scope": "api user"} if place.hl else {}))
    me = await _me(api)
    (ticket,) = await place.tickets(api, 1)
    assert (await api.ticket.add_team_member(ticket, "me", "observer"))["id"] == me
    assert [row["id"] for row in await api.ticket.team(ticket, "observer")] == [me]
    await api.ticket.remove_team_member(ticket, "me", "observer")
    assert await api.ticket.team(ticket, "observer") == []


async def test_in_filters(place: Place) -> None:
    api = place.client()
    user = _of(place, "user", "users_id")
    name = place.name("filtered")
    mine, other = [each["id"] for each in await api.computer.create([{"name": name, user: who} for who in ("me", 4)])]
    named = F.name == name
    assert [row["id"] for row in await api.computer.get_all(filter=named & (F[user] == "me"))] == [mine]
    assert [row["id"] for row in await api.computer.get_all_pages(filter=named & (F[user] == "ME"))] == [mine]
    assert await api.computer.count(filter=named & (F[user] == "me")) == 1
    first = await api.computer.first(filter=named & (F[user] == "me"))
    assert first is not None
    assert first["id"] == mine
    assert [row["id"] async for row in api.computer.iter_items(filter=named & (F[user] == "me"))] == [mine]
    either = named & F[user].in_(["me", 4])
    assert {row["id"] for row in await api.computer.get_all(filter=either, client_side=True)} == {mine, other}
    assert await api.computer.get_all(filter=named & (F.comment == "me")) == []
    if place.hl:
        assert [row["id"] for row in await api.computer.search(named & (F.user.id != "me"))] == [other]


@FOUR
async def test_in_filters_of_users_and_of_what_hangs_off_an_item(place: Place) -> None:
    api = place.client()
    me, user = await _me(api), _of(place, "user", "users_id")
    assert [row["id"] for row in await api.user.get_all(filter=F.id == "me")] == [me]
    (ticket,) = await place.tickets(api, 1)
    made = await api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "x"})
    rows = await api.ticket.get_sub_items(ticket, "ITILFollowup", unwrap=True, filter=F[user] == "me")
    assert [row["id"] for row in rows] == [made["id"]]


@LEGACY
@FOUR
async def test_in_the_search_engine(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    await api.ticket.add_team_member(ticket, "me", "assigned")
    conditions: list[Any] = [
        (F.id == ticket) & (F.assigned == "me"),
        (F.id == ticket) & F.assigned.in_(["me", 999_999]),
        [
            {"field": "id", "searchtype": "contains", "value": ticket},
            {"field": 5, "searchtype": "equals", "value": "me"},
        ],
        [F.id == ticket, {"criteria": [{"field": "assigned", "searchtype": "equals", "value": "Me"}]}],
    ]
    for condition in conditions:
        assert [row["id"] for row in await api.ticket.search_rows(condition)] == [ticket]
    assert await api.ticket.search_rows((F.id == ticket) & (F.name == "me")) == []
    (me,) = await api.user.search_rows(F.id == "me")
    assert me["id"] == await _me(api)


async def test_of_the_user_who_is_logged_in(place: Place) -> None:
    api = place.client()
    me = await _me(api)
    before = (await api.user.get("me"))["phone"]
    await api.user.update({"id": "me", "phone": "+49 30 1"})
    row = await api.user.get("me")
    assert (row["id"], row["phone"]) == (me, "+49 30 1")
    await api.user.update({"id": "me", "phone": before})
    with pytest.raises(GlpiValidationError, match="positive integer"):
        await api.ticket.update({"id": "me", "urgency": 4})
    with pytest.raises(GlpiValidationError, match="positive integer"):
        await api.group.delete("me")


@FOUR
async def test_the_id_is_asked_for_once(place: Place) -> None:
    api = place.client()
    user = _of(place, "user", "users_id")
    await api.computer.get_all(filter=F[user] == "me", limit=1)
    place.sent.clear()
    for _ in range(2):
        await api.computer.get_all(filter=F[user] == "me", limit=1)
    assert [each.url.partition("?")[0].rpartition("/")[2] for each in place.sent] == ["Computer"] * 2


@FOUR
async def test_whoever_logs_in_next_is_another(place: Place) -> None:
    api = place.client()
    first = await api.user.get_all(filter=F.id == "me")
    await api.authenticate("tech", "tech")
    second = await api.user.get_all(filter=F.id == "me")
    assert (first[0]["id"], [row["id"] for row in second]) == (2, [4])
