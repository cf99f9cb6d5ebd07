"""What is the legacy API's own: sessions, the profile and the entities that are active in them, the configuration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .._dialects.legacy import documents, sessions
from .._secret import Secret
from .._wire import Ask
from ..exceptions import GlpiAuthError, GlpiError, GlpiUnsupportedError, GlpiValidationError
from .logins import SessionLogin
from .native import maybe, version_of

if TYPE_CHECKING:
    from ..version import GLPIVersion
    from .client import AsyncClient

Item = dict[str, Any]
_FULL = sessions.plain("getFullSession", "session")
_CONFIG = sessions.plain("getGlpiConfig", "cfg_glpi")


class LegacyNative:
    """The legacy API's own part."""

    def __init__(self, login: SessionLogin) -> None:
        self._login = login

    async def authenticate(self, client: AsyncClient, username: str | None, password: str | None) -> None:
        """Log in now."""
        await self.login(client, username, password, None)

    async def login(
        self, client: AsyncClient, username: str | None, password: str | None, user_token: str | None
    ) -> None:
        """Log in now; what is given here is kept in memory for the next session."""
        account = self._login.account
        if username or password or user_token:
            account = sessions.Account(username or None, Secret.of(password), Secret.of(user_token))
        if not account.complete:
            account = self._login.fill(account)
        if _held(client) is not None:
            await self.logout(client)
        self._login.use(account)
        self._login.profile = self._login.entity = None
        await client.session.log_in()

    async def logout(self, client: AsyncClient) -> None:
        """End the session; one that ended by itself is no error. Only the process that opened it ends it."""
        held = _held(client)
        self._login.profile = self._login.entity = None
        client.session.credentials.drop()
        if held is None:
            return
        try:
            await client.session.once(sessions.logout(), held)
        except GlpiAuthError:
            return

    async def version(self, client: AsyncClient) -> GLPIVersion:
        """Read GLPI's version from its configuration."""
        config = (await client.do(_CONFIG))["cfg_glpi"]
        return version_of(config.get("version") if isinstance(config, dict) else None)

    async def api_versions(self, client: AsyncClient) -> NoReturn:
        """Refuse."""
        raise GlpiUnsupportedError("the legacy API has no versions; GlpiOAuthClient has get_api_versions")

    async def whoami(self, client: AsyncClient) -> Item:
        """Read the session and the version."""
        said = (await client.do(_FULL))["session"]
        profile = said.get("glpiactiveprofile") or {}
        config = await maybe(client, _CONFIG)
        return {
            "user": {"id": said.get("glpiID"), "name": said.get("glpiname")},
            "profile": {"id": profile.get("id"), "name": profile.get("name")} if profile else None,
            "entity": {
                "id": said.get("glpiactive_entity"),
                "name": said.get("glpiactive_entity_shortname") or said.get("glpiactive_entity_name"),
                "recursive": bool(said.get("glpiactive_entity_recursive")),
            },
            "scopes": [],
            "versions": {
                "glpi": (config or {}).get("cfg_glpi", {}).get("version"),
                "api": None,
                "listed": [],
            },
        }

    async def my_profiles(self, client: AsyncClient) -> Any:
        """Read one's profiles."""
        return (await client.do(sessions.plain("getMyProfiles", "myprofiles")))["myprofiles"]

    async def active_profile(self, client: AsyncClient) -> Any:
        """Read the active profile."""
        return (await client.do(sessions.plain("getActiveProfile", "active_profile")))["active_profile"]

    async def set_active_profile(self, client: AsyncClient, id: int | str) -> None:
        """Change it, and remember it for the next session; GLPI resets the entities with it."""
        ask: Ask[bool] = sessions.change_profile(id)
        await client.do(ask)
        self._login.profile, self._login.entity = ask, None

    async def my_entities(self, client: AsyncClient, is_recursive: bool) -> Any:
        """Read one's entities."""
        query = "is_recursive=true" if is_recursive else ""
        return (await client.do(sessions.plain("getMyEntities", "myentities", query)))["myentities"]

    async def active_entities(self, client: AsyncClient) -> Any:
        """Read the active entity and those in view."""
        return (await client.do(sessions.plain("getActiveEntities", "active_entity")))["active_entity"]

    async def set_active_entity(self, client: AsyncClient, id: int | str, is_recursive: bool) -> None:
        """Change it, and remember it for the next session."""
        ask: Ask[bool] = sessions.change_entity(id, is_recursive)
        await client.do(ask)
        self._login.entity = ask

    async def full_session(self, client: AsyncClient) -> Item:
        """Read the session."""
        return (await client.do(_FULL))["session"]

    async def glpi_config(self, client: AsyncClient) -> Item:
        """Read the configuration."""
        return await client.do(_CONFIG)

    async def upload_document(self, client: AsyncClient, path: Any, name: str | None) -> Item:
        """Upload a file; a document that GLPI made without its file is removed again."""
        if not isinstance(path, str | os.PathLike):
            raise GlpiValidationError(f"path must be the path of a file, not {path!r:.60}")
        file = Path(path)
        try:
            content = await client.session.runtime.offload(file.read_bytes)
        except OSError as problem:
            raise GlpiValidationError(f"{file.name} can not be read: {problem.strerror}") from None
        boundary = f"glpi-{int(client.session.runtime.draw() * 10**17):017d}"
        while boundary.encode() in content:
            boundary += "-"
        made = await client.do(documents.upload(file.name, content, name, boundary))
        refused = documents.rejected(made)
        if refused is None:
            return made
        try:
            await client.item("Document").delete({"id": made["id"]}, force_purge=True)
        except GlpiError as problem:
            refused.message += f" (its empty document {made['id']} is left: {problem.message})"
        raise refused

    def scope(self, entity: Any, profile: Any, recursive: Any) -> dict[str, str]:
        """Refuse: the legacy API keeps both in its session."""
        if (entity, profile, recursive) == (None, None, None):
            return {}
        raise GlpiUnsupportedError(
            "the legacy API keeps profile and entity in its session: use set_active_profile and set_active_entity; "
            "GlpiOAuthClient has them per call"
        )

    async def check_scope(self, client: AsyncClient) -> None:
        """Nothing to check."""


def _held(client: AsyncClient) -> Any:
    return client.session.credentials.held
