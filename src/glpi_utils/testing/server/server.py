"""`GlpiServer`: an embedded GLPI in a thread of its own, reached by HTTP on a port of its own."""

from __future__ import annotations

import asyncio
import concurrent.futures
import ssl
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from glpi_utils.testing.faults.ready import ReadyFaults
from glpi_utils.testing.http.wire import Requests, Seen
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.sample.service_desk import Logins
from glpi_utils.testing.server.churn import Churn
from glpi_utils.testing.server.listening import accept_no_more
from glpi_utils.testing.server.paced_workers import Pace, Workers
from glpi_utils.testing.world.history import Trash
from glpi_utils.testing.world.store import quoted
from glpi_utils.testing.world.world import World

if TYPE_CHECKING:
    from aiohttp import web

    from glpi_utils.testing.server.front import Front

T = TypeVar("T")
VERSIONS = ("11.0.6", "11.0.8", "10.0.17", "11.0.11", "12.0.0")


class GlpiServer(Logins):
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
        self.host, self.port, self.root = host, port, root.rstrip("/")
        self.faults = ReadyFaults()
        """What is to go wrong; see `glpi_utils.testing.troubles`."""
        self.requests = Requests()
        """Every request that arrived whole, in order."""
        self.world = World(version, database)
        """The rows. Its thread is the server's: use `do()`."""
        if timezone:
            self.world.zone = ZoneInfo(timezone)
        if newer_lexer is not None:
            self.world.newer_lexer = newer_lexer
        self.ahead: list[Callable[[World], None]] = []
        """Work that the server's thread does ahead of every request."""
        self.pace = Pace(*pace) if isinstance(pace, tuple) else pace
        if self.world.store.fresh:
            service_desk.fill(self.world, tickets)
        else:
            service_desk.admit(self.world)
        self._ssl = ssl_context
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._front: Front | None = None
        self._maintenance = False

    # its life -----------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where it is reached: `http://127.0.0.1:PORT`, with the folder if it is installed in one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._ssl else 'http'}://{host}:{self.port}{self.root}"

    @property
    def running(self) -> bool:
        """Whether it is serving."""
        return self._thread is not None

    def start(self) -> Self:
        """Serve; returns when the port is open. A server that was stopped starts again on its port."""
        if self._thread is not None:
            raise RuntimeError("it is running already")
        opened: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._run, args=(opened,), name="glpi-double", daemon=True)
        self._thread.start()
        try:
            opened.result()
        except BaseException:
            self._thread = None
            raise
        return self

    def stop(self) -> None:
        """Close every connection and the database, end the thread; what hangs or comes late is dropped. The rows stay."""
        self._end_thread()
        self.world.store.rest()

    def _end_thread(self) -> None:
        thread, loop, stopping = self._thread, self._loop, self._stopping
        if thread is not None and loop is not None and stopping is not None:
            loop.call_soon_threadsafe(stopping.set)
            thread.join(5)
            self._thread = self._loop = self._stopping = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self.close()
        if error is None:
            self.check()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        await asyncio.to_thread(self.close)
        if error is None:
            self.check()

    def close(self) -> None:
        """Stop for good: the rows are gone, where no file holds them."""
        self._end_thread()
        self.world.close()

    def check(self) -> None:
        """Raise what went wrong inside the double itself, if anything did."""
        if self._front is not None and self._front.errors:
            raise AssertionError("the embedded GLPI failed; its traceback is on stderr") from self._front.errors[0]

    def _run(self, opened: concurrent.futures.Future[None]) -> None:
        asyncio.run(self._serve(opened))

    async def _serve(self, opened: concurrent.futures.Future[None]) -> None:
        try:
            from glpi_utils.testing.server.front import Front, Listener

            loop = self._loop = asyncio.get_running_loop()
            self._stopping = asyncio.Event()
            front = self._front = Front(self.world, self.faults, self.requests, ahead=self.ahead)
            front.maintenance = self._maintenance
            if self.pace:
                for dialect in ("high_level", "legacy"):  # the first request is to be no slower than the others
                    import_module(f"glpi_utils.testing.{dialect}")
                front.workers = Workers(self.pace)
            handler = Listener(front.handle, access_log=None, max_line_size=2**17, max_field_size=2**17)
            listener = await loop.create_server(handler, self.host, self.port, ssl=self._ssl, backlog=512)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            opened.set_exception(error)
            return
        self.port = listener.sockets[0].getsockname()[1]
        front.base, front.root = self.url.removesuffix(self.root), self.root
        opened.set_result(None)
        await self._stopping.wait()
        await accept_no_more(listener)
        await self._end(handler, front)

    async def _end(self, handler: web.Server, front: Front) -> None:
        """Close what is open; nobody is waited for."""
        for task in list(front.tasks):
            task.cancel()
        for connection in handler.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await handler.shutdown(0.1)
        if front.workers is not None:
            front.workers.thread.shutdown()

    # looking in and steering --------------------------------------------------------------------------------------

    def do(self, work: Callable[[World], T]) -> T:
        """Run `work(world)` in the server's thread and answer what it answers."""
        loop, thread, front = self._loop, self._thread, self._front
        done: concurrent.futures.Future[T] = concurrent.futures.Future()

        def run() -> None:
            try:
                with self.world.turn:
                    done.set_result(work(self.world))
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
                done.set_exception(error)

        if loop is None or front is None or threading.current_thread() is thread:
            run()
            with self.world.turn:
                if front is not None and self._thread is None:  # it was stopped
                    self.world.store.rest()
        elif front.workers is not None:
            front.workers.thread.submit(run)
        else:
            loop.call_soon_threadsafe(run)
        return done.result()

    def rows(self, itemtype: str, where: str = "", args: tuple[Any, ...] = (), /, **equal: Any) -> list[dict[str, Any]]:
        """Return what is true now, raw columns: `rows("Ticket", name="Printer")` or `rows("Ticket", "id>?", (7,))`."""
        parts = [f"({where})"] if where else []
        parts += [f"{quoted(name)} IS ?" for name in equal]
        return self.do(lambda world: world.select(itemtype, " AND ".join(parts), (*args, *equal.values())))

    def throughout(self, itemtype: str, since: float, until: float | None = None, trash: Trash = True) -> set[int]:
        """Return the ids of the rows that were there all the time between two moments of `time.monotonic()`.

        `trash`: rows in the trash count as there, as in lists of the high-level API; False: they do not, as in lists
        of the legacy API; "only": as in its lists with `is_deleted`. `until`: now.
        """
        end = time.monotonic() if until is None else until
        return self.do(lambda world: world.present(itemtype, since, end, trash))[0]

    def ever(self, itemtype: str, since: float, until: float | None = None, trash: Trash = True) -> set[int]:
        """Return the ids of the rows that were there at any time between two moments of `time.monotonic()`."""
        end = time.monotonic() if until is None else until
        return self.do(lambda world: world.present(itemtype, since, end, trash))[1]

    def churn(
        self,
        rate: float = 0.0,
        seed: int = 0,
        itemtype: str = "Ticket",
        per_request: float = 0.0,
        within_lists: float = 0.0,
    ) -> Churn:
        """Create, trash, restore and purge `rate` random rows a second meanwhile: `with glpi.churn(50, seed=1): …`.

        `per_request`: so many ahead of each request. `within_lists`: so many for each second that a real server works on
        a list (0.05, and 1.1 ms a row, or as the `pace` says), between its ids, its rows and its count.
        """
        return Churn(self, rate, seed, itemtype, per_request, within_lists)

    def count(self, method: str | None = None, path: str | None = None) -> int:
        """Return how many requests were seen, with this method, to a path that contains this."""
        return len(self.requests.matching(method, path))

    def seen(self, method: str | None = None, path: str | None = None) -> list[Seen]:
        """Return the requests with this method, to a path that contains this."""
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
        """Wait until nothing is left that commits late."""
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

    @property
    def maintenance(self) -> bool:
        """Maintenance mode: every request is answered by a page."""
        return self._maintenance

    @maintenance.setter
    def maintenance(self, on: bool) -> None:
        self._maintenance = on
        if self._front is not None:
            self._front.maintenance = on
