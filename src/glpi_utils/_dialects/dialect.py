"""What both dialects answer to, so that the engine need not know which one it speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from .._streams import BodyTarget
from .._wire import Operation, Page, Request, Response
from ..exceptions import GlpiAPIError
from .shared.query import Listing, Span
from .shared.shapes import Item, Keywords

if TYPE_CHECKING:
    from .shared.keyed_creates import KeyedCreate, Sub
    from .shared.resource import Resource
    from .shared.write_rules import Checked, Rules


class Below(NamedTuple):
    """Something that is not known to hang off an item: of which itemtype, as it was named, where it would be."""

    itemtype: str
    named: str
    path: str
    known: Mapping[str, str]
    """The names of what is known to hang there, with the version of the API that has it first."""
    elsewhere: str = ""
    """Where the other API has it."""


class SearchEngine(Protocol):
    """What GLPI's search engine tells of lists, which the lists of the API itself may count over joins."""

    def joins(self, resource: Resource) -> bool | str | None:
        """Check whether a list is counted over joins, so that its count is too high; None where nobody knows.

        A text names the right with which it is not.
        """
        ...

    def census(self, resource: Resource, low: int, size: int, field: int = 2, trash: bool = False) -> Operation[Page]:
        """Build the request for the ids from one on; ``field`` is the number of the column of ids."""
        ...

    def narrowed(self, listing: Listing) -> bool:
        """Check for a list that does not hold all that the search engine finds."""
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


