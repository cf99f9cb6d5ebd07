"""One file, or one document, and one item: looked for, sent, linked, and looked at again, by a legacy session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ...exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiConnectionError,
    GlpiError,
    GlpiMaintenanceError,
    GlpiPartialError,
    GlpiRateLimitError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
)
from ..lists.sub_rows import sub_rows
from ..names.resolving import item_id
from ..request.uploads import OnBytes, Source, send_file, source_of
from ..writes.creation import Idempotency
from ..writes.idempotency import created
from ..writes.together import together

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
_MEGABYTE = 1024 * 1024
_LARGEST = "document_max_size"
_LINKED_APART = ("ITILSolution",)  # GLPI 10 dies of a document that is made for a solution, and answers nothing
_SHOWN = ("id", "name", "filename", "mime", "sha1sum", "date_creation")


class Owner(NamedTuple):
    """An item that has documents, in a legacy session."""

    core: Core
    resource: Resource
    id: int
    entity: int

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.resource.itemtype} {self.id}"


async def owner_of(core: Core, itemtype: str, need: str, id: int | str) -> Owner:
    """Return an item that is there: GLPI attaches files to what is nowhere, without a word."""
    legacy = await core.legacy_core(need)
    resource = legacy.dialect.resource(itemtype)
    number = await item_id(legacy, resource, id)
    row = await legacy.do(legacy.dialect.get(resource, number, {}))
    return Owner(legacy, resource, number, int(row.get("entities_id") or 0))


async def sources_of(core: Core, files: Sequence[Any]) -> list[Source]:
    """Return what reads the files; what cannot be read, and what GLPI would not take for its size, is refused."""
    sources = [await core.session.runtime.offload(partial(source_of, each)) for each in files]
    largest = await _largest(core) if sources else 0
    for each in sources:
        if not each.size:
            raise GlpiValidationError(f"{each.name} is empty: GLPI takes no empty files")
        if largest and each.size > largest * _MEGABYTE:
            raise GlpiValidationError(
                f"{each.name} has {each.size / _MEGABYTE:.1f} MB, GLPI takes {largest:g} MB: Setup > General > Management, "
                f"'Document files maximum size'"
            )
    return sources


async def _largest(core: Core) -> float:
    """Return how many MB GLPI takes, read once per login; 0: nobody knows."""
    if _LARGEST not in core.session.view.kept:
        config = await core.api_session.glpi_config(core)
        core.session.view.kept[_LARGEST] = float(config["cfg_glpi"].get(_LARGEST) or 0)
    return float(core.session.view.kept[_LARGEST])


async def links_of(owner: Owner) -> list[Item]:
    """Read the documents of an item: the row of each, with the id of its link."""
    dialect = owner.core.dialect
    listing = dialect.sub_listing(owner.resource, owner.id, "Document_Item", {})
    links = await sub_rows(owner.core, owner.resource, owner.id, "Document_Item", listing)
    works = [partial(_document, owner.core, row) for row in links]
    rows: list[Item] = []
    for at in range(0, len(works), 8):
        rows += await together(owner.core, works[at : at + 8])
    return rows


async def _document(core: Core, link: Item) -> Item:
    row = await core.do(core.dialect.get(core.dialect.resource("Document"), link["documents_id"], {}))
    return {**{name: row.get(name) for name in _SHOWN}, "link": link["id"]}


async def attach_file(owner: Owner, source: Source, name: str | None, on_bytes: OnBytes | None) -> Item:
    """Attach a file, unless the item has one of this name with the same bytes; a lost answer is looked for."""
    core, checksum = owner.core, await owner.core.session.runtime.offload(source.checksum)
    if present := _same(await links_of(owner), source, checksum):
        return {**present, "existing": True}
    apart = owner.resource.itemtype in _LINKED_APART
    named = {} if apart else {"itemtype": owner.resource.itemtype, "items_id": owner.id}
    try:
        made = await send_file(core, source, name, {**named, "entities_id": owner.entity}, on_bytes)
        if apart:
            await _link(owner, made["id"])
    except GlpiUnknownOutcomeError as lost:
        if present := _same(await links_of(owner), source, checksum):
            return {**present, "existing": False}
        raise _named(core, lost, owner, source) from None
    except GlpiAPIError as refusal:
        raise await _explained(refusal, owner, source) from None
    present = next((row for row in await links_of(owner) if row["id"] == made["id"]), None)
    if present is None or (present["sha1sum"] or checksum) != checksum:
        raise GlpiAPIError(
            f"GLPI answered that {source.name} was attached to {owner.name} as document {made['id']}, and it is not whole there"
        )
    wanted = name or source.name
    if present["name"] != wanted:  # GLPI 10 calls it after the item
        await core.do(core.dialect.update(core.dialect.resource("Document"), {"id": made["id"], "name": wanted}, {}))
        present["name"] = wanted
    return {**present, "existing": False}


async def _linked(owner: Owner, number: int) -> Item:
    """Link a document to an item; one that is linked already is not linked again."""
    wanted = Idempotency(names=("documents_id",))
    row: Item = await created(
        owner.core, owner.resource, (owner.id, "Document_Item"), {"documents_id": number}, {}, wanted
    )
    return row


async def _link(owner: Owner, number: int) -> Item:
    """Link a document that was just made to an item, once; where that is refused the document does not stay."""
    core = owner.core
    try:
        return await _linked(owner, number)
    except GlpiAPIError:
        await core.do(core.dialect.delete(core.dialect.resource("Document"), {"id": number}, True, True))
        raise


async def attach_document(owner: Owner, document: int | str) -> Item:
    """Attach a document that is there already."""
    core = owner.core
    number = await item_id(core, core.dialect.resource("Document"), document)
    await core.do(core.dialect.get(core.dialect.resource("Document"), number, {}))
    made = await _linked(owner, number)
    row = await _document(core, {"id": made["id"], "documents_id": number})
    return {**row, "existing": made["existing"]}


async def each_done(name: str, works: Sequence[Callable[[], Awaitable[Item]]]) -> list[Item]:
    """Attach one file after the other; those that are refused do not stop the others, and are told in the end."""
    results: list[Any] = []
    for work in works:
        try:
            results.append(await work())
        except GlpiError as error:
            results.append(error)
            if isinstance(error, GlpiAuthError | GlpiMaintenanceError | GlpiRateLimitError | GlpiConnectionError):
                break
    errors = [each for each in results if isinstance(each, GlpiError)]
    if errors and len(works) == 1:
        raise errors[0]
    if errors:
        unsent = len(works) - len(results)
        more = f", {unsent} were not sent" if unsent else ""
        text = f"{len(errors)} of {len(works)} files were not attached to {name}{more}: {'; '.join(each.message for each in errors)}"
        raise GlpiPartialError(text, errors[0].status_code, errors[0].error_code, results=results)
    return results


def _same(rows: Sequence[Item], source: Source, checksum: str) -> Item | None:
    for row in rows:
        if row["sha1sum"] == checksum and row["filename"] == source.name:
            return row
    return None


def _named(core: Core, lost: GlpiUnknownOutcomeError, owner: Owner, source: Source) -> GlpiError:
    text = (
        f"{source.name}: {lost.message}. It is not among the documents of {owner.name} yet; attach() again adds it once"
    )
    return core.session.report.clean(GlpiUnknownOutcomeError(text, lost.status_code, lost.error_code))


async def _explained(refusal: GlpiAPIError, owner: Owner, source: Source) -> GlpiError:
    """Return a refusal with its reason: GLPI says that the file was not found, or that you have no permission."""
    text = f"{source.name} was not attached to {owner.name}: {refusal.message}"
    if "not found" in refusal.message:
        ending = source.name.rpartition(".")[2] if "." in source.name else ""
        text += (
            f". GLPI took the request and refused the file: files of type {ending!r} are not among Setup > Dropdowns > Document "
            "types, or its content is not what its name promises, or it is larger than PHP takes (upload_max_filesize)"
        )
    elif "permission" in refusal.message:
        text += (
            f". {owner.resource.itemtype} may be closed, which takes no documents, or you lack the right to add them"
        )
    return owner.core.session.report.clean(type(refusal)(text, refusal.status_code, refusal.error_code))
