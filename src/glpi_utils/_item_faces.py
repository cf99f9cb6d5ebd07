"""The synchronous faces of items and walks: each method runs the engine's coroutine of the same name to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from ._engine.core import unpicklable
from ._engine.items import DEFAULT_PAGE_SIZE, AsyncItemProxy
from ._engine.keywords import no_method
from ._engine.once import Names
from ._engine.pages import AsyncPages
from ._engine.searching import Criteria
from ._engine.walking import OnPage
from ._runtimes.blocking import run
from ._wire import ItemList, Row

F = TypeVar("F", bound=Callable[..., Any])


def twin(original: Callable[..., Any]) -> Callable[[F], F]:
    """Give a method the docstring of its asynchronous twin."""

    def mark(method: F) -> F:
        method.__doc__ = original.__doc__
        return method

    return mark


class Pages(Iterator[list[Row]]):
    """The pages of a walk: ``for page in api.ticket.iter_pages()``. Leaving the loop ends it.

    No generator: another thread may `close` it while this one waits for a page.
    """

    def __init__(self, inner: AsyncPages[Row]) -> None:
        self._inner = inner

    def __next__(self) -> list[Row]:
        return _next(self._inner)

    def close(self) -> None:
        """Read no more: what is in flight is cut off. Returns at once, from any thread."""
        self._inner.stop()

    def __del__(self) -> None:
        self.close()


def _next(pages: AsyncPages[Row]) -> list[Row]:
    """Give the next page. Ctrl-C ends the walk, as it ends a generator."""
    try:
        page = run(pages.next())
    except BaseException:
        pages.stop()
        raise
    if page is None:
        raise StopIteration
    return page


class Rows(Iterator[Row]):
    """The rows of a walk: ``for ticket in api.ticket.iter_items()``. Otherwise as `Pages`."""

    def __init__(self, pages: AsyncPages[Row]) -> None:
        self._pages = pages
        self._rows: list[Row] = []

    def __next__(self) -> Row:
        while not self._rows:
            self._rows = _next(self._pages)[::-1]
        return self._rows.pop()

    def close(self) -> None:
        """Read no more."""
        self._pages.stop()
        self._rows = []

    def __del__(self) -> None:
        self.close()


class ItemProxy(Generic[Row]):
    """The items of one type: ``api.ticket``, ``api.item("Assets/Socket")``."""

    def __init__(self, inner: AsyncItemProxy[Row]) -> None:
        self._inner = inner

    def __repr__(self) -> str:
        return repr(self._inner).removeprefix("Async")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            raise no_method(type(self), name)

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    @twin(AsyncItemProxy.get)
    def get(self, id: int | str | Mapping[str, Any], **query: Any) -> Row:
        return run(self._inner.get(id, **query))

    @twin(AsyncItemProxy.get_all)
    def get_all(self, **query: Any) -> ItemList[Row]:
        return run(self._inner.get_all(**query))

    @twin(AsyncItemProxy.get_all_pages)
    def get_all_pages(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        census: bool | str = "auto",
        unstable: bool = False,
        **query: Any,
    ) -> ItemList[Row]:
        return run(
            self._inner.get_all_pages(
                page_size, concurrency=concurrency, on_page=on_page, census=census, unstable=unstable, **query
            )
        )

    @twin(AsyncItemProxy.iter_pages)
    def iter_pages(
        self,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> Iterator[list[Row]]:
        return Pages(
            self._inner.iter_pages(page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, **query)
        )

    @twin(AsyncItemProxy.iter_items)
    def iter_items(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> Iterator[Row]:
        return Rows(
            self._inner.iter_items(
                page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, **query
            ).pages
        )

    @twin(AsyncItemProxy.first)
    def first(self, **query: Any) -> Row | None:
        return run(self._inner.first(**query))

    @twin(AsyncItemProxy.count)
    def count(self, **query: Any) -> int:
        return run(self._inner.count(**query))

    @twin(AsyncItemProxy.search)
    def search(self, filter: Any = None, **query: Any) -> Any:
        return run(self._inner.search(filter, **query))

    @twin(AsyncItemProxy.search_rows)
    def search_rows(
        self,
        filter: Criteria | None = None,
        *,
        criteria: Criteria | None = None,
        metacriteria: Criteria | None = None,
        fields: Sequence[str | int] | None = None,
        sort: str | Sequence[str] | None = None,
        start: int = 0,
        limit: int | None = None,
        is_deleted: bool = False,
        page_size: int | None = None,
        on_page: OnPage | None = None,
    ) -> ItemList:
        return run(
            self._inner.search_rows(
                filter,
                criteria=criteria,
                metacriteria=metacriteria,
                fields=fields,
                sort=sort,
                start=start,
                limit=limit,
                is_deleted=is_deleted,
                page_size=page_size,
                on_page=on_page,
            )
        )

    @twin(AsyncItemProxy.search_options)
    def search_options(self) -> list[dict[str, Any]]:
        return run(self._inner.search_options())

    @twin(AsyncItemProxy.create)
    def create(
        self,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        return run(
            self._inner.create(item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra)
        )

    @twin(AsyncItemProxy.update)
    def update(self, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any) -> Any:
        return run(self._inner.update(item, validate=validate, verify=verify, **extra))

    @twin(AsyncItemProxy.delete)
    def delete(self, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        return run(self._inner.delete(item, force_purge, history))

    @twin(AsyncItemProxy.restore)
    def restore(self, id: int | str | Mapping[str, Any]) -> Any:
        return run(self._inner.restore(id))

    @twin(AsyncItemProxy.get_sub_items)
    def get_sub_items(self, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Any) -> ItemList:
        return run(self._inner.get_sub_items(id, sub_itemtype, unwrap, **query))

    @twin(AsyncItemProxy.add_sub_item)
    def add_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        return run(
            self._inner.add_sub_item(
                id,
                sub_itemtype,
                item,
                key=key,
                once=once,
                unique_by=unique_by,
                validate=validate,
                verify=verify,
                **extra,
            )
        )

    @twin(AsyncItemProxy.update_sub_item)
    def update_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        validate: str | None = None,
        verify: bool | str | None = None,
    ) -> Any:
        return run(self._inner.update_sub_item(id, sub_itemtype, item, validate=validate, verify=verify))

    @twin(AsyncItemProxy.delete_sub_item)
    def delete_sub_item(self, id: int | str, sub_itemtype: str, sub_id: int | str | None = None) -> Any:
        return run(self._inner.delete_sub_item(id, sub_itemtype, sub_id))

    @twin(AsyncItemProxy.picture)
    def picture(self, id: int | str) -> bytes | None:
        return run(self._inner.picture(id))

    @twin(AsyncItemProxy.team)
    def team(self, id: int | str, role: str | None = None) -> ItemList:
        return run(self._inner.team(id, role))

    @twin(AsyncItemProxy.add_team_member)
    def add_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> dict[str, Any]:
        return run(self._inner.add_team_member(id, member_id, role, type))

    @twin(AsyncItemProxy.remove_team_member)
    def remove_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> None:
        run(self._inner.remove_team_member(id, member_id, role, type))
