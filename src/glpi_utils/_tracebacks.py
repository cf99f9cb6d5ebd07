"""Short tracebacks: an error of ours shows the call and where it was raised, no way between; a call that does not fit is such an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import wraps
from types import TracebackType
from typing import Any, TypeVar

from ._signatures import COROUTINE
from .exceptions import GlpiError

__all__ = ["short_tracebacks", "shorten"]

C = TypeVar("C")


def short_tracebacks(owner: type[C]) -> type[C]:
    """Let the public methods of a class, those of its bases too, raise `GlpiError` with a short traceback.

    Python's TypeError for arguments that a method does not take is one as well, in words for its users.
    """
    for name in dir(owner):
        method = getattr(owner, name)
        flags = getattr(getattr(method, "__code__", None), "co_flags", None)
        if not name.startswith("_") and flags is not None:
            setattr(owner, name, _awaited(method) if flags & COROUTINE else _called(method))
    return owner


def _awaited(method: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
    @wraps(method)
    async def call(*args: Any, **keywords: Any) -> Any:
        try:
            return await method(*args, **keywords)
        except (GlpiError, TypeError) as error:
            _for_its_user(error, method, args, keywords)
            raise

    return call


def _called(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **keywords: Any) -> Any:
        try:
            return method(*args, **keywords)
        except (GlpiError, TypeError) as error:
            _for_its_user(error, method, args, keywords)
            raise

    return call


def _for_its_user(
    error: GlpiError | TypeError, method: Callable[..., Any], args: Sequence[Any], keywords: dict[str, Any]
) -> None:
    """Shorten the traceback of an error of ours; raise another for arguments that the method does not take.

    Python raises TypeError for these before the method begins: no frame of its own is in the traceback.
    """
    if isinstance(error, GlpiError):
        shorten(error, 2)
    elif args and error.__traceback__ is not None and error.__traceback__.tb_next is None:
        from ._calls import wrong_call

        raise wrong_call(method, args[1:], keywords) from None


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
