"""`GlpiServer`: an embedded GLPI in a thread of its own, reached by HTTP on a port of its own."""

from __future__ import annotations

import ssl
import time
from typing import Any
from zoneinfo import ZoneInfo

from glpi_utils.testing.http.wire import Seen
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.sample.service_desk import Logins
from glpi_utils.testing.server.churn import Churn
from glpi_utils.testing.server.legacy_settings import set_legacy_api
from glpi_utils.testing.server.paced_workers import Pace
from glpi_utils.testing.server.serving import Serving
from glpi_utils.testing.world.history import Trash
from glpi_utils.testing.world.store import quoted
from glpi_utils.testing.world.world import World

VERSIONS = ("11.0.6", "11.0.8", "10.0.17", "11.0.11", "12.0.0")


class GlpiServer(Serving, Logins):
    """An embedded GLPI: ``with GlpiServer() as glpi:``, ``async with``, or `start` and `stop`.

    Args:
        version: "11.0.6", "11.0.8", "10.0.17" (recorded from real servers), "11.0.11" or "12.0.0" (by report).
        tickets: How many the sample has. None: forty.
        database: A file that keeps the rows. Default: they are in memory.
        host: The address to listen on.
        port: The port to listen on. 0: any that is free.
        ssl_context: Serves HTTPS.
        root: The folder that GLPI is installed in: "/glpi".
        pace: (seconds a request, seconds a row, workers), or a `Pace`. None: as fast as it can. `worked` has the sum.
        timezone: The IANA name of the server's zone. Default: UTC.
        newer_lexer: True reads filters of HL as later than 11.0.8: no value behind ``=isnull=``. None: by the version.

    Raises:
        ValueError: There is no such version.

    >>> from glpi_utils.testing import GlpiServer
    >>> with GlpiServer(tickets=3) as glpi:
    ...     len(glpi.rows("Ticket"))
    3
    """

    __module__ = "glpi_utils.testing"  # where people import it from

    def __init__(
        self,
        version: str = "11.0.6",
        tickets: int | None = None,
        database: str = ":memory:",
        host: str = "127.0.0.1",
        port: int = 0,
        ssl_context: ssl.SSLContext | None = None,
        root: str = "",
        pace: tuple[float, float, int] | Pace | None = None,
        timezone: str = "",
        newer_lexer: bool | None = None,
    ) -> None:
        if version not in VERSIONS:
            raise ValueError(f"version {version!r}: there are {', '.join(VERSIONS)}")
        self.version = version
        world = World(version, database)
        if timezone:
            world.zone = ZoneInfo(timezone)
        if newer_lexer is not None:
            world.newer_lexer = newer_lexer
        if world.store.fresh:
            service_desk.fill(world, tickets)
        else:
            service_desk.admit(world)
        super().__init__(world, host, port, root, Pace(*pace) if isinstance(pace, tuple) else pace, ssl_context)

    def rows(self, itemtype: str, where: str = "", args: tuple[Any, ...] = (), /, **equal: Any) -> list[dict[str, Any]]:
        """Return the rows of a type as they are now: ``rows("Ticket", name="Printer")``, ``rows("Ticket", "id>?", (7,))``.

        Args:
            itemtype: GLPI's name of the type.
            where: A condition in SQL, with ``?`` for each value.
            args: The values of the condition.
            **equal: Columns and the values that they must have.

        Returns:
            A dict for each row, of the database's columns.
        """
        parts = [f"({where})"] if where else []
        parts += [f"{quoted(name)} IS ?" for name in equal]
        return self.do(lambda world: world.select(itemtype, " AND ".join(parts), (*args, *equal.values())))

    def throughout(self, itemtype: str, since: float, until: float | None = None, trash: Trash = True) -> set[int]:
        """Return the ids of the rows that were there all the time between two moments.

        Args:
            itemtype: GLPI's name of the type.
            since: The first moment, as `time.monotonic()` tells it.
            until: The last moment. None: now.
            trash: True: rows in the trash are there, as in lists of the High-Level API. False: they are not, as in lists
                of the legacy API. "only": only they are, as in its lists with ``is_deleted``.
        """
        end = time.monotonic() if until is None else until
        return self.do(lambda world: world.present(itemtype, since, end, trash))[0]

    def ever(self, itemtype: str, since: float, until: float | None = None, trash: Trash = True) -> set[int]:
        """Return the ids of the rows that were there at any time between two moments.

        Args:
            itemtype: As in `throughout`.
            since: As in `throughout`.
            until: As in `throughout`.
            trash: As in `throughout`.
        """
        end = time.monotonic() if until is None else until
        return self.do(lambda world: world.present(itemtype, since, end, trash))[1]

    def churn(
        self,
        rate: float = 0.0,
        seed: int = 0,
        itemtype: str = "Ticket",
        per_request: float = 0.0,
        within_lists: float = 0.0,
        between_lists: float = 0.0,
    ) -> Churn:
        """Create, trash, restore and purge random rows meanwhile: ``with glpi.churn(50, seed=1): …``.

        Args:
            rate: Rows per second.
            seed: Of the generator that chooses the rows, so that a run can be repeated.
            itemtype: GLPI's name of the type.
            per_request: Rows ahead of each request.
            within_lists: Rows for each second that a real server works on a list (0.05, and 1.1 ms a row, or as the
                ``pace`` says), between its ids, its rows and its count.
            between_lists: Rows for each such second, ahead of the request that comes next. Unlike ``rate`` it does not
                depend on how fast this machine is.

        Returns:
            A context manager; its end ends the changes.
        """
        return Churn(self, rate, seed, itemtype, per_request, within_lists, between_lists)

    def count(self, method: str | None = None, path: str | None = None) -> int:
        """Return how many requests were seen.

        Args:
            method: Only those with this HTTP method.
            path: Only those whose path contains this.
        """
        return len(self.requests.matching(method, path))

    def seen(self, method: str | None = None, path: str | None = None) -> list[Seen]:
        """Return the requests that were seen, in order.

        Args:
            method: As in `count`.
            path: As in `count`.
        """
        return self.requests.matching(method, path)

    @property
    def connections(self) -> int:
        """How many TCP connections carried a request since the start."""
        return self._front.connections if self._front else 0

    @property
    def worked(self) -> float:
        """The seconds that the workers of a `pace` were busy since the start, all together."""
        workers = self._front.workers if self._front else None
        return workers.worked if workers else 0.0

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until nothing is left that commits late.

        Args:
            timeout: Seconds to wait at most.

        Raises:
            TimeoutError: Something is left then.
        """
        end = time.monotonic() + timeout
        while self._front is not None and self.do(lambda _world: bool(self._front and self._front.tasks)):
            if time.monotonic() > end:
                raise TimeoutError("the embedded GLPI still has late work")
            time.sleep(0.01)

    def expire_tokens(self) -> None:
        """Let every access token expire."""
        self.do(lambda world: world.credentials.expire_tokens(world.clock().timestamp()))

    def revoke_tokens(self) -> None:
        """Revoke every access token."""
        self.do(lambda world: world.credentials.revoke_tokens())

    def revoke_refresh_tokens(self) -> None:
        """Revoke every refresh token."""
        self.do(lambda world: world.credentials.revoke_refresh_tokens())

    def kill_sessions(self) -> None:
        """End every legacy session."""
        self.do(lambda world: world.credentials.kill_sessions())

    def set_legacy_api(
        self, on: bool = True, *, credentials: bool = True, addresses: str = "", app_token: bool = False
    ) -> None:
        """Set who may use the legacy API, as Setup > General > API does. What is left out is as in a new GLPI.

        Args:
            on: False: the API is off.
            credentials: False: nobody logs in by name and password, only by a user token.
            addresses: The IPv4 addresses that API clients are limited to: ``"10.0.0.1-10.0.0.9"``. "": any address.
            app_token: True: every request needs an App-Token (`app_token` of the server).

        >>> from glpi_utils import GlpiAPI, GlpiAuthError
        >>> from glpi_utils.testing import GlpiServer
        >>> with GlpiServer(tickets=1) as glpi:
        ...     glpi.set_legacy_api(credentials=False)
        ...     try:
        ...         GlpiAPI(glpi.url).login(glpi.username, glpi.password)
        ...     except GlpiAuthError as refused:
        ...         refused.error_code
        'ERROR_LOGIN_WITH_CREDENTIALS_DISABLED'
        """
        self.do(lambda world: set_legacy_api(world, on, credentials, addresses, app_token))

    @property
    def maintenance(self) -> bool:
        """Maintenance mode: every request is answered by a page."""
        return self._maintenance

    @maintenance.setter
    def maintenance(self, on: bool) -> None:
        self._maintenance = on
        if self._front is not None:
            self._front.maintenance = on
