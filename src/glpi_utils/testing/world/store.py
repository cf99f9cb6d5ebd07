"""The SQLite side of the world: one table per itemtype, compared and matched as MySQL does."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from glpi_utils.testing.world.history import History
from glpi_utils.testing.world.knowledge import Itemtype

SQL_TYPE = {"int": "INTEGER", "bool": "INTEGER", "decimal": "REAL", "date": "TEXT", "datetime": "TEXT"}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text without case and accents, trailing spaces cut: equal here is equal to utf8mb4_unicode_ci."""
    if text.isascii():
        return text.lower().rstrip(" ")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold().rstrip(" ")


def collate(left: str, right: str) -> int:
    """Compare two texts as the collation GLPI."""
    one, other = fold(left), fold(right)
    return (one > other) - (one < other)


@lru_cache(maxsize=1024)
def pattern(like: str) -> re.Pattern[str]:
    """Return a LIKE pattern as a regular expression; backslash escapes, as in MySQL."""
    out: list[str] = []
    signs = iter(like)
    for sign in signs:
        if sign == "\\":
            out.append(re.escape(next(signs, "\\")))
        else:
            out.append({"%": ".*", "_": "."}.get(sign) or re.escape(sign))
    return re.compile("".join(out), re.DOTALL)


def like(wanted: Any, value: Any) -> int | None:
    """Return `value LIKE wanted`, blind to case and accents."""
    if wanted is None or value is None:
        return None
    return 1 if pattern(fold_like(str(wanted))).fullmatch(fold_like(str(value))) else 0


def fold_like(text: str) -> str:
    """Return `fold` of a text with its trailing spaces: LIKE does not pad."""
    return fold(text) + " " * (len(text) - len(text.rstrip(" ")))


def like_binary(wanted: Any, value: Any) -> int | None:
    """Return `value LIKE BINARY wanted`."""
    if wanted is None or value is None:
        return None
    return 1 if pattern(str(wanted)).fullmatch(str(value)) else 0


@lru_cache(maxsize=16384)
def quoted(name: str) -> str:
    """Return a table's or column's name for SQL text."""
    return '"' + name.replace('"', '""') + '"'


class Store:
    """Rows without rules. Used by one thread at a time; whoever shares it between threads takes turns."""

    def __init__(self, itemtypes: Mapping[str, Itemtype], database: str = ":memory:") -> None:
        self.itemtypes = itemtypes
        self.history = History()
        """What came and went."""
        self._database = database if database == ":memory:" else str(Path(database).resolve())
        self._open: sqlite3.Connection | None = None
        self._closed = False
        self._resting = b""
        """The rows of a database in memory while it is closed."""
        self._depth = 0
        self._noted = 0
        known = self.connection.execute("SELECT count(*) FROM sqlite_master WHERE name='Ticket'").fetchone()[0]
        self.fresh = not known

    @property
    def connection(self) -> sqlite3.Connection:
        """The database; one that rests is opened again."""
        if self._open is None:
            if self._closed:
                raise sqlite3.ProgrammingError("the database is closed")
            self._open = _opened(self._database)
            if self._resting:
                self._open.deserialize(self._resting)
                self._resting = b""
        return self._open

    def rest(self) -> None:
        """Close the database until it is used again; the rows stay."""
        if self._open is not None:
            if self._database == ":memory:":
                self._resting = self._open.serialize()
            self._open.close()
            self._open = None

    def create_tables(self) -> None:
        """Make every table, empty."""
        self.connection.executescript("BEGIN;" + "".join(create_sql(t) for t in self.itemtypes.values()) + "COMMIT;")

    def copy_from(self, other: Store) -> None:
        """Become a copy of another store."""
        other.connection.backup(self.connection)

    def close(self) -> None:
        """Close the database for good."""
        self._closed, self._resting = True, b""
        if self._open is not None:
            self._open.close()
            self._open = None

    @contextmanager
    def atomic(self) -> Generator[None]:
        """Write all or nothing; may be nested, the outermost one decides."""
        if self._depth == 0:
            self.connection.execute("BEGIN")
            self._noted = len(self.history)
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self.connection.execute("ROLLBACK")
                del self.history[self._noted :]
            raise
        self._depth -= 1
        if self._depth == 0:
            self.connection.execute("COMMIT")

    def sql(self, text: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return rows of any SELECT."""
        cursor = self.connection.execute(text, tuple(args))
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def add(self, itemtype: str, row: Mapping[str, Any]) -> int:
        """Insert one row as it is; an `id` of None means the next one."""
        done = self.connection.execute(insert_sql(itemtype, tuple(row)), tuple(row.values()))
        made = int(done.lastrowid or 0)
        self.history.record(itemtype, made, "created", bool(row.get("is_deleted")))
        return made

    def add_many(self, itemtype: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
        """Insert many rows as they are; columns not named are NULL, so name them all."""
        self.connection.executemany(insert_sql(itemtype, tuple(names)), rows)

    def change(self, itemtype: str, id: int, values: Mapping[str, Any]) -> None:
        """Set columns of one row."""
        if values:
            sets = ",".join(f"{quoted(name)}=?" for name in values)
            self.connection.execute(f"UPDATE {quoted(itemtype)} SET {sets} WHERE id=?", (*values.values(), id))
        if "is_deleted" in values:
            self.history.record(itemtype, id, "trashed" if values["is_deleted"] else "restored")

    def remove(self, itemtype: str, where: str, args: Sequence[Any]) -> None:
        """Delete rows."""
        trashed = "is_deleted" if "is_deleted" in self.itemtypes[itemtype].columns else "0"
        text = f"SELECT id, {trashed} FROM {quoted(itemtype)} WHERE {where}"
        gone = self.connection.execute(text, tuple(args)).fetchall()
        self.connection.executemany(f"DELETE FROM {quoted(itemtype)} WHERE id=?", [(row[0],) for row in gone])
        for key, was in gone:
            self.history.record(itemtype, key, "removed", bool(was))


def _opened(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
    connection.create_collation("GLPI", collate)
    connection.create_function("LIKE", 2, like, deterministic=True)
    connection.create_function("LIKE_BINARY", 2, like_binary, deterministic=True)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


@lru_cache(maxsize=1024)
def insert_sql(itemtype: str, names: tuple[str, ...]) -> str:
    """Return the INSERT of a row with these columns."""
    marks = ",".join("?" * len(names))
    return f"INSERT INTO {quoted(itemtype)} ({','.join(map(quoted, names))}) VALUES ({marks})"


def create_sql(itemtype: Itemtype) -> str:
    """Return the CREATE TABLE of an itemtype, with the indexes that lists and joins need."""
    table = quoted(itemtype.name)
    parts = ["id INTEGER PRIMARY KEY AUTOINCREMENT"]
    parts += [
        f"{quoted(column.name)} {SQL_TYPE.get(column.kind, 'TEXT COLLATE GLPI')}"
        for column in itemtype.columns.values()
        if column.name != "id"
    ]
    text = f"CREATE TABLE {table} ({','.join(parts)});"
    for name in ("items_id", "tickets_id", "problems_id", "changes_id"):
        if name in itemtype.columns:
            text += f"CREATE INDEX {quoted(itemtype.name + '.' + name)} ON {table} ({name});"
    return text
