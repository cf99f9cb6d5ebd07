"""What is the High-Level API's own: OAuth2 logins, scope by headers, versions by public list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from .._dialects import ids
from .._dialects.highlevel import answers
from .._secret import Secret
from .._wire import Ask, Request, Response
from ..exceptions import (
    GlpiAPIError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from .logins import TokenLogin
from .native import maybe, version_of

if TYPE_CHECKING:
    from ..version import GLPIVersion
    from .client import AsyncClient

Item = dict[str, Any]
_SESSION: Ask[Item] = Ask(Request("GET", "session"), answers.item)


def _value(response: Response) -> str:
    found = answers.item(response).get("value")
    if not isinstance(found, str):
        raise GlpiAPIError("GLPI's configuration does not tell its version", response.status)
    return found


_VERSION: Ask[str] = Ask(Request("GET", "Setup/Config/core/version"), _value)


class HighLevelNative:
    """The High-Level API's own part."""

    def __init__(self, login: TokenLogin) -> None:
        self._login = login

    async def authenticate(self, client: AsyncClient, username: str | None, password: str | None) -> None:
        """Log in now; what is given here is kept in memory for renewals."""
        if username is not None or password is not None:
            if not username or not password:
                raise GlpiValidationError("give username and password, both, or neither")
            client.session.report.redactor.add_login(username, password)
            self._login.account = replace(self._login.account, username=username, password=Secret(password))
        await client.session.log_in()

    async def login(
        self, client: AsyncClient, username: str | None, password: str | None, user_token: str | None
    ) -> None:
        """Log in now."""
        if user_token is not None:
            raise GlpiUnsupportedError("the High-Level API takes no user_token; GlpiAPI does")
        await self.authenticate(client, username, password)

    async def logout(self, client: AsyncClient) -> None:
        """Forget the token; the API has no way to end it."""
        client.session.credentials.drop()

    async def version(self, client: AsyncClient) -> GLPIVersion:
        """Read GLPI's version from its configuration."""
        await client.session.prefix()
        hint = client.session.prefixes.held
        try:
            return version_of(await client.do(_VERSION))
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

    async def api_versions(self, client: AsyncClient) -> list[Item]:
        """Give the server's public list."""
        await client.session.prefix()
        return [dict(each) for each in client.session.listed]

    async def whoami(self, client: AsyncClient) -> Item:
        """Read the session, the token's scopes and the versions."""
        said = await client.do(_SESSION)
        held = client.session.credentials.held
        profile, entity = said.get("active_profile") or {}, said.get("active_entity") or {}
        return {
            "user": {"id": said.get("user_id"), "name": said.get("name")},
            "profile": {"id": profile.get("id"), "name": profile.get("name")} if profile else None,
            "entity": _entity(entity) if entity else None,
            "scopes": list((held.facts.get("scopes") if held else None) or []),
            "versions": {
                "glpi": await maybe(client, _VERSION),
                "api": client.session.prefixes.held,
                "listed": [str(each.get("version")) for each in client.session.listed],
            },
        }

    async def my_profiles(self, client: AsyncClient) -> list[Item]:
        """Read the profiles that the session names."""
        found = (await client.do(_SESSION)).get("profiles") or {}
        rows = found.items() if isinstance(found, dict) else enumerate(found)
        return [{"id": int(id), "name": row.get("name"), "entities": row.get("entities")} for id, row in rows]

    async def active_profile(self, client: AsyncClient) -> Any:
        """Read the active profile."""
        return (await client.do(_SESSION)).get("active_profile")

    async def set_active_profile(self, client: AsyncClient, id: int | str) -> NoReturn:
        """Refuse: there is no session state."""
        raise GlpiUnsupportedError(
            "the High-Level API keeps no active profile: use api.with_options(profile=...); GlpiAPI has set_active_profile"
        )

    async def my_entities(self, client: AsyncClient, is_recursive: bool) -> NoReturn:
        """Refuse."""
        raise GlpiUnsupportedError("the High-Level API does not list one's entities: use api.entity; GlpiAPI has it")

    async def active_entities(self, client: AsyncClient) -> Any:
        """Read the active entity, and the ids of those that are in view."""
        said = await client.do(_SESSION)
        inside = said.get("active_entities") or []
        numbers = inside.values() if isinstance(inside, dict) else inside
        entity = said.get("active_entity") or {}
        return {**_entity(entity), "active_entities": [{"id": number} for number in numbers]}

    async def set_active_entity(self, client: AsyncClient, id: int | str, is_recursive: bool) -> NoReturn:
        """Refuse: there is no session state."""
        raise GlpiUnsupportedError(
            "the High-Level API keeps no active entity: use api.with_options(entity=...); GlpiAPI has set_active_entity"
        )

    async def full_session(self, client: AsyncClient) -> Item:
        """Read the session."""
        return await client.do(_SESSION)

    async def glpi_config(self, client: AsyncClient) -> NoReturn:
        """Refuse."""
        raise GlpiUnsupportedError(
            "the High-Level API gives the configuration as a list: api.item('Setup/Config'); GlpiAPI has get_glpi_config"
        )

    async def upload_document(self, client: AsyncClient, path: Any, name: str | None) -> NoReturn:
        """Refuse: a multipart POST makes an empty document (11.0.6)."""
        raise GlpiUnsupportedError("the High-Level API of GLPI 11 can not take files; GlpiAPI.upload_document can")

    def scope(self, entity: Any, profile: Any, recursive: Any) -> dict[str, str]:
        """Give the headers for a narrower scope."""
        found: dict[str, str] = {}
        if entity is not None:
            found["GLPI-Entity"] = str(ids.checked(entity, "Entity"))
        if profile is not None:
            found["GLPI-Profile"] = str(ids.checked(profile))
        if recursive is not None:
            if not isinstance(recursive, bool):
                raise GlpiValidationError(f"recursive must be True or False, not {recursive!r:.40}")
            found["GLPI-Entity-Recursive"] = "true" if recursive else "false"
        return found

    async def check_scope(self, client: AsyncClient) -> None:
        """See that GLPI took the headers: it ignores a forbidden id and would run in full scope."""
        asked = client.options.scope
        said = await client.session.do(_SESSION, client.options)
        for header, place in (("GLPI-Entity", "active_entity"), ("GLPI-Profile", "active_profile")):
            active = (said.get(place) or {}).get("id")
            if header in asked and str(active) != asked[header]:
                raise GlpiPermissionError(
                    f"{header} {asked[header]} is not this user's, and GLPI ignores it: the call would run as "
                    f"{place} {active}. Nothing was sent.",
                    None,
                    "ERROR_RIGHT_MISSING",
                )


def _entity(said: Item) -> Item:
    return {"id": said.get("id"), "name": said.get("short_name") or said.get("name"), "recursive": bool(said.get("recursive"))}


