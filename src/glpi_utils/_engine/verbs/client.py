"""A client's verbs, written once: accessors, the session's own documents, the escape hatch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never, NoReturn, Self

from ..._hints import hint
from ..._knowledge.aliases import close_names, names, resolve
from ..._spelling import did_you_mean
from ..._tracebacks import short_tracebacks
from ..request.core import Core, unpicklable
from ..request.retry import Retry
from .active import AsyncActive
from .any_items import AsyncAnyItems
from .discovery import AsyncDiscovering
from .item_verbs import AsyncItemVerbs
from .keywords import near_methods, of_items, refuse_unknown

if TYPE_CHECKING:
    from datetime import tzinfo

    from ...version import GLPIVersion
else:
    tzinfo, GLPIVersion = hint("datetime.tzinfo"), hint("glpi_utils.version.GLPIVersion")

Item = dict[str, Any]


@short_tracebacks
class AsyncClient(AsyncActive, AsyncDiscovering, AsyncItemVerbs):
    """What all clients can do. The constructors are those of the classes that you import.

    In these texts "HL" is the High-Level API (`GlpiOAuthClient`), "legacy" the legacy API (`GlpiAPI`). Every itemtype
    is an attribute: ``api.ticket``, ``api.network_equipment``; neither case nor underscores count. The methods name
    the errors that are their own. Each of them can also raise what any request can: `GlpiConnectionError` and
    `GlpiTimeoutError` (no answer came), `GlpiAuthError` (the login was refused), `GlpiPermissionError` (you may not do
    this), `GlpiRateLimitError`, `GlpiMaintenanceError`, and `GlpiAPIError` for every other refusal.

    >>> api.network_equipment.count() == api.NetworkEquipment.count()
    True
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._named: dict[str, AsyncAnyItems[Item]] = {}
        self._by_itemtype: dict[str, AsyncAnyItems[Item]] = {}

    def item(self, itemtype: str) -> AsyncAnyItems[Item]:
        r"""Return the items of any type. Nothing is sent.

        It reaches also what has no attribute of its own, such as the types of plugins. `custom` returns custom assets.

        Args:
            itemtype: A name ("Ticket", "network_equipment"), GLPI's class ("Glpi\Event"), or on HL a path
                ("Assets/Socket").

        Returns:
            The items; the same object each time.

        >>> sockets = api.item("Socket").get_all()
        """
        if itemtype not in self._by_itemtype:
            self._by_itemtype[itemtype] = AsyncAnyItems(self._core.for_items(itemtype), itemtype)
        return self._by_itemtype[itemtype]

    def __getattr__(self, name: str) -> AsyncAnyItems[Item]:
        if name.startswith("_"):
            raise AttributeError(name)
        itemtype = resolve(name)
        if itemtype is None:
            raise AttributeError(unknown(type(self), AsyncAnyItems, name))
        key = name.lower()
        if key not in self._named:
            self._named[key] = AsyncAnyItems(self._core.for_items(itemtype), itemtype)
        return self._named[key]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *names()})

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.label!r})"

    @property
    def version(self) -> GLPIVersion | None:
        """GLPI's version, if it was read already (`get_version` reads it), else None."""
        return self._core.session.view.version

    @property
    def api_version(self) -> str | None:
        """The version of the High-Level API in use ("v2.2").

        It is chosen at the first contact. Before that it is the pin, or None. On legacy it is None.
        """
        return self._core.session.prefixes.held or self._core.session.pin

    async def authenticate(self, username: str | None = None, password: str | None = None) -> None:
        """Log in now. It is optional: the first call logs in by itself.

        Args:
            username: Takes the place of the constructor's, and is kept in memory for renewals.
            password: The same. Give both or neither.

        Raises:
            GlpiAuthError: They were refused.
            GlpiValidationError: One of the two is missing, or cannot be sent.

        >>> api.authenticate()
        """
        await self._core.api_session.authenticate(self._core, username, password)

    async def login(
        self, username: str | None = None, password: str | None = None, user_token: str | None = None
    ) -> None:
        """Log in now, by user name and password or, on legacy, by a user's token.

        What you pass is kept in memory for the next login. On legacy, what is missing comes from GLPI_USER,
        GLPI_PASSWORD and GLPI_USER_TOKEN, and an open session is ended first.

        Args:
            username: The login name.
            password: The password.
            user_token: Legacy only: the user's API token. It goes before name and password.

        Raises:
            GlpiAuthError: They were refused.
            GlpiValidationError: Something is missing, or cannot be sent.
            GlpiUnsupportedError: HL takes no ``user_token``.

        >>> api.login("glpi", "glpi")
        """
        await self._core.api_session.login(self._core, username, password, user_token)

    async def logout(self) -> None:
        """End the session (legacy), or forget the token (HL). A later call logs in again.

        >>> api.logout()
        """
        await self._core.api_session.logout(self._core)

    async def close(self) -> None:
        """Log out and close the connections. A client that `with_options` made closes nothing.

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

        Returns:
            The version, which can be compared: ``api.get_version() >= "11.0.7"``.

        Raises:
            GlpiPermissionError: HL: only a profile that may read the configuration can read the version.
            GlpiUnsupportedError: HL: API version 2.0 does not have it.

        >>> str(api.get_version())
        '11.0.6'
        """
        return await self._core.version()

    async def get_api_versions(self) -> list[Item]:
        """Read the versions of the High-Level API that the server offers. The list is public. HL only.

        Returns:
            A list of dicts with ``api_version``, ``version`` and others, as the server lists them.

        Raises:
            GlpiUnsupportedError: The legacy API has no versions.

        >>> [each["version"] for each in api.get_api_versions()]
        ['1.0.0', '2.0.0', '2.1.0', '2.2.0']
        """
        return await self._core.api_session.api_versions(self._core)

    async def whoami(self) -> Item:
        """Return who you are to the server. It is a good first call.

        Returns:
            A dict. ``user`` has ``id`` and ``name``; ``profile`` has ``id`` and ``name``, or is None; ``entity`` has
                ``id``, ``name`` and ``recursive``, or is None; ``scopes`` are those of the token (HL); ``versions``
                has ``glpi`` (None where your profile may not read it), ``api`` and ``listed`` (HL).

        >>> api.whoami()["user"]["name"]
        'glpi'
        """
        return await self._core.api_session.whoami(self._core)

    async def request(self, method: str, path: str, params: dict[str, Any] | None = None, json: Any = None) -> Any:
        """Send any request to the API. It is signed and repeated, and its errors are raised, as for all other calls.

        Args:
            method: GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE.
            path: The path below the address of the API, on HL below its version: ``"session"``.
            params: The query string as a dict; lists and dicts inside are written as PHP reads them.
            json: The body: anything that JSON can hold.

        Returns:
            The JSON of the answer; bytes where it is no JSON (a file); None where it is empty.

        Raises:
            GlpiAPIError: GLPI refused, or one of the errors below it.
            GlpiUnknownOutcomeError: A POST was sent and no valid answer came: it may have been carried out.
            GlpiValidationError: The method, the path or the body cannot be sent. Nothing was sent.

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
        legacy: str | None = None,
        **unknown: Never,
    ) -> Self:
        """Return a client with other options. It shares the login and the connections with this one.

        What you leave out is as in this client.

        Args:
            timeout: Seconds for connecting and reading of one request.
            max_time: Seconds for a whole call with its repeats and waits.
            retries: The number of repeats, or a `Retry`.
            headers: Are sent with every request, beside those of this client.
            read_only: True: a write raises `GlpiPermissionError`, and nothing is sent.
            concurrency: Requests in flight of one whole list, 1 to 64. Default: it follows the server.
            entity: HL only: the id of the entity that the calls see.
            profile: HL only: the id of the profile that the calls have.
            recursive: HL only: True includes the entities below ``entity``.
            timezone: The server's, by its IANA name ("Europe/Paris") or as a tzinfo.
            validate: How fields of writes are checked: "strict", "warn" or "off".
            verify: What writes are compared with afterwards: "answer", True or False (see `update` of items).
            dates: True: rows hold datetimes and dates in place of text.
            legacy: HL only: "never" opens no legacy session; "auto" opens them again, as the constructor was told to.

        Returns:
            The other client.

        Raises:
            GlpiValidationError: A value is not one of these.
            GlpiUnsupportedError: Legacy keeps entity and profile in its session: use `set_active_entity` and
                `set_active_profile`.
            GlpiPermissionError: At the first call: the entity or the profile is not yours. GLPI would ignore it.
            TypeError: The option is unknown; the error names those that were probably meant.

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
                legacy=self._core.api_session.companion_mode(legacy),
            ),
        )
        return twin


def unknown(owner: type, items: type, name: str) -> str:
    """Return the message that says that a client has no such attribute, and what may have been meant: a method, a method of items, an itemtype."""
    if call := of_items(items, name):
        return f"{owner.__name__} has no {name!r}. {_question([call])}"
    methods = [] if hasattr(items, name) else near_methods(owner, name)
    if methods:
        return f"{owner.__name__} has no {name!r}. {_question([f'{each}()' for each in methods])}"
    methods = near_methods(items, name)
    if methods:
        return f"{owner.__name__} has no {name!r}: it is a method of items, such as api.ticket.{methods[0]}()"
    meant = _question(close_names(name))
    return f"{owner.__name__} has no {name!r}.{' ' if meant else ''}{meant} For a plugin's type use api.item({name!r}), for a custom asset api.custom({name!r})."


def _question(names: list[str]) -> str:
    question = did_you_mean(names)
    return f"{question[:1].upper()}{question[1:]}"
