"""The client of the legacy API (``/apirest.php``): GLPI 10, 11, 12; 9 as far as it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.whole_lists import DEFAULT_PAGE_SIZE
from ._factory import settings
from ._factory.legacy import make_legacy
from ._factory.options import ClientKeywords, ClientOptions, Verify
from ._hints import hint
from ._runtimes.blocking import BlockingRuntime, run
from ._sync.client import SyncClient

if TYPE_CHECKING:
    from .types.names_legacy import Legacy
    from .version import GLPIVersion
else:  # checkers know which name gives which items
    Legacy, GLPIVersion = SyncClient, hint("glpi_utils.version.GLPIVersion")

__all__ = ["DEFAULT_PAGE_SIZE", "GlpiAPI"]


class GlpiAPI(Legacy):
    """GLPI's legacy API.

    ``url`` is GLPI's address as you would paste it, ``app_token`` is optional in GLPI; both may come from
    GLPI_URL and GLPI_APP_TOKEN. `login`, or the first call, opens a session by ``user_token`` or by
    ``username`` and ``password``, or from GLPI_USER_TOKEN, GLPI_USER, GLPI_PASSWORD; leaving ``with`` ends it.
    The rest is as in `GlpiOAuthClient`. GLPI 10, 11 and 12.

    >>> from glpi_utils import GlpiAPI
    >>> with GlpiAPI() as api:
    ...     api.login("glpi", "glpi")
    ...     api.ticket.get(1)["id"]
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
            make_legacy(BlockingRuntime, told, who, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )

    @property
    def version(self) -> GLPIVersion:
        """GLPI's version, read from the server at the first use."""
        return run(self._inner.get_version())
