"""The verb that makes what is missing of a tree: locations, categories, groups, entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .of_one_type import OfOneType

Item = dict[str, Any]


class AsyncTrees(OfOneType):
    """The part of the items' verbs that concerns trees."""

    async def ensure(
        self, path: str | Sequence[str], item: Mapping[str, Any] | None = None, *, validate: str | None = None
    ) -> Any:
        """Make an item of a tree, and all above it that is missing. A second call makes nothing.

        Each level is looked for by its name and its parent. What is there stays as it is. A create that GLPI refuses, or
        whose answer is lost, is looked for again. GLPI has no index against equal names but for locations and states: two
        processes that make the same item at the same moment may make it twice.

        Args:
            path: The full path, ``"HQ > Floor 3"``, or a list of the names in it. A path of entities begins below the root
                entity, or with its name.
            item: Further fields of the item, where it is made. The entity, and whether it is seen in the entities below,
                are those of the levels above it too, where they are made.
            validate: As in `create`.

        Returns:
            As `create` with a key: the item as it is with ``"existing": True``, or its id with ``"existing": False``. In
                ``"made"`` stand the ids of all levels that were made, the highest first.

        Raises:
            GlpiAmbiguousNameError: Several items have the same name and parent. Nothing was made.
            GlpiValidationError: The path has an empty name, or a field is not what GLPI takes. Nothing was sent.
            GlpiIncompleteError: The list contradicts itself, so that nobody knows what is there.
            GlpiUnknownOutcomeError: The answer to a create was lost, and the item is not there yet.
            GlpiUnsupportedError: Items of this type are no tree. Or GLPI is older than 11.0.5, or may be: HL does not show
                there to an entity what the entities above it have.

        >>> room = api.location.ensure("HQ > Floor 3 > Room 12", {"comment": "The big one"})
        >>> api.location.ensure("hq > floor 3")["name"], api.location.ensure("HQ > Floor 3 > Room 12")["made"]
        ('Floor 3', [])
        """
        self._require("ensure")
        from ..writes.growing import grown

        return await grown(self._core, self._resource, path, item or {}, validate)
