"""Files that are sent: read in pieces, from the beginning for each attempt."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..._streams import PIECE, UnreadableBody
from ...exceptions import GlpiValidationError


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
