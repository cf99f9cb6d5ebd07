"""The verbs on the documents of an item: attaching, listing, saving and detaching them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from ..._hints import hint
from ..._wire import ItemList
from ...exceptions import GlpiError, GlpiPartialError, GlpiValidationError
from ..names.resolving import item_id
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from pathlib import Path

    from ..request.uploads import OnBytes
else:
    Path = hint("pathlib.Path")
    OnBytes = hint("glpi_utils._engine.request.uploads.OnBytes")

Item = dict[str, Any]
_UNSAFE = r'[<>:"/\\|?*\x00-\x1f]'
_RESERVED = r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?"


class AsyncDocuments(OfOneType):
    """The part of the items' verbs that concerns documents. The High-Level API takes no files and attaches none."""

    async def attach(
        self,
        id: int | str,
        *files: Any,
        document: int | str | None = None,
        name: str | None = None,
        on_bytes: OnBytes | None = None,
    ) -> list[Item]:
        """Attach files to an item, or a document that is there already. What is attached already is not attached again.

        Files are sent in pieces, one after the other; a file is the same if its name and its bytes are.

        Args:
            id: The id of the item, or its name where its type has names.
            *files: Paths, file objects that are open for bytes, or `File`.
            document: The id of a document that is attached in place of a file.
            name: What the document is called. Default: as its file.
            on_bytes: Is called while a file is sent, with the number of bytes that have gone, and of all.

        Returns:
            A list of dicts, one for each: ``id`` (of the document), ``link``, ``name``, ``filename``, ``mime``,
                ``sha1sum``, ``date_creation``, and ``existing``: True where it was attached already.

        Raises:
            GlpiValidationError: A file cannot be read, is empty, or larger than GLPI takes. Nothing was sent.
            GlpiNotFoundError: There is no such item or document. Nothing was sent.
            GlpiAPIError: GLPI refused a file; the message names it and the reason. No empty document stays.
            GlpiUnknownOutcomeError: An answer was lost, and the file is not there yet. Attaching again adds it once.
            GlpiPartialError: Of several files some were refused or lost; ``results`` has a dict or an error for each.

        >>> from glpi_utils import File
        >>> new = api.ticket.create({"name": "Plan", "content": "See the file"})
        >>> [each["existing"] for _ in range(2) for each in api.ticket.attach(new["id"], File(b"Room 12", "plan.txt"))]
        [False, True]
        """
        from .attaching import attach_document, attach_file, each_done, owner_of, sources_of

        self._require("attach")
        if bool(files) is (document is not None):
            raise GlpiValidationError(
                "attach() takes files, attach(5, 'photo.jpg'), or a document, attach(5, document=12)"
            )
        owner = await owner_of(self._core, self._resource.itemtype, "attach", id)
        if document is not None:
            return [await attach_document(owner, document)]
        sources = await sources_of(owner.core, files)
        return await each_done(owner.name, [partial(attach_file, owner, each, name, on_bytes) for each in sources])

    async def documents(self, id: int | str) -> ItemList[Item]:
        """Read the documents of an item.

        Args:
            id: As in `attach`.

        Returns:
            An `ItemList` of dicts as `attach` returns them, without ``existing``.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.

        >>> new = api.ticket.create({"name": "Plan", "content": "Later"})
        >>> api.ticket.documents(new["id"])
        []
        """
        from .attaching import links_of, owner_of

        self._require("documents")
        rows = await links_of(await owner_of(self._core, self._resource.itemtype, "documents", id))
        return ItemList(rows, len(rows), complete=True)

    async def detach(self, id: int | str, document: int | str) -> list[Item]:
        """Take a document off an item. The document stays: others may have it too. What is not attached is no error.

        Args:
            id: As in `attach`.
            document: The id of the document.

        Returns:
            What was taken off, as `documents` shows it.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.

        >>> new = api.ticket.create({"name": "Plan", "content": "See the document"})
        >>> made = api.ticket.attach(new["id"], document=1)
        >>> [each["id"] for each in api.ticket.detach(new["id"], 1)], api.ticket.detach(new["id"], 1)
        ([1], [])
        """
        from .attaching import links_of, owner_of

        self._require("detach")
        owner = await owner_of(self._core, self._resource.itemtype, "detach", id)
        number = await item_id(owner.core, owner.core.dialect.resource("Document"), document)
        gone = [each for each in await links_of(owner) if each["id"] == number]
        for each in gone:
            dialect = owner.core.dialect
            await owner.core.do(dialect.delete_sub_item(owner.resource, owner.id, "Document_Item", each["link"], True))
        return gone

    async def download_all(self, id: int | str, folder: str | PathLike[str]) -> list[Path]:
        """Save the files of all documents of an item into a folder. Names are made safe for every system.

        Files of the same name get numbers: "plan.txt", "plan (2).txt". Documents without a file are left out.

        Args:
            id: As in `attach`.
            folder: Where they go. It is made if it is not there.

        Returns:
            The paths, in the order of the documents.

        Raises:
            GlpiPartialError: Some could not be saved; ``results`` has a path or an error for each. No half file is left.
            GlpiNotFoundError: There is no such item, or you may not see it.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     saved = api.ticket.download_all(1, folder)
        """
        from pathlib import Path

        from .attaching import links_of, owner_of
        from .files import downloaded

        self._require("download_all")
        owner = await owner_of(self._core, self._resource.itemtype, "download_all", id)
        rows = [each for each in await links_of(owner) if each["filename"]]
        place = Path(folder)
        await self._core.session.runtime.offload(lambda: place.mkdir(parents=True, exist_ok=True))
        resource = owner.core.dialect.resource("Document")
        results: list[Any] = []
        for row, name in zip(rows, safe_names([str(row["filename"]) for row in rows]), strict=True):
            try:
                results.append(await downloaded(owner.core, resource, row["id"], place / name))
            except GlpiError as error:
                results.append(error)
        errors = [each for each in results if isinstance(each, GlpiError)]
        if errors:
            text = (
                f"{len(errors)} of {len(results)} files of {owner.name} were not saved, the first: {errors[0].message}"
            )
            raise GlpiPartialError(text, errors[0].status_code, errors[0].error_code, results=results)
        return results


