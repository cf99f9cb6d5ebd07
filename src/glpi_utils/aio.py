"""The asynchronous client of the legacy API (``/apirest.php``): GLPI 10, 11, 12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.client import AsyncClient
from ._factory import settings
from ._factory.legacy import make_legacy
from ._factory.options import ClientKeywords, ClientOptions, Verify
from ._runtimes.asyncio_runtime import AsyncioRuntime

if TYPE_CHECKING:
    from .types.names_legacy import AsyncLegacy
else:  # checkers know which name gives which items
    AsyncLegacy = AsyncClient

__all__ = ["AsyncGlpiAPI"]


class AsyncGlpiAPI(AsyncLegacy):
    """GLPI's legacy API, for asyncio. Arguments and methods as `GlpiAPI`, to be awaited.

    >>> from glpi_utils import AsyncGlpiAPI
    >>> async def first_ticket():
    ...     async with AsyncGlpiAPI() as api:
    ...         await api.login("glpi", "glpi")
    ...         return await api.ticket.get(1)
    >>> import asyncio
    >>> asyncio.run(first_ticket())["id"]
    1
    """

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
        told, who = settings.legacy(url, app_token), settings.login(username, password, user_token, env={})
        super().__init__(
            make_legacy(AsyncioRuntime, told, who, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )
