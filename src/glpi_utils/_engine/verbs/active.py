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
        """Read the profiles of the user who is logged in.

        Returns:
            A list of dicts with ``id``, ``name`` and ``entities``.

        >>> [profile["name"] for profile in api.get_my_profiles()]
        ['Super-Admin']
        """
        return await self._core.api_session.my_profiles(self._core)

    async def get_active_profile(self) -> Item:
        """Read the active profile with its rights.

        Returns:
            HL: A dict with ``id``, ``name``, ``interface`` and ``rights``.
            Legacy: GLPI's own row, with a field for each right.

        >>> api.get_active_profile()["name"]
        'Super-Admin'
        """
        return await self._core.api_session.active_profile(self._core)

    async def set_active_profile(self, profile_id: int | str) -> None:
        """Make another of your profiles active. Legacy only; on HL use `with_options`.

        It is set again after each new login. All that share this client's session see it at once.

        Args:
            profile_id: The id of the profile, or its text.

        Raises:
            GlpiNotFoundError: You do not have this profile.
            GlpiUnsupportedError: HL keeps no active profile.

        >>> from glpi_utils import GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     legacy.set_active_profile(4)
        """
        await self._core.api_session.set_active_profile(self._core, profile_id)

    async def get_my_entities(self, is_recursive: bool = False) -> list[Item]:
        """Read the entities of your active profile. On HL it is done through the legacy session.

        Args:
            is_recursive: True includes the entities below them.

        Returns:
            A list of dicts with ``id`` and ``name``.

        Raises:
            GlpiUnsupportedError: HL with ``legacy="never"``: use ``api.entity``.

        >>> from glpi_utils import GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     legacy.get_my_entities()
        [{'id': 0, 'name': 'Root entity'}]
        """
        return await self._core.api_session.my_entities(self._core, is_recursive)

    async def get_active_entities(self) -> Item:
        """Read the active entity and the ids of all entities in view.

        Returns:
            HL: A dict with ``id``, ``name``, ``recursive`` and ``active_entities``, a list of ``{"id": 0}``.
            Legacy: A dict with ``id``, ``active_entity_recursive`` and ``active_entities``, a list of ``{"id": 0}``.

        >>> api.get_active_entities()["id"]
        0
        """
        return await self._core.api_session.active_entities(self._core)

    async def get_entity_tree(self) -> list[Item]:
        """Read the entities that you may enter, as a tree.

        Returns:
            A list of the entities at the top: ``{"id": 0, "name": ..., "children": [...]}``.

        Raises:
            GlpiUnsupportedError: HL has it from API version 2.2 on.

        >>> api.get_entity_tree()[0]["id"]
        0
        """
        return await _tree(self._core)

    async def set_active_entity(self, entity_id: int | str, is_recursive: bool = False) -> None:
        """Make another entity active. Legacy only; on HL use `with_options`. It is set again after each new login.

        Args:
            entity_id: The id of the entity, its text, or "all" for all entities.
            is_recursive: True includes the entities below it.

        Raises:
            GlpiPermissionError: There is no such entity, or it is not yours.
            GlpiUnsupportedError: HL keeps no active entity.

        >>> from glpi_utils import GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     legacy.set_active_entity(0, is_recursive=True)
        """
        await self._core.api_session.set_active_entity(self._core, entity_id, is_recursive)

    async def get_full_session(self) -> Item:
        """Read everything that GLPI's session holds. `whoami` returns the same few fields on both APIs.

        Returns:
            A dict with GLPI's own names, which differ between the APIs.

        >>> api.get_full_session()["user_id"]
        2
        """
        return await self._core.api_session.full_session(self._core)

    async def get_glpi_config(self) -> Item:
        """Read GLPI's configuration. On HL it is done through the legacy session; ``api.item("Setup/Config")`` lists it.

        Returns:
            ``{"cfg_glpi": {...}}``.

        Raises:
            GlpiUnsupportedError: HL with ``legacy="never"``.

        >>> from glpi_utils import GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     legacy.get_glpi_config()["cfg_glpi"]["version"]
        '11.0.6'
        """
        return await self._core.api_session.glpi_config(self._core)

    async def upload_document(self, file_path: Any, document_name: str | None = None) -> Item:
        """Upload a file as a new document. A large file is read in pieces while it is sent.

        On HL it is done through the legacy session.

        Args:
            file_path (str or PathLike): The path of the file.
            document_name: The name of the document. Default: the name of the file.

        Returns:
            ``{"id": 5, "message": ..., "upload_result": ...}``.

        Raises:
            GlpiValidationError: The file cannot be read. Nothing was sent.
            GlpiAPIError: GLPI does not take such a file (its type, its size). The empty document that GLPI made is
                removed.
            GlpiUnknownOutcomeError: The request was sent and its answer lost: look on the server before you upload it
                again.
            GlpiUnsupportedError: HL with ``legacy="never"``.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from glpi_utils import GlpiAPI
        >>> with TemporaryDirectory() as folder, GlpiAPI() as legacy:
        ...     path = Path(folder, "report.txt")
        ...     size = path.write_text("All is well.")
        ...     document = legacy.upload_document(path, "Report of May")
        >>> document["id"] > 0
        True
        """
        return await self._core.api_session.upload_document(self._core, file_path, document_name)


async def _tree(core: Core) -> list[Item]:
    """Return the tops of the tree."""
    tops = await core.api_session.entity_tree(core)
    return await _of_rows(core) if tops is None else tops


async def _of_rows(core: Core) -> list[Item]:
    """Build it from the entities in view: each names the one above it."""
    from .items import AsyncItemProxy

    entities: AsyncItemProxy[Item] = AsyncItemProxy(core, "Entity")
    rows = await entities.get_all_pages()
    nodes: dict[Any, Item] = {row["id"]: {"id": row["id"], "name": row["name"], "children": []} for row in rows}
    tops: list[Item] = []
    for row in rows:
        above = nodes.get(row.get("entities_id")) if row["id"] != 0 else None
        (tops if above is None else above["children"]).append(nodes[row["id"]])
    return tops
