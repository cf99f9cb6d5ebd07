"""The items of one type as checkers see them: what reads take, what rows and writes hold. At run time they are plain proxies.

`_blocking_items.py` is made from this file, by `tools/make_sync.py`.
"""

from __future__ import annotations

# mypy: disable-error-code="override"
# pyright: reportIncompatibleMethodOverride=false
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, overload

from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._engine.verbs.team import AsyncTeam
from glpi_utils._wire import ItemList, Row
from glpi_utils.types.words import Created, CreatedOnce, Member, Membership

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from glpi_utils._engine.verbs.part import OnExisting
    from glpi_utils._engine.writes.idempotency import Names

    Write = TypeVar("Write", default=Any)
    Update = TypeVar("Update", default=Any)
else:
    from typing import TypeVar

    from glpi_utils._hints import hint

    Names = hint("glpi_utils._engine.writes.idempotency.Names")
    OnExisting = hint("glpi_utils._engine.verbs.part.OnExisting")
    Write = TypeVar("Write")
    Update = TypeVar("Update")

__all__ = ["AsyncItems", "AsyncPeople", "Untyped", "Update", "Write"]


class TheShapeToWrite:
    """Stands in a checker's message where a literal dict has a field or value that the shape has not."""


class Untyped(Protocol):
    """A dict whose values are `Any`, as code has it that was written before there were shapes: accepted as it is."""

    def __getitem__(self, name: str, /) -> TheShapeToWrite: ...
    def keys(self) -> Any: ...


class AsyncItems(AsyncItemProxy[Row], Generic[Row, Write, Update]):
    """The items of one type, for asyncio: ``AsyncItems[Ticket, TicketWrite, TicketUpdate]``."""

    @overload
    async def create(
        self,
        item: Untyped | Sequence[Untyped],
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any: ...
    @overload
    async def create(
        self,
        item: Sequence[Write],
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> list[Created]: ...
    @overload
    async def create(
        self,
        item: Write,
        *,
        key: str,
        once: bool = False,
        unique_by: None = None,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> CreatedOnce: ...
    @overload
    async def create(
        self,
        item: Write,
        *,
        key: None = None,
        once: bool = False,
        unique_by: Names,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> CreatedOnce: ...
    @overload
    async def create(
        self,
        item: Write,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        on_existing: OnExisting | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Created: ...
    async def create(self, item: Any, **options: Any) -> Any:
        """Create an item, or each of a list."""
        return await super().create(item, **options)

    @overload
    async def update(
        self,
        item: Untyped | Sequence[Untyped],
        *,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any: ...
    @overload
    async def update(
        self, item: Sequence[Update], *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any: ...
    @overload
    async def update(
        self, item: Update, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any: ...
    async def update(self, item: Any, **extra: Any) -> Any:
        """Change an item, named by its ``id``, or each of a list."""
        return await super().update(item, **extra)

    @overload
    async def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str,
        once: bool = False,
        unique_by: None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> CreatedOnce: ...
    @overload
    async def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: None = None,
        once: bool = False,
        unique_by: Names,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> CreatedOnce: ...
    @overload
    async def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Created: ...
    async def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Add a followup, task, solution, validation … to an item."""
        options: dict[str, Any] = {"key": key, "once": once, "unique_by": unique_by, "validate": validate}
        return await super().add_sub_item(id, sub_itemtype, item, **options, verify=verify, **extra)


class AsyncPeople(AsyncTeam):
    """The people of items, for asyncio."""

    async def team(self, id: int | str, role: str | None = None) -> ItemList[Member]:
        """Read the people of a ticket."""
        return await super().team(id, role)

    @overload
    async def add_team_member(
        self, id: int | str, member_id: int | str | Mapping[str, Any], role: str, type: str = "User"
    ) -> Membership: ...
    @overload
    async def add_team_member(
        self, id: int | str, member_id: list[Any] | tuple[Any, ...], role: str, type: str = "User"
    ) -> list[Membership]: ...
    async def add_team_member(self, id: int | str, member_id: Any, role: str, type: str = "User") -> Any:
        """Add a user, group or supplier in a role, or each of a list."""
        return await super().add_team_member(id, member_id, role, type)
