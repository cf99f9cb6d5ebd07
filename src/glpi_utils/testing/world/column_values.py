"""What the database takes: values turned into what a column stores, or refused in MySQL's words."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeGuard

from glpi_utils.testing.world.knowledge import Column

Row = dict[str, Any]
"""One row, raw columns."""
MOMENT = "%Y-%m-%d %H:%M:%S"
ZERO = "0000-00-00 00:00:00"
"""What MySQL stores as it is, and PHP reads as a day before the year 1."""
_NUMBER = re.compile(r"\s*[+-]?\d+(\.\d+)?\s*")


class Refusal(Exception):
    """No.

    `kind` says who said it: "rule" a business rule (its message is for people and may be empty), "right" the rights,
    "missing" there is no such row, "sql" the database (the message is MySQL's own, `code` its number), "itemtype"
    there is no such itemtype.
    """

    def __init__(self, message: str, kind: str = "rule", code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.code = code


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Check whether a value that came as JSON is a list."""
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Check whether a value that came as JSON is an object."""
    return isinstance(value, dict)


def many(value: Any) -> list[Any]:
    """Return a list, or the one value as a list; of an object its values."""
    if is_object(value):
        return list(value.values())
    return value if is_list(value) else [value]


def number(value: Any) -> int:
    """Return an id as sent, -1 where it is none."""
    return int(value) if str(value).lstrip("-").isdigit() else -1


def hashed(password: str) -> str:
    """Return what the User table keeps of a password. Quick on purpose: this is a test server."""
    return "sha256$" + hashlib.sha256(b"glpi-double:" + password.encode()).hexdigest()


NO_RIGHT = "You don't have permission to perform this action."


def stored(table: str, column: Column, value: Any) -> Any:
    """Return what `column` stores for `value`."""
    # GLPI writes the texts NULL and null unquoted into its SQL.
    if value is None or value in ("NULL", "null"):
        if column.kind in ("int", "bool", "decimal") and column.default is not None and not column.nullable:
            raise Refusal(f"Column '{column.name}' cannot be null", "sql", 1048)
        return None
    if isinstance(value, list | dict):
        raise Refusal("Array to string conversion", "sql", 0)
    if column.kind in ("int", "bool"):
        return whole(table, column, value)
    if column.kind == "decimal":
        return decimal(table, column, value)
    if column.kind == "date" and value == "":
        return None
    if column.kind in ("date", "datetime"):
        return moment(table, column, value)
    return text(column, value)


def whole(table: str, column: Column, value: Any) -> int:
    """Return what an integer column stores."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise wrong("integer", table, column, value)
    number = round(float(value)) if isinstance(value, float | str) and "." in str(value) else int(value)
    if not -(2**31) <= number < 2**32:
        raise Refusal(f"Out of range value for column '{column.name}' at row 1", "sql", 1264)
    return number


def decimal(table: str, column: Column, value: Any) -> float:
    """Return what a decimal column stores: a float, which each API prints in its own way."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise wrong("decimal", table, column, value)
    return round(float(value), column.scale)


def moment(table: str, column: Column, value: Any) -> str:
    """Return a date or a date with its time, as the database keeps it."""
    text = str(value)
    if text == ZERO and column.kind == "datetime":
        return ZERO
    try:
        if column.kind == "date":
            return date.fromisoformat(text[:10]).isoformat()
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            text += " 00:00:00"
        elif re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
            text += ":00"
        return _whole_moment(text)
    except ValueError:
        raise wrong(column.kind, table, column, value) from None


@lru_cache(maxsize=4096)
def _whole_moment(text: str) -> str:
    return datetime.strptime(text, MOMENT).strftime(MOMENT)  # noqa: DTZ007


def text(column: Column, value: Any) -> str:
    """Return what a text column stores."""
    if isinstance(value, bool):
        return "1" if value else ""
    text = str(value)
    if len(text) > 255 and not column.long:
        raise Refusal(f"Data too long for column '{column.name}' at row 1", "sql", 1406)
    return text


def wrong(kind: str, table: str, column: Column, value: Any) -> Refusal:
    """Return MySQL's words for a value of the wrong kind."""
    message = f"Incorrect {kind} value: '{value}' for column `glpi`.`{table}`.`{column.name}` at row 1"
    return Refusal(message, "sql", 1292 if kind in ("date", "datetime") else 1366)
