"""How the legacy API says no: `["CODE", message]`, and what a PHP fatal looks like from outside."""

from __future__ import annotations

from typing import Any

NO_RIGHT = "You don't have permission to perform this action."
NOT_FOUND = "Item not found"


class Refused(Exception):
    """An answer that GLPI words itself; `documented` adds where its documentation explains the code."""

    def __init__(self, status: int, code: str, message: Any, *, documented: bool = False) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.documented = documented

    def body(self, documentation: str) -> list[Any]:
        """Return the body; `documentation` is the address of the API's own page."""
        if not self.documented:
            return [self.code, self.message]
        return [self.code, f"{self.message}; view documentation in your browser at {documentation}/#{self.code}"]


class Fatal(Exception):
    """PHP stops half-way: 10 answers 200 with an empty HTML body, 11 a 500 page."""


class SqlFailed(Exception):
    """The search engine's SQL is wrong: 10 prints the database's words before a JSON error, 11 shows a 500 page."""


def bad_request(message: str = "Bad Request", status: int = 400) -> Refused:
    """Return the error without a code of its own."""
    return Refused(status, "ERROR", message, documented=True)


def bad_array() -> Refused:
    """Return the refusal of an `input` that is missing or has the wrong shape."""
    return Refused(400, "ERROR_BAD_ARRAY", "input parameter must be an array of objects", documented=True)


def not_found() -> Refused:
    """Return the refusal of an id without a row."""
    return Refused(404, "ERROR_ITEM_NOT_FOUND", NOT_FOUND)


def right_missing() -> Refused:
    """Return the refusal of a read that the profile does not allow."""
    return Refused(403, "ERROR_RIGHT_MISSING", NO_RIGHT)


def unknown_itemtype() -> Refused:
    """Return the refusal of a path that names no itemtype."""
    message = "resource not found or not an instance of CommonDBTM"
    return Refused(400, "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM", message, documented=True)


def range_exceeded(total: int) -> Refused:
    """Return the refusal of a range that starts behind the last row."""
    message = f"Provided range exceed total count of data: {total}"
    return Refused(400, "ERROR_RANGE_EXCEED_TOTAL", message, documented=True)
