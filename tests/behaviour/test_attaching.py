"""Files and items: attached once, listed, saved, detached; every file ends as asked or as an error that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from glpi_utils import (
    File,
    GlpiAPIError,
    GlpiNotAppliedError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiPermissionError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
)
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, unsent


async def test_files_are_attached_once_and_come_back(place: Place, tmp_path: Path) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    plan, large = tmp_path / "plan.txt", tmp_path / "large.txt"
    plan.write_bytes(f"{place.name()} plan".encode())
    large.write_bytes(b"0123456789" * 60_000)
    gone: list[tuple[int, int]] = []
    first = await api.ticket.attach(id, plan, str(large), on_bytes=lambda done, size: gone.append((done, size)))
    assert [(each["filename"], each["name"], each["existing"]) for each in first] == [
        ("plan.txt", "plan.txt", False),
        ("large.txt", "large.txt", False),
    ]
    assert (gone[-1], len(gone)) == ((600_000, 600_000), 4)
    again = await api.ticket.attach(
        id, File(plan.read_bytes(), "plan.txt"), File(iter([b"a" * 9, b"b"]), "pieces.txt"), name="Pieces"
    )
    assert [(each["id"] == first[0]["id"], each["existing"]) for each in again] == [(True, True), (False, False)]
    with plan.open("rb") as file:
        file.read(5)
        await api.ticket.attach(id, File(file, "rest.txt"))
        assert file.tell() == 5
    rows = await api.ticket.documents(id)
    assert ([each["filename"] for each in rows], rows.complete) == (
        ["plan.txt", "large.txt", "pieces.txt", "rest.txt"],
        True,
    )
    assert rows[2]["name"] == "Pieces"
    saved = await api.ticket.download_all(id, tmp_path / "saved")
    assert [path.name for path in saved] == ["plan.txt", "large.txt", "pieces.txt", "rest.txt"]
    assert [path.read_bytes() for path in saved] == [
        plan.read_bytes(),
        large.read_bytes(),
        b"a" * 9 + b"b",
        plan.read_bytes()[5:],
    ]
    for _ in range(2):
        gone_now = await api.ticket.detach(id, first[0]["id"])
        assert [each["id"] for each in gone_now] == ([first[0]["id"]] if _ == 0 else [])
    assert await api.document.download(first[0]["id"]) == plan.read_bytes(), "the document itself stays"


async def test_a_document_that_is_there_is_attached_once(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    document = (
        await api.document.upload(File(f"{place.name()} text".encode(), "text.txt"), name=place.name("document"))
    )["id"]
    for existing in (False, True):
        (made,) = await api.ticket.attach(id, document=document)
        assert (made["id"], made["existing"], made["name"]) == (document, existing, place.name("document"))
    followup = (await api.ticket.add_followup(id, "See the plan"))["id"]
    (made,) = await api.item("ITILFollowup").attach(followup, File(b"of the followup", "f.txt"))
    assert made["existing"] is False
    for missing in ({"id": 99_999_999, "document": document}, {"id": id, "document": 99_999_999}):
        with pytest.raises(GlpiNotFoundError):
            await api.ticket.attach(**missing)


async def test_a_file_that_glpi_refuses_is_named_and_leaves_nothing(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for name in ("tool.exe", "picture.png"):
        with pytest.raises(GlpiAPIError, match=rf"{name} was not attached to Ticket {id}.*Document types"):
            await api.ticket.attach(id, File(place.name().encode(), name))
    with pytest.raises(GlpiPartialError, match=r"1 of 3 files were not attached to Ticket \d+: tool.exe was") as caught:
        await api.ticket.attach(id, File(b"one", "one.txt"), File(b"tool", "tool.exe"), File(b"two", "two.txt"))
    outcomes = [each if isinstance(each, GlpiAPIError) else each["filename"] for each in caught.value.results]  # type: ignore[index]
    assert (outcomes[0], outcomes[2], isinstance(outcomes[1], GlpiAPIError)) == ("one.txt", "two.txt", True)
    await api.ticket.close(id)
    with pytest.raises(GlpiAPIError, match=r"late.txt was not attached to Ticket \d+.*closed"):
        await api.ticket.attach(id, File(b"late", "late.txt"))
    assert [each["filename"] for each in await api.ticket.documents(id)] == ["one.txt", "two.txt"]


async def test_files_come_with_a_ticket_and_with_a_followup(place: Place) -> None:
    api = place.client()
    made = await api.ticket.create(place.ticket(), attach=[File(b"a photo", "photo.txt"), File(b"a plan", "plan.txt")])
    assert [each["filename"] for each in made["attach"]] == ["photo.txt", "plan.txt"]
    assert [each["filename"] for each in await api.ticket.documents(made["id"])] == ["photo.txt", "plan.txt"]
    followup = await api.ticket.add_sub_item(
        made["id"], "ITILFollowup", {"content": "x"}, attach=File(b"a log", "log.txt")
    )
    assert [each["filename"] for each in await api.item("ITILFollowup").documents(followup["id"])] == ["log.txt"]
    with pytest.raises(
        GlpiNotAppliedError,
        match=r"was created, but not its attach: 1 of 2 files .*tool.exe .*Do not create it again: use attach\(",
    ) as caught:
        await api.ticket.create(
            place.ticket("refused"), attach=[File(b"a tool", "tool.exe"), File(b"fine", "fine.txt")]
        )
    assert [each["filename"] for each in await api.ticket.documents(caught.value.id)] == ["fine.txt"]


async def test_nothing_is_created_for_a_file_that_cannot_be_read(place: Place, tmp_path: Path) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match="cannot be read"):
        await api.ticket.create(place.ticket(), attach=tmp_path / "nowhere.txt")
    with pytest.raises(GlpiValidationError, match="empty"):
        await api.ticket.create(place.ticket(), attach=File(b"", "empty.txt"))
    assert await api.ticket.get_all(**place.mine()) == []


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
async def test_a_lost_answer_attaches_once(place: Place) -> None:
    api = place.client(retries=0)
    (id,) = await place.tickets(api, 1)
    await api.ticket.documents(id)
    place.glpi.faults.add(troubles.drop_after(method="POST", path="Document", times=1))
    (made,) = await api.ticket.attach(id, File(b"Room 12", "plan.txt"))
    assert made["existing"] is False
    place.glpi.faults.add(troubles.drop_before(method="POST", path="Document", times=1))
    with pytest.raises(GlpiUnknownOutcomeError, match=r"other.txt: .*attach\(\) again"):
        await api.ticket.attach(id, File(b"Room 13", "other.txt"))
    for _ in range(2):
        await api.ticket.attach(id, File(b"Room 13", "other.txt"))
    assert [each["filename"] for each in await api.ticket.documents(id)] == ["plan.txt", "other.txt"]


@one_server(because="it is refused here")
async def test_what_is_larger_than_glpi_takes_is_not_sent(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match=r"large.txt has 3\d\.\d MB, GLPI takes"):
        await api.ticket.attach(1, File(b"0" * 40_000_000, "large.txt"))
    assert {each.method for each in place.sent if not each.url.endswith(("/token", "Session"))} == {"GET"}
    reader = place.client(read_only=True)
    with pytest.raises(GlpiPermissionError):
        await reader.ticket.attach(1, File(b"x", "x.txt"))


@unsent
async def test_what_is_no_file(place: Place) -> None:
    ticket = place.client().ticket
    with pytest.raises(GlpiValidationError, match="document=12"):
        await ticket.attach(1)
