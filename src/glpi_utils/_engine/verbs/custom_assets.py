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
        """Return the items of a custom asset (GLPI 11), by its system name, with the same verbs as all others.

        ``part`` is "model" or "type" for the models and types of these assets. On the High-Level API it is
        ``item("Assets/Custom/MyType")``, on the legacy API the items of the class that GLPI makes for it. Which there
        are tells `itemtypes`. What can be no such name raises `GlpiValidationError`; one that the server does not
        have, `GlpiNotFoundError` (HL) or `GlpiAPIError` (legacy) with the first call.

        >>> new = api.custom("MyType").create({"name": "Survey drone"})
        >>> api.custom("MyType").get(new["id"])["name"]
        'Survey drone'
        """
        return self.item(self._core.dialect.custom(name, part))
