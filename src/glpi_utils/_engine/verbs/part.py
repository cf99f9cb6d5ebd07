"""One thing that is written beside an item, and the reserved words that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

OnExisting = Literal["keep", "complete", "followup", "reopen"]
"""What a create does with an item that is there already."""
Mode = Literal["new", "existing", "update"]
"""Whether the item was made by this call, was there already when it was to be created, or is changed."""


class Part(Protocol):
    """One thing that is written beside an item."""

    @property
    def word(self) -> str:
        """The reserved word that asked for it."""
        ...

    @property
    def remedy(self) -> str:
        """The call that sets it afterwards."""
        ...

    async def prepare(self, id: int | None) -> None:
        """Look up what is named, and refuse what cannot be done to an item (None: it is not there yet). Nothing is written."""
        ...

    def fields(self) -> Mapping[str, Any]:
        """Return the fields of a create that say it, where a create takes them."""
        ...

    async def missing(self, id: int) -> Any:
        """Return what an item lacks of it; what is nothing is false."""
        ...

    async def apply(self, id: int, mode: Mode) -> Any:
        """Write it, without repeating what is there; return what the caller is told of it."""
        ...


class Family(NamedTuple):
    """The reserved words of some itemtypes, and what makes parts of them and their values."""

    words: frozenset[str]
    make: Callable[[Core, Resource, Mapping[str, Any]], Sequence[Part]]
    completes: bool
    """Whether a create that finds the item adds what it lacks, where the caller says nothing."""
