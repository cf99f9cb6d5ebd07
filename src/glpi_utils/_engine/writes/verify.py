"""Checks after a write: whether GLPI stored the values that were sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..._caller import warn
from ..._dialects.shared.applied import Comparison, compared, done, undone
from ..._dialects.shared.shapes import is_object
from ..._dialects.shared.write_rules import verify_of
from ...exceptions import (
    GlpiError,
    GlpiNotAppliedError,
    GlpiNotAppliedWarning,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiUnsupportedError,
)
from ..request.report import noted
from .many import settled

if TYPE_CHECKING:
    from ..._dialects.shared.keyed_creates import Sub
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
Send = Callable[[], Awaitable[Any]]


def mode_in(core: Core, verify: object) -> bool | str:
    """Return what writes are held against: what a call says, else the client."""
    return core.options.verify if verify is None else verify_of(verify)


class Check:
    """What is done after the writes of one call: nothing, a look at what they answer, or reading back."""

    def __init__(self, core: Core, resource: Resource, sub: Sub | None, verify: object) -> None:
        self._core, self._resource, self._sub = core, resource, sub
        self.mode = mode_in(core, verify)
        self._rows: dict[int, Item] = {}

    async def creation(self, item: Item, send: Send) -> Any:
        """Create, then look."""
        result = await send()
        if self.mode is True:
            await self._read_back(item, result, None, creates=True)
        return result

    async def change(self, item: Item, send: Send, before: Item | None = None) -> Any:
        """Change, then look; ``before`` is the row as it was, if it is at hand."""
        if self.mode is True and before is None:
            before = await self._earlier(item)
        result = await send()
        if self.mode is True:
            await self._read_back(item, result, before, creates=False)
        elif self.mode == "answer" and is_object(result):
            self._warn(item, result)
        return self._core.dialect.shown(self._resource, self._sub, result) if is_object(result) else result

    async def many(self, rows: Sequence[Item], send: Callable[[], Awaitable[list[Any]]], *, creates: bool) -> list[Any]:
        """Write a list that goes out as one, then look at each row that was done."""
        if self.mode is not True:
            return await send()
        before = [None if creates else await self._earlier(row) for row in rows]
        refused: GlpiPartialError | None = None
        try:
            results = await send()
        except GlpiPartialError as some:
            refused, results = some, list(some.results)
        if len(results) != len(rows):  # a refusal of the whole, which tells of no row
            raise refused or GlpiError(f"{len(rows)} rows were written, {len(results)} answered")
        for at, (row, result, earlier) in enumerate(zip(rows, results, before, strict=True)):
            if isinstance(result, GlpiError):
                continue
            try:
                await self._read_back(row, result, earlier, creates=creates)
            except GlpiNotAppliedError as error:
                results[at] = error
        if refused and not any(isinstance(each, GlpiNotAppliedError) for each in results):
            raise refused
        return settled(results)

    async def as_it_is(self, number: int) -> Item:
        """Read the row that is to be changed, and keep it."""
        self._rows[number] = await self._row(number)
        return self._rows[number]

    async def _earlier(self, item: Item) -> Item | None:
        if int(item["id"]) in self._rows:
            return self._rows[int(item["id"])]
        try:
            return await self._row(int(item["id"]))
        except GlpiError as trouble:  # the write itself tells what is wrong
            self._core.session.report.debug("reading before a write: %s", trouble.message)
            return None

    async def _row(self, number: int) -> Item:
        """Read a row as it is, whatever the client makes of dates."""
        core, dialect = self._core, self._core.session.dialect
        if self._sub is None:
            return await core.do(dialect.get(self._resource, number, {}))
        owner, sub = self._sub
        try:
            return await core.do(dialect.sub_item(self._resource, owner, sub, number))
        except GlpiUnsupportedError:  # some are only listed
            page = await core.do(
                dialect.sub_page(self._resource, owner, sub, dialect.sub_listing(self._resource, owner, sub, {}))
            )
            rows = [dialect.unwrap(sub, row) for row in page.items]
            sub_row = next((row for row in rows if row.get("id") == number), None)
            if sub_row is None:
                raise GlpiNotFoundError(f"{self._called(number)} is not in the list") from None
            return sub_row

    async def _read_back(self, sent: Item, result: Any, before: Item | None, *, creates: bool) -> None:
        if creates and result.get("existing"):
            return
        number = int(result["id"] if creates else sent["id"])
        what = self._called(number)
        made = f"{what} was {'created' if creates else 'updated'}"
        try:
            row = await self._row(number)
        except GlpiError as trouble:
            text = f"{made}, but reading it back failed, so that nothing is known of its fields: {trouble.message}"
            raise self._error(text, number, result, Comparison({}, {}, {})) from trouble
        except BaseException as stop:  # cancelled, Ctrl-C
            noted(stop, f"{made}; it was not read back")
            raise
        comparison = compared(sent, row, before, creates=creates)
        if comparison.differs:
            text = f"{done(what, comparison, creates=creates)}, but {undone(self._itemtype, sent, comparison)}"
            raise self._error(text, number, result, comparison)

    def _error(self, text: str, number: int, result: Any, comparison: Comparison) -> GlpiNotAppliedError:
        parts = comparison._asdict()
        return self._core.session.report.clean(GlpiNotAppliedError(text, id=number, result=result, **parts))

    def _warn(self, sent: Item, row: Item) -> None:
        comparison = compared(sent, row, None, creates=False)
        if not comparison.differs:
            return
        number = int(sent.get("id") or row.get("id") or 0)
        text = (
            f"{done(self._called(number), comparison, creates=False)}, but {undone(self._itemtype, sent, comparison)}"
        )
        text = self._core.session.report.redactor.clean(text)
        fields = {**comparison.ignored, **comparison.changed}
        warn(GlpiNotAppliedWarning(text, itemtype=self._itemtype, id=number, fields=fields))

    @property
    def _itemtype(self) -> str:
        return self._core.dialect.itemtype_below(self._resource, self._sub)

    def _called(self, number: int) -> str:
        return f"{self._itemtype} {number}"
