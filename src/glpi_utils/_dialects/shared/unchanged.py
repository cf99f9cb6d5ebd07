"""Whether a value that is to be written is what the item has already, so that it need not be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from . import moments
from .shapes import is_array, is_object

__all__ = ["unchanged"]


def unchanged(name: str, value: Any, row: Mapping[str, Any]) -> bool:
    """Check whether a row holds this value: written in another way at most, so that no change is ever lost.

    >>> row = {"id": 5, "actiontime": 60, "category": {"id": 2, "name": "Network"}, "date": "2026-01-31T10:00:00+01:00"}
    >>> unchanged("actiontime", "60", row), unchanged("category", 2, row), unchanged("date", "2026-01-31", row)
    (True, True, False)
    """
    return name in row and _same(value, row[name])


def _same(value: Any, there: Any) -> bool:
    if is_object(value) and is_object(there) and "id" in value and "id" in there:
        return _same(value["id"], there["id"])  # a relation is written by its id alone
    if is_object(there) and "id" in there and not is_object(value):
        return _same(value, there["id"])
    if is_object(value) or is_object(there) or is_array(value) or is_array(there):
        return bool(value == there)
    if isinstance(value, date) or isinstance(there, date):
        return _same_moment(_moment(value), _moment(there))
    if value is None or there is None:
        return value is there
    return _plain(value) == _plain(there)


def _moment(value: Any) -> Any:
    return moments.parsed(value) if isinstance(value, str) else value


def _same_moment(value: Any, there: Any) -> bool:
    """Compare moments; one without an offset is the server's clock, which the other shows too."""
    if isinstance(value, datetime) and isinstance(there, datetime) and None in (value.tzinfo, there.tzinfo):
        value, there = value.replace(tzinfo=None), there.replace(tzinfo=None)
    return bool(value == there)


def _plain(value: Any) -> str:
    return str(int(value) if isinstance(value, bool) else value)
