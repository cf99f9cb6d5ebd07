"""Who asks, and what that one may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from glpi_utils.testing.world import World

Right = Literal["read", "create", "update", "delete", "purge"]


@dataclass(frozen=True, slots=True)
class Who:
    """The acting user: one profile and the entities that are active for the request."""

    user: int
    profile: int = 4
    entities: tuple[int, ...] = (0,)
    """Every active entity id, children already unfolded when recursive."""
    recursive: bool = True


SYSTEM = Who(user=0)
"""The double itself (sample data): no author is filled in."""


def may(world: World, who: Who, right: Right, itemtype: str, row: Mapping[str, Any] | None = None) -> bool:
    """Whether `who` has `right` on an itemtype, or on one row of it when `row` is given."""
    raise NotImplementedError
