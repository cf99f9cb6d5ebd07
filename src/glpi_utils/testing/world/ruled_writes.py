"""Writes with GLPI's rules around them. They know nothing of rights: whoever calls them has asked `rights.may` first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import Refusal, Row, many, number, stored
from glpi_utils.testing.world.itil import ACTORS, FOREIGN_KEY
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.rows import Rows

CREATED, TRASHED, RESTORED = 20, 13, 14
_NOTHING = {"itemtype_link": "0", "old_value": "", "new_value": ""}
USER_ROWS = ("Profile_User", "Group_User", "UserEmail", "Ticket_User", "Change_User", "Problem_User")


class Writes(Rows):
    """Rows that can be written. The rules of each itemtype come from `World`."""

    def rules_of(self, kind: Itemtype) -> Rules:
        """Return what happens around the writes of an itemtype."""
        raise NotImplementedError

    def insert(self, itemtype: str, values: Mapping[str, Any], who: Who) -> int:
        """Add a row with GLPI's defaults and rules and answer its id; may raise `Refusal`.

        Unknown names and `id` are ignored. Without `entities_id` it is in the active entity, `who.entities[0]`.
        """
        kind = self.itemtype(itemtype)
        rules = self.rules_of(kind)
        values = {name: value for name, value in values.items() if name != "id"}
        with self.store.atomic():
            rules.adding(self, kind, values, who)
            new = self.store.add(itemtype, self._row(kind, values, who))
            self._log(kind, new, CREATED, who)
            keep_groups(self, kind, new, values, who)
            rules.added(self, kind, new, values, who)
        return new

    def update(self, itemtype: str, id: int, values: Mapping[str, Any], who: Who) -> None:
        """Change columns of a row; unknown names are ignored, as GLPI does. No such row: kind "missing"."""
        kind = self.itemtype(itemtype)
        rules = self.rules_of(kind)
        with self.store.atomic():
            row = self._present(itemtype, id)
            values = {name: value for name, value in values.items() if name != "id"}
            rules.changing(self, kind, row, values, who)
            changes = {n: self._stored(kind, n, v) for n, v in values.items() if n in kind.columns}
            changes = {name: value for name, value in changes.items() if value != row[name]}
            if changes:
                self.store.change(itemtype, id, self._edited(kind, changes, who))
            if "is_deleted" in changes:
                self._log(kind, id, TRASHED if changes["is_deleted"] else RESTORED, who)
            keep_groups(self, kind, id, values, who)
            rules.changed(self, kind, row, values, who)

    def trash(self, itemtype: str, id: int, who: Who) -> None:
        """Trash a row; purge it where the itemtype has no trash."""
        if self.itemtype(itemtype).trash:
            self.update(itemtype, id, {"is_deleted": 1}, who)
        else:
            self.purge(itemtype, id, who)

    def restore(self, itemtype: str, id: int, who: Who) -> None:
        """Take a row out of the trash."""
        self.update(itemtype, id, {"is_deleted": 0}, who)

    def purge(self, itemtype: str, id: int, who: Who) -> None:
        """Remove a row and what hangs on it."""
        kind = self.itemtype(itemtype)
        rules = self.rules_of(kind)
        with self.store.atomic():
            row = self._present(itemtype, id)
            rules.removing(self, kind, row, who)
            self.store.remove(itemtype, "id=?", (id,))
            self._cascade(itemtype, id)
            rules.removed(self, kind, row, who)

    def _present(self, itemtype: str, id: int) -> Row:
        row = self.get(itemtype, id)
        if row is None:
            raise Refusal("Item not found", "missing")
        return row

    def _row(self, kind: Itemtype, values: Mapping[str, Any], who: Who) -> Row:
        """Return all columns of a new row."""
        now = self.now()
        auto: Row = {"date_creation": now, "date_mod": now}
        if kind.entity or kind.name == "Entity":
            auto["entities_id"] = who.entities[0]
        row = dict(kind.defaults)
        row.update((name, value) for name, value in auto.items() if name in row)
        for name in kind.defaults:
            if name in values and not (values[name] is None and name in auto):
                row[name] = self._stored(kind, name, values[name])
        return row

    def _stored(self, kind: Itemtype, name: str, value: Any) -> Any:
        column = kind.columns[name]
        short = column.kind == "text" and not column.long
        return stored(kind.table, column, quirks.fitting(self.version, value) if short else value)

    def _edited(self, kind: Itemtype, changes: Row, who: Who) -> Row:
        """Return the changes with the marks that every edit leaves."""
        if "date_mod" in kind.columns and "date_mod" not in changes:
            changes["date_mod"] = self.now()
        if kind.name in ACTORS and who.user:
            changes["users_id_lastupdater"] = who.user
        return changes

    def _log(self, kind: Itemtype, id: int, action: int, who: Who) -> None:
        """Add to GLPI's log what it keeps of a row; edits are not kept here."""
        if not (kind.trash or kind.entity):
            return
        user = self.sql('SELECT name FROM "User" WHERE id=?', (who.user,))
        text = f"{user[0]['name']} ({who.user})" if user else ""
        values = {"itemtype": kind.name, "items_id": id, "linked_action": action, "user_name": text}
        log = self.itemtype("Log")
        self.store.add("Log", self._row(log, {**_NOTHING, **values}, who))

    def _cascade(self, itemtype: str, id: int) -> None:
        """Remove rows that mean nothing without the purged one."""
        own = FOREIGN_KEY.get(itemtype) or ("users_id" if itemtype == "User" else None)
        for name, kind in self.itemtypes.items():
            if "items_id" in kind.columns and "itemtype" in kind.columns and name != "Log":
                self.store.remove(name, "itemtype=? AND items_id=?", (itemtype, id))
            if own in kind.columns and (itemtype != "User" or name in USER_ROWS):
                self.store.remove(name, f"{own}=?", (id,))
        if itemtype == "Ticket":
            self.store.remove("Ticket_Ticket", "tickets_id_1=? OR tickets_id_2=?", (id, id))
        if itemtype == "Document":
            self.store.remove("Document_Item", "documents_id=?", (id,))


class Rules:
    """What happens around a write. Each method may change `values` (what the caller sent) or raise `Refusal`."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Act before a row is inserted."""

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Act after it was; underscore keys of `values` are acted upon here."""

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Act before columns of `row` are set."""

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Act after they were; `row` is as it was before, `values` what was set."""

    def removing(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Act before a row is purged."""

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Act after it was."""


def keep_groups(world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
    """Keep an asset's groups in a table of their own, as 11 does, whether one comes or a list."""
    for column, role in (("groups_id", 1), ("groups_id_tech", 2)):
        if column not in values or column in kind.columns or "users_id_tech" not in kind.columns:
            continue
        fixed = {"itemtype": kind.name, "items_id": id, "type": role}
        world.store.remove("Group_Item", "itemtype=? AND items_id=? AND type=?", tuple(fixed.values()))
        for group in many(values[column] or []):
            if number(group) > 0:
                world.insert("Group_Item", {**fixed, "groups_id": number(group)}, who)
