"""What the legacy API says of moving assets to another entity: it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._wire import Operation
from ..shared.absent import absent
from ..shared.shapes import Item


class TransferRequests:
    """The part of the dialect that concerns moving to another entity."""

    def transfer_options(self, options: Mapping[str, Any]) -> Item:
        """Refuse: a change of the entity alone would leave behind what is linked."""
        raise absent("transfer")

    def transfer(self, itemtype: str, numbers: Sequence[int], entity: int, options: Item) -> Operation[None]:
        """Refuse."""
        raise absent("transfer")
