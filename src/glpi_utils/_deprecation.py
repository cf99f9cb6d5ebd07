"""How a name of this library says that it will go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

from ._caller import warn
from .exceptions import GlpiDeprecationWarning

__all__ = ["deprecated"]

CO_COROUTINE: Final = 0x80  # `inspect` has it too, and takes milliseconds to import
P = ParamSpec("P")
R = TypeVar("R")


def deprecated(*, instead: str, since: str, removed: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Warn at each call that a function goes, naming what replaces it and the version without it.

    >>> @deprecated(instead="count()", since="1.1", removed="2.0")
    ... def total() -> int:
    ...     return 3

    It works for functions, methods and coroutine functions (these warn when they are awaited) and
    keeps name, signature and docstring.
    """

    def of(function: Callable[P, R]) -> Callable[P, R]:
        name = getattr(function, "__qualname__", repr(function)).rpartition("<locals>.")[2]
        message = f"{name} is deprecated since {since} and goes in {removed}; use {instead} instead"

        @wraps(function)
        def warning(*args: P.args, **kwargs: P.kwargs) -> R:
            warn(GlpiDeprecationWarning(message))
            return function(*args, **kwargs)

        @wraps(function)
        async def warning_first(*args: P.args, **kwargs: P.kwargs) -> Any:
            warn(GlpiDeprecationWarning(message))
            return await cast("Awaitable[Any]", function(*args, **kwargs))

        waits = getattr(getattr(function, "__code__", None), "co_flags", 0) & CO_COROUTINE
        return cast("Callable[P, R]", warning_first) if waits else warning

    return of
