"""Checks before a write is sent: values are put into the form that the API takes, and what is wrong is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._caller import warn
from ..._dialects.shared import ids
from ..._dialects.shared.moments import UNZONED, NeedsZone, parsed
from ..._dialects.shared.shapes import as_object
from ..._dialects.shared.write_rules import NeedsDocument, NeedsRow, Rules, mode_of
from ..._knowledge.versions import BEFORE, NEWEST
from ...exceptions import GlpiPermissionError, GlpiValidationError
from ..names.fields import rows_with_ids
from ..request.oneself import rows_with_me

if TYPE_CHECKING:
    from ..._dialects.shared.keyed_creates import Sub
    from ..._dialects.shared.resource import Resource
    from ..._dialects.shared.write_rules import Checked
    from ..request.core import Core

Item = dict[str, Any]
Rehearsal = Callable[[Item, Item], object]
"""Builds the request and sends nothing, so that what is wrong with it is refused before the first request."""


class Write(NamedTuple):
    """What is to be written: to which type, below which item, by which verb, how strictly it is looked at."""

    core: Core
    resource: Resource
    sub: Sub | None
    verb: str
    validate: str | None
    rehearsal: Rehearsal
    read: Callable[[int], Awaitable[Item]] | None = None
    """Reads the item that is to be changed, as it is."""
    parts_fields: bool = False
    """Whether the caller writes what goes by the other API, too."""

    @property
    def rules(self) -> Rules:
        """Return what is known before the look; the version is "" before the first contact where none is pinned."""
        core = self.core
        mode = core.options.validate if self.validate is None else mode_of(self.validate)
        version = (core.session.prefixes.held or core.session.pin or "").removeprefix("v")
        zone, newer = core.options.zone or core.session.view.zone, core.session.newer
        beside = self.parts_fields and core.companion is not None and core.options.legacy != "never"
        return Rules(mode, zone, version, newer, reads=self.read is not None, beside=beside)

    async def as_it_is(self, number: int) -> Item:
        """Read the item that is to be changed; nothing is known of one that may be changed and not read."""
        try:
            return {} if self.read is None else await self.read(number)
        except GlpiPermissionError:
            return {}


async def checked(write: Write, item: object, extra: Item) -> tuple[Item, Item]:
    """Return an item and what goes beside it as they are sent; the server is asked only where there is a doubt."""
    (row,), beside = await each_checked(write, [item], extra)
    return row, beside


async def each_checked(write: Write, rows: Sequence[object], extra: Item) -> tuple[list[Item], Item]:
    """Look at every row of a list before the first is sent."""
    checked_rows = await looked_at(write, rows, extra)
    return [each.item for each in checked_rows], checked_rows[-1].extra


async def looked_at(write: Write, rows: Sequence[object], extra: Item) -> list[Checked]:
    """Look at every row of a list; return what is sent of each, and what goes by the other API."""
    core, read = write.core, dict[int, Item]()
    sub = None if write.sub is None else write.sub[1]
    rows = await rows_with_me(core, write.resource, sub, rows)
    if write.rules.mode != "off":
        rows = await rows_with_ids(core, write.resource, sub, rows)
    if core.dialect.has_versions and write.rules.mode != "off" and not core.session.prefixes.held:
        await _first_contact(write, rows, extra, read)
    checked_rows = await _looked(write, rows, extra, write.rules, read)
    if core.options.zone is not None and any(map(_has_offsets, rows)):
        await core.check_zone()
    for at, each in enumerate(checked_rows):
        if each.doubts:
            checked_rows[at] = await _settled(core, each, write.rules.mode)
        for text in checked_rows[at].warnings:
            warn(text)
    return checked_rows


async def _first_contact(write: Write, rows: Sequence[object], extra: Item, read: dict[int, Item]) -> None:
    """Read which versions the server has, which decide; what is wrong in all of them is refused before."""
    rules = write.rules
    oldest = rules._replace(version=rules.version or BEFORE, newer=False)
    try:
        checked_rows = await _looked(write, rows, extra, oldest, read)
    except GlpiValidationError as wrong:
        try:
            checked_rows = await _looked(
                write, rows, extra, oldest._replace(version=rules.version or NEWEST, newer=True), read
            )
        except GlpiValidationError:
            raise wrong from None
    for each in checked_rows:
        write.rehearsal(each.item, each.extra)
    await write.core.session.prefix(write.core.options.longest)  # the write would ask for it


def _has_offsets(row: object) -> bool:
    """Check whether a row holds moments with an offset, which go to the zone that the caller named."""
    return any(
        isinstance(moment, datetime) and moment.tzinfo is not None
        for value in as_object(row).values()
        for moment in [parsed(value) if isinstance(value, str) else value]
    )


async def _looked(
    write: Write, rows: Sequence[object], extra: Item, rules: Rules, read: dict[int, Item]
) -> list[Checked]:
    """Let the dialect check each row; what only the server knows is read once.

    That is its zone, the fields of a type that is not known, and the items as they are, by their place in the list.
    """
    checked_rows: list[Checked] = []
    while len(checked_rows) < len(rows):
        at = len(checked_rows)
        try:
            checked_rows.append(_one(write, rows, at, extra, rules._replace(row=read.get(at))))
        except NeedsZone:
            from ..request.server_zone import learnt

            zone = await learnt(write.core)
            if zone is None:
                raise GlpiValidationError(UNZONED) from None
            rules = rules._replace(zone=zone)
        except NeedsDocument as needed:
            from ..request.server_document import document_or_none

            document = await document_or_none(write.core)
            rules = rules._replace(described=(document and document.properties(needed.path)) or {})
        except NeedsRow:
            number, _ = ids.split(rows[at], write.resource.itemtype, write.verb)
            read[at] = await write.as_it_is(number)
    return checked_rows


def _one(write: Write, rows: Sequence[object], at: int, extra: Item, rules: Rules) -> Checked:
    try:
        checked_row = write.core.dialect.checked(write.resource, write.sub, rows[at], extra, write.verb, rules)
        if write.verb == "create" and not checked_row.item and not checked_row.elsewhere:
            raise GlpiValidationError(
                f"create() was given no field that has a value: it would make an empty {write.resource.itemtype}"
            )
        return checked_row
    except GlpiValidationError as error:
        if len(rows) == 1:
            raise
        raise GlpiValidationError(f"row {at} of the list: {error.message}") from None


async def _settled(core: Core, checked_row: Checked, mode: str) -> Checked:
    """Let the server's own document decide about fields that the knowledge lacks."""
    from ..request.server_document import server_knows

    warnings = list(checked_row.warnings)
    for doubt in checked_row.doubts:
        known = await server_knows(core, doubt.schema, doubt.name)
        if known:
            continue
        if known is False and mode == "strict":
            raise GlpiValidationError(doubt.message)
        more = "" if known is False else "; the server's own document does not tell"
        warnings.append(f"{doubt.message}{more}")
    return checked_row._replace(warnings=tuple(warnings))
