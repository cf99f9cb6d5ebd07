"""One shape for both kinds of client: whichever it is, a test awaits its methods and walks with `async for`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Self, cast

from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._sync.client import SyncClient
from glpi_utils._sync.items import ItemProxy

AT_ONCE = frozenset({"item", "custom", "with_options", "iter_pages", "iter_items"})
"""Methods that wait for nothing in either kind of client."""

Bare = AsyncClient | SyncClient


class Even:
    """A client or its items, used as the asynchronous one. Properties and what is no method pass through."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if isinstance(found, ItemProxy | AsyncItemProxy):
            return Even(found)
        if not callable(found):
            return found
        return _at_once(found) if name in AT_ONCE else _awaited(found)

    async def __aenter__(self) -> Self:
        if isinstance(self._inner, SyncClient):
            self._inner.__enter__()
        else:
            await cast("AsyncClient", self._inner).__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        if isinstance(self._inner, SyncClient):
            self._inner.__exit__(*error)
        else:
            await cast("AsyncClient", self._inner).__aexit__(*error)


class Steps:
    """A walk of the blocking kind, for `async for`."""

    def __init__(self, inner: Iterator[Any]) -> None:
        self._inner = inner

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        try:
            return next(self._inner)
        except StopIteration:
            raise StopAsyncIteration from None

    def state(self) -> dict[str, Any]:
        """Where it stands."""
        found: dict[str, Any] = cast("Any", self._inner).state()
        return found

    async def aclose(self) -> None:
        cast("Any", self._inner).close()


def even(client: Bare) -> AsyncClient:
    """The client in the shape that tests are written for."""
    return cast("AsyncClient", Even(client))


def bare(client: object) -> Any:
    """The client, or items, that is inside."""
    return cast("Even", client)._inner


def _at_once(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        found = method(*args, **named)
        if isinstance(found, SyncClient | AsyncClient | ItemProxy | AsyncItemProxy):
            return Even(found)
        return Steps(found) if isinstance(found, Iterator) else found

    return call


def _awaited(method: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def call(*args: Any, **named: Any) -> Any:
        found = method(*args, **named)
        return await found if isinstance(found, Coroutine) else found

    return call


def drive(work: Coroutine[Any, Any, None]) -> None:
    """Run a test of the blocking kind: nothing in it waits for an event loop, and there is none."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    raise AssertionError("a test of the blocking client waited for an event loop")
