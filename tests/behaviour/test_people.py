"""People in a create and in an update: by login, address, "me", group and supplier; whole, or an error that says what is done."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import F, GlpiAmbiguousNameError, GlpiNotAppliedError, GlpiNotFoundError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.behaviour.places import Cell, Place, one_server, only


async def _team(place: Place, itemtype: str, id: int) -> set[tuple[str, str, int]]:
    """The team as the legacy API tells it: the High-Level one shows one role of each member from GLPI 11.0.7 on."""
    legacy = Place(Cell(place.cell.kind, "legacy", place.cell.where), place.server, place.mark)
    try:
        return {(row["role"], row["type"], row["id"]) for row in await legacy.client().item(itemtype).team(id)}
    finally:
        await legacy.close()


async def _tech(place: Place, api: AsyncClient) -> int:
    found = (
        await api.user.first(filter=F.username == "tech")
        if place.hl
        else await api.user.first(searchText={"name": "^tech$"})
    )
    assert found is not None
    return int(found["id"])


@pytest.mark.parametrize("itemtype", ["Ticket", "Change", "Problem"])
async def test_people_are_named_with_the_item_and_a_role_is_replaced_afterwards(place: Place, itemtype: str) -> None:
    api = place.client()
    me = (await api.whoami())["user"]["id"]
    group = (await api.group.create({"name": place.name("group")}))["id"]
    items = api.item(itemtype)
    tech = await _tech(place, api)
    made = await items.create(
        place.ticket(requester="me"),
        assigned=["tech", f"group:{place.name('group')}"],
        observer=[{"type": "User", "id": tech}],
    )
    try:
        asked = {
            ("requester", "User", me),
            ("assigned", "User", tech),
            ("assigned", "Group", group),
            ("observer", "User", tech),
        }
        assert await _team(place, itemtype, made["id"]) == asked
        assert {(row["type"], row["id"]) for row in made["assigned"]} == {("User", tech), ("Group", group)}
        for _ in range(2):
            changed = await items.update({"id": made["id"], "assigned": ["me"]}, observer=[])
            assert ([row["id"] for row in changed["assigned"]], changed["observer"]) == ([me], [])
            assert await _team(place, itemtype, made["id"]) == {("requester", "User", me), ("assigned", "User", me)}
    finally:
        await items.delete(made["id"], force_purge=True)


async def test_a_requester_without_account(place: Place) -> None:
    api = place.client()
    made = await api.ticket.create(place.ticket(), requester=["me", "mailto:jane@example.org"])
    assert [row["email"] for row in made["requester"] if not row["id"]] == ["jane@example.org"]
    assert (await api.ticket.update({"id": made["id"], "requester": "me"}))["requester"]
    await api.ticket.add_team_member(made["id"], "mailto:joe@example.org", "requester")
    again = await api.ticket.add_team_member(made["id"], "mailto:joe@example.org", "requester")
    assert again["existing"] is True
    await api.ticket.remove_team_member(made["id"], ["mailto:joe@example.org"], "requester")
    left = await api.ticket.team(made["id"], "requester")
    assert [row["id"] for row in left] == [(await api.whoami())["user"]["id"]]


async def test_nobody_is_made_up_and_nothing_is_created_for_nobody(place: Place) -> None:
    api = place.client()
    for wrong, error in (
        ("no.such.login", GlpiNotFoundError),
        (99_999_999, GlpiNotFoundError),
        ("group:no such group", GlpiNotFoundError),
        ({"type": "Supplier", "id": 99_999_999}, GlpiNotFoundError),
    ):
        with pytest.raises(error):
            await api.ticket.create(place.ticket(), assigned=["me", wrong])
    assert await api.ticket.get_all(**place.mine()) == []


async def test_a_create_with_a_key_that_finds_its_ticket_says_who_is_missing_or_adds_them(place: Place) -> None:
    api = place.client()
    key = place.name("key").replace(" ", "-")
    made = await api.ticket.create(place.ticket(), key=key, requester="me")
    assert made["existing"] is False
    words: dict[str, Any] = {"key": key, "assigned": ["me", "tech"]}
    kept = await api.ticket.create(place.ticket(), **words)
    assert (kept["id"], kept["existing"], len(kept["missing"]["assigned"])) == (made["id"], True, 2)
    assert await api.ticket.team(made["id"], "assigned") == []
    whole = await api.ticket.create(place.ticket(), **words, on_existing="complete")
    assert (whole["existing"], len(whole["assigned"])) == (True, 2)
    assert (await api.ticket.create(place.ticket(), **words))["missing"] == {}


@only(where="embedded", because="a user is made whose login is a number")
@one_server(because="names are looked up here")
async def test_digits_that_are_also_a_login_are_ambiguous(place: Place) -> None:
    api = place.client()
    place.rows("User", [{"name": "4"}])
    with pytest.raises(GlpiAmbiguousNameError, match="id:4"):
        await api.ticket.create(place.ticket(), assigned="4")
    made = await api.ticket.create(place.ticket(), assigned="id:4")
    assert [row["id"] for row in made["assigned"]] == [4]


@one_server(because="a write is lost by the embedded server alone, whatever its version")
async def test_people_that_cannot_be_added_are_told_with_the_ticket_that_was_made(place: Place) -> None:
    api = place.client(retries=0)
    await _tech(place, api)
    path = "TeamMember" if place.hl else "Ticket_User"
    place.glpi.faults.add(troubles.drop_after(path=path, method="POST", times=1))
    made = await api.ticket.create(place.ticket("lost"), assigned="tech")
    assert len(made["assigned"]) == 1, "the answer was lost, and it is there"
    if not place.hl:
        return  # the people come with the create
    place.glpi.faults.add(troubles.status(500, {"title": "no"}, path=path, method="POST"))
    with pytest.raises(
        GlpiNotAppliedError, match=r"Ticket \d+ was created, but not its assigned.*Do not create it again"
    ) as caught:
        await api.ticket.create(place.ticket("refused"), assigned="tech", observer=[])
    assert (list(caught.value.ignored), caught.value.applied) == (["assigned"], {"observer": []})
    assert "add_team_member" in str(caught.value)
