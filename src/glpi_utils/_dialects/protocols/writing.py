"""Writing: items, what hangs off them, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..._wire import Operation
from ..shared.shapes import Item, Keywords

if TYPE_CHECKING:
    from ..shared.keyed_creates import KeyedCreate, Sub
    from ..shared.resource import Resource
    from ..shared.write_rules import Checked, Rules


class Writes(Protocol):
    """Creating, changing and removing items."""

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
    def update_many(
        self, resource: Resource, items: Sequence[object], extra: Keywords
    ) -> Operation[list[Item]] | None: ...
    def shown(self, resource: Resource, sub: Sub | None, row: Item) -> Item:
        """Return the row that a change answered as this client shows rows."""
        ...

    def delete(self, resource: Resource, item: object, purge: bool, history: bool) -> Operation[Any]: ...
    def restore(self, resource: Resource, id: object) -> Operation[Any]: ...


class SubItemWrites(Protocol):
    """Creating, changing and removing what hangs off an item."""

    def add_sub_item(
        self, resource: Resource, id: object, sub: str, item: object, extra: Keywords
    ) -> Operation[Item]: ...
    def update_sub_item(self, resource: Resource, id: object, sub: str, item: object) -> Operation[Any]: ...
    def delete_sub_item(
        self, resource: Resource, id: object, sub: str, sub_id: object, purge: bool
    ) -> Operation[Any]: ...
    def approval_request(self, kind: str, approver: int, comment: str) -> Item:
        """Return the fields of an approval that is asked for."""
        ...

    def approval_answer(self, status: int, comment: str, approver: Item) -> Item:
        """Return the fields of an answer to an approval."""
        ...

    def owner_column(self, itemtype: str) -> str:
        """Return the field in which what hangs off an item names it."""
        ...

    def entry_fields(self, itemtype: str, fields: Item) -> Item:
        """Return the fields of an entry of a timeline, named as the High-Level API does, as this API names them."""
        ...

    def removed_by(self, resource: Resource, sub: str, row: Item, sub_id: int) -> int:
        """Return by which id a sub-item that was read is removed."""
        ...

    def single(self, resource: Resource, sub: str) -> bool:
        """Check whether an item has exactly one of these, so that no id is needed."""
        ...

    def orphans(self, resource: Resource, sub: str) -> bool:
        """Check whether GLPI creates such a sub-item without its parent, so that the parent must be read first."""
        ...


class KeyedCreates(Protocol):
    """Creates that can be found again."""

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


class Team(Protocol):
    """The people of an item."""

    members_come_once: bool
    """Whether newer servers show each member of a team once, in one of its roles."""
    removes_by_row: bool
    """Whether a team member goes by the id of its row, so that the team must be read first."""

    def team(self, resource: Resource, id: object, role: str | None) -> Sequence[Operation[list[Item]]]: ...
    def add_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str
    ) -> Operation[Any]: ...
    def remove_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str, present: Sequence[Item]
    ) -> Sequence[Operation[Any]]:
        """Build the request for a member to go; ``present`` is the team as it is, where ``removes_by_row`` says it is needed."""
        ...

    def people_fields(self, resource: Resource, role: str, members: Sequence[tuple[str, int]]) -> Item:
        """Return the fields of a create that name people (type and id) in a role; none where a create takes no people."""
        ...

    def add_requester_address(self, resource: Resource, id: object, address: str) -> Operation[Any]: ...
    def remove_team_rows(self, resource: Resource, rows: Sequence[Item]) -> Sequence[Operation[Any]]:
        """Build the requests for rows of a team to go, those without account too."""
        ...


class Transfers(Protocol):
    """Moving items to another entity with what is linked to them."""

    def transfer_options(self, options: Keywords) -> Item:
        """Return what GLPI is to do with what is linked: keep it, but for what a caller wants otherwise."""
        ...

    def transfer(self, itemtype: str, numbers: Sequence[int], entity: int, options: Item) -> Operation[None]: ...
