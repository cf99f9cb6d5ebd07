"""Uploading a document and getting it back; what is refused in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.legacy.uploads import ABORTED
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller


def upload(
    glpi: Caller, name: str = "a b é.txt", content: bytes = b"hello", document: str = "doc", **given: Any
) -> Answer:
    manifest = json.dumps({"input": {"name": document, **given}})
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
    assert (row["filename"], row["mime"], row["users_id"]) == ("a b é.txt", "application/octet-stream", 2)
    for down in (
        glpi.say("GET", f"Document/{said['id']}", accept="application/octet-stream"),
        glpi.say("GET", f"Document/{said['id']}?alt=media", range="bytes=0-1"),
    ):
        assert (down.status, down.body) == (200, b"\x00\r\n--x--B\xff")
        assert down.header("content-type") == "application/octet-stream"
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


def error(answer: Answer) -> Any:
    """What GLPI says of the first file."""
    return json.loads(answer.body)["upload_result"]["filename"][0].get("error")


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "File is too small"),
        ("a.zzz", b"", "Filetype not allowed"),
        ("a", b"x", "Filetype not allowed"),
        ("a.json", b"{}", "Filetype not allowed"),
        ("", b"x", "No file was uploaded"),
        ("a.png", b"text", False),
        ("a.JPG", PNG, False),
        ("a.gif", PNG, False),
        ("a.png", b"", "File is too small"),
        ("a.png", PNG, None),
        ("a.bmp", PNG, None),
        (".txt", b"x", None),
        ("A.TXT", b"x", None),
        ("x.exe.txt", b"x", None),
        ("a.txt. ", b"x", None),
        ("../x/a.txt", b"x", None),
        ("C:\\x\\a.txt", b"x", None),
    ],
)
def test_what_glpi_holds_against_a_file(glpi: Caller, name: str, content: bytes, said: Any) -> None:
    answer = upload(glpi, name, content)
    assert (answer.status, error(answer)) == (201, said)
    row = glpi.ask("GET", f"Document/{json.loads(answer.body)['id']}")
    assert (row["filename"] is None, row["filepath"] is None) == (said is not None, said is not None)


@pytest.mark.parametrize("name", ["a.txt. ", "../x/a.txt", "C:\\x\\a.txt"])
def test_of_a_path_the_name_is_kept(glpi: Caller, name: str) -> None:
    said = json.loads(upload(glpi, name).body)
    assert said["upload_result"]["filename"][0]["display"] == "a.txt"
    assert glpi.ask("GET", f"Document/{said['id']}")["filename"] == "a.txt"


def test_11_takes_webp(ten: World, eleven: World) -> None:
    assert error(upload(Caller(ten), "a.webp")) == "Filetype not allowed"
    assert error(upload(Caller(eleven), "a.webp")) is None


def test_a_name_that_the_file_system_does_not_take(glpi: Caller) -> None:
    assert error(upload(glpi, "a" * 228 + ".txt")) is None
    answer = upload(glpi, "a" * 229 + ".txt")
    if glpi.world.version == "10.0.17":
        (file,) = json.loads(answer.body)["upload_result"]["filename"]
        assert (file["error"], file["size"], "url" in file, "deleteUrl" in file) == (ABORTED, False, False, True)
    else:
        assert answer.status == 500


def test_10_shows_the_name_as_it_stores_texts(ten: World, eleven: World) -> None:
    for world, shown in ((ten, "a&#60;b&#38;c.txt"), (eleven, "a<b&c.txt")):
        said = json.loads(upload(Caller(world), "a<b&c.txt").body)
        assert said["upload_result"]["filename"][0]["display"] == shown
        assert Caller(world).ask("GET", f"Document/{said['id']}")["filename"] == shown


def test_a_refused_file_makes_no_document_for_an_item(glpi: Caller) -> None:
    before = len(glpi.world.select("Document", "1 = 1", []))
    for given in (
        {"itemtype": "Ticket", "items_id": 1},
        {"itemtype": "Ticket", "items_id": 99999999},
        {"_only_if_upload_succeed": 1},
    ):
        answer = upload(glpi, "x.zzz", **given)
        assert (answer.status, json.loads(answer.body)) == (400, ["ERROR_GLPI_ADD", "File x.zzz not found."])
    assert len(glpi.world.select("Document", "1 = 1", [])) == before
    for kind, number in (("Ticket", None), ("Ticket", 0), ("Nope", 1)):
        assert upload(glpi, "x.zzz", itemtype=kind, items_id=number).status == 201


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"x", "application/octet-stream"),
        (b"a\0b", "application/octet-stream"),
        (b"text\r\n", "text/plain"),
        ("é".encode("latin-1") * 2, "text/plain"),
        (b'{"a": 1}', "application/json"),
        (b"01234", "text/plain"),
        (b"%PDF-1.4", "application/pdf"),
        (b"<html></html>", "text/html"),
        (b'<?xml version="1.0"?><a/>', "text/xml"),
        (PNG, "image/png"),
    ],
)
def test_the_type_is_that_of_the_content(glpi: Caller, content: bytes, mime: str) -> None:
    key = json.loads(upload(glpi, "a.txt", content).body)["id"]
    assert glpi.ask("GET", f"Document/{key}")["mime"] == mime


def test_a_document_without_a_name_is_called_as_its_file(glpi: Caller) -> None:
    said = json.loads(upload(glpi, "a.txt", document="").body)
    assert said["message"] == "Item successfully added: a.txt"


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
