"""The verbs by which a server tells what it has: its itemtypes, plugins' and custom ones too, and their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .any_items import AsyncAnyItems

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class AsyncDiscovering:
    """The part of a client that asks the server about itself."""

    if TYPE_CHECKING:
        _core: Core
    item: Callable[[str], AsyncAnyItems[Item]]

    async def itemtypes(self) -> list[Item]:
        """List the itemtypes of this server, with custom assets and those of plugins.

        Returns:
            HL: A list of dicts from the server's own document, which is read once per session: what your profile may
                see. ``itemtype`` is GLPI's class, ``name`` is what `item` takes, ``custom`` is True for a custom
                asset, ``plugin`` is the name of the plugin or None; ``path``, ``schema`` and ``verbs`` ("list", "get",
                "create", "update", "delete") are those of the API.
            Legacy: The same, from GLPI's configuration; ``path``, ``schema`` and ``verbs`` are None. A plugin's type
                is there only where it is tied to assets, tickets, documents and the like.

        >>> ticket = next(each for each in api.itemtypes() if each["itemtype"] == "Ticket")
        >>> ticket["path"], ticket["verbs"]
        ('Assistance/Ticket', ['list', 'get', 'create', 'update', 'delete'])
        """
        return await self._core.api_session.itemtypes(self._core)

    async def schema(self, itemtype: str) -> dict[str, Item]:
        """Return the fields of an itemtype, as the server's own document describes them. HL only.

        The document is that of the API version in use. It is read once per session.

        Args:
            itemtype: Any name that `item` takes, a path ("Assets/Custom/Drone"), the class or the system name of a
                custom asset, or a sub-item ("ITILFollowup", "Infocom").

        Returns:
            A dict of fields by name. A field has ``type`` and, where they apply, ``format``, ``readOnly``,
                ``writeOnly``, ``enum``, ``maxLength``. A relation has ``itemtype`` and ``schema``, an object
                ``properties``, a list ``items``. The fields of a custom asset are the properties of ``custom_fields``.

        Raises:
            GlpiUnsupportedError: The document does not describe it. On legacy: use `search_options`.
            GlpiValidationError: The name is no text. Nothing was sent.

        >>> fields = api.schema("Ticket")
        >>> fields["urgency"]["type"], fields["category"]["itemtype"], sorted(fields["status"]["properties"])
        ('integer', 'ITILCategory', ['id', 'name'])
        """
        return await self._core.api_session.schema(self._core, itemtype)

    async def list_item_types(self) -> list[str]:
        """List the names of all itemtypes that this server has; `itemtypes` says more about each.

        Returns:
            A list of names that `item` takes.

        >>> "Ticket" in api.list_item_types()
        True
        """
        return [each["name"] for each in await self.itemtypes()]

    def custom(self, name: str, part: str = "") -> AsyncAnyItems[Item]:
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
