"""Trouble on demand: by count, path or chance, each firing logged.

    glpi.faults.add(drop_after(method="POST", path="Assistance/Ticket", times=1))

Every maker takes the same keywords to say when: `method` (one or several), `path` (a text it contains or a compiled
pattern), `when` (a predicate over the request), `after` (let so many matches pass first), `times` (so often, None for
ever), `chance` (0 to 1, drawn from `Faults.dice`, which is seeded so that a run can be repeated).

A fault strikes *before* the request is executed (nothing is written), *after* it (what was written stays), or
*beside* it (it is executed and answered, only later or differently). Faults are asked in the order in which they were
added; the first that strikes before ends the matter, those that strike after follow one another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, Literal, Protocol, TypedDict

from glpi_utils.testing.http.wire import Answer, Req, Seen
from glpi_utils.testing.world.world import World

Struck = Literal["before", "after", "beside"]


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection ends here: of `answer` (None: of nothing) only `keep` bytes of the body went out."""

    answer: Answer | None = None
    keep: int = 0
    reset: bool = True
    """RST rather than FIN."""
    length: bool = False
    """The answer announced its Content-Length; otherwise it was chunked."""


class Place(Protocol):
    """Where a request stands: what a fault can reach."""

    req: Req
    seen: Seen

    @property
    def world(self) -> World:
        """The rows."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait on the server's loop."""

    async def hold(self, release: Release) -> None:
        """Wait until released."""

    def later(self, seconds: float) -> None:
        """Execute the request so many seconds from now, whoever still listens."""

    def stale(self, idle: float | None) -> None:
        """Close this connection `idle` seconds after the answer; None: when the next request arrives on it."""

    @property
    def gone(self) -> bool:
        """Whether the client has hung up."""
        ...


class Release:
    """Ends a `hang`. Any thread may call it."""

    def __init__(self) -> None:
        self.released = False
        self.waiting: list[Callable[[], None]] = []

    def __call__(self) -> None:
        """Let everything go that hangs, now and later."""
        self.released = True
        for wake in list(self.waiting):
            wake()


class When(TypedDict, total=False):
    """The keywords that every maker takes."""

    method: str | Iterable[str] | None
    path: str | re.Pattern[str] | None
    when: Callable[[Req], bool] | None
    after: int
    times: int | None
    chance: float | None


Before = Callable[[Place], Any]
After = Callable[[Place, Answer], Any]


@dataclass(slots=True, eq=False)
class Fault:
    """One kind of trouble, and when it strikes. The functions of `glpi_utils.testing.troubles` make them.

    Attributes:
        name: What it is called in the log.
        struck: "before", "after" or "beside" the execution of the request.
        method: The HTTP method or methods of the requests that it strikes. None: any.
        path: What their path contains, or a compiled pattern that finds something in it. None: any.
        when: Called with a request; False lets it pass.
        after: How many of the requests meant pass first.
        times: How often it strikes. None: always.
        chance: How probably it strikes, from 0 to 1. None: always.
        matched: How many of the requests meant have come.
        fired: How often it has struck.

    >>> from glpi_utils.testing import GlpiServer, troubles
    >>> with GlpiServer() as glpi:
    ...     fault = glpi.faults.add(troubles.drop_after(method="POST", times=1))
    >>> fault.fired
    0
    """

    name: str
    struck: Struck
    before: Before | None = field(default=None, repr=False)
    """Called (and awaited) ahead of the execution; an Answer or a Cut ends the matter, None goes on."""
    following: After | None = field(default=None, repr=False)
    """Called (and awaited) after it; its Answer or Cut replaces the answer, None lets it be: it did not strike."""
    method: str | Iterable[str] | None = None
    path: str | re.Pattern[str] | None = None
    when: Callable[[Req], bool] | None = field(default=None, repr=False)
    after: int = 0
    times: int | None = None
    chance: float | None = None
    matched: int = 0
    fired: int = 0
    release: Release = field(default_factory=Release, repr=False)
    """Ends a `hang`."""

    def __post_init__(self) -> None:
        if self.method is not None:
            methods = [self.method] if isinstance(self.method, str) else self.method
            self.method = frozenset(method.upper() for method in methods)

    def meets(self, req: Req) -> bool:
        """Check whether the request is one of those meant."""
        if isinstance(self.method, frozenset) and req.method not in self.method:
            return False
        if isinstance(self.path, str) and self.path not in req.path:
            return False
        if isinstance(self.path, re.Pattern) and not self.path.search(req.path):
            return False
        return self.when is None or self.when(req)

    def strikes(self, req: Req, dice: random.Random) -> bool:
        """Check whether it fires now; counts."""
        if self.times is not None and self.fired >= self.times:
            return False
        if not self.meets(req):
            return False
        self.matched += 1
        if self.matched <= self.after or (self.chance is not None and dice.random() >= self.chance):
            return False
        self.fired += 1
        return True


