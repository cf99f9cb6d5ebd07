"""The verbs that create, change and remove items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ..._dialects.shared import ids
from ..._knowledge.children import ITIL
from ..._wire import Operation
from ..names.resolving import own_id, with_own_id
from ..request.oneself import named_with_me
from ..writes.creation import Idempotency
from ..writes.idempotency import Names, created, idempotency, one_by_one, rehearsed
from ..writes.many import each
from ..writes.new_entities import all_made
from . import parts
from .existing import refuse_unknown_way, treated
from .fields_elsewhere import apart
from .of_one_type import OfOneType
from .part import OnExisting
from .transferring import warn_of_moves

if TYPE_CHECKING:
    from ..writes.verify import Check

Item = dict[str, Any]


class AsyncChanges(OfOneType):
    """The part of the items' verbs that concerns creating, changing and removing."""

    if TYPE_CHECKING:

        async def get(self, id: int | str | Mapping[str, Any], **query: Any) -> Any: ...

    async def create(
        self,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Create an item, or each item of a list.

        Fields are checked first. Dates, enums, and yes or no become what GLPI takes; a field with None is left out.
        What GLPI would ignore or misread is refused before anything is sent. "me" stands for your own id in fields of
        users.

        Args:
            item (dict or list of dicts): The fields, without ``id``: the server makes it.
            key: A text of yours that this item alone has. Where such an item exists, it is returned and nothing is
                created; a lost answer is looked for, up to ``timeout``. For tickets, changes, problems and what hangs
                off them.
            once: True makes a key for this call, so that a lost answer is looked for.
            unique_by: Names of fields that no two items have alike, ``("serial",)``. They do what ``key`` does, for
                any type.
            on_existing: What is done with an item that is there already: "keep" changes nothing and names in ``"missing"``
                what it lacks of the reserved words, "complete" adds that and takes nothing away. Of tickets, changes and
                problems also "followup", which adds the new content as a followup, and "reopen", which does so and
                reopens what is solved, closed or in the trash. Default: "keep", of users "complete".
            validate: How fields are checked: "strict", "warn" (send it, with a warning) or "off". Default: the
                client's.
            verify: True reads the item back. "answer" and False compare nothing, since the answer holds only the id.
                Default: the client's.
            **extra: Further fields (HL), or further keys of the body beside ``input`` (legacy). Reserved words stand here
                or in the dict: of users ``emails``, ``groups``, and ``profile`` with ``entity`` and ``recursive``; of
                tickets, changes and problems ``requester``, ``assigned`` and ``observer`` (see `add_team_member`); of all
                that has documents ``attach``: files (see `attach`). ``notify=False`` (a keyword alone) keeps GLPI from
                sending mails of a new ticket, change or problem; it goes by the legacy API. Of other types it is refused. ``notify="try"`` warns instead.

        Returns:
            HL: ``{"id": 5, "href": ...}``, for a list of items a list of these. With ``key``, ``once`` or ``unique_by``
                it has ``"existing": False`` too; an item that existed already comes whole, with ``"existing": True``.
            Legacy: ``{"id": 5, "message": ...}``; the rest is as on HL.

        Raises:
            GlpiValidationError: A field or value is not what GLPI takes, or ``id`` is given. Nothing was sent.
            GlpiUnknownOutcomeError: The create was sent and its answer lost: look on the server before you create
                again.
            GlpiPartialError: Some rows of a list were refused; ``results`` has the outcome of each.
            GlpiNotAppliedError: With ``verify=True``: the item was created, and fields have other values than were
                sent. Or a reserved word could not be carried out after it; ``ignored`` has the error of each.
            GlpiUnsupportedError: Nothing of this type can hold a ``key``: use ``unique_by``.

        >>> api.ticket.create({"name": "Printer on fire", "content": "Third floor"})["id"] > 0
        True
        """
        from ..writes.validation import Write, looked_at
        from ..writes.verify import Check

        refuse_unknown_way(on_existing)
        again = partial(self.create, key=key, once=once, validate=validate, verify=verify)
        if (notify := extra.pop("notify", True)) is not True:
            how = {"unique_by": unique_by, "on_existing": on_existing}
            return await self._create_silently(notify, item, partial(again, **how, **extra))
        if split := parts.split(self._core, self._resource, item, extra, "create"):
            own = split.identity if key is None and not once and unique_by is None else unique_by
            way = None if on_existing == "complete" else on_existing
            return await parts.written(split, partial(again, unique_by=own, on_existing=way), on_existing)
        ids.refuse_misspelt(extra, "create")
        rows, wanted = ids.rows(item, "create"), idempotency(self._core.session.runtime.draw, key, once, unique_by)
        check = Check(self._core, self._resource, None, verify)
        rehearsal = partial(rehearsed, self._core.dialect, self._resource, None, wanted)
        write = Write(self._core, self._resource, None, "create", validate, rehearsal, parts_fields=True)
        looked = await looked_at(write, [item] if rows is None else rows, extra)
        there = await apart(self._core, self._resource, looked, validate, verify)
        if there and rows is not None:
            again = partial(again, unique_by=unique_by, on_existing=on_existing, **extra)
            return await each(self._core, [partial(again, row) for row in rows])
        items, extra = [each.item for each in looked], looked[-1].extra
        if rows is None:
            send_one = partial(created, self._core, self._resource, None, items[0], extra, wanted)
            make = partial(check.creation, items[0], send_one)
            return await self._treated(await (there[0].creation(make) if there else make()), items[0], on_existing)
        return await check.many(rows, partial(self._create_each, items, extra, wanted), creates=True)

    async def _treated(self, row: Item, item: Item, on_existing: OnExisting | None) -> Any:
        """Do what the caller wants of a ticket, change or problem that was there already."""
        over = row.get("existing") and self._resource.itemtype in ITIL
        return await treated(self._items, self._resource.itemtype, row, item, on_existing) if over else row

    async def _create_silently(self, notify: object, item: Any, again: partial[Any]) -> Any:
        """Create by the legacy API, with the word that keeps mails back."""
        from .notifying import marked, shown, silent_core

        there = await silent_core(self._core, self._resource.itemtype, notify)
        if there is None or there is self._core:
            return await again(item if there is None else marked(item))
        items = cast("Any", type(self))(there, self._resource.itemtype)
        return await shown(await items.create(marked(item), **again.keywords), self.get)

    async def _create_each(self, rows: Sequence[Item], extra: Item, wanted: Idempotency | None) -> list[Any]:
        """Create the rows of a list, in one request where the API takes them so."""
        if wanted is not None:
            return await one_by_one(self._core, self._resource, rows, extra, wanted)
        dialect = self._core.dialect
        many = dialect.create_many(self._resource, rows, extra)

        async def one(row: Item) -> Any:
            return await self._core.do(dialect.create(self._resource, row, extra))

        if many is not None:
            return await all_made(self._core, rows, partial(self._core.do, many), one)
        return await self._each([dialect.create(self._resource, row, extra) for row in rows])

    async def update(
        self, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        """Change an item, or each item of a list.

        Fields are checked as in `create`. None clears a field, in the way that its kind needs; where that would do
        harm it is refused. A row that was read can be changed and passed on: if it holds fields that are never
        written, the item is read once, and only what differs is sent.

        Args:
            item (dict or list of dicts): The ``id`` (for users also "me") and the fields to change.
            validate: As in `create`.
            verify: "answer" compares what was sent with the item in HL's answer; a difference is a warning. True reads
                the item before and after, on both APIs; a difference is an error. False compares nothing. Default: the
                client's, which is "answer" unless you say otherwise.
            **extra: As in `create`.

        Returns:
            HL: The whole item, for a list of items a list of these.
            Legacy: ``[{"5": True, "message": ""}]``, with a dict for each item.

        Raises:
            GlpiValidationError: A field or value is not what GLPI takes, or there is no ``id``. Nothing was changed.
            GlpiNotFoundError: There is no such item.
            GlpiPermissionError: You may not change it. HL answers so also where there is no such user, group or
                entity.
            GlpiPartialError: Some rows of a list were refused; ``results`` has the outcome of each.
            GlpiNotAppliedError: With ``verify=True``: GLPI answered "done", and fields do not have what was sent.

        Warns:
            GlpiNotAppliedWarning: With ``verify="answer"``: the same, seen in HL's answer.
            GlpiWarning: An asset gets another entity: what is linked to it stays behind. `transfer` takes it along.

        >>> changed = api.ticket.update({"id": 1, "urgency": 4})
        """
        from ..writes.validation import Write, looked_at
        from ..writes.verify import Check

        if split := parts.split(self._core, self._resource, item, extra, "update"):
            return await parts.written(split, partial(self.update, validate=validate, verify=verify))
        ids.refuse_misspelt(extra, "update")
        rows = ids.rows(item, "update")
        if rows is None:
            item = await with_own_id(self._core, self._resource, item)
        else:
            rows = [await with_own_id(self._core, self._resource, row) for row in rows]
        check = Check(self._core, self._resource, None, verify)
        dialect = self._core.dialect
        rehearsal = partial(dialect.update, self._resource)
        write = Write(
            self._core, self._resource, None, "update", validate, rehearsal, check.as_it_is, parts_fields=True
        )
        looked = await looked_at(write, [item] if rows is None else rows, extra)
        warn_of_moves(self._resource.itemtype, [each.item for each in looked])
        there = await apart(self._core, self._resource, looked, validate, verify)
        if there and rows is not None:
            again = partial(self.update, validate=validate, verify=verify, **extra)
            return await each(self._core, [partial(again, row) for row in rows])
        extra = looked[-1].extra
        if rows is None:
            item = looked[0].item
            send = partial(self._core.do, dialect.update(self._resource, item, extra))
            change = partial(check.change, item, send)
            return await there[0].change(item, change, partial(self.get, item["id"])) if there else await change()
        return await self._update_each(check, [row.item for row in looked], extra)

    async def _update_each(self, check: Check, rows: Sequence[Item], extra: Item) -> list[Any]:
        """Change the rows of a list, in one request where the API takes them so."""
        dialect = self._core.dialect
        many = dialect.update_many(self._resource, rows, extra)
        if many is not None:
            return await check.many(rows, partial(self._core.do, many), creates=False)
        operations = [dialect.update(self._resource, row, extra) for row in rows]
        works = [
            partial(check.change, row, partial(self._core.do, operation))
            for row, operation in zip(rows, operations, strict=True)
        ]
        return await each(self._core, works)

    async def delete(self, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        """Put an item, or each item of a list, into the trash, or remove it for good.

        Items of a type without a trash are removed at once.

        Args:
            item (int, str, dict, or a list of these): The id (for users also "me"), or a dict that holds ``id``.
            force_purge: True removes the item for good.
            history: Legacy only: False writes nothing into the log.

        Returns:
            HL: None.
            Legacy: ``[{"5": True, "message": ""}]``, with a dict for each item.

        Raises:
            GlpiNotFoundError: HL: there is no such item.
            GlpiPermissionError: You may not delete it. HL answers so also where there is no such user, group or
                entity.
            GlpiAPIError: Legacy: GLPI refused, also where there is no such item.
            GlpiValidationError: There is no id, or there are other fields. Nothing was sent.
            GlpiPartialError: Some rows of a list were refused; ``results`` has the outcome of each.

        >>> new = api.ticket.create({"name": "A mistake", "content": "Sorry"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        """
        rows, (purge, logged) = ids.rows(item, "delete"), ids.purging(force_purge, history)
        dialect = self._core.dialect
        if rows is None:
            item = await self._named(item)
            return await self._core.do(dialect.delete(self._resource, item, purge, logged))
        rows = [await self._named(row) for row in rows]
        done = await self._each([dialect.delete(self._resource, row, purge, logged) for row in rows])
        flat = [row for rows in done if rows for row in rows]
        return flat or None

    async def restore(self, id: int | str | Mapping[str, Any]) -> Any:
        """Take an item out of the trash.

        Args:
            id: The id, its text, or a row that has ``id``; for users also "me".

        Returns:
            HL: The whole item.
            Legacy: ``[{"5": True, "message": ""}]``.

        Raises:
            GlpiNotFoundError: There is no such item.
            GlpiUnsupportedError: HL: the type has no trash, or HL does not show which of its items are in the trash.

        >>> new = api.ticket.create({"name": "Back again", "content": "Not a mistake"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        >>> back = api.ticket.restore(new["id"])
        """
        core, resource = self._core, self._resource
        named = await named_with_me(core, resource, await own_id(core, resource, id, trashed=True))
        return await self._core.do(self._core.dialect.restore(self._resource, named))

    async def _named(self, item: Any) -> Any:
        """Return what is to be changed or deleted, with its id where it is named."""
        named = await with_own_id(self._core, self._resource, item)
        return await named_with_me(self._core, self._resource, named)

    async def _each(self, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Carry out one after the other."""
        return await each(self._core, [partial(self._core.do, operation) for operation in operations])
