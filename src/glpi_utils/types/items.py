"""The items of one type as checkers see them: rows of one shape, writes of another. At run time they are the plain proxies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, overload

from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._sync.items import ItemProxy
from glpi_utils._wire import Row
from glpi_utils.types.words import Created

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from glpi_utils._engine.writes.idempotency import Names

    Write = TypeVar("Write", default=Any)
    Update = TypeVar("Update", default=Any)
else:
    from typing import TypeVar

    Write = TypeVar("Write")
    Update = TypeVar("Update")

__all__ = ["AsyncItems", "Items", "Untyped"]


class TheShapeToWrite:
    """Stands in a checker's message where a literal dict has a field or value that the shape has not."""


class Untyped(Protocol):
    """A dict whose values are `Any`, as code has it that was written before there were shapes: accepted as it is."""

    def __getitem__(self, name: str, /) -> TheShapeToWrite: ...
    def keys(self) -> Any: ...


class Items(ItemProxy[Row], Generic[Row, Write, Update]):
    """The items of one type: ``Items[Ticket, TicketWrite, TicketUpdate]``."""

    @overload
    def create(
        self,
        item: Untyped | Sequence[Untyped],
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any: ...
    @overload
    def create(
        self,
        item: Sequence[Write],
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> list[Created]: ...
    @overload
    def create(
        self,
        item: Write,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Created: ...
    def create(self, item: Any, **options: Any) -> Any:
        """Create an item, or each of a list."""
        return super().create(item, **options)

    @overload
    def update(
        self,
        item: Untyped | Sequence[Untyped],
        *,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any: ...
    @overload
    def update(
        self, item: Sequence[Update], *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any: ...
    @overload
    def update(
        self, item: Update, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any: ...
    def update(self, item: Any, **extra: Any) -> Any:
        """Change an item, named by its ``id``, or each of a list."""
        return super().update(item, **extra)


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
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> list[Created]: ...
    @overload
    async def create(
        self,
        item: Write,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
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
