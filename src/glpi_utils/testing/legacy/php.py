"""Values as PHP reads them: query strings with brackets, truth, numbers, arrays and objects.

A JSON object stays a `dict`, a JSON list a `list`; what brackets in a query make is a PHP array, here `Array`. The legacy
API treats an object and an array differently ("input" is one item or many), so the two must not mix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeGuard
from urllib.parse import unquote_to_bytes

MAX_INPUT_VARS = 1000
INT_MAX = 2**63 - 1
Key = str | int


class Array(dict[Key, Any]):
    """A PHP array: keys are integers where they look like it; `append` takes the next free one."""

    def append(self, value: Any) -> None:
        """Append a value, as `name[]=value` does."""
        self[max((key for key in self if isinstance(key, int)), default=-1) + 1] = value


def parse_query(text: str) -> Array:
    """Return a query string or form body as PHP's `parse_str` reads it, at most `MAX_INPUT_VARS` of its variables."""
    variables = Array()
    pieces = [piece for piece in text.split("&") if piece]
    for piece in pieces[:MAX_INPUT_VARS]:
        name, _, value = piece.partition("=")
        _store(variables, _decoded(name), _decoded(value))
    return variables


def _decoded(text: str) -> str:
    return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")


def _store(into: Array, name: str, value: str) -> None:
    base, brackets = _split(name.lstrip(" "))
    if not base:
        return
    keys: list[str] = [base, *brackets]
    place = into
    for position, text in enumerate(keys):
        key = _key(text)
        if position == len(keys) - 1:
            _put(place, key, value)
            return
        inner = None if key is None else place.get(key)
        if not isinstance(inner, Array):
            inner = Array()
            _put(place, key, inner)
        place = inner


def _split(name: str) -> tuple[str, list[str]]:
    """Split `a[b][]` into ("a", ["b", ""]); dots, blanks and an unclosed bracket in the base name become underscores."""
    base, bracket, rest = name.partition("[")
    base = re.sub(r"[ .]", "_", base)
    if not bracket:
        return base, []
    if "]" not in rest:
        return f"{base}_{rest}", []
    return base, re.findall(r"\[([^\]]*)\]", bracket + rest)


def _key(text: str) -> Key | None:
    if text == "":
        return None
    return int(text) if re.fullmatch(r"0|-?[1-9][0-9]*", text) else text


def _put(place: Array, key: Key | None, value: Any) -> None:
    if key is None:
        place.append(value)
    else:
        place[key] = value


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
