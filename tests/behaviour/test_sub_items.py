"""What hangs off an item: adding, reading all of it, changing and removing under the right parent only."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils.testing.world.rights import SYSTEM
from tests.behaviour.places import Place, only

KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("ITILFollowup", "Followup", {"content": "On my way", "is_private": True}),
    ("TicketTask", "Task", {"content": "Replace the drum", "state": 1}),
    ("ITILSolution", "Solution", {"content": "Drum replaced"}),
]
"""Name of the class, name in the timeline, fields."""


@pytest.mark.parametrize(("name", "kind", "fields"), KINDS, ids=[kind for _, kind, _ in KINDS])
async def test_add_and_read(place: Place, name: str, kind: str, fields: dict[str, Any]) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    made = await api.ticket.add_sub_item(id, name, fields)
    assert made["id"] > 0
    assert "href" in made if place.hl else "message" in made
    (row,) = found = await api.ticket.get_sub_items(id, name)
    assert (found.total, found.complete) == (1, True)
    if place.hl:
        assert set(row) >= {"type", "item"}
        assert row["type"] == kind
    (item,) = await api.ticket.get_sub_items(id, name, unwrap=True)
    assert (item["id"], item["content"]) == (made["id"], fields["content"])
    assert await api.ticket.get_sub_items(id, kind, unwrap=True) == [item]
    assert await api.get_sub_items("Ticket", id, name, True) == [item]


async def test_add_a_validation(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    me = (await api.whoami())["user"]["id"]
    fields = {"requested_approver_type": "User", "requested_approver_id": me} if place.hl else {"users_id_validate": me}
    made = await api.ticket.add_sub_item(id, "TicketValidation", fields)
    (item,) = await api.ticket.get_sub_items(id, "Validation", unwrap=True)
    assert item["id"] == made["id"]


async def test_a_document_of_a_ticket(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert list(await api.ticket.get_sub_items(id, "Document")) == []
    document = await api.document.create({"name": place.name()})
    if place.hl:
        if place.cell.embedded:
            link = {"documents_id": document["id"], "itemtype": "Ticket", "items_id": id}
            place.glpi.do(lambda world: world.insert("Document_Item", link, SYSTEM))
            (item,) = await api.ticket.get_sub_items(id, "Document", unwrap=True)
            assert item["documents_id"] == document["id"]
        return
    await api.ticket.add_sub_item(id, "Document_Item", {"documents_id": document["id"]})
    (item,) = await api.ticket.get_sub_items(id, "Document", unwrap=True)
    assert (item["documents_id"], item["items_id"]) == (document["id"], id)


async def test_add_by_the_client(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    made = await api.add_sub_item("Ticket", str(id), "Followup", {"content": "Hello"})
    assert [row["id"] for row in await api.ticket.get_sub_items(id, "Followup", unwrap=True)] == [made["id"]]


async def test_add_what_glpi_refuses(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    with pytest.raises(GlpiAPIError):
        await api.ticket.add_sub_item(id, "ITILFollowup", {"content": ""})
    with pytest.raises(GlpiAPIError):
        await api.ticket.add_sub_item(99_999_999, "ITILFollowup", {"content": "No such ticket"})
    assert await api.ticket.get_sub_items(id, "ITILFollowup") == []


async def test_nothing_there_is_an_empty_list(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    found = await api.ticket.get_sub_items(id, "ITILFollowup")
    assert (list(found), found.total, found.complete) == ([], 0, True)


async def test_of_a_parent_that_is_not_there(place: Place) -> None:
    with pytest.raises(GlpiNotFoundError):
        await place.client().ticket.get_sub_items(99_999_999, "ITILFollowup")


@only(where="embedded", because="needs a user who may see little")
async def test_of_a_parent_that_one_may_not_see(place: Place) -> None:
    """HL answers 200 and an empty list, as if there were none."""
    (id,) = await place.tickets(place.client(), 1)
    little = place.client(username="post-only", password="postonly")
    with pytest.raises((GlpiNotFoundError, GlpiPermissionError)):
        await little.ticket.get_sub_items(id, "ITILFollowup")


async def test_more_than_twenty_are_read(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for n in range(22):
        await api.ticket.add_sub_item(id, "ITILFollowup", {"content": f"No. {n}"})
    found = await api.ticket.get_sub_items(id, "ITILFollowup", unwrap=True)
    assert [row["content"] for row in found] == [f"No. {n}" for n in range(22)]
    assert (found.total, found.complete) == (22, True)


@only(where="embedded", because="needs more rows than a real server should be given")
@pytest.mark.parametrize("count", [1000, 1001, 2345])
async def test_more_than_a_thousand_are_read(place: Place, count: int) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    row = {"itemtype": "Ticket", "items_id": id, "content": "Again"}
    place.copies("ITILFollowup", row, count)
    found = await api.ticket.get_sub_items(id, "ITILFollowup", unwrap=True)
    assert (len({row["id"] for row in found}), len(found), found.total, found.complete) == (count, count, count, True)


async def test_those_of_another_parent_are_not_among_them(place: Place) -> None:
    api = place.client()
    one, two = await place.tickets(api, 2)
    await api.ticket.add_sub_item(one, "ITILFollowup", {"content": "of one"})
    await api.ticket.add_sub_item(two, "ITILFollowup", {"content": "of two"})
    words = {"filter": "content==none,content=like=*"} if place.hl else {"searchText": {"content": "of"}}
    found = await api.ticket.get_sub_items(one, "ITILFollowup", unwrap=True, **words)
    assert [row["content"] for row in found] == ["of one"]


async def test_narrowed(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for n in range(3):
        await api.ticket.add_sub_item(id, "ITILFollowup", {"content": f"No. {n}"})
    words = {"filter": 'content=="No. 1"'} if place.hl else {"searchText": {"content": "No. 1"}}
    found = await api.ticket.get_sub_items(id, "ITILFollowup", unwrap=True, **words)
    assert [row["content"] for row in found] == ["No. 1"]


@only("legacy", because="HL does not cut or sort sub-items")
async def test_a_window_of_sub_items(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for n in range(4):
        await api.ticket.add_sub_item(id, "ITILFollowup", {"content": f"No. {n}"})
    found = await api.ticket.get_sub_items(id, "ITILFollowup", range="1-2", sort="id:desc")
    assert ([row["content"] for row in found], found.total, found.complete) == (["No. 2", "No. 1"], 4, False)


@only("hl", because="legacy sub-items have a range and an order")
@pytest.mark.parametrize("word", ["limit", "start", "range", "sort"])
async def test_a_keyword_that_hl_would_ignore(place: Place, word: str) -> None:
    with pytest.raises(GlpiValidationError, match=word):
        words: dict[str, Any] = {word: 1}
        await place.client().ticket.get_sub_items(1, "ITILFollowup", **words)
    assert place.sent == []


@only("hl", because="a quirk of HL's timeline")
async def test_a_filter_that_hl_takes_for_another_question(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="id=in="):
        await place.client().ticket.get_sub_items(1, "ITILFollowup", filter="id==5")
    assert place.sent == []


@only("hl", because="a quirk of HL's timeline")
async def test_a_filter_that_hl_refuses_with_200(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.add_sub_item(id, "ITILFollowup", {"content": "Hello"})
    with pytest.raises(GlpiAPIError, match="refused the filter"):
        await api.ticket.get_sub_items(id, "ITILFollowup", params={"filter": "(no_such_field==1)"})


@only("hl", because="legacy has no timeline of all kinds")
async def test_the_whole_timeline(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.add_sub_item(id, "TicketTask", {"content": "Do"})
    await api.ticket.add_sub_item(id, "ITILFollowup", {"content": "Say"})
    found = await api.ticket.get_sub_items(id, "Timeline")
    assert sorted(row["type"] for row in found) == ["Followup", "Task"]


async def test_update_and_delete(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for name, fields in (("ITILFollowup", {"content": "one"}), ("TicketTask", {"content": "one"})):
        made = await api.ticket.add_sub_item(id, name, fields)
        answer = await api.ticket.update_sub_item(id, name, {"id": made["id"], "content": "two"})
        (item,) = await api.ticket.get_sub_items(id, name, unwrap=True)
        assert item["content"] == "two"
        if place.hl:
            assert answer["content"] == "two"
        else:
            assert answer == [{str(made["id"]): True, "message": ""}]
        gone = await api.ticket.delete_sub_item(id, name, made["id"])
        assert gone == (None if place.hl else [{str(made["id"]): True, "message": ""}])
        assert await api.ticket.get_sub_items(id, name) == []


async def test_update_and_delete_under_the_wrong_parent_are_refused(place: Place) -> None:
    api = place.client()
    one, two = await place.tickets(api, 2)
    made = await api.ticket.add_sub_item(one, "ITILFollowup", {"content": "of one"})
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.update_sub_item(two, "ITILFollowup", {"id": made["id"], "content": "stolen"})
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.delete_sub_item(two, "ITILFollowup", made["id"])
    (item,) = await api.ticket.get_sub_items(one, "ITILFollowup", unwrap=True)
    assert item["content"] == "of one"


async def test_update_and_delete_of_what_is_not_there(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.update_sub_item(id, "ITILFollowup", {"id": 99_999_999, "content": "x"})
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.delete_sub_item(id, "ITILFollowup", 99_999_999)


async def test_wrong_arguments_are_refused_before_anything_is_sent(place: Place) -> None:
    items = place.client().ticket
    for call in (
        lambda: items.add_sub_item(1, "ITILFollowup", {"id": 5, "content": "x"}),
        lambda: items.add_sub_item(1, "ITILFollowup", "text"),
        lambda: items.add_sub_item("abc", "ITILFollowup", {"content": "x"}),
        lambda: items.update_sub_item(1, "ITILFollowup", {"content": "x"}),
        lambda: items.update_sub_item(0, "ITILFollowup", {"id": 1}),
        lambda: items.update_sub_item(1, "ITILFollowup", {"id": "-1"}),
        lambda: items.delete_sub_item(1, "ITILFollowup", 0),
        lambda: items.delete_sub_item(-1, "ITILFollowup", 1),
        lambda: items.get_sub_items("1/2", "ITILFollowup"),
        lambda: items.get_sub_items(1, ""),
        lambda: items.get_sub_items(1, "../Computer"),
        lambda: items.get_sub_items(1, "ITILFollowup", fliter="x"),
    ):
        with pytest.raises(GlpiValidationError):
            await call()
    assert place.sent == []


@only("legacy", because="HL answers 404 for what hangs nowhere")
async def test_a_type_that_is_not_linked_is_not_passed_off_as_sub_items(place: Place) -> None:
    api = place.client()
    made = await api.computer.create({"name": place.name()})
    for n in range(2):
        await api.software.create({"name": place.name(n)})
    with pytest.raises(GlpiUnsupportedError, match="Software"):
        await api.computer.get_sub_items(made["id"], "Software")


@only("hl", because="legacy takes them under any parent that has them")
async def test_a_parent_without_a_timeline(place: Place) -> None:
    with pytest.raises(GlpiUnsupportedError, match="timeline"):
        await place.client().computer.get_sub_items(1, "ITILFollowup")
    assert place.sent == []


async def test_changes_and_problems_have_sub_items_too(place: Place) -> None:
    api = place.client()
    for itemtype in ("Problem", "Change"):
        made = await api.create_item(itemtype, {"name": place.name(), "content": "c"})
        try:
            new = await api.add_sub_item(itemtype, made["id"], "Task", {"content": "Do"})
            (item,) = await api.get_sub_items(itemtype, made["id"], f"{itemtype}Task", unwrap=True)
            assert (item["id"], item["content"]) == (new["id"], "Do")
        finally:
            await api.delete_item(itemtype, {"id": made["id"]}, force_purge=True)
