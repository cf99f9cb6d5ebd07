"""Files that come with a new ticket, followup or task: as 10.0.19 and 11.0.6 have it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glpi_utils.testing.http.wire import Answer
from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_people import make

GIF = b"GIF89a\x03\x00\x01\x00\x80\x00\x00"
TICKET = {"name": "t", "content": "c"}


def send(glpi: Caller, path: str, given: dict[str, Any], *files: tuple[str, str, bytes]) -> Answer:
    """A create with files: field, name, content."""
    parts = [("uploadManifest", "", json.dumps({"input": given}).encode()), *files]
    body = b""
    for field, name, content in parts:
        named = f'; filename="{name}"' if name else ""
        body += f'--B\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode() + content + b"\r\n"
    return glpi.say("POST", path, body + b"--B--\r\n", content_type="multipart/form-data; boundary=B")


def documents(glpi: Caller, itemtype: str, key: int) -> list[tuple[str, str, int, int]]:
    """Name, file name, ticket and place in the timeline of what is linked."""
    found: list[tuple[str, str, int, int]] = []
    for link in glpi.world.select("Document_Item", "itemtype=? AND items_id=?", (itemtype, key)):
        row = glpi.world.get("Document", link["documents_id"]) or {}
        found.append((row["name"], row["filename"], row["tickets_id"], link["timeline_position"]))
    return found


def is_ten(glpi: Caller) -> bool:
    return glpi.world.version == "10.0.17"


def made(answer: Answer) -> int:
    assert answer.status == 201, answer.body
    key: int = json.loads(answer.body)["id"]
    return key


def test_one_file(glpi: Caller) -> None:
    answer = send(glpi, "Ticket", TICKET, ("filename[0]", "a.txt", b"abc"))
    key = made(answer)
    assert documents(glpi, "Ticket", key) == [(f"Document Ticket {key}", "a.txt", key, 1)]
    said = json.loads(answer.body)
    assert said["message"].startswith("Item successfully added: t")
    assert [file["display"] for file in said["upload_result"]["filename"]] == ["a.txt"]
    row = glpi.world.select("Document", "tickets_id=?", (key,))[0]
    down = glpi.say("GET", f"Document/{row['id']}?alt=media")
    assert (row["entities_id"], row["users_id"], down.body) == (0, 2, b"abc")


def test_several_files(glpi: Caller) -> None:
    one_field = made(send(glpi, "Ticket", TICKET, ("f[0]", "a.txt", b"a"), ("f[1]", "b.txt", b"b")))
    names = [name for _, name, _, _ in documents(glpi, "Ticket", one_field)]
    assert names == (["a.txt"] if is_ten(glpi) else ["a.txt", "b.txt"])
    two_fields = made(send(glpi, "Ticket", TICKET, ("f[0]", "c.txt", b"c"), ("g[0]", "d.txt", b"d")))
    assert [name for _, name, _, _ in documents(glpi, "Ticket", two_fields)] == ["c.txt", "d.txt"]


def test_the_same_bytes_are_one_document_with_the_last_name(glpi: Caller) -> None:
    first = made(send(glpi, "Ticket", TICKET, ("f[0]", "a.txt", b"same")))
    second = made(send(glpi, "Ticket", TICKET, ("f[0]", "b.txt", b"same"), ("g[0]", "c.txt", b"same")))
    assert documents(glpi, "Ticket", first) == [(f"Document Ticket {first}", "c.txt", first, 1)]
    assert documents(glpi, "Ticket", second) == documents(glpi, "Ticket", first)


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"x"), ("a.txt", b""), ("a.png", b"text")])
def test_a_refused_file(glpi: Caller, name: str, content: bytes) -> None:
    before = glpi.world.count("Ticket")
    answer = send(
        glpi, "Ticket", TICKET, ("f[0]", "good.txt", b"good"), ("g[0]", name, content), ("h[0]", "z.txt", b"z")
    )
    assert answer.status == (201 if is_ten(glpi) else 500)
    assert glpi.world.count("Ticket") == before + 1
    (row,) = glpi.world.select("Ticket", order="id DESC", limit=1)
    names = [name for _, name, _, _ in documents(glpi, "Ticket", row["id"])]
    assert names == (["good.txt", "z.txt"] if is_ten(glpi) else ["good.txt"])


@pytest.mark.parametrize("itemtype", ["ITILFollowup", "TicketTask", "ITILSolution"])
def test_files_of_the_timeline(glpi: Caller, itemtype: str) -> None:
    ticket = make(glpi)
    parent = {"tickets_id": ticket} if itemtype == "TicketTask" else {"itemtype": "Ticket", "items_id": ticket}
    answer = send(glpi, itemtype, {**parent, "content": "f"}, ("f[0]", "a.txt", itemtype.encode()))
    key = made(answer)
    position = 0 if itemtype == "ITILSolution" else 1
    named = ("a.txt", "a.txt", 0) if is_ten(glpi) else (f"Document Ticket {key}", "a.txt", ticket)
    assert documents(glpi, itemtype, key) == [(*named, position)]
    assert documents(glpi, "Ticket", ticket) == []
    words = f"Item successfully added: {key}" if itemtype == "ITILSolution" else "Document copy succeeded."
    assert json.loads(answer.body)["message"] == words


def test_a_refused_file_of_a_followup(glpi: Caller) -> None:
    ticket = make(glpi)
    given = {"itemtype": "Ticket", "items_id": ticket, "content": "f"}
    answer = send(glpi, "ITILFollowup", given, ("f[0]", "a.exe", b"x"))
    assert glpi.world.count("ITILFollowup", "items_id=?", (ticket,)) == 1
    if is_ten(glpi):
        assert (answer.status, json.loads(answer.body)["message"]) == (201, "File a.exe not found.")
    else:
        assert answer.status == 500


def test_a_change_and_what_takes_no_files(glpi: Caller) -> None:
    change = made(send(glpi, "Change", TICKET, ("f[0]", "a.txt", b"change")))
    assert documents(glpi, "Change", change) == [("a.txt", "a.txt", 0, 1)]
    computer = made(send(glpi, "Computer", {"name": "pc"}, ("f[0]", "a.txt", b"pc")))
    assert documents(glpi, "Computer", computer) == []
    assert not glpi.world.count("Document", "filename='a.txt' AND name='pc'")


def test_an_image_in_the_text(glpi: Caller) -> None:
    given = {
        "name": "t",
        "content": '<p><img id="tag-1" src="x" alt="q"/></p>',
        "_filename": ["i.gif"],
        "_tag_filename": ["tag-1"],
    }
    key = made(send(glpi, "Ticket", given, ("filename[0]", "i.gif", GIF)))
    ((_, name, _, position),) = documents(glpi, "Ticket", key)
    assert (name, position) == ("i.gif", -1)
    (link,) = glpi.world.select("Document_Item", "items_id=? AND itemtype='Ticket'", (key,))
    sign = "&" if is_ten(glpi) else "&amp;"
    address = f"/front/document.send.php?docid={link['documents_id']}{sign}itemtype=Ticket{sign}items_id={key}"
    shown = f'<p><a href="{address}" target="_blank" ><img alt="tag-1" width="3" src="{address}" /></a></p>'
    assert (glpi.world.get("Ticket", key) or {})["content"] == shown


def test_an_image_without_its_tag_in_the_text(glpi: Caller) -> None:
    given = {"name": "t", "content": "<p>c</p>", "_filename": ["i.gif"], "_tag_filename": ["tag-1"]}
    key = made(send(glpi, "Ticket", given, ("filename[0]", "i.gif", GIF)))
    assert [position for *_, position in documents(glpi, "Ticket", key)] == [1]
