"""What is the legacy API's own: sessions, the profile and the entities that are active in them, the configuration."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NoReturn

from ... import _credentials as credentials
from ..._dialects.legacy import sessions
from ..._dialects.shared import ids
from ..._dialects.shared.absent import absent
from ..._dialects.shared.shapes import as_array, as_object
from ..._redactor import Redactor
from ..._wire import Credential, Operation
from ...exceptions import GlpiAuthError, GlpiValidationError
from . import server_zone
from .api_session import NamedZone, version_of
from .session import Send

if TYPE_CHECKING:
    from datetime import tzinfo

    from ...version import GLPIVersion
    from .core import Core

Item = dict[str, Any]
_FULL = sessions.plain("getFullSession", "session")
_CONFIG = sessions.plain("getGlpiConfig", "cfg_glpi")


class SessionLogin:
    """A session token; the profile and the entities that were made active are made so again in each new session."""

    def __init__(
        self,
        account: sessions.Account,
        redactor: Redactor,
        fill: Callable[[sessions.Account], sessions.Account],
    ) -> None:
        self.account, self._redactor = account, redactor
        self.fill = fill
        """Completes an account from the environment, at login and not before."""
        self.profile: Operation[bool] | None = None
        self.entity: Operation[bool] | None = None

    def use(self, account: sessions.Account) -> None:
        """Log in as this account from now on."""
        self._redactor.add_login(account.username, account.password)
        self._redactor.add(account.user_token)
        self.account = account

    def require(self) -> None:
        """Leave it to `make`: on this API nothing is sent before the login itself."""

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Open the next session."""
        if not self.account.complete:
            self.use(self.fill(self.account))
        token = await send(sessions.login(self.account), None)
        self._redactor.add_tokens(token)
        made = Credential({"Session-Token": token})
        for again in (self.profile, self.entity):
            if again is not None:
                await send(again, made)
        return made


