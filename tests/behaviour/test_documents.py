"""Uploading files (legacy API), and downloading them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils.testing.world.rights import Who
from tests.behaviour.places import Place, only, unsent

ONLY_LEGACY = "the High-Level API takes no files"


@only("legacy", because=ONLY_LEGACY)
async def test_upload(place: Place, tmp_path: Path) -> None:
    api = place.client()
    file = tmp_path / "ünder.txt"
    file.write_bytes(b"one\r\ntwo\0three")
    made = await api.upload_document(file, place.name())
    assert made["id"] > 0
    got = await api.document.get(made["id"])
    assert got["name"] == place.name()
    assert "nder.txt" in got["filename"]


@only("legacy", because=ONLY_LEGACY)
async def test_upload_without_a_name_takes_that_of_the_file(place: Place, tmp_path: Path) -> None:
    api = place.client()
    file = tmp_path / f"{place.name().replace(':', '')}.txt"
    file.write_text("content")
    made = await api.upload_document(str(file))
    assert (await api.document.get(made["id"]))["name"] == file.name


REFUSED = [
    ("program.no-such-type", b"content", "Filetype not allowed"),
    ("README", b"content", "Filetype not allowed"),
    ("empty.txt", b"", "File is too small"),
    ("empty.no-such-type", b"", "Filetype not allowed"),
    ("text.png", b"content", "it does not say why; the content is probably not the picture"),
    ("png.jpeg", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "it does not say why; the content is probably not the picture"),
]


@only("legacy", because=ONLY_LEGACY)
@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[name for name, *_ in REFUSED])
async def test_a_file_that_glpi_refuses_leaves_no_document(
    place: Place, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    api = place.client()
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(GlpiAPIError, match=f"GLPI refused the file: {words}"):
        await api.upload_document(file, place.name())
    assert await api.document.count(include_deleted=True, **place.mine()) == 0


@only("legacy", because=ONLY_LEGACY)
async def test_a_file_that_is_not_there(place: Place, tmp_path: Path) -> None:
    api = place.client()
    for wrong in (tmp_path / "missing.txt", tmp_path, 5, None, b"bytes"):
        with pytest.raises(GlpiValidationError):
            await api.upload_document(wrong)
    assert place.sent == []


@only("legacy", because=ONLY_LEGACY)
async def test_a_read_only_client_uploads_nothing(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("content")
    with pytest.raises(Exception, match="read-only"):
        await place.client(read_only=True).upload_document(file, place.name())


@only("legacy", because=ONLY_LEGACY)
@pytest.mark.parametrize("size", [1, 5, 700_000])
async def test_what_was_uploaded_is_downloaded(place: Place, tmp_path: Path, size: int) -> None:
    api = place.client()
    file = tmp_path / "plan.txt"
    file.write_bytes((b"0123456789" * (size // 10 + 1))[:size])
    made = await api.upload_document(file, place.name())
    assert await api.document.download(made["id"]) == file.read_bytes()
    assert await api.document.download(str(made["id"]), tmp_path / "again.txt") == tmp_path / "again.txt"
    assert (tmp_path / "again.txt").read_bytes() == file.read_bytes()


def stored(place: Place, content: bytes | None, **columns: Any) -> int:
    """Put a document onto the embedded server; None: one without a file."""

    def put(world: Any) -> int:
        row: dict[str, Any] = {"name": place.name(), **columns}
        if content is not None:
            sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
            world.files[sha1] = content
            row = {"filename": "a.txt", "filepath": "x", "mime": "text/plain", "sha1sum": sha1, **row}
        return int(world.insert("Document", row, Who(user=2)))

    return place.glpi.do(put)


@only(where="embedded", because="one of the two APIs cannot put a file there")
@pytest.mark.parametrize("mime", ["text/plain", "text/html", "application/json", ""])
async def test_a_download_gives_what_fits_its_target(place: Place, tmp_path: Path, mime: str) -> None:
    content = b'<html>{"id": 1}</html>\r\n' * 20_000
    api, number = place.client(), stored(place, content, mime=mime)
    assert await api.document.download(number) == content
    path = tmp_path / "report.html"
    for to in (path, str(path)):
        assert await api.document.download(number, to) == path
        assert path.read_bytes() == content
    with path.open("r+b") as file:
        file.seek(3)
        assert await api.document.download(number, file) == len(content)
        assert file.tell() == 3 + len(content)
    assert path.read_bytes() == content[:3] + content
    assert list(tmp_path.iterdir()) == [path]


@only(where="embedded", because="one of the two APIs cannot put a file there")
async def test_there_is_no_file(place: Place, tmp_path: Path) -> None:
    api = place.client()
    for number in (stored(place, None), 99_999_999):
        for to in (None, tmp_path / "x"):
            with pytest.raises(GlpiNotFoundError):
                await api.document.download(number, to)
    assert list(tmp_path.iterdir()) == []


@only(where="embedded", because="one of the two APIs cannot put a file there")
async def test_an_old_document_without_a_checksum_is_not_held_against_one(place: Place) -> None:
    number = stored(place, b"x")
    place.glpi.do(lambda world: world.files.update({"": b"old"}))
    place.glpi.do(lambda world: world.sql("UPDATE Document SET sha1sum = '' WHERE id = ?", (number,)))
    assert await place.client().document.download(number) == b"old"


@only(where="embedded", because="accounts of this profile are those of the embedded server")
async def test_who_may_not_read_documents(place: Place) -> None:
    number = stored(place, b"secret")
    api = place.client(username="post-only", password="postonly")
    if place.hl or not place.cell.where.startswith("10"):
        with pytest.raises(GlpiPermissionError):
            await api.document.download(number)
    else:  # GLPI 10 does not look at the right to a file
        assert await api.document.download(number) == b"secret"


@unsent
async def test_other_itemtypes_have_no_file(place: Place, tmp_path: Path) -> None:
    with pytest.raises(GlpiUnsupportedError, match=r"api\.document\.download\(5\); Ticket has none"):
        await place.client().ticket.download(1, tmp_path / "x")


@unsent
@pytest.mark.parametrize("id", [0, -1, "x", None, 1.5])
async def test_what_is_no_id(place: Place, tmp_path: Path, id: Any) -> None:
    with pytest.raises(GlpiValidationError):
        await place.client().document.download(id, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@only("legacy", because="HL has it as a list")
async def test_the_configuration(place: Place) -> None:
    config = await place.client().get_glpi_config()
    assert config["cfg_glpi"]["version"]
