"""The people of a ticket: joining, reading, leaving."""

from __future__ import annotations

import pytest

from glpi_utils import GlpiNotFoundError, GlpiUnsupportedError, GlpiValidationError, ItemList
from glpi_utils._engine.verbs.client import AsyncClient
from tests.behaviour.places import Place, unsent


async def _me(api: AsyncClient) -> int:
    return int((await api.whoami())["user"]["id"])


def _short(team: ItemList) -> list[tuple[str, str, int]]:
    return sorted((row["role"], row["type"], row["id"]) for row in team)


async def test_join_read_leave(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    me = await _me(api)
    before = _short(await api.ticket.team(id))
    await api.ticket.add_team_member(id, me, "assigned")
    team = await api.ticket.team(id)
    assert _short(team) == sorted([*before, ("assigned", "User", me)])
    assert (team.total, team.complete) == (len(before) + 1, True)
    (member,) = await api.ticket.team(id, "assigned")
    assert (member["id"], member["type"], member["role"]) == (me, "User", "assigned")
    assert member["name"]
    assert member["display_name"]
    assert await api.ticket.remove_team_member(id, me, "assigned") is None  # type: ignore[func-returns-value]
    assert _short(await api.ticket.team(id)) == before


async def test_what_joining_gives(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    me = await _me(api)
    member = {"id": me, "type": "User", "role": "observer"}
    assert await api.ticket.add_team_member(id, "me", "Watcher", "user") == {**member, "existing": False}
    assert await api.ticket.add_team_member(id, me, "observer") == {**member, "existing": True}
    assert _short(await api.ticket.team(id, "observer")) == [("observer", "User", me)]
    await api.ticket.remove_team_member(id, "me", "observer")
    assert await api.ticket.team(id, "observer") == []


@unsent
async def test_a_role_that_there_is_not_is_refused_with_all_words_that_there_are(place: Place) -> None:
    with pytest.raises(
        GlpiValidationError, match=r"assigned \(or assign, assignee, technician\), observer \(or watcher\)"
    ):
        await place.client().ticket.add_team_member(1, 4, "asignee")


async def test_a_group_joins(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    group = await api.group.create({"name": place.name()})
    await api.ticket.add_team_member(id, group["id"], "observer", "Group")
    await api.ticket.add_team_member(id, await _me(api), "observer")
    roles = _short(await api.ticket.team(id, "observer"))
    assert roles == sorted([("observer", "Group", group["id"]), ("observer", "User", await _me(api))])
    await api.ticket.remove_team_member(id, group["id"], "observer", "Group")
    assert _short(await api.ticket.team(id, "observer")) == [("observer", "User", await _me(api))]


async def test_other_words_for_roles_and_kinds(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    me = await _me(api)
    await api.ticket.add_team_member(str(id), str(me), "Assignee", "user")
    assert _short(await api.ticket.team(id, "ASSIGNED")) == [("assigned", "User", me)]
    await api.ticket.remove_team_member(id, me, "technician")
    assert await api.ticket.team(id, "assign") == []


async def test_leaving_where_one_is_not_is_no_error(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.remove_team_member(id, await _me(api), "observer")


@pytest.mark.parametrize("kind", ["User", "Group", "Supplier"])
async def test_a_member_that_is_not_there(place: Place, kind: str) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    before = _short(await api.ticket.team(id))
    with pytest.raises(GlpiNotFoundError, match=f"there is no {kind} 99999999"):
        await api.ticket.add_team_member(id, 99_999_999, "assigned", kind)
    assert _short(await api.ticket.team(id)) == before


async def test_a_group_twice_is_one_group(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    group = (await api.group.create({"name": place.name()}))["id"]
    joined = [await api.ticket.add_team_member(id, group, "assigned", "Group") for _ in range(2)]
    assert [each["existing"] for each in joined] == [False, True]
    assert _short(await api.ticket.team(id, "assigned")) == [("assigned", "Group", group)]


async def test_nobody_joins_a_ticket_that_is_not_there(place: Place) -> None:
    with pytest.raises(GlpiNotFoundError):
        await place.client().ticket.add_team_member(99_999_999, "me", "assigned")


async def test_wrong_words_are_refused_before_anything_is_sent(place: Place) -> None:
    items = place.client().ticket
    for call in (
        lambda: items.team(0),
        lambda: items.team(1, "owner"),
        lambda: items.add_team_member(1, 2, "owner"),
        lambda: items.add_team_member(1, 2, "assigned", "Robot"),
        lambda: items.add_team_member(1, True, "assigned"),
        lambda: items.add_team_member(1, "mailto:a@x.org", "assigned"),
        lambda: items.add_team_member(1, "mailto:nowhere", "requester"),
        lambda: items.create({"name": "x", "requester": None}),
        lambda: items.create({"name": "x", "requester": 2}, requester=3),
        lambda: items.create({"name": "x"}, assigned=[4], on_existing="perhaps"),  # type: ignore[arg-type]
        lambda: items.remove_team_member(1, 2, ""),
    ):
        with pytest.raises(GlpiValidationError):
            await call()
    assert place.sent == []


async def test_what_has_no_team(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiUnsupportedError, match="team"):
        await api.computer.team(1)
    assert place.sent == []


async def test_changes_and_problems_have_teams(place: Place) -> None:
    api = place.client()
    me = await _me(api)
    for itemtype in ("Change", "Problem"):
        made = await api.create_item(itemtype, {"name": place.name(), "content": "c"})
        try:
            await api.item(itemtype).add_team_member(made["id"], me, "assigned")
            assert _short(await api.item(itemtype).team(made["id"], "assigned")) == [("assigned", "User", me)]
            await api.item(itemtype).remove_team_member(made["id"], "me", "assigned")
            assert await api.item(itemtype).team(made["id"], "assigned") == []
        finally:
            await api.delete_item(itemtype, {"id": made["id"]}, force_purge=True)
