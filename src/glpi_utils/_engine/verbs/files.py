"""The verbs that give files: where a download goes, whether it is what GLPI noted, and that no half file stays."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any, overload

from ..._hints import hint
from ..._streams import BinaryWriter
from ..._wire import Response
from ...exceptions import GlpiChecksumError, GlpiError, GlpiNotFoundError, GlpiPermissionError, GlpiUnsupportedError
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from pathlib import Path

    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from .file_targets import FileTarget
else:
    Path = hint("pathlib.Path")


class AsyncDownloads(OfOneType):
    """The part of the items' verbs that gives files."""

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
        itemtype = self._resource.itemtype
        if itemtype != "Document":
            raise GlpiUnsupportedError(f"documents have a file, api.document.download(5); {itemtype} has none")
        result: bytes | Path | int = await downloaded(self._core, self._resource, await self._owner(id), to)
        return result


class AsyncPictures(OfOneType):
    """The part of the items' verbs that gives pictures."""

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
        owner = await self._owner(id)
        row = await self._core.do(self._core.dialect.get(self._resource, owner, {}))
        if not row.get("picture"):  # GLPI 11.0.6 breaks (500) over a user without one
            return None
        return await self._core.do(self._core.dialect.picture(self._resource, owner))


async def downloaded(core: Core, resource: Resource, id: int | str, to: Any) -> Any:
    """Download the file of a document to where the caller wants it."""
    from .file_targets import target_of

    return await _download(core, resource, id, target_of(to, int(core.session.runtime.draw() * 2**53)))


async def _download(core: Core, resource: Resource, id: int | str, target: FileTarget) -> Any:
    """Write the file into the target and return what that gives; else leave nothing there."""
    runtime, longest = core.session.runtime, core.options.max_time
    deadline = None if longest is None else runtime.now() + longest
    row, file = core.dialect.get(resource, id, {}), core.dialect.download(resource, id, target)
    try:
        await runtime.offload(target.open)
        try:
            known = await core.do(row, deadline=deadline)
        except GlpiPermissionError:  # who may not read the row may all the same read the file: of his own ticket
            known = {}
        expected = str(known.get("sha1sum") or "").lower()
        if known and not expected and not known.get("filename"):  # the server breaks (500), or sends nothing (10)
            raise GlpiNotFoundError(f"document {id} holds no file")

        def verified(response: Response) -> None:
            file.read(response)
            _verify(id, target, expected)

        await core.do(file.read_by(verified), deadline=deadline)
        return await runtime.offload(target.finish)
    except GlpiError as error:
        if obstacle := target.obstacle():
            error.message = f"{error.message}; {obstacle}"
            error.args = (error.message,)
        target.drop()
        raise
    except BaseException:  # cancelled, Ctrl-C: nothing may be waited for here
        target.drop()
        raise


def _verify(id: int | str, target: FileTarget, expected: str) -> None:
    """Hold what came against the SHA-1 that stands in the row; an old document may have none."""
    if not expected:
        if not target.size:
            raise GlpiNotFoundError(f"document {id} holds no file")
        return
    if target.checksum != expected:
        error = GlpiChecksumError(
            f"the file of document {id} came with {target.size} bytes and the SHA-1 {target.checksum}, and GLPI's row "
            f"says {expected}: something changes it on the way, or it is damaged on GLPI's disk"
        )
        error.expected, error.actual = expected, target.checksum
        raise error