class LegacySession:
    """The legacy API's own part."""

    def __init__(self, login: SessionLogin) -> None:
        self._login = login

    async def authenticate(self, core: Core, username: str | None, password: str | None) -> None:
        """Log in now."""
        await self.login(core, username, password, None)

    async def login(self, core: Core, username: str | None, password: str | None, user_token: str | None) -> None:
        """Log in now; what is given here is kept in memory for the next session."""
        account = self._login.account
        if username or password or user_token:
            account = sessions.Account(
                credentials.text("username", username),
                credentials.secret("password", password),
                credentials.token("user_token", user_token),
            )
        if not account.complete:
            account = self._login.fill(account)
        if _held(core) is not None:
            await self.logout(core)
        self._login.use(account)
        self._login.profile = self._login.entity = None
        core.session.forget()
        await core.session.log_in()

    async def logout(self, core: Core) -> None:
        """End the session; one that ended by itself is no error. Only the process that opened it ends it."""
        held = _held(core)
        self._login.profile = self._login.entity = None
        core.session.view.kept = {}
        core.session.credentials.drop()
        if held is None:
            return
        try:
            await core.session.once(sessions.logout(), held)
        except GlpiAuthError:
            return

    async def version(self, core: Core) -> GLPIVersion:
        """Read GLPI's version from its configuration."""
        return version_of(as_object((await core.do(_CONFIG))["cfg_glpi"]).get("version"))

    async def api_versions(self, core: Core) -> NoReturn:
        """Refuse."""
        raise absent("get_api_versions")

    async def whoami(self, core: Core) -> Item:
        """Read the session and the version."""
        session = as_object((await core.do(_FULL))["session"])
        profile = as_object(session.get("glpiactiveprofile"))
        config = await core.do_or_none(_CONFIG)
        return {
            "user": {"id": session.get("glpiID"), "name": session.get("glpiname")},
            "profile": {"id": profile.get("id"), "name": profile.get("name")} if profile else None,
            "entity": {
                "id": session.get("glpiactive_entity"),
                "name": session.get("glpiactive_entity_shortname") or session.get("glpiactive_entity_name"),
                "recursive": bool(session.get("glpiactive_entity_recursive")),
            },
            "scopes": [],
            "versions": {
                "glpi": as_object(as_object(config).get("cfg_glpi")).get("version"),
                "api": None,
                "listed": [],
            },
        }

    async def my_profiles(self, core: Core) -> list[Item]:
        """Read one's profiles."""
        return as_array((await core.do(sessions.plain("getMyProfiles", "myprofiles")))["myprofiles"])

    async def active_profile(self, core: Core) -> Item:
        """Read the active profile."""
        return as_object((await core.do(sessions.plain("getActiveProfile", "active_profile")))["active_profile"])

    async def set_active_profile(self, core: Core, id: int | str) -> None:
        """Change it, and remember it for the next session; GLPI resets the entities with it."""
        operation: Operation[bool] = sessions.change_profile(id)
        await core.do(operation)
        self._login.profile, self._login.entity = operation, None
        core.session.view.kept = {}

    async def my_entities(self, core: Core, is_recursive: bool) -> list[Item]:
        """Read one's entities."""
        query = "is_recursive=true" if is_recursive else ""
        return as_array((await core.do(sessions.plain("getMyEntities", "myentities", query)))["myentities"])

    async def active_entities(self, core: Core) -> Item:
        """Read the active entity and those in view."""
        return as_object((await core.do(sessions.plain("getActiveEntities", "active_entity")))["active_entity"])

    async def set_active_entity(self, core: Core, id: int | str, is_recursive: bool) -> None:
        """Change it, and remember it for the next session."""
        operation: Operation[bool] = sessions.change_entity(id, is_recursive)
        await core.do(operation)
        self._login.entity = operation
        core.session.view.kept = {}

    async def full_session(self, core: Core) -> Item:
        """Read the session."""
        return as_object((await core.do(_FULL))["session"])

    async def glpi_config(self, core: Core) -> Item:
        """Read the configuration."""
        return as_object(await core.do(_CONFIG))

    async def upload_document(self, core: Core, path: Any, name: str | None) -> Item:
        """Upload a file; a document that GLPI made without its file is removed again."""
        from .uploads import Source, content_of, path_of, send_file

        file, runtime = path_of(path), core.session.runtime
        try:
            content = await runtime.offload(lambda: content_of(file))
        except OSError as problem:
            raise GlpiValidationError(f"{file} cannot be read: {problem.strerror}") from None
        return await send_file(core, Source(file.name, content), name, {})

    async def set_entities_again(self, core: Core, wanted: frozenset[str]) -> frozenset[str]:
        """Set the active entities again as they are: those that were made below them meanwhile come into view."""
        active = await self.active_entities(core)
        before = _numbers(active)
        if wanted <= before:
            return frozenset()
        recursive = bool(active.get("active_entity_recursive"))
        again = self._login.entity or sessions.change_entity(active.get("id"), recursive)
        await core.do(again)
        core.session.view.entities_set += 1
        now = _numbers(await self.active_entities(core))
        if not before <= now:  # it was all of several that are no part of one another
            await core.do(sessions.change_entity("all", True))
            now = _numbers(await self.active_entities(core))
        return (wanted & now) - before

    def user(self) -> tuple[Hashable, ...]:
        """Return the login, and what was made active in its session."""
        active: list[Any] = [each and each.request.body for each in (self._login.profile, self._login.entity)]
        return "legacy", self._login.account, *active

    async def me(self, core: Core) -> Any:
        """Return one's own id."""
        return core.session.view.user_id or await self.my_id(core)

    async def my_id(self, core: Core) -> int:
        """Read one's own id from the session."""
        return ids.checked(as_object((await core.do(_FULL))["session"]).get("glpiID"))

    async def itemtypes(self, core: Core) -> list[Item]:
        """Read those that the configuration names."""
        from ..._dialects.legacy.itemtypes import itemtypes

        return itemtypes(as_object((await core.do(_CONFIG))["cfg_glpi"]))

    async def schema(self, core: Core, itemtype: str) -> NoReturn:
        """Refuse: there are search options alone."""
        raise absent("schema")

    def scope(self, entity: Any, profile: Any, recursive: Any) -> dict[str, str]:
        """Refuse: the legacy API keeps both in its session."""
        if (entity, profile, recursive) == (None, None, None):
            return {}
        raise absent("with_options")

    def companion_mode(self, legacy: str | None) -> None:
        """Refuse: it is a legacy session."""
        if legacy is not None:
            raise absent("legacy")

    async def check_scope(self, core: Core) -> None:
        """Nothing to check."""

    async def named_zone(self, core: Core) -> NamedZone:
        """Return what the configuration and the session tell."""
        return await server_zone.of_legacy(core)

    async def entity_tree(self, core: Core) -> None:
        """The legacy API has no tree."""

    async def check_zone(self, core: Core, zone: tzinfo) -> None:
        """Nothing to check: the legacy API shows no offset."""


def _held(core: Core) -> Any:
    return core.session.credentials.held


def _numbers(active: Item) -> frozenset[str]:
    return frozenset(str(as_object(each).get("id")) for each in as_array(active.get("active_entities")))
