"""The verbs on what is active and what GLPI tells of itself: profiles, entities, the session, the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class AsyncActive:
    """The part of a client that mostly the legacy API has."""

    if TYPE_CHECKING:
        _core: Core

    async def get_my_profiles(self) -> list[Item]:
        """Read your profiles, each with its entities.

        >>> [profile["name"] for profile in api.get_my_profiles()]
        ['Super-Admin']
        """
        return await self._core.api_session.my_profiles(self._core)

    async def get_active_profile(self) -> Item:
        """Read the active profile with its rights.

        >>> api.get_active_profile()["name"]
        'Super-Admin'
        """
        return await self._core.api_session.active_profile(self._core)

    async def set_active_profile(self, profile_id: int | str) -> None:
        """Make another of your profiles active (legacy; on HL use `with_options`). Re-applied after each new login.

        All that share this client's session see it at once.
        """
        await self._core.api_session.set_active_profile(self._core, profile_id)

    async def get_my_entities(self, is_recursive: bool = False) -> list[Item]:
        """Read the entities of your active profile (legacy only)."""
        return await self._core.api_session.my_entities(self._core, is_recursive)

    async def get_active_entities(self) -> Item:
        """Read the active entity and, under ``active_entities``, the ids of all in view."""
        return await self._core.api_session.active_entities(self._core)

    async def get_entity_tree(self) -> list[Item]:
        """Read the entities that you may enter as a tree: ``{"id": 0, "name": ..., "children": [...]}`` (HL: from 2.2 on).

        >>> api.get_entity_tree()[0]["id"]
        0
        """
        from .entities import tree

        return await tree(self._core)

    async def set_active_entity(self, entity_id: int | str, is_recursive: bool = False) -> None:
        """Make another entity active, "all" for all (legacy; on HL use `with_options`). Re-applied after each new login.

        Raises `GlpiPermissionError` where GLPI refuses (it says so by 200 and ``false``).
        """
        await self._core.api_session.set_active_entity(self._core, entity_id, is_recursive)

    async def get_full_session(self) -> Item:
        """Read all that the session knows."""
        return await self._core.api_session.full_session(self._core)

    async def get_glpi_config(self) -> Item:
        """Read GLPI's configuration, under ``cfg_glpi`` (legacy only)."""
        return await self._core.api_session.glpi_config(self._core)

    async def upload_document(self, file_path: Any, document_name: str | None = None) -> Item:
        """Upload a file as a new document (legacy only): ``{"id": 5, "message": ..., "upload_result": ...}``.

        A file whose type GLPI refuses raises `GlpiAPIError`, and the empty document that GLPI made is removed.
        """
        return await self._core.api_session.upload_document(self._core, file_path, document_name)
