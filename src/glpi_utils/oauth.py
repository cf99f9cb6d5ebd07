"""The clients of the High-Level API (``/api.php``, OAuth2): GLPI 11.0.6 and later, 12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.client import AsyncClient
from ._factory import settings
from ._factory.companion import Legacy
from ._factory.high_level import make_highlevel
from ._factory.options import ClientKeywords, ClientOptions, Verify, takes_options
from ._runtimes.asyncio_runtime import AsyncioRuntime
from ._runtimes.blocking import BlockingRuntime
from ._sync.client import SyncClient

if TYPE_CHECKING:
    from .types.names_highlevel import AsyncHighLevel, HighLevel
else:  # checkers know which name gives which items
    AsyncHighLevel, HighLevel = AsyncClient, SyncClient

__all__ = ["AsyncGlpiOAuthClient", "GlpiOAuthClient"]


class AsyncGlpiOAuthClient(AsyncHighLevel):
    """The asyncio client of the High-Level API: GLPI 11.0.6 and later, 12.

    Its methods are those of `GlpiOAuthClient`, to be awaited. It belongs to one event loop.

    Args:
        url: The address of GLPI, as you see it in the browser (GLPI_URL).
        client_id: From Setup > OAuth clients; it needs the grant Password and the scope api (GLPI_OAUTH_CLIENT_ID).
        client_secret: Its secret (GLPI_OAUTH_CLIENT_SECRET).
        username: The login name of a user (GLPI_OAUTH_USERNAME).
        password: The user's password (GLPI_OAUTH_PASSWORD).
        verify_ssl: True, the path of a CA file or folder, an ``ssl.SSLContext``, or False: the server's certificate is
            not checked.
        timeout: Seconds for connecting and reading of one request.
        api_version: The version of the API, ``"2.2"``, ``2.2`` or ``"v2.2.0"`` (GLPI_API_VERSION). Default: the
            highest 2.x that the server lists.
        scope: The OAuth scopes, with spaces between: ``"api user"``.
        legacy: What the High-Level API lacks is done through a legacy session of the same user, which the client opens
            when it is first needed and ends with itself: "auto". "never": it is refused. Or a dict with ``user_token``
            (the user's API token, so that no password is sent), ``app_token`` (GLPI_APP_TOKEN), or both.
        **further: The keywords of every constructor, as for `GlpiOAuthClient`.

    Raises:
        GlpiValidationError: An argument is wrong, or there is no address.
        TypeError: A keyword is unknown; the error names those that were probably meant.

    Warns:
        GlpiWarning: Passwords and tokens would travel unencrypted (``http://``), or the certificate is not checked.

    >>> from glpi_utils import AsyncGlpiOAuthClient
    >>> async def first_ticket():
    ...     async with AsyncGlpiOAuthClient() as api:
    ...         return await api.ticket.get(1)
    >>> import asyncio
    >>> asyncio.run(first_ticket())["id"]
    1
    """

    @takes_options
    def __init__(
        self,
        url: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        verify_ssl: Verify = True,
        timeout: float = 30,
        api_version: str | float | None = None,
        *,
        scope: str = "api",
        legacy: Legacy = "auto",
        **further: Unpack[ClientKeywords],
    ) -> None:
        connection = settings.highlevel(url, client_id, client_secret, username, password, api_version)
        super().__init__(
            make_highlevel(
                AsyncioRuntime, connection, scope, verify_ssl, timeout, ClientOptions.of(type(self), further), legacy
            )
        )


class GlpiOAuthClient(HighLevel):
    """The blocking client of the High-Level API: GLPI 11.0.6 and later, 12.

    Nothing is sent before the first call, which logs in. Leaving ``with`` closes the connections. What you leave out
    is taken from the environment; the variables stand in parentheses below.

    Args:
        url: The address of GLPI, as you see it in the browser (GLPI_URL).
        client_id: From Setup > OAuth clients; it needs the grant Password and the scope api (GLPI_OAUTH_CLIENT_ID).
        client_secret: Its secret (GLPI_OAUTH_CLIENT_SECRET).
        username: The login name of a user (GLPI_OAUTH_USERNAME).
        password: The user's password (GLPI_OAUTH_PASSWORD).
        verify_ssl: True, the path of a CA file or folder, an ``ssl.SSLContext``, or False: the server's certificate is
            not checked.
        timeout: Seconds for connecting and reading of one request.
        api_version: The version of the API, ``"2.2"``, ``2.2`` or ``"v2.2.0"`` (GLPI_API_VERSION). Default: the
            highest 2.x that the server lists.
        scope: The OAuth scopes, with spaces between: ``"api user"``.
        legacy: What the High-Level API lacks is done through a legacy session of the same user, which the client opens
            when it is first needed and ends with itself: "auto". "never": it is refused. Or a dict with ``user_token``
            (the user's API token, so that no password is sent), ``app_token`` (GLPI_APP_TOKEN), or both.
        **further: The keywords of every constructor: ``max_time``, ``retries``, ``headers``, ``read_only``, ``proxy``,
            ``cert``, ``max_in_flight``, ``max_response_size``, ``app``, ``on_request``, ``on_response``, ``timezone``,
            ``validate``, ``verify``, ``dates``.

    Raises:
        GlpiValidationError: An argument is wrong, or there is no address.
        TypeError: A keyword is unknown; the error names those that were probably meant.

    Warns:
        GlpiWarning: Passwords and tokens would travel unencrypted (``http://``), or the certificate is not checked.

    >>> from glpi_utils import GlpiOAuthClient
    >>> with GlpiOAuthClient() as api:
    ...     api.ticket.get(1)["id"]
    1
    """

    @takes_options
    def __init__(
        self,
        url: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        verify_ssl: Verify = True,
        timeout: float = 30,
        api_version: str | float | None = None,
        *,
        scope: str = "api",
        legacy: Legacy = "auto",
        **further: Unpack[ClientKeywords],
    ) -> None:
        connection = settings.highlevel(url, client_id, client_secret, username, password, api_version)
        super().__init__(
            make_highlevel(
                BlockingRuntime, connection, scope, verify_ssl, timeout, ClientOptions.of(type(self), further), legacy
            )
        )
