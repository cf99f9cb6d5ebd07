"""Names that were looked up, with their ids: kept for five minutes, dropped by writes of their type."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from .runtime import Flight

LASTS: Final = 300.0
_MOST: Final = 20_000
_ABOVE: Final = {"useremail": "user"}
"""What a row is part of, where its path does not tell."""


class Known(NamedTuple):
    """A name that was looked up."""

    id: int
    until: float


class KnownNames:
    """The names of one login, by the path of their type; in a forked child nothing that was under way goes on."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[Hashable, Known]] = {}
        self._writes: dict[str, int] = {}
        self.flights: dict[Hashable, Flight[int]] = {}
        self.generation = 0

    def get(self, resource: Resource, name: Hashable, now: float) -> int | None:
        """Return the id of a name; None where it is not known, or no more."""
        known = self._ids.get(resource.path, {}).get(name)
        return known.id if known is not None and known.until > now else None

    def writes(self, resource: Resource) -> int:
        """Return how often items of a type were written, since it was first asked."""
        return self._writes.setdefault(resource.path, 0)

    def keep(self, resource: Resource, name: Hashable, id: int, now: float, writes: int) -> None:
        """Keep a name that was looked up, unless items of its type were written meanwhile."""
        if self._writes.get(resource.path) != writes:
            return
        names = self._ids.setdefault(resource.path, {})
        if len(names) >= _MOST:
            names.clear()
        names[name] = Known(id, now + LASTS)

    def drop(self, path: str) -> None:
        """Forget the names of the type whose items, or whose sub-items, were written at a path."""
        place = path.lower().strip("/")
        place = _ABOVE.get(place.partition("/")[0], place)
        for known in list(self._writes):
            if f"{place}/".startswith(f"{known.lower()}/"):
                self._writes[known] += 1
                self._ids.pop(known, None)
