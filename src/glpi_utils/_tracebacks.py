"""Short tracebacks: an error that GLPI or the network is the reason of shows the call and where it was raised, no way between."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Iterator
from functools import wraps
from types import TracebackType
from typing import Any, Final, TypeVar

from .exceptions import GlpiError

__all__ = ["short_tracebacks", "shorten"]

C = TypeVar("C")
_COROUTINE: Final = 0x80  # inspect.CO_COROUTINE; inspect takes longer to import than all the rest here


def short_tracebacks(owner: type[C]) -> type[C]:
    """Let the public coroutines of a class, those of its bases too, raise `GlpiError` with a short traceback."""
    for name in dir(owner):
        verb = getattr(owner, name)
        if not name.startswith("_") and getattr(getattr(verb, "__code__", None), "co_flags", 0) & _COROUTINE:
            setattr(owner, name, _short(verb))
    return owner


def _short(verb: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
    @wraps(verb)
    async def call(*args: Any, **keywords: Any) -> Any:
        try:
            return await verb(*args, **keywords)
        except GlpiError as error:
            shorten(error, 2)
            raise

    return call


def shorten(error: BaseException, first: int) -> None:
    """Keep the ``first`` frames of the traceback of an error that is being handled, and the one that raised it.

    Of the errors of ours that it comes from the last frame stays, all others stay as they are. In Python's development
    mode (``python -X dev``) nothing is left out.
    """
    if sys.flags.dev_mode or not isinstance(error, GlpiError) or error.__traceback__ is None:
        return
    kept = last = error.__traceback__
    for at, last in enumerate(_entries(error.__traceback__)):
        kept = last if at < first else kept
    if last is not kept:
        kept.tb_next = last
    for cause in _causes(error):
        for last in _entries(cause.__traceback__):
            cause.__traceback__ = last


def _entries(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _causes(error: BaseException) -> Iterator[GlpiError]:
    """Yield the errors of ours that a traceback shows before this one."""
    seen = {id(error)}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    while isinstance(cause, GlpiError) and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
