"""Values as PHP reads them: truth, numbers, arrays and objects.

A JSON object stays a `dict`, a JSON list a `list`; what brackets in a query make is a PHP array, `forms.Array`. The legacy
API treats an object and an array differently ("input" is one item or many), so the two must not mix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from glpi_utils.testing.http.forms import Array, Key

INT_MAX = 2**63 - 1


def is_named(value: Any) -> TypeGuard[dict[Any, Any]]:
    """Check whether a value has keys: an object, or what brackets made."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Check whether a value is a JSON list."""
    return isinstance(value, list)


def is_array(value: Any) -> bool:
    """Check whether PHP's `is_array` says so: brackets or a JSON list."""
    return isinstance(value, list | Array)


def is_object(value: Any) -> bool:
    """Check whether PHP's `is_object` says so: a JSON object."""
    return isinstance(value, dict) and not isinstance(value, Array)


def values(value: Any) -> list[Any]:
    """Return the elements of a PHP array or object in order."""
    return [inner for _, inner in entries(value)]


def entries(value: Any) -> Iterator[tuple[Key, Any]]:
    """Return keys and elements of a PHP array or object in order."""
    if is_named(value):
        yield from value.items()
    elif is_list(value):
        yield from enumerate(value)


def truthy(value: Any) -> bool:
    """Return what `if ($value)` says: "0" and empty arrays are false, any other text and any object is true."""
    if is_object(value):
        return True
    return value not in ("", "0") and bool(value)


def intval(value: Any) -> int:
    """Return what `intval` makes of a value: the leading digits of a text, 0 for a text without."""
    if isinstance(value, int | float):
        number = int(value)
    elif isinstance(value, str):
        match = re.match(r"\s*([+-]?\d+)", value)
        number = int(match.group(1)) if match else 0
    else:
        number = int(truthy(value))
    return max(-INT_MAX - 1, min(INT_MAX, number))


def is_numeric(text: str) -> bool:
    """Check whether a text is a number to PHP's `is_numeric`."""
    return re.fullmatch(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", text) is not None


def flag(text: str) -> bool:
    """Return what `filter_var(…, FILTER_VALIDATE_BOOLEAN)` says of a header."""
    return text.strip().lower() in ("1", "true", "on", "yes")
