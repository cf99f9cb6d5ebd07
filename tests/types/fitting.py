"""Does a row have its shape? TypedDicts, lists, unions and plain types, as the shapes use them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def fields(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def misfits(value: Any, hint: Any, at: str = "row") -> Iterator[str]:
    """What is missing, too much or of another type, one line each."""
    if hint is Any:
        return
    if typing.is_typeddict(hint):
        yield from _of_shape(value, hint, at)
    elif typing.get_origin(hint) is list:
        if not isinstance(value, list):
            yield f"{at}: {value!r:.60} is no list"
            return
        for n, each in enumerate(value):
            yield from misfits(each, typing.get_args(hint)[0], f"{at}[{n}]")
    elif isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        if not any(not [*misfits(value, each)] for each in typing.get_args(hint)):
            yield f"{at}: {value!r:.60} is no {hint}"
    elif typing.get_origin(hint) is dict:
        if not isinstance(value, dict):
            yield f"{at}: {value!r:.60} is no dict"
    elif not _is(value, hint):
        yield f"{at}: {value!r:.60} is no {hint}"


def _is(value: Any, hint: type) -> bool:
    if isinstance(value, bool):
        return hint is bool
    return isinstance(value, (int, float) if hint is float else hint)


def _of_shape(value: Any, shape: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: {value!r:.60} is no {shape.__name__}"
        return
    known = fields(shape)
    yield from (f"{at}: no {name}" for name in sorted(shape.__required_keys__ - value.keys()))
    for name, each in value.items():
        if name in known:
            yield from misfits(each, known[name], f"{at}.{name}")
        else:
            yield f"{at}: {name} is not in {shape.__name__}"
