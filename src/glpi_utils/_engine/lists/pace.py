"""How many rows to ask for at once, and how many requests to keep in flight: pure, it only looks at what came."""

from __future__ import annotations

from ..request.session import LearntPace

SMALLEST, LARGEST = 20, 1000
ROOM = 20  # with room for so many more a page is seen to be the last, though some have gone while it was read
FIRST_SIZE, FIRST_FLIGHTS, MOST_FLIGHTS = 500 + ROOM, 2, 8
_EVEN = 500  # smaller pages for the sake of an even end would cost the server more than they save
_GAIN = 1.1
_REST = 8  # pages after trouble before it grows again


class Pace:
    """Grows while rows per second grow by over 10 %, halves on trouble.

    ``size`` and ``concurrency`` that were given are kept from the first request on; they yield to
    trouble only, and come back afterwards. Each walk has its own, since rates say something of one walk alone;
    ``learnt`` is where it begins and what it hands on.
    """

    def __init__(
        self, size: int | None = None, concurrency: int | None = None, learnt: LearntPace | None = None
    ) -> None:
        self._fixed_size, self._fixed_flights = size, concurrency
        self._learnt = learnt or LearntPace()
        usual_size, usual_flights = self._learnt.size_and_flights or (FIRST_SIZE, FIRST_FLIGHTS)
        self.size = size or usual_size
        self.flights = concurrency or usual_flights
        self.why = "the start"
        self._best = 0.0
        self._before = self.flights
        self._rest = 0
        self._rows = self._pages = 0
        self._since: float | None = None

    def share(self, size: int, rest: int | None) -> int:
        """Return how many rows to ask for when so many are left: towards the end as many for each request in flight."""
        if rest is None or self._fixed_size is not None:
            return size
        even = min(size, max(_EVEN, -(-rest // self.flights)))
        last = rest if rest <= min(size, even + _EVEN // 5) else even
        return last + ROOM if last == rest and size >= _EVEN and last + ROOM <= max(size, _EVEN + ROOM) else last

    def began(self, now: float) -> None:
        """A walk begins: what came before it says nothing about its speed."""
        self._since, self._rows, self._pages = now, 0, 0

    def observe(self, rows: int, now: float) -> bool:
        """Count a page that was handed on; tell whether the pace changed."""
        self._rows += rows
        self._pages += 1
        if self._rest:
            self._rest -= 1
            return not self._rest and self._recover()
        if self._pages < self._round or self._since is None:
            return False
        rate = self._rows / max(now - self._since, 1e-6)
        self.began(now)
        return self._judge(rate)

    @property
    def _round(self) -> int:
        """How many pages tell something: the first alone, later one for each request in flight."""
        return 1 if not self._best else self.flights

    def _judge(self, rate: float) -> bool:
        if rate <= self._best * _GAIN:
            changed = self._fixed_flights is None and self.flights != self._before
            self.flights = self._before if self._fixed_flights is None else self.flights
            self.why = f"{rate:.0f} rows/s are no gain over {self._best:.0f}"
            self._hand_on()
            return changed
        first = not self._best
        self._best = rate
        self._before = self.flights
        return self._grow(rate, more_flights=not first)

    def _grow(self, rate: float, *, more_flights: bool) -> bool:
        size, flights = self.size, self.flights
        if self._fixed_size is None:
            self.size = min(LARGEST, size * 2)
        if self._fixed_flights is None and more_flights:
            self.flights = min(MOST_FLIGHTS, flights * 2)
        self.why = f"{rate:.0f} rows/s, so far the most"
        self._hand_on()
        return (size, flights) != (self.size, self.flights)

    def _recover(self) -> bool:
        self.size = self._fixed_size or self.size
        self.flights = self._fixed_flights or self.flights
        self._best, self._before = 0.0, self.flights
        self._since = None
        self.why = "no trouble any more"
        return True

    def trouble(self, reason: str) -> None:
        """Halve both: the server broke on so much."""
        self.size = max(SMALLEST, self.size // 2)
        self.flights = max(1, self.flights // 2)
        self._before = self.flights
        self._rest = _REST
        self.why = reason
        self._hand_on()

    def _hand_on(self) -> None:
        if self._fixed_size is None and self._fixed_flights is None:
            self._learnt.size_and_flights = self.size, self.flights

    def throttled(self) -> None:
        """Fewer at a time: the server asked for it."""
        self.flights = max(1, self.flights // 2)
        self._before, self._rest = self.flights, _REST
        self.why = "429"
        self._hand_on()

    def __str__(self) -> str:
        return f"{self.size} rows a page, {self.flights} in flight ({self.why})"
