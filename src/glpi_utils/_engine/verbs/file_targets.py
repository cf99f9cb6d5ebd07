"""Where a downloaded file goes: into memory, to a path, or into a file object of the caller. Each counts and hashes it."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Mapping
from hashlib import sha1
from pathlib import Path
from typing import IO, Any, Protocol

from ..._dialects.shared.files import is_file
from ..._display import described
from ..._streams import BodyTarget
from ...exceptions import GlpiError, GlpiValidationError


class FileTarget(BodyTarget, Protocol):
    """A target of a file, from before the first request to after the last."""

    size: int

    @property
    def checksum(self) -> str:
        """The SHA-1 of what was written since it began."""
        ...

    def open(self) -> None:
        """Get ready to write; what cannot be written to raises `GlpiValidationError`."""
        ...

    def finish(self) -> Any:
        """The file is whole: put it where it belongs, and return what the caller gets."""
        ...

    def drop(self) -> None:
        """The file did not come whole: leave nothing of it, where that is possible."""
        ...


class _Counted:
    """What all three have in common."""

    def __init__(self) -> None:
        self.size = 0
        self._sha1 = sha1(usedforsecurity=False)

    def accepts(self, status: int, headers: Mapping[str, str]) -> bool:
        return is_file(status, headers)

    @property
    def checksum(self) -> str:
        return self._sha1.hexdigest()

    def begin(self) -> None:
        self.size = 0
        self._sha1 = sha1(usedforsecurity=False)

    def _count(self, piece: bytes) -> None:
        self.size += len(piece)
        self._sha1.update(piece)

    def obstacle(self) -> str:
        return ""


class Memory(_Counted):
    """Keeps the bytes."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = io.BytesIO()

    def open(self) -> None:
        return

    def begin(self) -> None:
        super().begin()
        self._bytes = io.BytesIO()

    def write(self, piece: bytes) -> None:
        self._count(piece)
        self._bytes.write(piece)

    def finish(self) -> bytes:
        return self._bytes.getvalue()

    def drop(self) -> None:
        self._bytes = io.BytesIO()


class ToPath(_Counted):
    """Writes a file beside the one that is meant, which takes its name when it is whole."""

    def __init__(self, path: str | os.PathLike[str], mark: int) -> None:
        super().__init__()
        self._named = Path(path)
        self._path = self._named
        self._partial = Path(f".glpi-{mark:016x}.part")
        self._file: IO[bytes] = io.BytesIO()

    def open(self) -> None:
        try:
            self._path = Path(os.path.realpath(self._named))  # of a link the file behind it is replaced, not the link
            before = self._path.stat() if self._path.exists() else None
        except (OSError, RuntimeError, ValueError) as problem:
            raise GlpiValidationError(f"to: {self._shown} is no path: {_why(problem)}") from None
        if before is not None and not stat.S_ISREG(before.st_mode):
            what = (
                "a folder: add the name of the file" if stat.S_ISDIR(before.st_mode) else "no file on a disk: open it"
            )
            raise GlpiValidationError(f"to: {self._shown} is {what}")
        self._partial = self._path.parent / self._partial.name
        mode = 0o666 if before is None else 0o600  # nobody may read it who may not read the one that it replaces
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            self._file = os.fdopen(os.open(self._partial, flags, mode), "wb")
            if before is not None:
                self._partial.chmod(stat.S_IMODE(before.st_mode))
        except OSError as problem:
            raise GlpiValidationError(f"to: {self._shown} cannot be written: {_why(problem)}") from None

    def begin(self) -> None:
        super().begin()
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as problem:
            raise self._unwritable(problem) from problem

    def write(self, piece: bytes) -> None:
        self._count(piece)
        try:
            self._file.write(piece)
        except OSError as problem:
            raise self._unwritable(problem) from problem

    def finish(self) -> Path:
        try:
            self._file.close()
            self._partial.replace(self._path)
        except OSError as problem:
            raise self._unwritable(problem) from problem
        return self._named

    def drop(self) -> None:
        try:
            self._file.close()
        except OSError:
            pass  # what it still held could not be written, and is not wanted any more
        self._partial.unlink(missing_ok=True)

    @property
    def _shown(self) -> str:
        return repr(str(self._named))

    def _unwritable(self, problem: OSError) -> GlpiError:
        return GlpiError(f"{self._shown} cannot be written: {_why(problem)}. Nothing was left there.")


class ToFileObject(_Counted):
    """Writes into a file object from where it stands."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file
        self._start: int | None = None
        self._length = 0

    def open(self) -> None:
        """Note where it stands, and how long it is, to put it back."""
        try:
            if self._file.seekable():
                self._start = self._file.tell()
                self._length = self._file.seek(0, os.SEEK_END)
                self._file.seek(self._start)
        except (AttributeError, OSError, ValueError):
            self._start = None

    def begin(self) -> None:
        if self.size:
            self._rewind()
        super().begin()

    def write(self, piece: bytes) -> None:
        self._count(piece)
        while piece:
            written = self._file.write(piece)
            if written is None and isinstance(self._file, io.RawIOBase):
                raise BlockingIOError("the file object does not take the bytes now: give one that waits")
            piece = piece[written:] if isinstance(written, int) else b""

    def _rewind(self) -> None:
        if self._start is None:
            raise OSError("it is not seekable")
        self._file.seek(self._start)
        self._file.truncate(max(self._start, self._length))

    def obstacle(self) -> str:
        """Put it back already, to see whether that can be done."""
        if not self.size:
            return ""
        try:
            self._rewind()
        except (AttributeError, OSError, ValueError):
            return (
                f"{self.size} bytes were written into the file object, which cannot be rewound, "
                "so the download was not begun anew"
            )
        self.size = 0
        return ""

    def finish(self) -> int:
        return self.size

    def drop(self) -> None:
        self.obstacle()


def target_of(to: Any, mark: int) -> FileTarget:
    """Return the target that the caller means; what is none is refused."""
    if to is None:
        return Memory()
    if isinstance(to, str | os.PathLike):
        path: Any = os.fspath(to)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        if isinstance(path, str) and path:
            return ToPath(path, mark)
    elif isinstance(to, io.TextIOBase) or getattr(to, "encoding", None) is not None:
        raise GlpiValidationError("to: the file object takes text: open it in binary mode ('wb')")
    elif callable(getattr(to, "write", None)):
        if getattr(to, "closed", False):
            raise GlpiValidationError("to: the file object is closed")
        writable = getattr(to, "writable", None)
        if callable(writable) and not writable():
            raise GlpiValidationError("to: the file object is open for reading only")
        return ToFileObject(to)
    raise GlpiValidationError(f"to must be a path, a binary file object, or None for bytes, not {described(to)}")  # pyright: ignore[reportUnknownArgumentType]


def _why(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