async def settled(outcome: Any) -> Any:
    """Return what a fault makes of a request, whether it is a plain function or a coroutine."""
    return await outcome if isawaitable(outcome) else outcome


@dataclass(frozen=True, slots=True)
class Fired:
    """One firing: the fault, the request, and when it struck.

    Attributes:
        fault: The fault.
        seen: The request.
        struck: "before", "after" or "beside" its execution.
        status: The HTTP status of the request's own answer; None where it was not executed (or not yet).

    >>> from glpi_utils import GlpiAPI
    >>> from glpi_utils.testing import GlpiServer
    >>> with GlpiServer() as glpi, GlpiAPI(glpi.url, username="glpi", password="glpi") as legacy:
    ...     fault = glpi.faults.status(503, path="Ticket", times=1)
    ...     ticket = legacy.ticket.get(1)  # repeated
    ...     [(fired.name, fired.struck) for fired in glpi.faults.log]
    [('status 503', 'before')]
    """

    fault: Fault
    seen: Seen
    struck: Struck
    status: int | None = None
    """Status of the executed request's own answer; None where it was not executed (or not yet)."""

    @property
    def name(self) -> str:
        """The fault's name."""
        return self.fault.name


class Faults:
    """All faults of one server, and the log of what struck.

    Args:
        seed: Of the generator that ``chance=`` draws from, so that a run can be repeated.

    >>> from glpi_utils.testing import Faults, troubles
    >>> faults = Faults(seed=1)
    >>> faults.add(troubles.maintenance(chance=0.5)).name
    'maintenance'
    """

    __module__ = "glpi_utils.testing"  # where people import it from

    def __init__(self, seed: int = 0) -> None:
        self.dice = random.Random(seed)
        self.log: list[Fired] = []
        self._all: list[Fault] = []

    def add(self, *faults: Fault) -> Fault:
        """Arm faults.

        Args:
            *faults: What `glpi_utils.testing.troubles` makes.

        Returns:
            The last of them, so that a `hang` can be released.
        """
        self._all.extend(faults)
        return faults[-1]

    def remove(self, fault: Fault) -> None:
        """Disarm a fault; what hangs on it goes on.

        Args:
            fault: One that was armed.
        """
        self._all.remove(fault)
        fault.release()

    def clear(self) -> None:
        """Disarm all and forget the log; what hangs goes on."""
        for fault in self._all:
            fault.release()
        self._all.clear()
        self.log.clear()

    def struck(self, struck: Struck, name: str | None = None) -> list[Fired]:
        """Return the firings of the log that struck then.

        Args:
            struck: "before", "after" or "beside" the execution of the request.
            name: Only those of faults of this name.
        """
        return [f for f in self.log if f.struck == struck and (name is None or f.name == name)]

    async def strike_before(self, place: Place) -> tuple[Answer | Cut | None, list[Fault]]:
        """Return what ends the request ahead of its execution, if anything, and the faults that will follow it.

        Args:
            place: The request, and where it came to.
        """
        following: list[Fault] = []
        for fault in list(self._all):
            if not fault.strikes(place.req, self.dice):
                continue
            if fault.following is not None:
                following.append(fault)
                continue
            assert fault.before is not None
            ended: Answer | Cut | None = await settled(fault.before(place))
            self.log.append(Fired(fault, place.seen, fault.struck))
            if ended is not None:
                for unused in following:
                    unused.fired -= 1
                return ended, []
        return None, following

    async def strike_after(self, place: Place, answer: Answer, following: list[Fault]) -> Answer | Cut:
        """Return what becomes of an answer.

        Args:
            place: As in `strike_before`.
            answer: GLPI's own.
            following: The faults that follow it, as `strike_before` returned them.
        """
        outcome: Answer | Cut = answer
        for index, fault in enumerate(following):
            assert fault.following is not None
            assert isinstance(outcome, Answer)
            changed: Answer | Cut | None = await settled(fault.following(place, outcome))
            if changed is None:
                fault.fired -= 1
                continue
            outcome = changed
            self.log.append(Fired(fault, place.seen, fault.struck, answer.status))
            if isinstance(outcome, Cut):
                for unused in following[index + 1 :]:
                    unused.fired -= 1
                break
        return outcome
