"""Where a file goes: what each target takes, what it refuses before anything is sent, and what it leaves behind."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from glpi_utils._engine.request.uploads import FileSource, content_of, path_of
from glpi_utils._engine.verbs.file_targets import FileTarget, target_of
from glpi_utils._streams import UnreadableBody
from glpi_utils.exceptions import GlpiError, GlpiValidationError

posix = pytest.mark.skipif(os.name != "posix", reason="permissions, links and pipes of POSIX")


def filled(target: FileTarget, *tries: list[bytes]) -> Any:
    """Play a download, each try but the last broken off; return what it gives."""
    target.open()
    for pieces in tries:
        assert target.obstacle() == ""
        target.begin()
        for piece in pieces:
            target.write(piece)
    return target.finish()


def test_bytes() -> None:
    target = target_of(None, 1)
    assert filled(target, [b"ha"], [b"who", b"le"]) == b"whole"
    assert target.checksum == hashlib.sha1(b"whole").hexdigest()
    assert target.size == 5


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path(tmp_path: Path, kind: Any) -> None:
    place = kind(tmp_path / "ünder scored.txt")
    given = filled(target_of(place, 1), [b"much longer"], [b"who", b"le"])
    assert given == Path(place)
    assert given.read_bytes() == b"whole"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_name_is_given_to_a_whole_file_alone(tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    place.write_bytes(b"before")
    target = target_of(place, 1)
    target.open()
    target.begin()
    target.write(b"half")
    assert place.read_bytes() == b"before"
    target.drop()
    target.drop()
    assert [each.name for each in tmp_path.iterdir()] == ["plan.txt"]
    assert place.read_bytes() == b"before"


@posix
def test_a_file_that_is_replaced_keeps_its_permissions_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    secret, usual = tmp_path / "secret", tmp_path / "usual"
    secret.touch()
    secret.chmod(0o640)
    usual.touch()
    expected = usual.stat().st_mode
    usual.unlink()
    for place in (secret, usual):
        filled(target_of(place, 1), [b"x"])
    assert secret.stat().st_mode & 0o777 == 0o640
    assert usual.stat().st_mode == expected


@posix
def test_of_a_link_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    behind = tmp_path / "folder" / "file"
    behind.parent.mkdir()
    behind.write_text("before")
    link = tmp_path / "link"
    link.symlink_to(behind)
    assert filled(target_of(link, 1), [b"x"]) == link
    assert link.is_symlink()
    assert behind.read_text() == "x"
    assert len(list(behind.parent.iterdir())) == 1


def test_what_cannot_be_a_file_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    reasons = {
        tmp_path: "a folder: add the name",
        tmp_path / "missing" / "file": "cannot be written",
        "x\0y": "is no path",
        tmp_path / ("x" * 300): "File name too long",
    }
    for place, reason in reasons.items():
        target = target_of(place, 1)
        with pytest.raises(GlpiValidationError, match=reason):
            target.open()
        target.drop()
    assert list(tmp_path.iterdir()) == []


@posix
def test_nor_is_a_device_replaced_by_a_file() -> None:
    target = target_of(os.devnull, 1)
    with pytest.raises(GlpiValidationError, match="no file on a disk: open it"):
        target.open()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full")
def test_a_full_disk(tmp_path: Path) -> None:
    target = target_of(tmp_path / "plan.txt", 1)
    target.open()
    target.begin()
    full: Any = target
    full._file.close()
    full._file = os.fdopen(os.open("/dev/full", os.O_WRONLY), "wb", buffering=0)
    with pytest.raises(GlpiError, match=r"plan\.txt' cannot be written: No space left on device\. Nothing was left"):
        target.write(b"x")
    target.drop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (5, "must be a path, a binary file object, or None"),
        ("", "must be a path"),
        (b"plan.txt", "must be a path"),
        (io.StringIO(), "takes text"),
        (sys.__stdout__, "takes text"),
        (io.BufferedReader(io.BytesIO()), "open for reading only"),
    ],
)
def test_what_is_no_target_is_refused(to: Any, reason: str) -> None:
    with pytest.raises(GlpiValidationError, match=reason):
        target_of(to, 1)


def test_a_closed_file_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        pass
    with pytest.raises(GlpiValidationError, match="is closed"):
        target_of(file, 1)


def test_a_file_object_is_written_from_where_it_stands_and_put_back() -> None:
    file = io.BytesIO(b"before and after")
    file.seek(6)
    target = target_of(file, 1)
    assert filled(target, [b"much longer than what was there"], [b" -"]) == 2
    assert (file.getvalue()[:8], file.tell()) == (b"before -", 8)
    assert len(file.getvalue()) == 16, "nothing behind it is lost, nothing of the first try is left"
    target = target_of(file, 1)
    target.open()
    target.begin()
    target.write(b"x" * 50)
    target.drop()
    assert (len(file.getvalue()), file.tell()) == (16, 8)


def test_a_file_object_that_takes_a_part_at_a_time() -> None:
    class Slow(io.RawIOBase):
        def __init__(self) -> None:
            self.got = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.got += bytes(data[:3])
            return min(3, len(data))

    file = Slow()
    assert filled(target_of(file, 1), [b"0123456789"]) == 10
    assert file.got == b"0123456789"


class Plain:
    """The least that can be written to."""

    def __init__(self) -> None:
        self.got = b""

    def write(self, data: Any) -> None:
        self.got += bytes(data)


@pytest.mark.parametrize("file", [Plain(), gzip.GzipFile(fileobj=io.BytesIO(), mode="wb")], ids=["plain", "gzip"])
def test_what_cannot_be_rewound_does_not_begin_anew_once_something_was_written(file: Any) -> None:
    target = target_of(file, 1)
    target.open()
    assert target.obstacle() == ""
    target.begin()
    target.write(b"half")
    assert "4 bytes were written into the file object, which cannot be rewound" in target.obstacle()
    target.drop()


@posix
def test_a_pipe() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as far, os.fdopen(writing, "wb", buffering=0) as near:
        assert filled(target_of(near, 1), [b"whole"]) == 5
        near.close()
        assert far.read() == b"whole"


# ------------------------------------------------------------------------------------------------------- files to send


def test_a_small_file_is_read_at_once_and_a_large_one_in_pieces(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(b"0123456789" * 100_000)
    assert content_of(small) == b"x"
    source = content_of(large)
    assert isinstance(source, FileSource)
    assert source.size == 1_000_000
    assert b"".join(source.pieces()) == b"".join(source.pieces()) == large.read_bytes()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="files that tell no size")
def test_what_no_disk_holds_is_read_at_once() -> None:
    assert b"Name:" in cast("bytes", content_of(Path("/proc/self/status")))


@posix
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"through a pipe"))
    writer.start()
    assert content_of(pipe) == b"through a pipe"
    writer.join(30)


def test_what_is_added_later_is_not_sent(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * 600_000)
    source = content_of(log)
    assert isinstance(source, FileSource)
    with log.open("ab") as more:
        more.write(b"y" * 600_000)
    assert b"".join(source.pieces()) == b"x" * 600_000


def test_a_file_that_is_shortened_replaced_or_gone_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 600_000)
    source = content_of(file)
    assert isinstance(source, FileSource)
    pieces = source.pieces()
    next(pieces)
    os.truncate(file, 10)
    with pytest.raises(UnreadableBody, match="became shorter while it was sent"):
        list(pieces)
    other = tmp_path / "other"
    other.write_bytes(b"y" * 600_000)
    other.replace(file)
    with pytest.raises(UnreadableBody, match="another file has taken the place"):
        next(source.pieces())
    file.unlink()
    with pytest.raises(UnreadableBody, match="cannot be read: No such file"):
        next(source.pieces())


@pytest.mark.parametrize("value", [5, None, b"x", object()])
def test_what_is_no_path_is_refused(value: Any) -> None:
    with pytest.raises(GlpiValidationError, match="must be the path of a file"):
        path_of(value)
