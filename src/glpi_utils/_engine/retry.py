"""How often and when to try again: a value, so that it can be read, compared and replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..exceptions import GlpiValidationError


@dataclass(frozen=True, slots=True)
class Retry:
    """How a call is repeated: ``attempts`` in all, with jittered, growing pauses (seconds) in between.

    The pause before attempt n+1 lies between half and the whole of ``pause * factor**(n-1)``, at
    most ``longest``; a Retry-After of the server goes first.

    >>> Retry(attempts=2).attempts
    2
    """

    attempts: int = 4
    pause: float = 0.5
    factor: float = 2.0
    longest: float = 8.0

    def __post_init__(self) -> None:
        if isinstance(self.attempts, bool) or self.attempts < 1:
            raise GlpiValidationError(f"attempts must be an integer of at least 1, not {self.attempts!r:.40}")

    def wait(self, attempt: int, draw: float) -> float:
        """Give the pause after an attempt; ``draw`` is a random number in [0, 1)."""
        whole = min(self.longest, self.pause * self.factor ** (attempt - 1))
        return whole * (0.5 + draw / 2)


@dataclass(frozen=True, slots=True)
class Options:
    """What a call may be told: times in seconds, repeats, further headers, whether it may write.

    ``scope`` are the HL headers of entity and profile, which are checked once.
    """

    timeout: float = 30.0
    max_time: float | None = None
    retry: Retry = field(default_factory=Retry)
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    read_only: bool = False
    scope: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def longest(self) -> float:
        """How long the whole call may take."""
        return 4 * self.timeout if self.max_time is None else self.max_time

    def changed(self, **given: Any) -> Options:
        """Give a copy with what was given (None: as before), checked."""
        told = {name: value for name, value in given.items() if value is not None}
        for name in ("timeout", "max_time"):
            if name in told:
                told[name] = _seconds(told[name], name)
        if "retries" in told:
            told["retry"] = _retry(told.pop("retries"))
        for name in ("headers", "scope"):
            if name in told:
                told[name] = {**getattr(self, name), **told[name]}
        return replace(self, **told)


def _seconds(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e7:
        raise GlpiValidationError(f"{name} must be a positive number of seconds, not {value!r:.40}")
    return float(value)


def _retry(value: Any) -> Retry:
    if isinstance(value, Retry):
        return value
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise GlpiValidationError(f"retries must be the number of repeats (0: none) or a Retry, not {value!r:.40}")
    return Retry(attempts=value + 1)
