"""The verbs on what hangs off an item: followups, tasks, solutions, validations, documents and others."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from ..._dialects.shared import ids
from ..._dialects.shared.ids import ME
from ..._knowledge.children import legacy_sub
from ..._reading import HighLevelSubItems, LegacyList
from ..._signatures import takes
from ..._wire import ItemList, Operation
from ...exceptions import GlpiNotFoundError
from ..lists.field_names import require_known_fields
from ..lists.sub_rows import kept, sub_rows
from ..names.queries import zoned
from ..writes.idempotency import Names, created, idempotency, rehearsed
from .of_one_type import OfOneType
from .sub_item_checks import (
    all_components,
    components,
    require_known_sub_item,
    rows_in_field,
    singleton_id,
    sure_of,
)
from .sub_items_elsewhere import elsewhere

Item = dict[str, Any]


class AsyncSubItems(OfOneType):
    """The part of the items' verbs that concerns sub-items."""

    @takes(HighLevelSubItems, LegacyList)
    async def get_sub_items(self, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Any) -> ItemList:
        """Read what hangs off an item: all of it, beyond the 20 and 1 000 rows at which GLPI cuts.

        Args:
            id: The id of the item, its text, or for users "me".
            sub_itemtype: What to read, in any case: "ITILFollowup", "TicketTask", "ITILSolution", "TicketValidation",
                "Document", "Note", "Infocom", "Component/Memory", "Components" (all kinds), "SoftwareInstallation",
                "Version", "Comment", "Email", "Preference", or another type that GLPI links to this one. HL's names
                and GLPI's classes mean the same on both APIs. "Timeline" (all kinds of entries) is HL's.
            unwrap: True returns the items of a timeline alone, without their kinds. Legacy rows are always so.
            **query: ``filter=``, ``client_side=`` and ``params=`` as in `get_all`. Legacy also: ``searchText=``,
                ``range=``, ``sort=``.

        Returns:
            An `ItemList` of dicts. On HL, rows of a timeline are ``{"type": "Followup", "item": {...}}`` unless
                ``unwrap=True``. What an item has one of, such as "Infocom", is a list of one; it is empty where there
                is none.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiValidationError: HL: nothing of this name hangs off such an item; the error names what does. Or a
                keyword or a condition is refused, as in `get_all`.
            GlpiUnsupportedError: The version in use does not have it.

        Warns:
            GlpiWarning: For "Components": the server cannot list a kind (SIM cards, GLPI 11.0.6), and it is left out.

        >>> followups = api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True)
        """
        core = self._core
        if kinds := all_components(core, self._resource, sub_itemtype):
            return await components(self.get_sub_items, id, kinds, unwrap, query)
        if (there := await self._elsewhere(id, sub_itemtype, "list")) is not None:
            rows_there: ItemList = await there.get_sub_items(id, sub_itemtype, unwrap, **query)
            return rows_there
        query = await zoned(core, self._resource, query, sub_itemtype)
        listing = core.dialect.sub_listing(self._resource, id, sub_itemtype, query)
        owner = await self._owner(id)
        if field := core.dialect.field_for(self._resource, sub_itemtype):
            if owner is not ME:
                return await rows_in_field(core, self._resource, owner, field)
        else:
            await require_known_sub_item(core, self._resource, sub_itemtype)
        await require_known_fields(core, listing)
        every = listing if listing.keep is None else listing._replace(start=0, limit=None)
        rows = await sub_rows(core, self._resource, owner, sub_itemtype, every)
        if not rows and core.dialect.hides_parents:  # 200 and [] also for a ticket that you may not see
            await core.do(core.dialect.get(self._resource, owner, {}))
        if listing.keep is not None:
            rows = kept(core, sub_itemtype, rows, listing, listing.keep)
        if unwrap:
            rows[:] = [core.dialect.unwrap(sub_itemtype, row) for row in rows]
        return rows

    async def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Add a followup, task, solution, approval, or another sub-item to an item.

        The request is sent once, as in `create`. On legacy the fields that name the parent are filled in.

        Args:
            id: The id of the item, its text, or for users "me".
            sub_itemtype: As in `get_sub_items`.
            item (dict): The fields, without ``id``: the server makes it.
            key: As in `create`. Followups, tasks and solutions can have one.
            once: As in `create`.
            unique_by: As in `create`.
            validate: As in `create`.
            verify: As in `create`.
            **extra: As in `create`. ``attach=`` takes files of followups, tasks and solutions (see `attach`).
                ``notify=False`` keeps GLPI from sending mails of a followup, as in `create`.

        Returns:
            HL: ``{"id": 5, "href": ...}``. ``"existing"`` is there, and a sub-item that existed already comes whole, as
                in `create`.
            Legacy: ``{"id": 5, "message": ...}``; the rest is as on HL.

        Raises:
            GlpiNotFoundError: HL: there is no such item, or you may not see it.
            GlpiAPIError: GLPI refused, on legacy also where there is no such item.
            GlpiValidationError: A field, a value or the name of the sub-item is wrong. Nothing was created.
            GlpiUnknownOutcomeError: The request was sent and its answer lost: look on the server before you add it
                again.
            GlpiNotAppliedError: With ``verify=True``: it was created, and fields have other values than were sent.
            GlpiUnsupportedError: This API, or the version in use, cannot add it, or it can hold no ``key``.

        >>> new = api.ticket.add_sub_item(1, "ITILFollowup", {"content": "On my way", "is_private": 0})
        >>> new["id"] > 0
        True
        """
        from ..writes.validation import Write, checked
        from ..writes.verify import Check, mode_in

        ids.refuse_misspelt(extra, "add_sub_item", ("attach", "notify"))
        if (files := extra.pop("attach", None)) is not None:
            how = {"key": key, "once": once, "unique_by": unique_by, "validate": validate, "verify": verify}
            return await self._with_files(files, id, sub_itemtype, item, {**how, **extra})
        if (notify := extra.pop("notify", True)) is not True:
            how = {"key": key, "once": once, "unique_by": unique_by, "validate": validate, "verify": verify, **extra}
            return await self._add_silently(notify, id, sub_itemtype, item, how)
        if (there := await self._elsewhere(id, sub_itemtype, "create")) is not None:
            how = {"key": key, "once": once, "unique_by": unique_by, "validate": validate, "verify": verify}
            return await there.add_sub_item(id, sub_itemtype, item, **how, **extra)
        wanted, verify = idempotency(self._core.session.runtime.draw, key, once, unique_by), mode_in(self._core, verify)
        owner = await self._owner(id)
        await sure_of(self._core, self._resource, owner, sub_itemtype, "add_sub_item")
        sub = owner, sub_itemtype
        check = Check(self._core, self._resource, sub, verify)
        rehearsal = partial(rehearsed, self._core.dialect, self._resource, sub, wanted)
        write = Write(self._core, self._resource, sub, "add_sub_item", validate, rehearsal)
        item, extra = await checked(write, item, extra)
        if self._core.dialect.orphans(self._resource, sub_itemtype):
            await self._core.do(self._core.dialect.get(self._resource, owner, {}))
        return await check.creation(item, lambda: created(self._core, self._resource, sub, item, extra, wanted))

    async def _add_silently(self, notify: object, id: int | str, sub: str, item: Any, how: Item) -> Any:
        """Add by the legacy API, with the word that keeps mails back."""
        from .notifying import marked, shown, silent_core

        there = await silent_core(self._core, legacy_sub(self._resource.itemtype, sub), notify)
        if there is None:
            return await self.add_sub_item(id, sub, item, **how)
        if there is self._core:
            return await self.add_sub_item(id, sub, marked(item), **how)
        items = cast("Any", type(self))(there, self._resource.itemtype)
        owner = await self._owner(id)
        made = await items.add_sub_item(owner, sub, marked(item), **how)
        return await shown(
            made, lambda new: self._core.do(self._core.dialect.sub_item(self._resource, owner, sub, new))
        )

    async def _with_files(self, files: Any, id: int | str, sub: str, item: Any, words: Item) -> Any:
        """Add a sub-item, then its files: they are looked at before."""
        from .file_parts import Files
        from .parts import outcome_of

        core = self._core
        part = Files(core, legacy_sub(self._resource.itemtype, sub), files)
        await part.prepare(None)
        made = await self.add_sub_item(id, sub, item, **words)
        return await outcome_of(core, sub, made, [part], "existing" if made.get("existing") else "new")

    async def update_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        validate: str | None = None,
        verify: bool | str | None = None,
    ) -> Any:
        """Change a sub-item.

        It is read below its item first, since GLPI would change the followup of another ticket too.

        Args:
            id: The id of the item, its text, or for users "me".
            sub_itemtype: As in `get_sub_items`.
            item (dict): The ``id`` of the sub-item and the fields to change. What an item has one of ("Infocom",
                "Preference") needs no ``id``.
            validate: As in `create`.
            verify: As in `update`.

        Returns:
            HL: The whole sub-item.
            Legacy: ``[{"5": True, "message": ""}]``.

        Raises:
            GlpiNotFoundError: The item has no such sub-item, or you may not see it. Nothing was changed.
            GlpiValidationError: A field, a value or the name of the sub-item is wrong. Nothing was changed.
            GlpiNotAppliedError: As in `update`.
            GlpiUnsupportedError: This API, or the version in use, cannot change it.

        Warns:
            GlpiNotAppliedWarning: As in `update`.

        >>> new = api.ticket.add_sub_item(1, "ITILFollowup", {"content": "Here soon"})
        >>> changed = api.ticket.update_sub_item(1, "ITILFollowup", {"id": new["id"], "content": "Here"})
        """
        from ..writes.validation import Write, checked
        from ..writes.verify import Check, mode_in

        if (there := await self._elsewhere(id, sub_itemtype, "update")) is not None:
            return await there.update_sub_item(id, sub_itemtype, item, validate=validate, verify=verify)
        dialect, verify = self._core.dialect, mode_in(self._core, verify)
        owner = await self._owner(id)
        await sure_of(self._core, self._resource, owner, sub_itemtype, "update_sub_item")
        sub, single = (owner, sub_itemtype), dialect.single(self._resource, sub_itemtype)
        if single and "id" not in (named := ids.named(item, "update_sub_item")):
            item = {"id": await singleton_id(self.get_sub_items, owner, self._resource, sub_itemtype), **named}

        def rehearsal(item: Item, _extra: Item) -> object:
            return dialect.update_sub_item(self._resource, owner, sub_itemtype, item)

        check = Check(self._core, self._resource, sub, verify)
        seen: dict[int, Item] = {}

        async def read(number: int) -> Item:
            seen[number] = await self._belongs(owner, sub_itemtype, number, None)
            return seen[number]

        write = Write(self._core, self._resource, sub, "update_sub_item", validate, rehearsal, read)
        item, _ = await checked(write, item, {})
        operation = dialect.update_sub_item(self._resource, owner, sub_itemtype, item)
        sub_id, _ = ids.split(item, sub_itemtype, "update_sub_item")
        before = seen.get(sub_id) or await self._belongs(owner, sub_itemtype, sub_id, operation)
        return await check.change(item, partial(self._core.do, operation), before)

    async def delete_sub_item(self, id: int | str, sub_itemtype: str, sub_id: int | str | None = None) -> Any:
        """Remove a sub-item for good. It is read below its item first, as in `update_sub_item`.

        Args:
            id: The id of the item, its text, or for users "me".
            sub_itemtype: As in `get_sub_items`.
            sub_id: The id of the sub-item. What an item has one of ("Infocom") needs none.

        Returns:
            HL: None.
            Legacy: ``[{"5": True, "message": ""}]``.

        Raises:
            GlpiNotFoundError: The item has no such sub-item, or you may not see it. Nothing was removed.
            GlpiValidationError: The id or the name of the sub-item is wrong. Nothing was removed.
            GlpiUnsupportedError: This API, or the version in use, cannot remove it.

        >>> new = api.ticket.add_sub_item(1, "ITILFollowup", {"content": "Wrong ticket"})
        >>> gone = api.ticket.delete_sub_item(1, "ITILFollowup", new["id"])
        """
        if (there := await self._elsewhere(id, sub_itemtype, "delete")) is not None:
            return await there.delete_sub_item(id, sub_itemtype, sub_id)
        owner = await self._owner(id)
        await sure_of(self._core, self._resource, owner, sub_itemtype, "delete_sub_item")
        if sub_id is None and self._core.dialect.single(self._resource, sub_itemtype):
            sub_id = await singleton_id(self.get_sub_items, owner, self._resource, sub_itemtype)
        dialect, number = self._core.dialect, ids.below(sub_id, sub_itemtype)
        operation = dialect.delete_sub_item(self._resource, owner, sub_itemtype, number, True)
        row = await self._belongs(owner, sub_itemtype, number, operation)
        by = dialect.removed_by(self._resource, sub_itemtype, row, number)
        return await self._core.do(dialect.delete_sub_item(self._resource, owner, sub_itemtype, by, True))

    async def _belongs(self, id: Any, sub: str, sub_id: int, operation: Operation[Any] | None) -> Item:
        """Read a sub-item under its parent; what the version in use cannot do with it is refused before."""
        read = self._core.dialect.sub_item(self._resource, id, sub, sub_id)
        if operation is not None and operation.check is not None:
            read = read._replace(check=operation.check)
        row = await self._core.do(read)
        if str(row.get("id", sub_id)) != str(sub_id):
            raise GlpiNotFoundError(f"{self._resource.name} {id} has no {sub} {sub_id}", 404, "ERROR_ITEM_NOT_FOUND")
        return row

    async def _elsewhere(self, id: Any, sub: str, verb: str) -> Any:
        """Return the same items of the legacy session where a verb of a sub-item needs it; else None."""
        core = await elsewhere(self._core, self._resource, id, sub, verb)
        return None if core is None else cast("Any", type(self))(core, self._resource.name)
