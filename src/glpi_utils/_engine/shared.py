"""A value that is made once for however many callers need it at the same moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

from ..exceptions import GlpiError
from .runtime import Flight, Runtime

T = TypeVar("T")


class Shared(Generic[T]):
    """Holds a value; makes the next one when the caller's is stale.

    The making is work of its own: a caller that is cancelled does not end it, so a token pair
    is never lost half-way. All who wait share how it ends, a refusal too, each with an exception of its own.
    """

    def __init__(self, runtime: Runtime, name: str, make: Callable[[T | None], Coroutine[Any, Any, T]]) -> None:
        self._runtime, self._name, self._make = runtime, name, make
        self._held: T | None = None
        self._flight: Flight[T] | None = None
        self._generation = runtime.generation
        self._epoch = 0

    @property
    def held(self) -> T | None:
        """The value as it is, if there is one; in a forked child there is none."""
        if self._generation != self._runtime.generation:
            self.drop()
        return self._held

    def drop(self) -> None:
        """Forget the value."""
        self._held, self._flight, self._generation = None, None, self._runtime.generation
        self._epoch += 1  # what is still being made is nobody's then

    async def get(self, stale: T | None = None) -> T:
        """Give the value, a newer one than ``stale``."""
        held = self.held
        if held is not None and held is not stale:
            return held
        async with self._runtime.lock(self._name):
            held = self.held
            if held is not None and held is not stale:
                return held
            flight = self._flight
            if flight is None or flight.done:
                flight = self._flight = self._runtime.spawn(lambda: self._renew(stale, self._epoch))
        return await _shared(flight.result())

    async def _renew(self, stale: T | None, epoch: int) -> T:
        made = await self._make(stale)
        if epoch == self._epoch:
            self._held = made
        return made


async def _shared(result: Awaitable[T]) -> T:
    try:
        return await result
    except GlpiError as error:
        mine = error.again()
    raise mine