class Dialect(Protocol):
    """Pure: every method returns a value and waits for nothing.

    A verb that the API lacks raises `GlpiUnsupportedError`, naming the client that has it.
    """

    has_versions: bool
    """Whether the version of the API stands in every path, and the server lists those that it has."""
    describes_itself: bool
    """Whether the server has a document of what it has."""
    times_have_offsets: bool
    """Whether rows tell times with their offset from UTC."""
    arranges_here: bool
    """Whether a whole list is read by its ids and put in order here, where that order is beyond doubt."""
    rows_may_move: bool
    """Whether a row that changes its place while a list is read comes after those that follow it."""
    sub_page_size: int
    """How many rows of what hangs off an item are asked for at once."""
    goes_on_by_id: bool
    """Whether what hangs off an item, and came without a count, is read on by its ids."""
    falling: str
    """The order by falling ids."""
    searches_lists: bool
    """Whether a search is a list by a filter."""

    @property
    def search_engine(self) -> SearchEngine | None:
        """GLPI's search engine, where this API has it."""
        ...

    removes_by_row: bool
    """Whether a team member goes by the id of its row, so that the team must be read first."""
    hides_parents: bool
    """Whether an empty list of sub-items may also mean a parent that this user may not see."""

    def url(self, request: Request, prefix: str) -> str: ...
    def headers(self) -> Mapping[str, str]: ...
    def refused(self, response: Response) -> GlpiAPIError: ...
    def advice(self, request: Request, error: GlpiAPIError, prefix: str, newer: bool) -> str:
        """Return what else may be behind a refusal, mostly nothing; ``newer``: of GLPI 11.0.7 or later."""
        ...

    def lapsed(self, response: Response) -> bool: ...
    def resource(self, name: str) -> Resource:
        """Return what a name stands for; `GlpiValidationError` or `GlpiUnsupportedError` where that is nothing here."""
        ...

    def is_user(self, resource: Resource, sub: str | None, path: tuple[str, ...]) -> bool:
        """Check whether the id of a user stands at a path of the rows of a type, or of what hangs off them."""
        ...

    def itemtype_below(self, resource: Resource, sub: Sub | None) -> str:
        """Return the itemtype of the rows of a type (``sub`` None), or of what hangs off them, as fields are known by it."""
        ...

    def dates(self, resource: Resource, sub: str | None) -> Sequence[str] | None:
        """Name the fields of rows that hold dates; None where the type is not known."""
        ...

    def may_be_date(self, resource: Resource, sub: str | None) -> Callable[[tuple[str, ...]], bool]:
        """Return what says whether a date may stand at a path of the rows of a list, or of what hangs off an item."""
        ...

    def custom(self, name: str, part: str) -> str:
        """Return what ``item()`` takes for a custom asset."""
        ...

    def way(self, resource: Resource, listing: Listing) -> str:
        """Return how the whole list can be walked.

        By "windows" of ids, those of a "union" of types, "ranges" of rows, in an order of the caller's ("sorted"; "sorted by
        id" where the last row can be asked for; "loose" where equal rows have none), or "whole".
        """
        ...

    def get(self, resource: Resource, id: object, given: Keywords) -> Operation[Item]: ...
    def listing(self, resource: Resource, given: Keywords) -> Listing: ...
    def parts(self, resource: Resource, listing: Listing) -> Sequence[Listing]:
        """Return the lists that make up this one: where the trash is a list of its own, two."""
        ...

    def page(self, resource: Resource, listing: Listing, span: Span | None = None) -> Operation[Page]:
        """Build the request for rows: by offset as the listing says, or those whose ids lie in a span."""
        ...

    def truncated(self, resource: Resource, rows: Sequence[Item]) -> Sequence[int]:
        """Return the positions of rows that the list cut short, so that they must be read one by one."""
        ...

    def checked(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, verb: str, rules: Rules
    ) -> Checked:
        """Return what a write is to send, and refuse what would not do what was meant; a create's fields have no id."""
        ...

    def create(self, resource: Resource, item: object, extra: Keywords) -> Operation[Item]: ...
    def create_many(
        self, resource: Resource, items: Sequence[object], extra: Keywords
    ) -> Operation[list[Item]] | None: ...
    def update(self, resource: Resource, item: object, extra: Keywords) -> Operation[Any]: ...
    def shown(self, resource: Resource, sub: Sub | None, row: Item) -> Item:
        """Return the row that a change answered as this client shows rows."""
        ...

    def update_many(
        self, resource: Resource, items: Sequence[object], extra: Keywords
    ) -> Operation[list[Item]] | None: ...
    def delete(self, resource: Resource, item: object, purge: bool, history: bool) -> Operation[Any]: ...
    def restore(self, resource: Resource, id: object) -> Operation[Any]: ...
    def search(self, resource: Resource, filter: Any, given: Keywords) -> Operation[Any]: ...
    def single(self, resource: Resource, sub: str) -> bool:
        """Check for what an item has one of: then its id need not be given."""
        ...

    def orphans(self, resource: Resource, sub: str) -> bool:
        """Check for what GLPI makes though there is no such parent, so that the parent must be read first."""
        ...

    def truncated_below(self, resource: Resource, sub: str, rows: Sequence[Item]) -> Sequence[int]:
        """Return which rows of what hangs off an item lost fields to others of the same page."""
        ...

    def removed_by(self, resource: Resource, sub: str, row: Item, sub_id: int) -> int:
        """Return by which id a sub-item that was read is removed."""
        ...

    def known_below(self, resource: Resource, sub: str) -> Below | None:
        """Return what is not known to hang off an item, where the server's document can tell; else None."""
        ...

    def field_for(self, resource: Resource, sub: str) -> str:
        """Return the field of the item that holds what has no list of its own below it; else ""."""
        ...

    def kinds_of_components(self, resource: Resource) -> Sequence[str]:
        """Name the kinds of components that such an item may have."""
        ...

    def picture(self, resource: Resource, id: object) -> Operation[bytes | None]: ...
    def download(self, resource: Resource, id: object, target: BodyTarget) -> Operation[int]:
        """Build the request for the file of a document; its bytes go to the target, their number is the value."""
        ...

    def sub_listing(self, resource: Resource, id: object, sub: str, given: Keywords) -> Listing: ...
    def sub_page(
        self, resource: Resource, id: object, sub: str, listing: Listing, after: int | None = None
    ) -> Operation[Page]: ...
    def rows_below(self, resource: Resource, sub: str) -> Resource:
        """Return what the rows of a list of sub-items are, as `joins` takes them."""
        ...

    def sub_item(self, resource: Resource, id: object, sub: str, sub_id: object) -> Operation[Item]: ...
    def add_sub_item(
        self, resource: Resource, id: object, sub: str, item: object, extra: Keywords
    ) -> Operation[Item]: ...
    def update_sub_item(self, resource: Resource, id: object, sub: str, item: object) -> Operation[Any]: ...
    def delete_sub_item(
        self, resource: Resource, id: object, sub: str, sub_id: object, purge: bool
    ) -> Operation[Any]: ...
    def unwrap(self, sub: str, row: Item) -> Item: ...
    def team(self, resource: Resource, id: object, role: str | None) -> Sequence[Operation[list[Item]]]: ...
    def add_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str
    ) -> Operation[Any]: ...
    def remove_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str, present: Sequence[Item]
    ) -> Sequence[Operation[Any]]:
        """Build the request for a member to go; ``present`` is the team as it is, where ``removes_by_row`` says it is needed."""
        ...

    def needs_version(self, resource: Resource, sub: Sub | None) -> bool:
        """Check whether GLPI's version decides what carries a key."""
        ...

    def keyed(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, key: str, modern: bool
    ) -> KeyedCreate:
        """Return a create that carries a key; ``modern``: GLPI is 11 or later."""
        ...

    def matched(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, names: Sequence[str]
    ) -> KeyedCreate:
        """Return a create that is found again by fields of its own."""
        ...

    def named(self, field: str, text: str) -> Keywords:
        """Return the keywords that narrow a list to those of a name."""
        ...

    def author(self, resource: Resource, sub: Sub | None) -> str: ...
    def raw(self, method: str, path: str, params: Keywords | None, json: Any) -> Operation[Any]: ...
