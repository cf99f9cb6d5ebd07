"""The life of a ticket, a change, a problem: answered, solved, closed, reopened; each state is what GLPI has afterwards."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from glpi_utils import (
    File,
    GlpiError,
    GlpiNotAppliedError,
    GlpiNotFoundError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
    Html,
    html_to_text,
)
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, only, unsent

SOLVED, CLOSED = 5, 6


@pytest.mark.parametrize("itemtype", ["Ticket", "Change", "Problem"])
async def test_answered_solved_closed_and_reopened(place: Place, itemtype: str) -> None:
    items = place.client().item(itemtype)
    id = (await items.create(place.ticket()))["id"]
    try:
        await items.add_followup(id, "a < b & c\n  d", private=True)
        await items.add_task(id, Html("<p>The <b>fuse</b></p>"), duration=600)
        assert await items.reopen(id) == {"id": id, "status": 1, "unchanged": True}
        solved = await items.solve(id, "It was muted")
        assert (solved["status"], solved["unchanged"], solved["id"] > 0) == (SOLVED, False, True)
        assert await items.solve(id, "Once more") == {"id": None, "status": SOLVED, "unchanged": True}
        for unchanged in (False, True):
            assert await items.close(id) == {"id": id, "status": CLOSED, "unchanged": unchanged}
        assert (await items.solve(id, "Once more"))["status"] == CLOSED
        assert await items.reopen(id, "Silent again") == {"id": id, "status": 1, "unchanged": False}
        await items.update({"id": id}, assigned="me")
        await items.close(id)
        assert (await items.reopen(id))["status"] == (1 if itemtype == "Change" else 2)
        entries = await items.timeline(id)
        assert sorted((each["type"], html_to_text(each["content"])) for each in entries if each["type"] != "Task") == [
            ("Followup", "Silent again"),
            ("Followup", "a < b & c\n  d"),
            ("Solution", "It was muted"),
        ]
        assert [each["date"] for each in entries] == sorted(each["date"] for each in entries)
        (task,) = [each for each in entries if each["type"] == "Task"]
        assert (html_to_text(task["content"]), task["private"]) == ("The fuse", False)
        assert ([each["private"] for each in entries].count(True), entries.complete, entries.total) == (1, True, 4)
        assert {each["user"]["id"] for each in entries} == {(await place.client().whoami())["user"]["id"]}
        assert all(each["user"]["name"] and each["date"] for each in entries)
    finally:
        await items.delete(id, force_purge=True)


async def test_with_a_key_an_entry_is_added_once(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    key = place.name("k").replace(" ", "-")
    for existing in (False, True):
        assert (await api.ticket.add_followup(id, "On my way", key=key))["existing"] is existing
        assert (await api.ticket.add_task(id, "The fuse", key=f"{key}-task"))["existing"] is existing
    await api.ticket.solve(id, "Done", key=f"{key}-end")
    assert [each["type"] for each in await api.ticket.timeline(id)].count("Followup") == 1


async def test_a_document_stands_in_the_timeline(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    document = (await api.document.create({"name": place.name("plan")}))["id"]
    await api.ticket.add_sub_item(id, "Document_Item", {"documents_id": document})
    (entry,) = await api.ticket.timeline(id)
    assert (entry["type"], entry["documents_id"], entry["content"]) == ("Document", document, place.name("plan"))
    assert entry["date"]


async def test_files_hang_off_what_is_added(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    files = [File(place.name(n).encode(), f"{n}.txt") for n in range(2)]
    answer = await api.ticket.add_followup(id, "See the files", attach=files)
    assert [each["filename"] for each in answer["attach"]] == ["0.txt", "1.txt"]
    task = await api.ticket.add_task(id, "The plan", attach=File(place.name("p").encode(), "p.txt"))
    assert [each["filename"] for each in await api.item("TicketTask").documents(task["id"])] == ["p.txt"]
    solved = await api.ticket.solve(id, "Done", attach=File(place.name("s").encode(), "s.txt"))
    assert (solved["status"], [each["filename"] for each in solved["attach"]]) == (SOLVED, ["s.txt"])
    before = len([each for each in place.sent if each.method == "POST"])
    with pytest.raises(GlpiValidationError):
        await api.ticket.add_followup(id, "See the file", attach="/no/such/file")
    assert len([each for each in place.sent if each.method == "POST"]) == before


@only(where="embedded", because="rows of other days are put into it")
@one_server(because="they are put in order here")
async def test_what_happened_at_one_moment_stands_by_kind_and_id(place: Place) -> None:
    (id,) = await place.tickets(place.client(), 1)
    row = {"itemtype": "Ticket", "items_id": id, "date": "2026-01-01 10:00:00", "date_creation": "2026-01-01 10:00:00"}
    place.rows("ITILSolution", [{**row, "content": "5"}])
    place.rows("TicketTask", [{"tickets_id": id, "content": str(n), "date": row["date"]} for n in (3, 4)])
    place.rows("ITILFollowup", [{**row, "content": str(n)} for n in (1, 2)])
    assert [each["content"] for each in await place.client().ticket.timeline(id)] == ["1", "2", "3", "4", "5"]


@only(where="embedded", because="faults are the embedded server's alone")
@one_server(because="faults are the embedded server's alone, whatever its version")
async def test_no_part_of_a_timeline_is_missing_in_silence(place: Place) -> None:
    api = place.client(retries=0)
    (id,) = await place.tickets(api, 1)
    document = (await api.document.create({"name": place.name("plan")}))["id"]
    await api.ticket.add_sub_item(id, "Document_Item", {"documents_id": document})
    await api.ticket.add_followup(id, "x")
    for path in ("Followup", "Task", "Solution", "Validation", "Document(_Item)?$"):
        place.glpi.faults.add(
            troubles.status(403, json=["ERROR_RIGHT_MISSING", "No"], path=re.compile(f"/{id}/.*{path}"), times=1)
        )
        with pytest.raises(GlpiError):
            await api.ticket.timeline(id)
    for code, entries in ((403, 2), (404, 2), (500, None)):
        place.glpi.faults.add(troubles.status(code, json=["ERROR", "No"], path=f"/Document/{document}", times=1))
        if entries is None:
            with pytest.raises(GlpiError):
                await api.ticket.timeline(id)
        else:
            assert len(await api.ticket.timeline(id)) == entries


@only(where="embedded", because="rows of other days are put into it")
@one_server(because="they are put in order here")
async def test_a_timeline_is_in_the_order_of_time(place: Place) -> None:
    (id,) = await place.tickets(place.client(), 1)
    below = {"itemtype": "Ticket", "items_id": id}
    days = {"ITILFollowup": (3, 1), "ITILSolution": (2,)}
    for itemtype, numbers in days.items():
        rows = [{**below, "content": str(day), "date": f"2026-01-0{day} 10:00:00"} for day in numbers]
        place.rows(itemtype, [{**row, "date_creation": row["date"]} for row in rows])
    place.rows("TicketTask", [{"tickets_id": id, "content": "4", "date": "2026-01-04 10:00:00"}])
    assert [each["content"] for each in await place.client().ticket.timeline(id)] == ["1", "2", "3", "4"]


async def test_pending_with_a_reason_and_without(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert await api.ticket.pend(id) == {"id": id, "status": 4, "unchanged": False}
    assert (await api.ticket.pend(id))["unchanged"] is True
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.pend(id, reason="no such reason")


async def test_what_is_not_there_is_neither_answered_nor_closed(place: Place) -> None:
    api = place.client()
    for call in (
        lambda: api.ticket.solve(99_999_999, "x"),
        lambda: api.ticket.close(99_999_999),
        lambda: api.ticket.reopen(99_999_999),
        lambda: api.ticket.timeline(99_999_999),
        lambda: api.problem.pend(99_999_999),
    ):
        with pytest.raises(GlpiNotFoundError):
            await call()
    with pytest.raises(GlpiError):
        await api.ticket.add_followup(99_999_999, "x")
    assert not [each for each in place.sent if each.method not in ("GET", "POST")]


@unsent
async def test_an_empty_text_is_refused(place: Place) -> None:
    ticket: Any = place.client().ticket
    for call in (ticket.add_followup, ticket.add_task):
        for text in ("", "  \n", None, 5):
            with pytest.raises(GlpiValidationError, match="must say something"):
                await call(1, text)
        with pytest.raises(GlpiValidationError, match="private="):
            await call(1, "text", privat=True)


CALLS: dict[str, Callable[[Any, int], Awaitable[Any]]] = {
    "solve": lambda items, n: items.solve(n, "Done"),
    "close": lambda items, n: items.close(n),
    "pend": lambda items, n: items.pend(n),
    "followup": lambda items, n: items.add_followup(n, "x", key=f"f-{n}"),
    "task": lambda items, n: items.add_task(n, "x", key=f"t-{n}"),
    "reopen": lambda items, n: items.reopen(n, "why"),
}


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
@pytest.mark.parametrize("verb", CALLS)
async def test_a_lost_answer_is_told_and_the_state_is_as_wished_when_the_call_is_repeated(
    place: Place, verb: str
) -> None:
    """At each of its writes: done and the answer lost; not done and the connection broken."""
    api = place.client(retries=1, max_time=5)
    for nth in range(2):
        for fault in (troubles.drop_after, troubles.drop_before):
            (id,) = await place.tickets(api, 1)
            if verb == "reopen":
                await api.ticket.close(id)
            place.glpi.faults.add(fault(method="(POST|PATCH|PUT)", after=nth, times=1))
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr("glpi_utils._engine.writes.idempotency._FIRST_PAUSE", 0.01)
                try:
                    await CALLS[verb](api.ticket, id)
                except (GlpiUnknownOutcomeError, GlpiNotAppliedError):
                    pass
            place.glpi.faults.clear()
            result = await CALLS[verb](api.ticket, id)
            kinds = [each["type"] for each in await api.ticket.timeline(id)]
            wanted = {"solve": SOLVED, "close": CLOSED, "pend": 4, "reopen": 1}.get(verb)
            assert result.get("status") == wanted
            assert kinds.count("Solution") == (verb == "solve")
            assert kinds.count("Followup") == (verb in ("followup", "reopen")) or (verb, fault) == (
                "reopen",
                troubles.drop_before,
            )
            assert kinds.count("Task") == (verb == "task")
