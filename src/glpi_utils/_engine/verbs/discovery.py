"""The verbs by which a server tells what it has: its itemtypes, plugins' and custom ones too, and their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class AsyncDiscovering:
    """The part of a client that asks the server about itself."""

    if TYPE_CHECKING:
        _core: Core

    async def itemtypes(self) -> list[Item]:
        """List the itemtypes of this server, those of plugins and the custom assets too.

        Each is a dict: ``itemtype`` is GLPI's class, ``name`` what ``api.item()`` takes, ``custom`` tells a custom
        asset, ``plugin`` is the name of the plugin or None. On the High-Level API ``path``, ``schema`` and ``verbs``
        ("list", "get", "create", "update", "delete") come from the server's own document, read once per session,
        and only what your profile may see is listed. The legacy API has no such list: there the three are None and
        the types are those that GLPI's configuration names, where a plugin's stands only if it is tied to assets,
        tickets, documents and the like.

        >>> ticket = next(each for each in api.itemtypes() if each["itemtype"] == "Ticket")
        >>> ticket["path"], ticket["verbs"]
        ('Assistance/Ticket', ['list', 'get', 'create', 'update', 'delete'])
        """
        return await self._core.api_session.itemtypes(self._core)

    async def schema(self, itemtype: str) -> dict[str, Item]:
        """Return the fields of an itemtype, as the server's own document tells of them (HL only).

        ``itemtype`` is any name that ``api.item()`` takes, a path ("Assets/Custom/Drone"), the class or system name of
        a custom asset, or what hangs off an item ("ITILFollowup", "Infocom"). A field has ``type``, and where they
        apply ``format``, ``readOnly``, ``writeOnly``, ``enum``, ``maxLength``; a relation has ``itemtype`` and
        ``schema``; an object has ``properties``, a list ``items``. The fields of a custom asset stand in the properties
        of ``custom_fields``. The document is that of the API version in use and is read once per session.
        Raises `GlpiUnsupportedError` where it tells of no such thing.

        >>> fields = api.schema("Ticket")
        >>> fields["urgency"]["type"], fields["category"]["itemtype"], sorted(fields["status"]["properties"])
        ('integer', 'ITILCategory', ['id', 'name'])
        """
        return await self._core.api_session.schema(self._core, itemtype)

    async def list_item_types(self) -> list[str]:
        """List the names of all itemtypes that this server tells of; `itemtypes` tells more about each.

        >>> "Ticket" in api.list_item_types()
        True
        """
        return [each["name"] for each in await self.itemtypes()]
