"""Files that do not come, come broken, or come as something else: begun anew, told, and no half one is ever left."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import GlpiChecksumError, GlpiValidationError
from glpi_utils.testing import Fault, troubles
from glpi_utils.testing.faults.making import replaced
from glpi_utils.testing.http.wire import Answer
from tests.faults.patience import arrived, holding, interrupting
from tests.faults.places import ADMIN, Place, outcome

T = troubles
CONTENT = bytes(range(256)) * 4_000
FILE: dict[str, Any] = {
    "path": "Document/",
    "when": lambda req: req.path.endswith("/Download") or "alt=media" in req.query,
}
"""Where the file itself is asked for."""
NAMED = ("Content-Disposition", "attachment; filename*=utf-8''plan.bin")


def document(place: Place, content: bytes = CONTENT, **columns: Any) -> int:
    """Put a document with a file on the server."""
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    row = {"name": place.mark, "filename": "plan.bin", "filepath": "x", "mime": "text/html", "sha1sum": sha1, **columns}

    def put(world: Any) -> int:
        world.files[sha1] = content
        return int(world.insert("Document", row, ADMIN))

    return place.glpi.do(put)


def asked(place: Place) -> int:
    """How often the file was asked for."""
    return sum(1 for each in place.sent if each.url.endswith(("/Download", "alt=media")))


def other(body: bytes, *headers: tuple[str, str]) -> Fault:
    """Something else comes in place of the file."""
    return replaced("other", Answer(200, headers, body), False, **FILE)


TROUBLES: dict[str, tuple[Callable[[], Fault], str, int]] = {
    "broken in the middle": (lambda: T.truncated(**FILE), "Connection", 3),
    "broken, with its length": (lambda: T.truncated(announced="length", **FILE), "Connection", 3),
    "cut off": (lambda: T.drop_after(**FILE), "Connection", 4),
    "something behind it": (lambda: T.garbage(**FILE), "Checksum", 3),
    "another file": (lambda: other(b"something else", NAMED), "Checksum", 3),
    "nothing": (lambda: other(b"", NAMED), "Checksum", 3),
    "a page of a proxy": (lambda: T.status(200, html="Sign in to the network", **FILE), "Auth", 1),
    "502": (lambda: T.status(502, html="Bad Gateway", **FILE), "API", 4),
    "the row in place of the file": (lambda: other(b'{"id":1}', ("Content-Type", "application/json")), "API", 4),
    "429": (lambda: T.too_many(**FILE), "RateLimit", 4),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_what_does_not_come_leaves_nothing(place: Place, tmp_path: Path, name: str) -> None:
    strike, said, times = TROUBLES[name]
    target = tmp_path / "plan.bin"
    target.write_bytes(b"before")
    file = io.BytesIO(b"before")
    file.seek(6)

    async def story() -> None:
        api, number = await place.ready(), document(place)
        for to in (target, file, None):
            place.sent.clear()
            place.glpi.faults.clear()
            place.glpi.faults.add(strike())
            ended, error = await outcome(api.document.download(number, to))
            assert ended == said, error
            assert asked(place) == times
            assert str(number) in str(error) or place.hl
            if said == "Checksum":
                assert isinstance(error, GlpiChecksumError)
                assert error.expected == hashlib.sha1(CONTENT).hexdigest() != error.actual
                assert error.expected in str(error)

    place.play(story())
    assert [each.name for each in tmp_path.iterdir()] == ["plan.bin"]
    assert target.read_bytes() == b"before"
    assert file.getvalue() == b"before"


@pytest.mark.parametrize("name", [name for name in TROUBLES if name != "a page of a proxy"])
def test_what_goes_wrong_once_does_no_harm(place: Place, tmp_path: Path, name: str) -> None:
    async def story() -> None:
        api, number = await place.ready(), document(place)
        file = io.BytesIO()
        for to in (tmp_path / "plan.bin", file, None):
            place.glpi.faults.clear()
            fault = TROUBLES[name][0]()
            fault.times = 1
            place.glpi.faults.add(fault)
            value = await api.document.download(number, to)
            assert fault.fired == 1
            assert value == {id(None): CONTENT, id(file): len(CONTENT)}.get(id(to), to)
        assert file.getvalue() == CONTENT

    place.play(story())
    assert [(each.name, each.read_bytes() == CONTENT) for each in tmp_path.iterdir()] == [("plan.bin", True)]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_packed_file_is_unpacked(place: Place, coding: str) -> None:
    body = gzip.compress(CONTENT) if coding == "gzip" else CONTENT

    async def story() -> None:
        api, number = await place.ready(), document(place)
        place.glpi.faults.add(other(body, NAMED, ("Content-Encoding", coding)))
        assert await api.document.download(number) == CONTENT

    place.play(story())


def test_a_file_may_be_larger_than_an_answer(place: Place) -> None:
    async def story() -> None:
        number = document(place)
        api = await place.ready(max_response_size=100_000)
        assert await api.document.download(number) == CONTENT

    place.play(story())


@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
def test_into_a_pipe_nothing_is_written_twice(place: Place) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.got = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.got += bytes(data)
            return len(data)

    async def story() -> None:
        api, number = await place.ready(), document(place)
        place.glpi.faults.add(T.truncated(keep=600_000, times=1, **FILE))
        pipe = Pipe()
        ended, error = await outcome(api.document.download(number, pipe))
        assert ended == "Connection"
        assert f"{len(pipe.got)} bytes were written into the file object, which cannot be rewound" in str(error)
        assert 0 < len(pipe.got) <= 600_000
        assert pipe.got == CONTENT[: len(pipe.got)]
        assert asked(place) == 1
        whole = Pipe()
        assert await api.document.download(number, whole) == len(CONTENT)
        assert whole.got == CONTENT

    place.play(story())


def broken_then_hanging(place: Place) -> Fault:
    """The first attempt breaks off when a part was written; the second one hangs."""
    place.glpi.faults.add(T.truncated(times=1, **FILE))
    return place.glpi.faults.add(T.hang(after=1, times=1, **FILE))


def test_a_download_that_is_cancelled(place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        if place.kind == "sync":
            return
        api, number = await place.ready(), document(place)
        hang = broken_then_hanging(place)
        file = io.BytesIO(b"before")
        file.seek(6)
        targets: list[Any] = [tmp_path / "plan.bin", file]
        for to in targets:
            task = asyncio.ensure_future(api.document.download(number, to))
            await arrived("async", holding(hang, place.glpi))
            assert len(list(tmp_path.iterdir())) <= 1
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert list(tmp_path.iterdir()) == []
            assert file.getvalue() == b"before"
            place.glpi.faults.clear()
            hang = broken_then_hanging(place)
        place.glpi.faults.clear()
        assert await api.document.download(number) == CONTENT, "the connection's place is free"

    place.play(story())


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c(place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        api, number = await place.ready(), document(place)
        hang = broken_then_hanging(place)
        interrupting(place.glpi, hang).start()
        try:
            await api.document.download(number, tmp_path / "plan.bin")
        except asyncio.CancelledError:
            assert list(tmp_path.iterdir()) == []
            raise

    with pytest.raises(KeyboardInterrupt):
        place.play(story())
    assert list(tmp_path.iterdir()) == []


def test_what_the_callers_file_raises_is_the_callers(place: Place) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise ZeroDivisionError("mine")

    async def story() -> None:
        api, number = await place.ready(), document(place)
        for _ in range(20):  # more than there are places
            with pytest.raises(ZeroDivisionError, match="mine"):
                await api.document.download(number, Full())
        assert await api.document.download(number) == CONTENT

    place.play(story())


# uploads


def uploaded(place: Place, name: str) -> list[bytes]:
    """What the server has under this name."""
    return place.glpi.do(
        lambda world: [
            world.files.get(row["sha1sum"] or "", b"") for row in world.select("Document", "name=?", (name,))
        ]
    )


@pytest.mark.parametrize("size", [10, 1_000, 1_000_000])
@pytest.mark.parametrize("strike", [T.too_many, T.revoked_token], ids=["429", "session gone"])
def test_what_was_not_taken_is_sent_again_whole(
    place: Place, tmp_path: Path, size: int, strike: Callable[..., Fault]
) -> None:
    if place.hl:
        return
    file = tmp_path / "plan.txt"
    file.write_bytes(b"0123456789" * (size // 10))

    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(strike(method="POST", path="Document", times=1))
        made = await api.upload_document(file, place.mark)
        assert made["id"]
        assert uploaded(place, place.mark) == [file.read_bytes()]

    place.play(story())


@pytest.mark.parametrize("size", [1_000, 1_000_000])
def test_an_upload_whose_answer_is_lost_is_sent_once(place: Place, tmp_path: Path, size: int) -> None:
    if place.hl:
        return
    file = tmp_path / "plan.txt"
    file.write_bytes(b"0123456789" * (size // 10))

    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.drop_after(method="POST", path="Document", times=1))
        ended, _ = await outcome(api.upload_document(file, place.mark))
        assert ended == "UnknownOutcome"
        assert uploaded(place, place.mark) == [file.read_bytes()]

    place.play(story())


def test_a_file_that_goes_before_it_is_sent_again(place: Place, tmp_path: Path) -> None:
    if place.hl:
        return
    file = tmp_path / "plan.txt"
    file.write_bytes(b"0123456789" * 100_000)

    async def story() -> None:
        place.glpi.faults.add(T.too_many(method="POST", path="Document", times=1))

        def vanish(info: Any) -> None:
            if info.status == 429:
                file.unlink()

        watched = place.client(on_response=vanish)
        with pytest.raises(GlpiValidationError, match=r"plan\.txt cannot be read"):
            await watched.upload_document(file, place.mark)
        assert uploaded(place, place.mark) == []

    place.play(story())


def test_what_cannot_be_written_to_is_refused_before_anything_is_sent(place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        api, number = await place.ready(), document(place)
        wrong: list[Any] = [tmp_path, tmp_path / "no" / "file", "", 5, io.StringIO()]
        for to in wrong:
            place.sent.clear()
            with pytest.raises(GlpiValidationError):
                await api.document.download(number, to)
            assert place.sent == []

    place.play(story())
