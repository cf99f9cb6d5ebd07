"""The verbs that create, change and remove items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..._dialects.shared import ids
from ..._wire import Operation
from ..writes.idempotency import Names, created, idempotency, one_by_one, rehearsed
from ..writes.many import each
from ..writes.new_entities import all_made

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class AsyncChanges:
    """The part of the items' verbs that concerns creating, changing and removing."""

    if TYPE_CHECKING:
        _core: Core
        _name: str

    async def create(
        self,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Create an item, or each of a list; the answer carries the new id.

        HL gives ``{"id": 5, "href": ...}``, legacy ``{"id": 5, "message": ...}``, a list gives a list
        of these. It is sent once: when the answer is lost, `GlpiUnknownOutcomeError` says so, and
        nothing is repeated that may have been done. Of a list with refused rows `GlpiPartialError`
        carries the result of each. ``id`` is refused: the server makes it.

        Fields are looked at first: dates, enums and yes or no become what GLPI takes, None leaves a field out, and what
        GLPI would ignore or take for something else is a `GlpiValidationError` before any request. ``validate="warn"``
        or ``"off"`` does so for this call. The docs say more: Writing.

        Exactly once, whatever happens to answers and to this program: with a ``key`` of your own (tickets, changes,
        problems, what hangs off them) or ``unique_by=("serial",)``, fields that no two items have alike, an item that
        is there already is given back with ``"existing": True``; ``once=True`` makes a key for this call. A lost
        answer is then looked for, up to ``timeout``, before `GlpiUnknownOutcomeError` is raised. Of several calls of
        this process that create the same item at once one sends, the others wait for its answer, up to ``max_time``.

        ``verify=True`` reads the item back: `GlpiNotAppliedError` tells, after the create, of fields that have another value
        than was sent. "answer" and False look at nothing, since the answer holds the id alone.

        >>> api.ticket.create({"name": "Printer on fire", "content": "Third floor"})["id"] > 0
        True
        """
        from ..writes.validation import Write, checked, each_checked
        from ..writes.verify import Check

        rows, wanted = ids.rows(item, "create"), idempotency(self._core.session.runtime.draw, key, once, unique_by)
        check = Check(self._core, self._name, None, verify)
        dialect = self._core.dialect
        rehearsal = partial(rehearsed, dialect, self._name, None, wanted)
        write = Write(self._core, self._name, None, "create", validate, rehearsal)
        if rows is None:
            item, extra = await checked(write, item, extra)
            return await check.creation(item, lambda: created(self._core, self._name, None, item, extra, wanted))
        rows, extra = await each_checked(write, rows, extra)
        many = dialect.create_many(self._name, rows, extra)

        async def one(row: Item) -> Any:
            return await self._core.do(dialect.create(self._name, row, extra))

        if wanted is not None:
            send = partial(one_by_one, self._core, self._name, rows, extra, wanted)
        elif many is not None:
            send = partial(all_made, self._core, rows, partial(self._core.do, many), one)
        else:
            send = partial(self._each, [dialect.create(self._name, row, extra) for row in rows])
        return await check.many(rows, send, creates=True)

    async def update(
        self, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        """Change an item, named by its ``id``, or each of a list.

        None clears a field, in the way that its kind needs; where that would do harm it is refused. Fields are looked
        at as in `create`. A row that was read can be changed and given: where it holds fields that are never written, the
        item is read once, and only what is changed is sent. HL gives the whole item, legacy ``[{"5": True, "message": ""}]``.
        Raises `GlpiNotFoundError` where there is no such item (HL: `GlpiPermissionError` for users, groups, entities).

        GLPI says "done" to some changes that it does not make. ``verify="answer"`` (the default) holds what was sent
        against the item in HL's answer, and gives a `GlpiNotAppliedWarning`; ``True`` reads the item before and after, on
        both APIs, and raises `GlpiNotAppliedError`; ``False`` compares nothing.

        >>> changed = api.ticket.update({"id": 1, "urgency": 4})
        """
        from ..writes.validation import Write, checked, each_checked
        from ..writes.verify import Check

        rows = ids.rows(item, "update")
        check = Check(self._core, self._name, None, verify)
        dialect = self._core.dialect
        rehearsal = partial(dialect.update, self._name)
        write = Write(self._core, self._name, None, "update", validate, rehearsal, check.as_it_is)
        if rows is None:
            item, extra = await checked(write, item, extra)
            return await check.change(item, partial(self._core.do, dialect.update(self._name, item, extra)))
        rows, extra = await each_checked(write, rows, extra)
        many = dialect.update_many(self._name, rows, extra)
        if many is not None:
            return await check.many(rows, partial(self._core.do, many), creates=False)
        operations = [dialect.update(self._name, row, extra) for row in rows]
        works = [
            partial(check.change, row, partial(self._core.do, operation))
            for row, operation in zip(rows, operations, strict=True)
        ]
        return await each(self._core, works)

    async def delete(self, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        """Put an item (its id, or a row with ``id``), or each of a list into the trash; ``force_purge=True`` removes it for good.

        Types without a trash are removed at once. HL gives None, legacy ``[{"5": True,
        "message": ""}]``. ``history=False`` keeps it out of the log (legacy only).

        >>> new = api.ticket.create({"name": "A mistake", "content": "Sorry"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        """
        rows = ids.rows(item, "delete")
        dialect = self._core.dialect
        if rows is None:
            return await self._core.do(dialect.delete(self._name, item, bool(force_purge), bool(history)))
        done = await self._each([dialect.delete(self._name, row, bool(force_purge), bool(history)) for row in rows])
        flat = [row for rows in done if rows for row in rows]
        return flat or None

    async def restore(self, id: int | str | Mapping[str, Any]) -> Any:
        """Take an item out of the trash. Gives what `update` gives.

        >>> new = api.ticket.create({"name": "Back again", "content": "Not a mistake"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        >>> back = api.ticket.restore(new["id"])
        """
        return await self._core.do(self._core.dialect.restore(self._name, id))

    async def _each(self, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Carry out one after the other."""
        return await each(self._core, [partial(self._core.do, operation) for operation in operations])
