"""What is true: the rows of the embedded GLPI, one SQLite table per itemtype, raw database columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from glpi_utils.testing.credentials import Credentials
from glpi_utils.testing.rights import Who


class Refusal(Exception):
    """A business rule said no; each API words it its own way."""

    def __init__(self, message: str, kind: str = "rule") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Column:
    """One database column: `kind` is int, bool, text, date, datetime or decimal."""

    name: str
    kind: str
    default: Any = None


class World:
    """Rows and the few business rules that the recordings show."""

    version: str
    clock: Callable[[], datetime]
    credentials: Credentials
    """OAuth clients, tokens, legacy sessions."""

    def __init__(
        self, version: str = "11.0.6", database: str = ":memory:", clock: Callable[[], datetime] | None = None
    ) -> None:
        self.version = version
        self.clock = clock or (lambda: datetime.now(UTC))
        self.credentials = Credentials()

    def columns(self, itemtype: str) -> dict[str, Column] | None:
        """The columns of an itemtype by name; None: no such itemtype (in this version)."""
        raise NotImplementedError

    def get(self, itemtype: str, id: int) -> dict[str, Any] | None:
        """One row, raw columns; None when there is none."""
        raise NotImplementedError

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
        raise NotImplementedError

    def count(self, itemtype: str, where: str = "", args: Sequence[Any] = ()) -> int:
        """How many rows match."""
        raise NotImplementedError

    def sql(self, text: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Any SELECT; tables are named by the itemtype and must be quoted ("Group_Ticket")."""
        raise NotImplementedError

    def insert(self, itemtype: str, values: Mapping[str, Any], who: Who) -> int:
        """Add a row with GLPI's defaults and rules and answer its id; may raise `Refusal`."""
        raise NotImplementedError

    def update(self, itemtype: str, id: int, values: Mapping[str, Any], who: Who) -> None:
        """Change columns of a row; unknown names are ignored, as GLPI does."""
        raise NotImplementedError

    def trash(self, itemtype: str, id: int, who: Who) -> None:
        """Set is_deleted."""
        raise NotImplementedError

    def restore(self, itemtype: str, id: int, who: Who) -> None:
        """Clear is_deleted."""
        raise NotImplementedError

    def purge(self, itemtype: str, id: int, who: Who) -> None:
        """Remove the row and what hangs on it."""
        raise NotImplementedError
