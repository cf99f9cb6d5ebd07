"""The verbs that give files."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, overload

from ..._hints import hint
from ..._streams import BinaryWriter
from ...exceptions import GlpiUnsupportedError
from .of_one_type import OfOneType
from .sub_item_checks import resolve_me

if TYPE_CHECKING:
    from pathlib import Path

else:
    Path = hint("pathlib.Path")


class AsyncFiles(OfOneType):
    """The part of the items' verbs that gives no rows."""

    @overload
    async def download(self, id: int | str, to: None = None) -> bytes: ...
    @overload
    async def download(self, id: int | str, to: str | PathLike[str]) -> Path: ...
    @overload
    async def download(self, id: int | str, to: BinaryWriter) -> int: ...
    @overload
    async def download(self, id: int | str, to: str | PathLike[str] | BinaryWriter | None) -> bytes | Path | int: ...
    async def download(self, id: int | str, to: str | PathLike[str] | BinaryWriter | None = None) -> bytes | Path | int:
        """Download the file of a document: ``api.document.download(5, "report.pdf")``.

        Only pieces of it are in memory, unless you want its bytes; ``max_response_size`` does not bound it. What
        comes is held against the SHA-1 in the document's row. A download that breaks off, or has another SHA-1, begins
        anew, twice (fewer times with ``retries`` below 2).

        Args:
            id: The document's id; of a document of a timeline it is ``documents_id``.
            to: None for bytes. A path: the file is written beside it and gets this name when it is whole, in place of
                what was there; whatever happens, no half file is left. Or a file object that is open for writing bytes:
                it is written from where it stands. If the download breaks off, it is put back there; if it cannot be
                rewound (a pipe), the download does not begin anew. asyncio writes on another thread.

        Returns:
            The bytes, the path as a `pathlib.Path`, or the number of bytes that were written to the file object.

        Raises:
            GlpiNotFoundError: There is no such document, or it holds no file.
            GlpiChecksumError: The file came whole three times, and never with the SHA-1 of the row.
            GlpiConnectionError: It broke off three times.
            GlpiTimeoutError: No bytes came for ``timeout`` seconds, or all of it took longer than ``max_time``. Without
                ``max_time`` it may take ``timeout`` longer for each MiB.
            GlpiValidationError: ``to`` cannot be written to; nothing was sent.
            GlpiUnsupportedError: Other itemtypes have no file.

        >>> api.document.download(1)[:4]
        b'%PDF'
        """
        from .downloads import download
        from .file_targets import target_of

        itemtype = self._resource.itemtype
        if itemtype != "Document":
            raise GlpiUnsupportedError(f"documents have a file, api.document.download(5); {itemtype} has none")
        target = target_of(to, int(self._core.session.runtime.draw() * 2**53))
        result: bytes | Path | int = await download(self._core, self._resource, id, target)
        return result

    async def picture(self, id: int | str) -> bytes | None:
        """Read the picture of a user. GLPI offers no way to set one.

        Args:
            id: The id of the user, its text, or "me".

        Returns:
            The bytes of the picture, or None where the user has none.

        Raises:
            GlpiNotFoundError: There is no such user, or you may not see it.
            GlpiUnsupportedError: Other itemtypes have no picture.

        >>> api.user.picture("me") is None
        True
        """
        itemtype = self._resource.itemtype
        if itemtype != "User":
            raise GlpiUnsupportedError(f"users have pictures, api.user.picture(5); {itemtype} has none in either API")
        owner = await resolve_me(self._core, self._resource, id)
        row = await self._core.do(self._core.dialect.get(self._resource, owner, {}))
        if not row.get("picture"):  # GLPI 11.0.6 breaks (500) over a user without one
            return None
        return await self._core.do(self._core.dialect.picture(self._resource, owner))
