"""The items of a type that only the run knows: to checkers they have the verbs of every family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from ..._wire import Row
from .families import AsyncAllFamilies
from .items import AsyncItemProxy

if TYPE_CHECKING:

    class AsyncAnyItems(AsyncItemProxy[Row], AsyncAllFamilies, Generic[Row]):
        """The items of any type."""

else:
    AsyncAnyItems = AsyncItemProxy
