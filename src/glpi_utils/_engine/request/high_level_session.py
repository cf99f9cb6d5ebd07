"""What is the High-Level API's own: OAuth2 logins, scope by headers, versions by public list."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NoReturn

from ... import _credentials as credentials
from ..._dialects.high_level import answers, tokens
from ..._dialects.shared import ids
from ..._dialects.shared.absent import absent
from ..._dialects.shared.shapes import as_array, as_object, is_object
from ..._redactor import Redactor
from ..._wire import Credential, Operation, Request, Response
from ...exceptions import (
    GlpiAPIError,
    GlpiMaintenanceError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiRateLimitError,
    GlpiUnknownOutcomeError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from . import server_zone
from .api_session import NamedZone, version_of
from .session import Send

if TYPE_CHECKING:
    from datetime import tzinfo

    from ...version import GLPIVersion
    from .core import Core

Item = dict[str, Any]
_SESSION: Operation[Item] = Operation(Request("GET", "session"), answers.item)
_TREE: Operation[list[Item]] = Operation(Request("GET", "Session/EntityTree"), answers.rows)
_SCOPE = (
    ("GLPI-Profile", "active_profile", "id"),
    ("GLPI-Entity", "active_entity", "id"),
    ("GLPI-Entity-Recursive", "active_entity", "recursive"),
)
_AHEAD = 30.0  # seconds before its end from which a token counts as stale
_SAME = {"true": ("true", "1"), "false": ("false", "0", "none")}


def _value(response: Response) -> str:
    version = answers.item(response).get("value")
    if not isinstance(version, str):
        raise GlpiAPIError("GLPI's configuration does not tell its version", response.status)
    return version


_VERSION: Operation[str] = Operation(Request("GET", "Setup/Config/core/version"), _value)


class TokenLogin:
    """Password grant, then refresh tokens, then the password again where a refresh is refused or its answer lost."""

    def __init__(self, account: tokens.Account, redactor: Redactor) -> None:
        self.account, self._redactor = account, redactor

    def require(self) -> None:
        """Refuse a login without client or user."""
        tokens.password_grant(self.account)

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Get the next token."""
        if stale is not None and stale.renewal is not None:
            began = now()
            try:
                token = await send(tokens.refresh_grant(self.account, stale.renewal), None)
            except (GlpiMaintenanceError, GlpiRateLimitError):
                raise
            except (GlpiAPIError, GlpiUnknownOutcomeError):
                pass  # used up, revoked, or used by a request whose answer was lost
            else:
                return self._credential(token, began)
        began = now()
        return self._credential(await send(tokens.password_grant(self.account), None), began)

    def _credential(self, token: tokens.Token, began: float) -> Credential:
        self._redactor.add_tokens(token.access, token.refresh)
        ahead = min(_AHEAD, token.lifetime / 10)
        facts = {"scopes": token.claims.get("scopes"), "user_id": token.claims.get("sub")}
        headers = {"Authorization": f"Bearer {token.access}"}
        return Credential(headers, began + token.lifetime - ahead, token.refresh, facts)


