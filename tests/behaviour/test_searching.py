"""Searching by name: what is found, how rows are called, all pages of it, what is refused before it is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from glpi_utils import F, Filter, GlpiIncompleteError, GlpiUnsupportedError, GlpiValidationError, TicketStatus
from tests.behaviour.places import Place, only

HL = "HL has no search engine"


async def _four(place: Place, api: Any) -> list[int]:
    """Four tickets, of rising urgency; one has an awkward name, one a requester and a followup."""
    rows = [place.ticket(n, urgency=n + 2) for n in range(4)]
    rows[3]["name"] += " a_b"
    ids = [each["id"] for each in await api.ticket.create(rows)]
    me = (await api.whoami())["user"]["id"]
    await api.ticket.add_team_member(ids[1], me, "observer")
    await api.ticket.add_sub_item(ids[1], "ITILFollowup", {"content": "on my way"})
    return ids


def _mine(place: Place) -> Filter:
    return F.name.startswith(place.name())


@only("hl", because="the legacy API has it")
async def test_the_high_level_api_names_what_it_has(place: Place) -> None:
    alone, api = place.client(legacy="never"), place.client()
    for call in (lambda: alone.ticket.search_rows(F.status == 1), alone.ticket.search_options):
        with pytest.raises(GlpiUnsupportedError, match="filter="):
            await call()
    assert place.sent == []
    found = await api.ticket.search_rows(F.status == 1, fields=["name"], sort="-name", limit=3)
    assert [set(row) for row in found] == [{"id", "name"}] * len(found)
    assert [row["id"] for row in found] == [
        row["id"] for row in await api.ticket.search_rows(F.status == 1, sort="-name", limit=3)
    ]
    assert "status" in [each["name"] for each in await api.ticket.search_options()]
    assert len(place.told("initSession")) == 1


@only("legacy", because=HL)
async def test_what_an_expression_finds(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    me = (await api.whoami())["user"]["id"]
    for asked, expected in (
        (F.urgency == 4, ids[2:3]),
        (F.urgency >= 4, ids[2:]),
        (F.urgency < 4, ids[:2]),
        (F.urgency.in_([2, 4]), [ids[0], ids[2]]),
        (F.urgency.not_in([2, 4]), [ids[1], ids[3]]),
        (F.status.in_([TicketStatus.SOLVED, TicketStatus.CLOSED]), []),
        (F.id >= ids[2], ids[2:]),
        (F.id.in_([]), []),
        (F.id.not_in([]), ids),
        (F.name.endswith("a_b"), ids[3:]),
        (F.name == place.name(1), ids[1:2]),
        (~F.name.contains("a_b"), ids[:3]),
        ((F.urgency == 2) | F.name.contains("a_b"), [ids[0], ids[3]]),
        (~((F.urgency == 2) | F.name.contains("a_b")), ids[1:3]),
        (F.itilcategories_id.is_null(), ids),
        (~F.itilcategories_id.is_null(), []),
        (F.solvedate.is_null() & (F.date >= datetime.fromisoformat("2020-01-01")), ids),
        (F.solvedate > datetime.fromisoformat("2020-01-01"), []),
        (~(F.solvedate > datetime.fromisoformat("2020-01-01")), []),
        (F.observer == me, ids[1:2]),
        (F.observer.is_null(), [ids[0], *ids[2:]]),
        (F.ITILFollowup.content.contains("on my way"), ids[1:2]),
        (F.ITILFollowup.id >= 1, ids[1:2]),
        (F.Entity == 0, ids),
    ):
        found = await api.ticket.search_rows(_mine(place) & asked, fields=["id"])
        assert [row["id"] for row in found] == expected, asked
        assert (found.total, found.complete) == (len(expected), True)


@only("legacy", because=HL)
async def test_what_criteria_find(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    mine = {"field": "name", "searchtype": "contains", "value": f"^{place.name()}"}
    urgent = {"field": "Ticket.urgency", "searchtype": "equals", "value": 5}
    for more, expected in (
        ([], ids),
        ([urgent], ids[3:]),
        ([{**urgent, "link": "AND NOT"}], ids[:3]),
        ([{"criteria": [urgent, {**urgent, "value": 2, "link": "OR"}]}], [ids[0], ids[3]]),
        ([{"link": "AND NOT", "criteria": [F.urgency >= 3]}], ids[:1]),
        ([{"field": 2, "searchtype": "contains", "value": f"<{ids[1]}"}], ids[:1]),
        ([{"field": "observer", "searchtype": "equals", "value": "myself"}], ids[1:2]),
    ):
        found = await api.ticket.search_rows([mine, *more], fields=["id"])
        assert [row["id"] for row in found] == expected, more
        assert await api.ticket.search_rows(_mine(place), criteria=[mine, *more], fields=["id"]) == found


@only("legacy", because=HL)
async def test_rows_are_called_by_names(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    me = (await api.whoami())["user"]["id"]
    (row,) = await api.ticket.search_rows(_mine(place) & (F.urgency == 3))
    assert row == {"id": ids[1], "name": place.name(1), "urgency": 3}
    wanted: list[str | int] = [
        "Status",
        "itilcategories_id",
        "observer",
        14,
        "ITILFollowup.content",
        "ITILFollowup.id",
        "glpi_entities.completename",
    ]
    (row,) = await api.ticket.search_rows(F.id == ids[1], fields=wanted)
    entity = row.pop("glpi_entities.completename")
    assert isinstance(entity, str)
    assert "on my way" in row.pop("ITILFollowup.content")
    assert row == {
        "id": ids[1],
        "Status": 1,
        "itilcategories_id": None,
        "observer": me,
        "type": 1,
        "ITILFollowup.id": 1,
    }


@only("legacy", because=HL)
async def test_texts_come_as_they_were_given(place: Place) -> None:
    api = place.client()
    name = place.name("<b> & 'c'")
    new = (await api.ticket.create({"name": name, "content": "x"}))["id"]
    (row,) = await api.ticket.search_rows(F.id == new)
    assert row["name"] == name


@only("legacy", because=HL)
async def test_all_pages_in_any_order(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    seen: list[tuple[int, int | None]] = []

    def told(at: Any) -> None:
        seen.append((at.rows, at.total))

    found = await api.ticket.search_rows(_mine(place), page_size=2, on_page=told)
    assert [row["id"] for row in found] == ids
    assert seen == [(2, 4), (4, 4)]
    for sort, expected in (("-urgency", ids[::-1]), ("urgency", ids), (["status", "-id"], ids[::-1]), ("id", ids)):
        found = await api.ticket.search_rows(_mine(place), page_size=2, sort=sort)
        assert [row["id"] for row in found] == expected, sort
        assert (found.total, found.complete) == (4, True)
    for start, limit, expected in ((0, 2, ids[:2]), (1, 2, ids[1:3]), (3, 5, ids[3:]), (4, 5, []), (9, 1, [])):
        part = await api.ticket.search_rows(_mine(place), start=start, limit=limit)
        assert [row["id"] for row in part] == expected
        assert not part.complete
    assert (await api.ticket.search_rows(_mine(place), limit=1)).total == 4
    assert (await api.ticket.search_rows(_mine(place), limit=4)).complete


@only("legacy", because=HL)
@only(where="embedded", because="needs a server whose rows go at a moment of ours")
async def test_rows_that_go_meanwhile_move_no_others(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 9)

    def one_goes(at: Any) -> None:
        place.glpi.do(lambda world: world.sql("DELETE FROM Ticket WHERE id = ?", [ids[at.rows // 3 - 1]]))

    found = await api.ticket.search_rows(_mine(place), page_size=3, on_page=one_goes)
    assert [row["id"] for row in found] == ids
    ids = await place.tickets(api, 9)
    with pytest.raises(GlpiIncompleteError, match="changed"):
        await api.ticket.search_rows(_mine(place), page_size=3, sort="-urgency", on_page=one_goes)


@only("legacy", because=HL)
async def test_the_trash_is_searched_apart(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    await api.ticket.delete({"id": ids[0]})
    assert [row["id"] for row in await api.ticket.search_rows(_mine(place))] == ids[1:]
    assert [row["id"] for row in await api.ticket.search_rows(_mine(place), is_deleted=True)] == ids[:1]


@only("legacy", because=HL)
async def test_a_search_too_long_for_a_url(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    asked = _mine(place) & F.id.in_([*range(10_000_000, 10_000_200), *ids[:2]])
    assert [row["id"] for row in await api.ticket.search_rows(asked)] == ids[:2]
    assert place.told("search/Ticket")[-1].method == "POST"


@only("legacy", because=HL)
async def test_options_are_asked_for_once_and_again_for_another_entity(place: Place) -> None:
    api = place.client()
    options = {each["name"]: each for each in await api.ticket.search_options()}
    assert (options["status"]["number"], options["requester"]["number"]) == (12, 4)
    assert options["ITILCategory.completename"]["uid"] == "Ticket.ITILCategory.completename"
    await api.ticket.search_options()
    await api.ticket.search_rows(limit=1)
    assert len(place.told("listSearchOptions/Ticket")) == 2, "as shown, and raw"
    await api.set_active_entity(0, is_recursive=True)
    await api.ticket.search_rows(limit=1)
    assert len(place.told("listSearchOptions/Ticket")) == 4


@only("legacy", because=HL)
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"filter": "name==a"}, "filter must be"),
        ({"criteria": 5}, "criteria must be"),
        ({"metacriteria": [{"field": 1}]}, "metacriteria"),
        ({"start": -1}, "start"),
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"page_size": 1001}, "page_size"),
    ],
    ids=str,
)
async def test_what_is_wrong_is_refused_before_anything_is_sent(place: Place, given: dict[str, Any], why: str) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        await place.client().ticket.search_rows(**given)
    assert place.sent == []


@only("legacy", because=HL)
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"filter": F.statuss == 1}, "did you mean 'status'"),
        ({"filter": ~F.observer.is_null() & (F.observer != 2)}, "one or all"),
        ({"fields": ["statuss"]}, "did you mean 'status'"),
        ({"fields": []}, "fields"),
        ({"fields": {"name": 1}}, "fields"),
        ({"sort": "-statuss"}, "did you mean 'status'"),
        ({"sort": "-a b"}, "sort"),
        ({"criteria": [{"field": 12, "searchtype": "notequals", "value": 1}]}, "take it for another"),
    ],
    ids=str,
)
async def test_what_is_no_column_or_another_meaning_is_never_searched_for(
    place: Place, given: dict[str, Any], why: str
) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        await place.client().ticket.search_rows(**given)
    assert place.told("/search/") == []


@only("legacy", because=HL)
async def test_a_criterion_on_another_itemtype(place: Place) -> None:
    api = place.client()
    made = await api.computer.create([{"name": place.name(n), "entities_id": 0} for n in range(2)])
    software = await api.item("Software").create({"name": place.name("soft"), "entities_id": 0})
    version = await api.item("SoftwareVersion").create(
        {"name": "1.0", "softwares_id": software["id"], "entities_id": 0}
    )
    await api.item("Item_SoftwareVersion").create(
        {"itemtype": "Computer", "items_id": made[0]["id"], "softwareversions_id": version["id"]}
    )
    asked = {"itemtype": "Software", "field": "name", "searchtype": "contains", "value": f"^{place.name('soft')}"}
    for given in ({"filter": [_mine(place), asked]}, {"filter": _mine(place), "metacriteria": [asked]}):
        (row,) = await api.computer.search_rows(**given)
        assert row == {"id": made[0]["id"], "name": place.name(0), "Software.name": place.name("soft")}
    without = await api.computer.search_rows([_mine(place), {**asked, "link": "AND NOT"}], fields=["name"])
    assert without == [{"id": made[1]["id"], "name": place.name(1)}]
    with pytest.raises(GlpiValidationError, match="outside of all groups"):
        await api.computer.search_rows([_mine(place), {**asked, "link": "OR"}])


@only("legacy", because=HL)
async def test_an_item_with_two_projects_comes_once(place: Place) -> None:
    api = place.client()
    pc = (await api.computer.create({"name": place.name(), "entities_id": 0}))["id"]
    projects = [(await api.project.create({"name": place.name(n), "entities_id": 0}))["id"] for n in range(2)]
    try:
        for project in projects:
            link = {"itemtype": "Computer", "items_id": pc, "projects_id": project}
            await api.item("Item_Project").create(link)
        column = "Item_Project.Project.name"
        for given in ({}, {"limit": 5}, {"sort": column}):
            (row,) = await api.computer.search_rows(_mine(place), fields=[column], **given)
            assert row["id"] == pc
            assert row[column] in (place.name(0), place.name(1))
    finally:
        for project in projects:
            await api.project.delete({"id": project}, force_purge=True)
