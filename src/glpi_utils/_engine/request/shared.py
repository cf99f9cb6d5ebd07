"""A value that is made once for however many callers need it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from ...exceptions import GlpiError, GlpiTimeoutError
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

    async def get(self, stale: T | None = None, seconds: float | None = None) -> T:
        """Return the value, a newer one than ``stale``; who has waited for so many ``seconds`` waits no longer."""
        held = self.held
        if held is not None and held is not stale:
            return held
        async with self._runtime.lock(self._name):
            held = self.held
            if held is not None and held is not stale:
                return held
            flight = self._flight
            if flight is None or flight.done:
                epoch = self._epoch
                flight = self._flight = self._runtime.spawn(lambda: self._renew(stale, epoch))
        return await self._ended(flight, seconds)

    async def _renew(self, stale: T | None, epoch: int) -> T:
        made = await self._make(stale)
        if epoch == self._epoch:
            self._held = made
        return made

    async def _ended(self, flight: Flight[T], seconds: float | None) -> T:
        try:
            return await flight.result(seconds)
        except GlpiError as error:
            mine = error.again() if flight.done else self._too_late()
        raise mine

    def _too_late(self) -> GlpiTimeoutError:
        return GlpiTimeoutError(
            f"the time allowed for the call (max_time) is over; its {self._name} is still under way"
        )
