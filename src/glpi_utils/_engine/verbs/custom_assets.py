"""The way to the custom assets of a server (GLPI 11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .items import AsyncItemProxy

if TYPE_CHECKING:
    from ..request.core import Core


class AsyncCustoms:
    """The part of a client that concerns custom assets."""

    if TYPE_CHECKING:
        _core: Core
    item: Callable[[str], AsyncItemProxy[dict[str, Any]]]

    def custom(self, name: str, part: str = "") -> AsyncItemProxy[dict[str, Any]]:
        """Return the items of a custom asset (GLPI 11). They have the methods of all items.

        On HL it is the same as ``item("Assets/Custom/MyType")``, on legacy the same as the items of the class that
        GLPI makes for it. `itemtypes` lists the custom assets of a server. Nothing is sent.

        Args:
            name: The system name of the custom asset.
            part: "model" or "type" for the models or types of these assets. Default: the assets.

        Returns:
            The items, as `item` returns them. Where the server has no such asset, their first call raises
                `GlpiNotFoundError` (HL) or `GlpiAPIError` (legacy).

        Raises:
            GlpiValidationError: This can be no system name, or ``part`` is another word.

        >>> new = api.custom("MyType").create({"name": "Survey drone"})
        >>> api.custom("MyType").get(new["id"])["name"]
        'Survey drone'
        """
        return self.item(self._core.dialect.custom(name, part))
