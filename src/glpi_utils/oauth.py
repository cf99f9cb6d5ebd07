"""The clients of the High-Level API (``/api.php``, OAuth2): GLPI 11.0.6 and later, 12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.client import AsyncClient
from ._factory import settings
from ._factory.high_level import make_highlevel
from ._factory.options import ClientKeywords, ClientOptions, Verify
from ._runtimes.asyncio_runtime import AsyncioRuntime
from ._runtimes.blocking import BlockingRuntime
from ._sync.client import SyncClient

if TYPE_CHECKING:
    from .types.names_highlevel import AsyncHighLevel, HighLevel
else:  # checkers know which name gives which items
    AsyncHighLevel, HighLevel = AsyncClient, SyncClient

__all__ = ["AsyncGlpiOAuthClient", "GlpiOAuthClient"]


class AsyncGlpiOAuthClient(AsyncHighLevel):
    """GLPI's High-Level API, for asyncio. Arguments and methods as `GlpiOAuthClient`, to be awaited.

    >>> from glpi_utils import AsyncGlpiOAuthClient
    >>> async def first_ticket():
    ...     async with AsyncGlpiOAuthClient() as api:
    ...         return await api.ticket.get(1)
    >>> import asyncio
    >>> asyncio.run(first_ticket())["id"]
    1
    """

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
        **further: Unpack[ClientKeywords],
    ) -> None:
        told = settings.highlevel(url, client_id, client_secret, username, password, api_version)
        super().__init__(
            make_highlevel(AsyncioRuntime, told, scope, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )


class GlpiOAuthClient(HighLevel):
    """GLPI's High-Level API.

    ``url`` is GLPI's address as you would paste it; ``client_id`` and ``client_secret`` come from Setup >
    OAuth clients (grant Password, scope api). What is not given comes from the environment:
    GLPI_URL, GLPI_OAUTH_CLIENT_ID, GLPI_OAUTH_CLIENT_SECRET, GLPI_OAUTH_USERNAME, GLPI_OAUTH_PASSWORD,
    GLPI_API_VERSION. ``verify_ssl`` is True, a CA file or folder, an ``SSLContext``, or False. ``timeout``
    (seconds) bounds connecting and reading of one request. ``api_version`` pins the API's version; by
    default it is the highest 2.x that the server lists. Nothing is sent before the first call.
    Further keywords: max_time, retries, headers, read_only, proxy, cert, max_in_flight, max_response_size, app, on_request,
    on_response, timezone, validate, verify, dates (docs/connecting.md says what they do). GLPI 11.0.6 and later.

    Raises `GlpiValidationError` where an argument is wrong.

    >>> from glpi_utils import GlpiOAuthClient
    >>> with GlpiOAuthClient() as api:
    ...     api.ticket.get(1)["id"]
    1
    """

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
        **further: Unpack[ClientKeywords],
    ) -> None:
        told = settings.highlevel(url, client_id, client_secret, username, password, api_version)
        super().__init__(
            make_highlevel(BlockingRuntime, told, scope, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )
