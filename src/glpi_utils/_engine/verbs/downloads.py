"""Downloading the file of a document: where it goes, whether it is the one that GLPI noted, and that no half one stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._wire import Response
from ...exceptions import GlpiChecksumError, GlpiError, GlpiNotFoundError, GlpiPermissionError

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from .file_targets import FileTarget

Item = dict[str, Any]


async def download(core: Core, resource: Resource, id: int | str, target: FileTarget) -> Any:
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
