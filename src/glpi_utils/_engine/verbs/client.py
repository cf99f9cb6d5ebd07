"""A client's verbs, written once: accessors, the session's own documents, the escape hatch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never, NoReturn, Self

from ..._hints import hint
from ..._knowledge.aliases import close_names, names, resolve
from ..._tracebacks import short_tracebacks
from ..request.core import Core, unpicklable
from ..request.retry import Retry
from .active import AsyncActive
from .custom_assets import AsyncCustoms
from .discovery import AsyncDiscovering
from .item_verbs import AsyncItemVerbs
from .items import AsyncItemProxy
from .keywords import near_methods, refuse_unknown

if TYPE_CHECKING:
    from datetime import tzinfo

    from ...version import GLPIVersion
else:
    tzinfo, GLPIVersion = hint("datetime.tzinfo"), hint("glpi_utils.version.GLPIVersion")

Item = dict[str, Any]


@short_tracebacks
class AsyncClient(AsyncActive, AsyncDiscovering, AsyncCustoms, AsyncItemVerbs):
    """What all clients can do; `oauth` and `aio` say how they are made."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._named: dict[str, AsyncItemProxy[Item]] = {}
        self._given: dict[str, AsyncItemProxy[Item]] = {}

    def item(self, itemtype: str) -> AsyncItemProxy[Item]:
        """Return the items of any type, by name or, on the High-Level API, by path.

        For what has no attribute of its own: plugins' types; `custom` gives custom assets.

        >>> sockets = api.item("Socket").get_all()
        """
        if itemtype not in self._given:
            self._given[itemtype] = AsyncItemProxy(self._core, itemtype)
        return self._given[itemtype]

    def __getattr__(self, name: str) -> AsyncItemProxy[Item]:
        if name.startswith("_"):
            raise AttributeError(name)
        itemtype = resolve(name)
        if itemtype is None:
            raise AttributeError(unknown(type(self), AsyncItemProxy, name))
        key = name.lower()
        if key not in self._named:
            self._named[key] = AsyncItemProxy(self._core, itemtype)
        return self._named[key]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *names()})

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.label!r})"

    @property
    def version(self) -> GLPIVersion | None:
        """GLPI's version if it was read already (`get_version` reads it), else None."""
        return self._core.session.view.version

    @property
    def api_version(self) -> str | None:
        """The High-Level API's version in use ("v2.2"): chosen at the first contact, before it the pin or None."""
        return self._core.session.prefixes.held or self._core.session.pin

    async def authenticate(self, username: str | None = None, password: str | None = None) -> None:
        """Log in now. It is optional: the first call logs in by itself.

        ``username`` and ``password`` replace those of the constructor and are kept in memory for renewals.
        Raises `GlpiAuthError` where they are refused.

        >>> api.authenticate()
        """
        await self._core.api_session.authenticate(self._core, username, password)

    async def login(
        self, username: str | None = None, password: str | None = None, user_token: str | None = None
    ) -> None:
        """Log in now, by user name and password or (legacy API) by ``user_token``, which wins.

        What is missing comes from GLPI_USER, GLPI_PASSWORD, GLPI_USER_TOKEN (legacy), and is kept in memory
        for the next session. Raises `GlpiAuthError` where it is refused.

        >>> api.login("glpi", "glpi")
        """
        await self._core.api_session.login(self._core, username, password, user_token)

    async def logout(self) -> None:
        """End the session (legacy) or forget the token (HL). A later call logs in again.

        >>> api.logout()
        """
        await self._core.api_session.logout(self._core)

    async def close(self) -> None:
        """Log out and close the connections; a derived client closes nothing of its parent.

        The client can be used again afterwards.

        >>> api.close()
        """
        if not self._core.derived:
            await self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def get_version(self) -> GLPIVersion:
        """Read GLPI's version, once per login.

        HL tells it only to a profile that may read the configuration: else `GlpiPermissionError`.

        >>> str(api.get_version())
        '11.0.6'
        """
        return await self._core.version()

    async def get_api_versions(self) -> list[Item]:
        """Read the versions of the High-Level API that the server lists (public; HL clients only).

        >>> [each["version"] for each in api.get_api_versions()]
        ['1.0.0', '2.0.0', '2.1.0', '2.2.0']
        """
        return await self._core.api_session.api_versions(self._core)

    async def whoami(self) -> Item:
        """Return who you are to the server: user, profile, entity, scopes, versions. The first call to try.

        ``versions["glpi"]`` is None where your profile may not read it.

        >>> api.whoami()["user"]["name"]
        'glpi'
        """
        return await self._core.api_session.whoami(self._core)

    async def request(self, method: str, path: str, params: dict[str, Any] | None = None, json: Any = None) -> Any:
        """Send any request to the API: signed, retried and its errors mapped like all else.

        ``path`` is relative to the API (HL: to its version). Gives the answer's JSON, None where it is empty.

        >>> api.request("GET", "session")["name"]
        'glpi'
        """
        return await self._core.do(self._core.dialect.raw(method, path, params, json))

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_time: float | None = None,
        retries: int | Retry | None = None,
        headers: dict[str, str] | None = None,
        read_only: bool | None = None,
        concurrency: int | None = None,
        entity: int | str | None = None,
        profile: int | str | None = None,
        recursive: bool | None = None,
        timezone: str | tzinfo | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        dates: bool | None = None,
        **unknown: Never,
    ) -> Self:
        """Return a client with other options that shares login and connections with this one.

        ``timeout`` (seconds) bounds connecting and reading of one request, ``max_time`` the whole call with
        its repeats, ``retries`` is the number of repeats; ``read_only=True`` lets no write leave,
        ``concurrency`` fixes the requests in flight of a walk. ``timezone`` is the server's ("Europe/Paris"), ``validate``
        how writes are looked at ("strict", "warn", "off"), ``verify`` what they are held against afterwards ("answer",
        True, False), ``dates=True`` gives rows with datetimes.
        On the High-Level API ``entity``, ``profile`` and ``recursive`` narrow the scope; they are checked once,
        and `GlpiPermissionError` is raised where GLPI would ignore them.

        >>> careful = api.with_options(read_only=True, timeout=60)
        >>> careful.ticket.get(1)["id"]
        1
        """
        refuse_unknown(unknown, type(self).with_options)
        twin = object.__new__(type(self))
        AsyncClient.__init__(
            twin,
            self._core.derive(
                self._core.api_session.scope(entity, profile, recursive),
                timeout=timeout,
                max_time=max_time,
                retries=retries,
                headers=headers,
                read_only=read_only,
                concurrency=concurrency,
                timezone=timezone,
                validate=validate,
                verify=verify,
                dates=dates,
            ),
        )
        return twin


def unknown(owner: type, items: type, name: str) -> str:
    """Return the message that says that a client has no such attribute, and what may have been meant: a method, a method of items, an itemtype."""
    methods = [] if hasattr(items, name) else near_methods(owner, name)
    if methods:
        return f"{owner.__name__} has no {name!r}. Did you mean {' or '.join(f'{each}()' for each in methods)}?"
    methods = near_methods(items, name)
    if methods:
        return f"{owner.__name__} has no {name!r}: it is a method of items, such as api.ticket.{methods[0]}()"
    near = close_names(name)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"{owner.__name__} has no {name!r}.{meant} For a plugin's type use api.item({name!r}), for a custom asset api.custom({name!r})."
