"""Uploading a document and getting it back; what is refused in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller


def upload(glpi: Caller, name: str = "a b é.txt", content: bytes = b"hello", **given: Any) -> Answer:
    manifest = json.dumps({"input": {"name": "doc", **given}})
    body = (
        f'--B\r\nContent-Disposition: form-data; name="uploadManifest"\r\n\r\n{manifest}\r\n'
        f'--B\r\nContent-Disposition: form-data; name="filename[0]"; filename="{name}"\r\n'
        f"Content-Type: text/plain\r\n\r\n"
    ).encode()
    return glpi.say(
        "POST", "Document", body + content + b"\r\n--B--\r\n", content_type="multipart/form-data; boundary=B"
    )


def test_up_and_down(glpi: Caller) -> None:
    answer = upload(glpi, content=b"\x00\r\n--x--B\xff")
    said = json.loads(answer.body)
    (file,) = said["upload_result"]["filename"]
    assert answer.status == 201
    assert (answer.header("location") or "").endswith(f"/Document/{said['id']}")
    assert (file["size"], file["type"], file["display"]) == (10, "text/plain", "a b é.txt")
    assert "error" not in file
    row = glpi.ask("GET", f"Document/{said['id']}")
    assert (row["filename"], row["mime"], row["users_id"]) == ("a b é.txt", "text/plain", 2)
    for down in (
        glpi.say("GET", f"Document/{said['id']}", accept="application/octet-stream"),
        glpi.say("GET", f"Document/{said['id']}?alt=media", range="bytes=0-1"),
    ):
        assert (down.status, down.body) == (200, b"\x00\r\n--x--B\xff")
        assert down.header("content-type") == "text/plain;charset=UTF-8"
        assert "filename*=utf-8''a%20b%20%C3%A9.txt" in (down.header("content-disposition") or "")


@pytest.mark.parametrize("accept", ["application/octet-stream, */*", "*/*", "application/octet-stream;q=1"])
def test_only_the_exact_accept_gets_the_file(glpi: Caller, accept: str) -> None:
    key = json.loads(upload(glpi).body)["id"]
    assert glpi.ask("GET", f"Document/{key}", accept=accept)["id"] == key


def test_a_refused_type_is_told_only_in_the_result(glpi: Caller) -> None:
    answer = upload(glpi, "x.zzz")
    said = json.loads(answer.body)
    assert answer.status == 201
    assert said["upload_result"]["filename"][0]["error"] == "Filetype not allowed"
    assert glpi.ask("GET", f"Document/{said['id']}")["filename"] is None
    down = glpi.say("GET", f"Document/{said['id']}?alt=media")
    assert down.status == (200 if glpi.world.version == "10.0.17" else 500)


def test_a_document_may_be_put_onto_an_item_at_once(glpi: Caller) -> None:
    ticket = glpi.ask("POST", "Ticket", {"input": {"name": "t", "content": "c"}}, 201)["id"]
    said = json.loads(upload(glpi, itemtype="Ticket", items_id=ticket).body)
    (link,) = glpi.ask("GET", f"Ticket/{ticket}/Document_Item")
    assert (link["documents_id"], link["users_id"], link["timeline_position"]) == (said["id"], 2, 1)
    ten = glpi.world.version == "10.0.17"
    assert said["message"] == f"Item successfully added: {'Document: Ticket - t' if ten else 'doc'}"


def test_linking(glpi: Caller) -> None:
    key = json.loads(upload(glpi).body)["id"]
    given = {"documents_id": key, "itemtype": "Ticket", "items_id": 1}
    said = glpi.ask("POST", "Document_Item", {"input": given}, 201)
    assert said["message"] == f"Item successfully added: Document item - ID {said['id']}"
    assert glpi.ask("POST", "Document_Item", {"input": given}, 400) == ["ERROR_GLPI_ADD", ""]
    missing = glpi.ask("POST", "Document_Item", {"input": {**given, "items_id": 99999999}}, 400)
    assert missing[1] == "You don't have permission to perform this action."


def test_a_document_needs_no_file(glpi: Caller) -> None:
    said = glpi.ask("POST", "Document", {"input": {"name": "link", "link": "https://example.com"}}, 201)
    assert "upload_result" not in said


def test_10_sends_files_without_asking_for_rights(ten: World, eleven: World) -> None:
    for world in (ten, eleven):
        key = json.loads(upload(Caller(world)).body)["id"]
        user = Caller(world, "post-only", "postonly")
        assert user.say("GET", f"Document/{key}?alt=media").status == (200 if world is ten else 403)
        assert user.refused("GET", f"Document/{key}", status=403) == "ERROR_RIGHT_MISSING"


def test_no_document_and_no_picture(glpi: Caller) -> None:
    assert glpi.refused("GET", "Document/99999999?alt=media", status=404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.say("GET", "User/2/Picture").status == 204
    assert glpi.refused("GET", "User/99999/Picture") == "ERROR"


def test_post_only_reads_its_own_documents_and_those_of_its_tickets(glpi: Caller) -> None:
    user = Caller(glpi.world, "post-only", "postonly")
    own = json.loads(upload(user).body)["id"]
    assert user.ask("GET", f"Document/{own}")["id"] == own
    ticket = user.ask("POST", "Ticket", {"input": {"name": "t", "content": "c"}}, 201)["id"]
    shown = json.loads(upload(glpi, itemtype="Ticket", items_id=ticket).body)["id"]
    assert user.ask("GET", f"Document/{shown}")["id"] == shown
