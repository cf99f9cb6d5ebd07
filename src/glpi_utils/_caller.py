"""Warnings at the line of the program that called the library, wherever in the library they are raised."""

from __future__ import annotations

import sys
import warnings
from contextvars import Context, ContextVar, copy_context
from types import FrameType
from typing import Any, Final, NamedTuple

from .exceptions import GlpiWarning

__all__ = ["warn", "with_caller"]

_PACKAGE: Final = __name__.partition(".")[0]
_CARRIERS: Final = frozenset({"asyncio", "concurrent", "contextvars", "selectors", "threading", "uvloop"})
"""Packages that run coroutines and threads: a line of theirs is nobody's call."""
_PASSED: Final = _CARRIERS | {_PACKAGE}


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
