"""Files that are sent: read in pieces, from the beginning for each attempt."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ..._dialects.legacy import documents
from ..._files import File, pieces_of
from ..._streams import PIECE, BodySource, UnreadableBody, size_of
from ...exceptions import GlpiAPIError, GlpiError, GlpiValidationError

if TYPE_CHECKING:
    from .core import Core

Item = dict[str, Any]
OnBytes = Callable[[int, int], object]
"""Is told how many bytes have gone, and how many there are."""


class FileSource:
    """A file on a disk, as long as it was when it was looked at: what is added to it later is not sent."""

    def __init__(self, path: Path, state: os.stat_result) -> None:
        self._path, self._identity = path, (state.st_dev, state.st_ino)
        self.size = state.st_size

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it."""
        try:
            with self._path.open("rb") as file:
                state = os.fstat(file.fileno())
                if (state.st_dev, state.st_ino) != self._identity:
                    raise UnreadableBody(f"another file has taken the place of {self._path} since the upload began")
                left = self.size
                while left:
                    piece = file.read(min(PIECE, left))
                    if not piece:
                        raise UnreadableBody(f"{self._path} became shorter while it was sent")
                    left -= len(piece)
                    yield piece
        except OSError as problem:
            raise UnreadableBody(f"{self._path} cannot be read: {problem.strerror}") from None


def path_of(value: Any) -> Path:
    """Return the path of a file; what is none is refused."""
    text: Any = os.fspath(value) if isinstance(value, str | os.PathLike) else None  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if not isinstance(text, str):
        raise GlpiValidationError(f"path must be the path of a file, not {value!r:.60}")
    return Path(text)


def content_of(path: Path) -> bytes | FileSource:
    """Return the file's bytes where they are few, or no disk holds them; else what reads them. Raises `OSError`."""
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or state.st_size <= PIECE:
            return file.read()
        return FileSource(path, state)


class OpenFile:
    """A file object, from where it stands to its end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._start = file, file.tell()
        self.size = file.seek(0, os.SEEK_END) - self._start
        file.seek(self._start)

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it, and leave it where it stood."""
        try:
            self._file.seek(self._start)
            left = self.size
            while left and (piece := self._file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
            if left:
                raise UnreadableBody("the file became shorter while it was sent")
            self._file.seek(self._start)
        except (OSError, ValueError) as problem:
            raise UnreadableBody(f"the file object cannot be read: {problem}") from None


class TemporaryCopy(OpenFile):
    """Bytes that could be read only once, on a disk for as long as somebody needs them."""

    def __del__(self) -> None:
        self._file.close()


class Watched:
    """A body that tells how far it is."""

    def __init__(self, content: bytes | BodySource, on_bytes: OnBytes) -> None:
        self._content, self._on_bytes = content, on_bytes
        self.size = size_of(content)

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it, and say after each piece how many bytes have gone."""
        gone = 0
        for piece in _pieces(self._content):
            yield piece
            gone += len(piece)
            self._on_bytes(gone, self.size)


class Source(NamedTuple):
    """A file that is to be sent."""

    name: str
    content: bytes | BodySource

    @property
    def size(self) -> int:
        """Its bytes."""
        return size_of(self.content)

    def checksum(self) -> str:
        """Return its SHA-1, by which GLPI knows it."""
        digest = sha1(usedforsecurity=False)
        for piece in _pieces(self.content):
            digest.update(piece)
        return digest.hexdigest()

    def watched(self, on_bytes: OnBytes | None) -> bytes | BodySource:
        """Return what is sent."""
        return self.content if on_bytes is None else Watched(self.content, on_bytes)


def _pieces(content: bytes | BodySource) -> Iterator[bytes]:
    if not isinstance(content, bytes):
        yield from content.pieces()
        return
    for at in range(0, len(content), PIECE):
        yield content[at : at + PIECE]


def source_of(value: Any) -> Source:
    """Return what reads the file that the caller means; what cannot be read is refused."""
    try:
        if isinstance(value, str | os.PathLike):
            path = path_of(value)  # pyright: ignore[reportUnknownArgumentType]
            return Source(path.name, content_of(path))
        if isinstance(value, File):
            if not str(value.name or "").strip():
                raise GlpiValidationError(f"a File needs a name, not {value.name!r:.60}")
            return Source(_last(value.name), _content(value.data))
        if callable(getattr(value, "read", None)):
            name = getattr(value, "name", None)
            if not isinstance(name, str) or not _last(name):
                raise GlpiValidationError("a file object without a name: File(file, 'plan.pdf') gives it one")
            return Source(_last(name), _content(value))
    except OSError as problem:
        raise GlpiValidationError(f"{value!r:.80} cannot be read: {problem.strerror or problem}") from None
    raise GlpiValidationError(
        f"a file is a path, a file object that is open for bytes, or File(data, name), not {value!r:.60}"
    )


def _last(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _content(data: Any) -> bytes | BodySource:
    if isinstance(data, bytes | bytearray):
        return bytes(data)
    if getattr(data, "encoding", None) is not None or isinstance(data, str):
        raise GlpiValidationError("a file is sent as bytes: open it in binary mode ('rb'), or encode the text")
    seekable = getattr(data, "seekable", None)
    if callable(seekable) and seekable():
        return OpenFile(data)
    kept = tempfile.TemporaryFile()  # noqa: SIM115  it goes with the last reference
    for piece in pieces_of(data):
        kept.write(piece)
    kept.seek(0)
    return TemporaryCopy(kept)


async def send_file(
    core: Core, source: Source, name: str | None, fields: Item, on_bytes: OnBytes | None = None
) -> Item:
    """Upload a file on the legacy API; a document that GLPI made without its file is removed again."""
    runtime = core.session.runtime
    # by chance it is in no file: it has more than 100 random bits
    boundary = f"glpi-{int(runtime.draw() * 2**53):016x}{int(runtime.draw() * 2**53):016x}"
    content = source.watched(on_bytes)
    made = await core.do(documents.upload(source.name, content, name, boundary, fields))
    refused = documents.rejected(made)
    if refused is None:
        return made
    try:
        await core.do(core.dialect.delete(core.dialect.resource("Document"), {"id": made["id"]}, True, True))
    except GlpiError as problem:
        refused.message += f" (its empty document {made['id']} is left: {problem.message})"
    raise GlpiAPIError(f"{source.name}: {refused.message}", refused.status_code, refused.error_code)
