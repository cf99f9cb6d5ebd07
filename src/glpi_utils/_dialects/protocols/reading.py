"""Reading: items, lists, what hangs off an item, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from ..._streams import BodyTarget
from ..._wire import Operation, Page
from ..shared.query import Listing, Span
from ..shared.shapes import Item, Keywords

if TYPE_CHECKING:
    from ..shared.resource import Resource


class SearchEngine(Protocol):
    """What GLPI's search engine tells of lists, which the lists of the API itself may count over joins."""

    def counted_over_joins(self, resource: Resource) -> bool | str | None:
        """Check whether a list is counted over joins, so that its count is too high; None where nobody knows.

        A text names the right with which it is not.
        """
        ...

    def id_rows(self, resource: Resource, low: int, size: int, field: int = 2, trash: bool = False) -> Operation[Page]:
        """Build the request for the ids from one on; ``field`` is the number of the column of ids."""
        ...

    def narrowed(self, listing: Listing) -> bool:
        """Check whether a list holds less than the search engine finds."""
        ...

    def by_ids(self, listing: Listing) -> Listing:
        """Return the same list with nothing but ids in its rows."""
        ...

    def shape(self, listing: Listing) -> Keywords:
        """Return the keywords that say what rows of this list look like."""
        ...

    def recount(self, resource: Resource, trash: bool) -> Operation[int]:
        """Build the request for how many there are, by another way than the list's."""
        ...


class Lists(Protocol):
    """Reading items and lists of them."""

    arranges_here: bool
    """Whether a whole list is read by its ids and put in order here, where that order is beyond doubt."""
    rows_may_move: bool
    """Whether a row that changes its place while a list is read comes after those that follow it."""
    searches_lists: bool
    """Whether a search is a list by a filter."""

    @property
    def search_engine(self) -> SearchEngine | None:
        """GLPI's search engine, where this API has it."""
        ...

    def get(self, resource: Resource, id: object, keywords: Keywords) -> Operation[Item]: ...
    def listing(self, resource: Resource, keywords: Keywords) -> Listing: ...
    def parts(self, resource: Resource, listing: Listing) -> Sequence[Listing]:
        """Return the lists that make up this one: where the trash is a list of its own, two."""
        ...

    def page(self, resource: Resource, listing: Listing, span: Span | None = None) -> Operation[Page]:
        """Build the request for rows: by offset as the listing says, or those whose ids lie in a span."""
        ...

    def way(self, resource: Resource, listing: Listing) -> str:
        """Return how the whole list can be walked.

        By "windows" of ids, those of a "union" of types, "ranges" of rows, in an order of the caller's ("sorted"; "sorted by
        id" where the last row can be asked for; "loose" where equal rows have none), or "whole".
        """
        ...

    def truncated(self, resource: Resource, rows: Sequence[Item]) -> Sequence[int]:
        """Return the positions of rows that the list cut short, so that they must be read one by one."""
        ...

    def search(self, resource: Resource, filter: Any, keywords: Keywords) -> Operation[Any]: ...


class Below(NamedTuple):
    """A sub-item that is not known: the itemtype of its parent, its name as it was written, its path."""

    itemtype: str
    named: str
    path: str
    known: Mapping[str, str]
    """The names of what is known to hang there, with the version of the API that has it first."""
    elsewhere: str = ""
    """Where the other API has it."""


class SubItems(Protocol):
    """Reading what hangs off an item."""

    hides_parents: bool
    """Whether an empty list of sub-items may also mean a parent that this user may not see."""
    sub_page_size: int
    """How many rows of what hangs off an item are asked for at once."""
    goes_on_by_id: bool
    """Whether what hangs off an item, and came without a count, is read on by its ids."""
    documents_below: str
    """What the documents of an item are called, as they hang off it."""
    entry_names: ClassVar[Keywords]
    """The keywords by which entries of a timeline come with the names of their writers."""
    falling: str
    """The order by falling ids."""

    def sub_listing(self, resource: Resource, id: object, sub: str, keywords: Keywords) -> Listing: ...
    def sub_page(
        self, resource: Resource, id: object, sub: str, listing: Listing, after: int | None = None
    ) -> Operation[Page]: ...
    def sub_item(self, resource: Resource, id: object, sub: str, sub_id: object) -> Operation[Item]: ...
    def unwrap(self, sub: str, row: Item) -> Item: ...
    def rows_below(self, resource: Resource, sub: str) -> Resource:
        """Return what the rows of a list of sub-items are, as `counted_over_joins` takes them."""
        ...

    def truncated_below(self, resource: Resource, sub: str, rows: Sequence[Item]) -> Sequence[int]:
        """Return which rows of what hangs off an item lost fields to others of the same page."""
        ...

    def known_below(self, resource: Resource, sub: str) -> Below | None:
        """Return what is not known to hang off an item, where the server's document can tell; else None."""
        ...

    def sub_elsewhere(self, resource: Resource, id: object, sub: str, verb: str) -> Callable[[str], str] | None:
        """Return what says why a verb of a sub-item needs the other API in a version of this one; None where it never does."""
        ...

    def field_for(self, resource: Resource, sub: str) -> str:
        """Return the field of the item that holds what has no list of its own below it; else ""."""
        ...

    def kinds_of_components(self, resource: Resource) -> Sequence[str]:
        """Name the kinds of components that such an item may have."""
        ...


class Files(Protocol):
    """Reading files."""

    def picture(self, resource: Resource, id: object) -> Operation[bytes | None]: ...
    def download(self, resource: Resource, id: object, target: BodyTarget) -> Operation[int]:
        """Build the request for the file of a document; its bytes go to the target, their number is the value."""
        ...
