"""The thread in which an embedded GLPI serves: its start, its end, and work that is done there."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import ssl
import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Self, TypeVar

from glpi_utils.testing.faults.ready import ReadyFaults
from glpi_utils.testing.http.wire import Requests
from glpi_utils.testing.server.paced_workers import Pace, Workers
from glpi_utils.testing.world.world import World

if TYPE_CHECKING:
    from aiohttp import web

    from glpi_utils.testing.server.front import Front

T = TypeVar("T")


class Serving:
    """A world that is served by HTTP, from a thread of its own."""

    def __init__(
        self, world: World, host: str, port: int, root: str, pace: Pace | None, ssl_context: ssl.SSLContext | None
    ) -> None:
        self.world = world
        """The rows. Its thread is the server's: use `do()`."""
        self.host, self.port, self.root, self.pace = host, port, root.rstrip("/"), pace
        self.faults = ReadyFaults()
        """What is to go wrong; see `glpi_utils.testing.troubles`."""
        self.requests = Requests()
        """Every request that arrived whole, in order."""
        self.ahead: list[Callable[[World], None]] = []
        """Work that the server's thread does ahead of every request."""
        self._ssl = ssl_context
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._front: Front | None = None
        self._maintenance = False

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
        """Serve; a server that was stopped starts again on its port.

        Returns:
            The server itself, once its port is open.

        Raises:
            RuntimeError: It is running already.
        """
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
        """Look whether the double itself failed, as leaving a ``with`` block does.

        Raises:
            AssertionError: Something went wrong inside the double; the first of it is its cause.
        """
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
        await _accept_no_more(listener)
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

    def do(self, work: Callable[[World], T]) -> T:
        """Run work in the server's thread.

        Args:
            work: Called with the `World`, which holds rows, rights and sessions.

        Returns:
            What ``work`` returns.
        """
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


async def _accept_no_more(listener: asyncio.Server) -> None:
    """Close a listener, once what it accepted a moment ago has its protocol: asyncio would leave those sockets open."""
    with contextlib.suppress(NotImplementedError):  # Windows' event loop has no readers
        for sock in listener.sockets:
            asyncio.get_running_loop().remove_reader(sock.fileno())
        for _ in range(3):
            await asyncio.sleep(0)
    listener.close()
