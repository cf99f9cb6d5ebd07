"""The rows of the embedded GLPI, read: one SQLite table per itemtype, raw database columns."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import Any, Self

from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.column_values import MOMENT, Refusal, hashed
from glpi_utils.testing.world.history import Trash, states
from glpi_utils.testing.world.knowledge import Column, Itemtype
from glpi_utils.testing.world.store import Store, quoted


class Rows:
    """What there is, and the clock and the dice that go with it."""

    def __init__(self, version: str, database: str, clock: Callable[[], datetime] | None) -> None:
        self.version = version
        self.zone: tzinfo = UTC
        """The zone whose wall clock dates are written in; `GlpiServer(timezone=...)` sets it."""
        self.clock: Callable[[], datetime] = clock or (lambda: datetime.now(UTC))
        """Tests may replace it."""
        self.dice = random.Random()
        """What the world draws: uuids."""
        self.told: list[str] = []
        """What GLPI has to say of a write that succeeds; whoever answers takes it."""
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

    def now(self) -> str:
        """Return the clock's time as the database writes it."""
        return self.clock().astimezone(self.zone).strftime(MOMENT)

    def itemtype(self, name: str) -> Itemtype:
        """Return what is known of an itemtype; `Refusal` of kind "itemtype" where there is none."""
        known = self.itemtypes.get(name)
        if known is None:
            raise Refusal(name, "itemtype")
        return known

    def columns(self, itemtype: str) -> dict[str, Column] | None:
        """Return the columns of an itemtype by name; None: no such itemtype in this version."""
        known = self.itemtypes.get(itemtype)
        return known.columns if known else None

    def get(self, itemtype: str, id: int) -> dict[str, Any] | None:
        """Return one row, raw columns; None when there is none."""
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
        """Return rows of one itemtype; `where` and `order` are SQL over raw columns."""
        text = f"SELECT * FROM {quoted(self.itemtype(itemtype).name)}"
        if where:
            text += f" WHERE {where}"
        return self.sql(f"{text} ORDER BY {order} LIMIT ? OFFSET ?", (*args, -1 if limit is None else limit, offset))

    def count(self, itemtype: str, where: str = "", args: Sequence[Any] = ()) -> int:
        """Return how many rows match."""
        text = f"SELECT count(*) AS n FROM {quoted(self.itemtype(itemtype).name)}"
        return int(self.sql(f"{text} WHERE {where}" if where else text, args)[0]["n"])

    def setting(self, name: str) -> str | None:
        """Return what an administrator has set; None: nothing."""
        text = """SELECT value FROM "Config" WHERE name = ? COLLATE BINARY AND context = 'core' COLLATE BINARY"""
        rows = self.sql(text, (name,))
        return rows[0]["value"] if rows else None

    def sql(self, text: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run any SELECT; tables are named by the itemtype and quoted: `"Group_Ticket"`.

        Text columns compare without case and accents, LIKE likewise; `LIKE_BINARY(pattern, value)` is exact.
        """
        return self.store.sql(text, args)

    def present(self, itemtype: str, since: float, until: float, trash: Trash = True) -> tuple[set[int], set[int]]:
        """Return the ids that were there all the time from `since` to `until`, and those that were there at some time.

        `trash`: whether rows in the trash count as there (as in lists of the high-level API) or not, or "only" they.
        """
        has = "is_deleted" in self.itemtype(itemtype).columns
        rows = self.sql(f"SELECT id, {'is_deleted' if has else '0 AS is_deleted'} FROM {quoted(itemtype)}")
        return self.store.history.spans(itemtype, states(rows), since, until, trash)

    def login(self, name: str, password: str) -> dict[str, Any] | None:
        """Return the user whose name and password these are. Callers ask whether he is active or in the trash:
        GLPI's OAuth server does not ask, the legacy API does.
        """
        rows = self.select("User", "name=? AND password=?", (name, hashed(password)), limit=1)
        return rows[0] if rows else None