class AsyncUploads(OfOneType):
    """The part of the items' verbs that makes documents of files."""

    async def upload(self, file: Any, *, name: str | None = None, on_bytes: OnBytes | None = None) -> Item:
        """Upload a file as a document that belongs to no item yet: ``api.document.upload("plan.pdf")``.

        Args:
            file: A path, a file object that is open for bytes, or `File`.
            name: What the document is called. Default: as its file.
            on_bytes: As in `attach`.

        Returns:
            A dict with the ``id`` of the document.

        Raises:
            GlpiValidationError: The file cannot be read, is empty, or larger than GLPI takes. Nothing was sent.
            GlpiAPIError: GLPI refused the file. No empty document stays.
            GlpiUnknownOutcomeError: The answer was lost: look on the server before you upload it again.

        >>> from glpi_utils import File
        >>> api.document.upload(File(b"Room 12", "plan.txt"))["id"] > 0
        True
        """
        from ..request.uploads import send_file
        from .attaching import sources_of

        self._require("upload")
        core = await self._core.legacy_core("upload")
        (source,) = await sources_of(core, [file])
        return await send_file(core, source, name, {}, on_bytes)


def safe_names(names: Sequence[str]) -> list[str]:
    """Return names of files that every system takes, each once.

    >>> safe_names(["../a.txt", "a.txt", "CON", "x:y ."])
    ['a.txt', 'a (2).txt', '_CON', 'x_y']
    """
    taken: set[str] = set()
    safe: list[str] = []
    for name in names:
        last = re.split(r"[/\\]", name)[-1]
        plain = re.sub(_UNSAFE, "_", last).rstrip(" .") or "file"
        if re.fullmatch(_RESERVED, plain):
            plain = f"_{plain}"
        stem, dot, ending = plain[:200].rpartition(".") if "." in plain else (plain[:200], "", "")
        candidate, number = plain[:200], 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){dot}{ending}"
        taken.add(candidate.casefold())
        safe.append(candidate)
    return safe
