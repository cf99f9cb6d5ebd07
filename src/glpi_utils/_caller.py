"""Warnings at the line of the program that called the library, wherever they are raised; those of names that will go."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Awaitable, Callable
from contextvars import Context, ContextVar, copy_context
from functools import wraps
from types import FrameType
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar, cast

from .exceptions import GlpiDeprecationWarning, GlpiWarning

__all__ = ["deprecated", "warn", "with_caller"]

_PACKAGE: Final = __name__.partition(".")[0]
_CARRIERS: Final = frozenset({"asyncio", "concurrent", "contextvars", "selectors", "threading", "uvloop"})
"""Packages that run coroutines and threads: their lines are no call of a program."""
_PASSED: Final = _CARRIERS | {_PACKAGE}
_COROUTINE: Final = 0x80  # inspect.CO_COROUTINE; `inspect` takes milliseconds to import
P = ParamSpec("P")
R = TypeVar("R")


class Caller(NamedTuple):
    """A line of a program, and the names of its module: there `warnings` keeps which ones it has shown."""

    file: str
    line: int
    names: dict[str, Any]


_started_by: ContextVar[Caller | None] = ContextVar("glpi_utils_started_by", default=None)


def warn(warning: str | Warning) -> None:
    """Raise a warning, of a text a `GlpiWarning`, at the caller's line.

    Work on a thread or in a task of the library counts as called where it was started. A coroutine that the caller made a
    task of (`asyncio.gather`) was called nowhere: there it is the line that runs the event loop.
    """
    warning = GlpiWarning(warning) if isinstance(warning, str) else warning
    file, line, names = _caller()
    module = str(names.get("__name__") or "<unknown>")
    registry = names.setdefault("__warningregistry__", {})
    warnings.warn_explicit(warning, type(warning), file, line, module, registry)


def with_caller() -> Context:
    """Return a copy of the context for work beside its caller, in which the caller's line is kept for `warn`."""
    context = copy_context()
    context.run(_started_by.set, _caller())
    return context


def _caller() -> Caller:
    here = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    frame: FrameType | None = here
    carrier: FrameType | None = None
    while frame is not None:
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package not in _PASSED:
            return _at(frame)
        if package != _PACKAGE:
            if started := _started_by.get():
                return started
            carrier = carrier or frame
        frame = frame.f_back
    return _at(carrier or here)


def _at(frame: FrameType) -> Caller:
    return Caller(frame.f_code.co_filename, frame.f_lineno, frame.f_globals)


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

        waits = getattr(getattr(function, "__code__", None), "co_flags", 0) & _COROUTINE
        return cast("Callable[P, R]", warning_first) if waits else warning

    return of
