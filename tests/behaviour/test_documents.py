"""Uploading files (legacy API)."""

from __future__ import annotations

from pathlib import Path

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError
from tests.behaviour.places import Place, only

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


@only("legacy", because=ONLY_LEGACY)
async def test_a_file_that_glpi_refuses_leaves_no_document(place: Place, tmp_path: Path) -> None:
    api = place.client()
    file = tmp_path / "program.no-such-type"
    file.write_text("content")
    with pytest.raises(GlpiAPIError, match="refused the file"):
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


@only("legacy", because="HL has it as a list")
async def test_the_configuration(place: Place) -> None:
    config = await place.client().get_glpi_config()
    assert config["cfg_glpi"]["version"]
