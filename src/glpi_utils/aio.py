"""The asynchronous client of the legacy API (``/apirest.php``): GLPI 10, 11, 12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.client import AsyncClient
from ._factory import settings
from ._factory.legacy import make_legacy
from ._factory.options import ClientKeywords, ClientOptions, Verify, takes_options
from ._runtimes.asyncio_runtime import AsyncioRuntime

if TYPE_CHECKING:
    from .types.names_legacy import AsyncLegacy
else:  # checkers know which name gives which items
    AsyncLegacy = AsyncClient

__all__ = ["AsyncGlpiAPI"]


class AsyncGlpiAPI(AsyncLegacy):
    """The asyncio client of the legacy API: GLPI 10, 11 and 12.

    Its methods are those of `GlpiAPI`, to be awaited. It belongs to one event loop.

    Args:
        url: The address of GLPI, as you see it in the browser (GLPI_URL).
        app_token: From Setup > General > API > API clients. Only some servers need it (GLPI_APP_TOKEN).
        verify_ssl: True, the path of a CA file or folder, an ``ssl.SSLContext``, or False: the server's certificate is
            not checked.
        timeout: Seconds for connecting and reading of one request.
        username: The login name of a user (GLPI_USER).
        password: The user's password (GLPI_PASSWORD).
        user_token: The user's API token, in place of name and password (GLPI_USER_TOKEN).
        **further: The keywords of every constructor, as for `GlpiAPI`.

    Raises:
        GlpiValidationError: An argument is wrong, or there is no address.
        TypeError: A keyword is unknown; the error names those that were probably meant.

    Warns:
        GlpiWarning: Passwords and tokens would travel unencrypted (``http://``), or the certificate is not checked.

    >>> from glpi_utils import AsyncGlpiAPI
    >>> async def first_ticket():
    ...     async with AsyncGlpiAPI() as api:
    ...         await api.login("glpi", "glpi")
    ...         return await api.ticket.get(1)
    >>> import asyncio
    >>> asyncio.run(first_ticket())["id"]
    1
    """

    @takes_options
    def __init__(
        self,
        url: str | None = None,
        app_token: str | None = None,
        verify_ssl: Verify = True,
        timeout: float = 30,
        *,
        username: str | None = None,
        password: str | None = None,
        user_token: str | None = None,
        **further: Unpack[ClientKeywords],
    ) -> None:
        connection, who = settings.legacy(url, app_token), settings.login(username, password, user_token, env={})
        super().__init__(
            make_legacy(AsyncioRuntime, connection, who, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )
