"""The client of the legacy API (``/apirest.php``): GLPI 10, 11, 12; 9 as far as it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._engine.verbs.whole_lists import DEFAULT_PAGE_SIZE
from ._factory import settings
from ._factory.legacy import make_legacy
from ._factory.options import ClientKeywords, ClientOptions, Verify, takes_options
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
    """The blocking client of the legacy API: GLPI 10, 11 and 12.

    Nothing is sent before `login` or the first call, which opens a session; leaving ``with`` ends it. What you leave
    out is taken from the environment; the variables stand in parentheses below.

    Args:
        url: The address of GLPI, as you see it in the browser (GLPI_URL).
        app_token: From Setup > General > API > API clients. Only some servers need it (GLPI_APP_TOKEN).
        verify_ssl: True, the path of a CA file or folder, an ``ssl.SSLContext``, or False: the server's certificate is
            not checked.
        timeout: Seconds for connecting and reading of one request.
        username: The login name of a user (GLPI_USER).
        password: The user's password (GLPI_PASSWORD).
        user_token: The user's API token, in place of name and password (GLPI_USER_TOKEN).
        **further: The keywords of every constructor: ``max_time``, ``retries``, ``headers``, ``read_only``, ``proxy``,
            ``cert``, ``max_in_flight``, ``max_response_size``, ``app``, ``on_request``, ``on_response``, ``timezone``,
            ``validate``, ``verify``, ``dates``.

    Raises:
        GlpiValidationError: An argument is wrong, or there is no address.
        TypeError: A keyword is unknown; the error names those that were probably meant.

    Warns:
        GlpiWarning: Passwords and tokens would travel unencrypted (``http://``), or the certificate is not checked.

    >>> from glpi_utils import GlpiAPI
    >>> with GlpiAPI() as api:
    ...     api.login("glpi", "glpi")
    ...     api.ticket.get(1)["id"]
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
            make_legacy(BlockingRuntime, connection, who, verify_ssl, timeout, ClientOptions.of(type(self), further))
        )

    @property
    def version(self) -> GLPIVersion:
        """GLPI's version. It is read from the server at the first use."""
        return run(self._inner.get_version())
