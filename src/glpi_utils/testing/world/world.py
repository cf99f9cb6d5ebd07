"""What is true: the rows of the embedded GLPI, one SQLite table per itemtype, raw database columns.

Reads see what is; writes follow the business rules that the recordings show (`world_rules`, `world_itil`,
`world_timeline`) and know nothing of rights: whoever calls them has asked `rights.may` first.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import Any, Self

from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.credentials import Credentials
from glpi_utils.testing.world.history import Trash, states
from glpi_utils.testing.world.knowledge import Column, Itemtype
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.rules_common import (
    Authored,
    DocumentLinks,
    Documents,
    NotByHand,
    OncePerItem,
    ProjectTasks,
    Row,
    Rules,
    Tree,
    Users,
    hashed,
    keep_groups,
)
from glpi_utils.testing.world.rules_itil import ACTORS, FOREIGN_KEY, Actors, Itil
from glpi_utils.testing.world.rules_single import SINGLE
from glpi_utils.testing.world.rules_timeline import Followups, Solutions, Tasks, Validations
from glpi_utils.testing.world.store import Store, quoted
from glpi_utils.testing.world.values import MOMENT, Refusal, stored

__all__ = ["Column", "Refusal", "World"]

RULES: dict[str, Rules] = {
    **dict.fromkeys(ACTORS, Itil()),
    **{link: Actors() for actors in ACTORS.values() for link, _ in actors.values()},
    "ITILFollowup": Followups(),
    "ITILSolution": Solutions(),
    **dict.fromkeys(("TicketTask", "ChangeTask", "ProblemTask"), Tasks()),
    **dict.fromkeys(("TicketValidation", "ChangeValidation"), Validations()),
    "User": Users(),
    "Infocom": OncePerItem(),
    **dict.fromkeys(("Log", "Unmanaged"), NotByHand()),
    "ProjectTask": ProjectTasks(),
    "Document": Documents("users_id"),
    "Document_Item": DocumentLinks("users_id"),
    "KnowbaseItem_Comment": Authored("users_id"),
    **SINGLE,
    "Notepad": Authored("users_id", "users_id_lastupdater"),
}
_TREE, _PLAIN = Tree(), Rules()


class World:
    """Rows and the business rules around them. Not for two threads at once: `GlpiServer.do` takes care of that."""

    def __init__(
        self, version: str = "11.0.6", database: str = ":memory:", clock: Callable[[], datetime] | None = None
    ) -> None:
        self.version = version
        self.zone: tzinfo = UTC
        """The zone whose wall clock dates are written in; `GlpiServer(timezone=...)` sets it."""
        self.newer_lexer = not version.startswith(("10.", "11."))
        """Whether filters are cut as by the lexer that comes after 11.0.8; `GlpiServer(newer_lexer=...)` sets it."""
        self.clock: Callable[[], datetime] = clock or (lambda: datetime.now(UTC))
        """Tests may replace it."""
        self.turn = threading.RLock()
        """Whoever uses it in a thread that is not the server's holds this meanwhile."""
        self.credentials = Credentials()
        """OAuth clients, tokens, legacy sessions."""
        self.gaps: list[Callable[[World, int], None]] = []
        """What happens between the moments of a list, each told how many rows its page has; see `between`."""
        self.dice = random.Random()
        """What the world draws: uuids."""
        self.files: dict[str, bytes] = {}
        """Contents of documents by their sha1sum."""
        self.itemtypes = knowledge.itemtypes(version)
        self.store = Store(self.itemtypes, database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database for good."""
        self.store.close()

    # reading ------------------------------------------------------------------------------------------------------

    def now(self) -> str:
        """The clock's time as the database writes it."""
        return self.clock().astimezone(self.zone).strftime(MOMENT)

    def itemtype(self, name: str) -> Itemtype:
        """What is known of an itemtype; `Refusal` of kind "itemtype" where there is none."""
        found = self.itemtypes.get(name)
        if found is None:
            raise Refusal(name, "itemtype")
        return found

    def columns(self, itemtype: str) -> dict[str, Column] | None:
        """The columns of an itemtype by name; None: no such itemtype in this version."""
        found = self.itemtypes.get(itemtype)
        return found.columns if found else None

    def get(self, itemtype: str, id: int) -> dict[str, Any] | None:
        """One row, raw columns; None when there is none."""
        rows = self.sql(f"SELECT * FROM {quoted(self.itemtype(itemtype).name)} WHERE id=?", (id,))
        return rows[0] if rows else None

    def select(
        self,
        itemtype: str,
        where: str = "",
        args: Sequence[Any] = (),
        order: str = "id",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[dict[str, Any]]:
        """Rows of one itemtype; `where` and `order` are SQL over raw columns."""
        text = f"SELECT * FROM {quoted(self.itemtype(itemtype).name)}"
        if where:
            text += f" WHERE {where}"
        return self.sql(f"{text} ORDER BY {order} LIMIT ? OFFSET ?", (*args, -1 if limit is None else limit, offset))

    def count(self, itemtype: str, where: str = "", args: Sequence[Any] = ()) -> int:
        """How many rows match."""
        text = f"SELECT count(*) AS n FROM {quoted(self.itemtype(itemtype).name)}"
        return int(self.sql(f"{text} WHERE {where}" if where else text, args)[0]["n"])

    def sql(self, text: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Any SELECT; tables are named by the itemtype and quoted: `"Group_Ticket"`.

        Text columns compare without case and accents, LIKE likewise; `LIKE_BINARY(pattern, value)` is exact.
        """
        return self.store.sql(text, args)

    def between(self, rows: int) -> None:
        """Let others write: GLPI reads the ids of a page, their rows and the count in statements of their own."""
        for happen in self.gaps:
            happen(self, rows)

    def lived(self, itemtype: str, since: float, until: float, trash: Trash = True) -> tuple[set[int], set[int]]:
        """The ids that were there all the time from `since` to `until`, and those that were there at some time.

        `trash`: whether rows in the trash count as there (as in lists of the high-level API) or not, or "only" they.
        """
        has = "is_deleted" in self.itemtype(itemtype).columns
        rows = self.sql(f"SELECT id, {'is_deleted' if has else '0 AS is_deleted'} FROM {quoted(itemtype)}")
        return self.store.lives.spans(itemtype, states(rows), since, until, trash)

    def login(self, name: str, password: str) -> dict[str, Any] | None:
        """The user whose name and password these are. Whether he is active or in the trash is asked by who calls:
        GLPI's OAuth server does not ask, the legacy API does.
        """
        rows = self.select("User", "name=? AND password=?", (name, hashed(password)), limit=1)
        return rows[0] if rows else None

    # writing ------------------------------------------------------------------------------------------------------

    def insert(self, itemtype: str, values: Mapping[str, Any], who: Who) -> int:
        """Add a row with GLPI's defaults and rules and answer its id; may raise `Refusal`.

        Unknown names and `id` are ignored. Without `entities_id` it is in the active entity, `who.entities[0]`.
        """
        kind, rules = self._rules(itemtype)
        given = {name: value for name, value in values.items() if name != "id"}
        with self.store.atomic():
            rules.adding(self, kind, given, who)
            new = self.store.add(itemtype, self._row(kind, given, who))
            self._log(kind, new, CREATED, who)
            keep_groups(self, kind, new, given, who)
            rules.added(self, kind, new, given, who)
        return new

    def update(self, itemtype: str, id: int, values: Mapping[str, Any], who: Who) -> None:
        """Change columns of a row; unknown names are ignored, as GLPI does. No such row: kind "missing"."""
        kind, rules = self._rules(itemtype)
        with self.store.atomic():
            row = self._present(itemtype, id)
            given = {name: value for name, value in values.items() if name != "id"}
            rules.changing(self, kind, row, given, who)
            changes = {n: stored(kind.table, kind.columns[n], v) for n, v in given.items() if n in kind.columns}
            changes = {name: value for name, value in changes.items() if value != row[name]}
            if changes:
                self.store.change(itemtype, id, self._edited(kind, changes, who))
            if "is_deleted" in changes:
                self._log(kind, id, TRASHED if changes["is_deleted"] else RESTORED, who)
            keep_groups(self, kind, id, given, who)
            rules.changed(self, kind, row, given, who)

    def trash(self, itemtype: str, id: int, who: Who) -> None:
        """Into the trash; purged where the itemtype has none."""
        if self.itemtype(itemtype).trash:
            self.update(itemtype, id, {"is_deleted": 1}, who)
        else:
            self.purge(itemtype, id, who)

    def restore(self, itemtype: str, id: int, who: Who) -> None:
        """Out of the trash."""
        self.update(itemtype, id, {"is_deleted": 0}, who)

    def purge(self, itemtype: str, id: int, who: Who) -> None:
        """Remove a row and what hangs on it."""
        kind, rules = self._rules(itemtype)
        with self.store.atomic():
            row = self._present(itemtype, id)
            rules.removing(self, kind, row, who)
            self.store.remove(itemtype, "id=?", (id,))
            self._cascade(itemtype, id)
            rules.removed(self, kind, row, who)

    # inside -------------------------------------------------------------------------------------------------------

    def _rules(self, itemtype: str) -> tuple[Itemtype, Rules]:
        kind = self.itemtype(itemtype)
        return kind, RULES.get(itemtype) or (_TREE if kind.tree else _PLAIN)

    def _present(self, itemtype: str, id: int) -> Row:
        row = self.get(itemtype, id)
        if row is None:
            raise Refusal("Item not found", "missing")
        return row

    def _row(self, kind: Itemtype, given: Mapping[str, Any], who: Who) -> Row:
        """All columns of a new row."""
        auto: Row = {"date_creation": self.now(), "date_mod": self.now()}
        if kind.entity or kind.name == "Entity":
            auto["entities_id"] = who.entities[0]
        row: Row = {}
        for name, column in kind.columns.items():
            if name == "id":
                continue
            if name in given and not (given[name] is None and name in auto):
                row[name] = stored(kind.table, column, given[name])
            else:
                row[name] = auto.get(name, column.default)
        return row

    def _edited(self, kind: Itemtype, changes: Row, who: Who) -> Row:
        """The changes with the marks that every edit leaves."""
        if "date_mod" in kind.columns and "date_mod" not in changes:
            changes["date_mod"] = self.now()
        if kind.name in ACTORS and who.user:
            changes["users_id_lastupdater"] = who.user
        return changes

    def _log(self, kind: Itemtype, id: int, action: int, who: Who) -> None:
        """What GLPI's history keeps of a thing's life; of edits nothing is kept here."""
        if not (kind.trash or kind.entity):
            return
        user = self.sql('SELECT name FROM "User" WHERE id=?', (who.user,))
        text = f"{user[0]['name']} ({who.user})" if user else ""
        values = {"itemtype": kind.name, "items_id": id, "linked_action": action, "user_name": text}
        log = self.itemtype("Log")
        self.store.add("Log", self._row(log, {**_NOTHING, **values}, who))

    def _cascade(self, itemtype: str, id: int) -> None:
        """Rows that mean nothing without the purged one."""
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


CREATED, TRASHED, RESTORED = 20, 13, 14
_NOTHING = {"itemtype_link": "0", "old_value": "", "new_value": ""}
USER_ROWS = ("Profile_User", "Group_User", "UserEmail", "Ticket_User", "Change_User", "Problem_User")