class HighLevelSession:
    """The High-Level API's own part."""

    def __init__(self, login: TokenLogin) -> None:
        self._login = login

    async def authenticate(self, core: Core, username: str | None, password: str | None) -> None:
        """Log in now; what is given here is kept in memory for renewals."""
        if username is not None or password is not None:
            name, word = credentials.text("username", username), credentials.secret("password", password)
            if name is None or word is None:
                raise GlpiValidationError("give username and password, both, or neither")
            core.session.report.redactor.add_login(name, word)
            if name != self._login.account.username:
                core.session.forget()
                if core.companion is not None:
                    await core.companion.change_user()
            self._login.account = self._login.account._replace(username=name, password=word)
        await core.session.log_in()

    async def login(self, core: Core, username: str | None, password: str | None, user_token: str | None) -> None:
        """Log in now."""
        if user_token is not None:
            raise absent("user_token")
        await self.authenticate(core, username, password)

    async def logout(self, core: Core) -> None:
        """Forget the token; the API has no way to end it. Legacy sessions are ended."""
        core.session.credentials.drop()
        if core.companion is not None:
            await core.companion.end()

    async def version(self, core: Core) -> GLPIVersion:
        """Read GLPI's version from its configuration."""
        await core.session.prefix()
        hint = core.session.prefixes.held
        try:
            return version_of(await core.do(_VERSION))
        except GlpiPermissionError as error:
            status, code = error.status_code, error.error_code
        except GlpiNotFoundError:
            text = f"API {hint} does not tell GLPI's version; from 2.1 on it does"
            raise GlpiUnsupportedError(text) from None
        raise GlpiPermissionError(
            "GLPI tells its version only to a profile that may read the configuration (Setup > General); "
            f"what is public is the API's version: {hint}",
            status,
            code,
        )

    async def api_versions(self, core: Core) -> list[Item]:
        """Return the server's public list."""
        await core.session.prefix()
        return [dict(each) for each in core.session.listed]

    async def whoami(self, core: Core) -> Item:
        """Read the session, the token's scopes and the versions."""
        session = await core.do(_SESSION)
        held = core.session.credentials.held
        profile, entity = as_object(session.get("active_profile")), as_object(session.get("active_entity"))
        return {
            "user": {"id": session.get("user_id"), "name": session.get("name")},
            "profile": {"id": profile.get("id"), "name": profile.get("name")} if profile else None,
            "entity": _entity(entity) if entity else None,
            "scopes": as_array(held.facts.get("scopes")) if held else [],
            "versions": {
                "glpi": await core.do_or_none(_VERSION),
                "api": core.session.prefixes.held,
                "listed": [str(each.get("version")) for each in core.session.listed],
            },
        }

    async def my_profiles(self, core: Core) -> list[Item]:
        """Read the profiles that the session names."""
        profiles = as_object((await core.do(_SESSION)).get("profiles"))
        rows = [(int(number), as_object(row)) for number, row in profiles.items()]
        return [{"id": number, "name": row.get("name"), "entities": row.get("entities")} for number, row in rows]

    async def active_profile(self, core: Core) -> Item:
        """Read the active profile."""
        return as_object((await core.do(_SESSION)).get("active_profile"))

    async def set_active_profile(self, core: Core, id: int | str) -> NoReturn:
        """Refuse: there is no session state."""
        raise absent("set_active_profile")

    async def my_entities(self, core: Core, is_recursive: bool) -> list[Item]:
        """Read them by a legacy session."""
        legacy = await _beside(core, "get_my_entities")
        return await legacy.api_session.my_entities(legacy, is_recursive)

    async def active_entities(self, core: Core) -> Item:
        """Read the active entity, and the ids of those that are in view."""
        session = await core.do(_SESSION)
        inside = session.get("active_entities")  # an object where the ids have gaps
        numbers = list(inside.values()) if is_object(inside) else as_array(inside)
        entity = as_object(session.get("active_entity"))
        return {**_entity(entity), "active_entities": [{"id": number} for number in numbers]}

    async def set_active_entity(self, core: Core, id: int | str, is_recursive: bool) -> NoReturn:
        """Refuse: there is no session state."""
        raise absent("set_active_entity")

    async def full_session(self, core: Core) -> Item:
        """Read the session."""
        return await core.do(_SESSION)

    async def glpi_config(self, core: Core) -> Item:
        """Read it by a legacy session."""
        legacy = await _beside(core, "get_glpi_config")
        return await legacy.api_session.glpi_config(legacy)

    async def upload_document(self, core: Core, path: Any, name: str | None) -> Item:
        """Send it by a legacy session: here a multipart POST makes an empty document (11.0.6)."""
        legacy = await _beside(core, "upload_document")
        return await legacy.api_session.upload_document(legacy, path, name)

    async def set_entities_again(self, core: Core, wanted: frozenset[str]) -> frozenset[str]:
        """Do nothing: each request sees all that there is."""
        return frozenset()

    def user(self) -> Hashable:
        """Return the login; entity and profile go by request."""
        return "hl", self._login.account

    async def me(self, core: Core) -> Any:
        """Return oneself by the path User/Me, which wants the scope ``user``; without it the id in the token."""
        runtime = core.session.runtime
        held = await core.session.credential(None, runtime.now() + core.options.longest)
        return ids.ME if "user" in as_array(held.facts.get("scopes")) else await self.my_id(core)

    async def my_id(self, core: Core) -> int:
        """Return one's own id, which stands in the token."""
        held = await core.session.credential(None, core.session.runtime.now() + core.options.longest)
        user_id = str(held.facts.get("user_id"))
        return ids.checked(user_id if user_id.isdigit() else (await core.do(_SESSION)).get("user_id"))

    async def itemtypes(self, core: Core) -> list[Item]:
        """Read them from the server's document."""
        from ..._dialects.high_level.itemtypes import itemtypes
        from .server_document import document

        return itemtypes(await document(core))

    async def schema(self, core: Core, itemtype: str) -> dict[str, Item]:
        """Read it from the server's document."""
        from ..._dialects.high_level.itemtypes import checked_name, schema
        from .server_document import document

        name = checked_name(itemtype)
        return schema(await document(core), name)

    def scope(self, entity: Any, profile: Any, recursive: Any) -> dict[str, str]:
        """Return the headers for a narrower scope."""
        headers: dict[str, str] = {}
        if entity is not None:
            headers["GLPI-Entity"] = str(ids.checked(entity, "Entity"))
        if profile is not None:
            headers["GLPI-Profile"] = str(ids.checked(profile))
        if recursive is not None:
            if not isinstance(recursive, bool):
                raise GlpiValidationError(f"recursive must be True or False, not {recursive!r:.40}")
            if entity is None:
                raise GlpiValidationError("recursive= says how far entity= reaches: give both")
            headers["GLPI-Entity-Recursive"] = "true" if recursive else "false"
        return headers

    def companion_mode(self, legacy: str | None) -> str | None:
        """Return it."""
        return legacy

    async def named_zone(self, core: Core) -> NamedZone:
        """Return what the configuration and the session tell."""
        return await server_zone.of_high_level(core)

    async def entity_tree(self, core: Core) -> list[Item]:
        """Read the tree; GLPI calls the ids keys and the names labels there."""
        try:
            return [_branch(each) for each in await core.do(_TREE)]
        except GlpiNotFoundError:
            raise GlpiUnsupportedError("the High-Level API gives the tree of entities from 2.2 on") from None

    async def check_zone(self, core: Core, zone: tzinfo) -> None:
        """Refuse a zone that contradicts the offset of the server's clock."""
        await server_zone.refuse_another(core, zone)

    async def check_scope(self, core: Core) -> None:
        """Check whether GLPI took the headers: it ignores a forbidden id and would run in full scope."""
        headers = core.options.scope
        session = await core.session.do(_SESSION, core.options)
        for header, place, key in _SCOPE:
            active = as_object(session.get(place)).get(key)
            if header in headers and str(active).lower() not in _SAME.get(headers[header], (headers[header],)):
                raise GlpiPermissionError(
                    f"{header} {headers[header]} is not this user's, and GLPI ignores it: the call would run with "
                    f"{place} {active}. Nothing was sent.",
                    None,
                    "ERROR_RIGHT_MISSING",
                )


async def _beside(core: Core, verb: str) -> Core:
    """Return the core of the legacy session, where this client may open one."""
    if core.options.legacy == "never":
        raise absent(verb)
    return await core.legacy_core(verb)


def _branch(node: Item) -> Item:
    below = [_branch(as_object(each)) for each in as_array(node.get("children"))]
    return {"id": node.get("key"), "name": node.get("label"), "children": below}


def _entity(entity: Item) -> Item:
    return {
        "id": entity.get("id"),
        "name": entity.get("short_name") or entity.get("name"),
        "recursive": bool(entity.get("recursive")),
    }
