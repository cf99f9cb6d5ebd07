"""The synchronous face of a client: each method runs the engine's coroutine of the same name to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Never, NoReturn, Self

from ._engine.client import AsyncClient, unknown
from ._engine.core import unpicklable
from ._engine.items import DEFAULT_PAGE_SIZE
from ._engine.once import Names
from ._engine.retry import Retry
from ._engine.walking import OnPage
from ._hints import hint
from ._item_faces import ItemProxy, Pages, twin
from ._knowledge.aliases import names, resolve
from ._runtimes.blocking import run
from ._wire import ItemList

if TYPE_CHECKING:
    from datetime import tzinfo

    from .version import GLPIVersion
else:
    tzinfo, GLPIVersion = hint("datetime.tzinfo"), hint("glpi_utils.version.GLPIVersion")

Item = dict[str, Any]


class SyncClient:
    """What all synchronous clients can do; `oauth` and `api` say how they are made."""

    def __init__(self, inner: AsyncClient, label: str) -> None:
        self._inner, self._label = inner, label
        self._named: dict[str, ItemProxy[Item]] = {}
        self._given: dict[str, ItemProxy[Item]] = {}

    @twin(AsyncClient.item)
    def item(self, itemtype: str) -> ItemProxy[Item]:
        if itemtype not in self._given:
            self._given[itemtype] = ItemProxy(self._inner.item(itemtype))
        return self._given[itemtype]

    @twin(AsyncClient.custom)
    def custom(self, name: str, part: str = "") -> ItemProxy[Item]:
        return ItemProxy(self._inner.custom(name, part))

    def __getattr__(self, name: str) -> ItemProxy[Item]:
        if name.startswith("_"):
            raise AttributeError(name)
        itemtype = resolve(name)
        if itemtype is None:
            raise AttributeError(unknown(type(self), ItemProxy, name))
        key = name.lower()
        if key not in self._named:
            self._named[key] = ItemProxy(getattr(self._inner, key))
        return self._named[key]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *names()})

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._label!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def version(self) -> GLPIVersion | None:
        """GLPI's version if it was read already (`get_version` reads it), else None."""
        return self._inner.version

    @property
    def api_version(self) -> str | None:
        """The High-Level API's version in use ("v2.2"): chosen at the first contact, before it the pin or None."""
        return self._inner.api_version

    @twin(AsyncClient.with_options)
    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_time: float | None = None,
        retries: int | Retry | None = None,
        headers: dict[str, str] | None = None,
        read_only: bool | None = None,
        concurrency: int | None = None,
        entity: int | str | None = None,
        profile: int | str | None = None,
        recursive: bool | None = None,
        timezone: str | tzinfo | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        dates: bool | None = None,
        **unknown: Never,
    ) -> Self:
        inner = self._inner.with_options(
            timeout=timeout,
            max_time=max_time,
            retries=retries,
            headers=headers,
            read_only=read_only,
            concurrency=concurrency,
            entity=entity,
            profile=profile,
            recursive=recursive,
            timezone=timezone,
            validate=validate,
            verify=verify,
            dates=dates,
            **unknown,
        )
        derived = object.__new__(type(self))
        SyncClient.__init__(derived, inner, self._label)
        return derived

    @twin(AsyncClient.iter_pages)
    def iter_pages(
        self,
        itemtype: str,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> Iterator[list[Item]]:
        return Pages(
            self._inner.iter_pages(
                itemtype, page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, **query
            )
        )

    @twin(AsyncClient.authenticate)
    def authenticate(self, username: str | None = None, password: str | None = None) -> None:
        run(self._inner.authenticate(username, password))

    @twin(AsyncClient.login)
    def login(self, username: str | None = None, password: str | None = None, user_token: str | None = None) -> None:
        run(self._inner.login(username, password, user_token))

    @twin(AsyncClient.logout)
    def logout(self) -> None:
        run(self._inner.logout())

    @twin(AsyncClient.close)
    def close(self) -> None:
        run(self._inner.close())

    @twin(AsyncClient.get_version)
    def get_version(self) -> GLPIVersion:
        return run(self._inner.get_version())

    @twin(AsyncClient.get_api_versions)
    def get_api_versions(self) -> list[Item]:
        return run(self._inner.get_api_versions())

    @twin(AsyncClient.whoami)
    def whoami(self) -> Item:
        return run(self._inner.whoami())

    @twin(AsyncClient.request)
    def request(self, method: str, path: str, params: dict[str, Any] | None = None, json: Any = None) -> Any:
        return run(self._inner.request(method, path, params, json))

    @twin(AsyncClient.get_item)
    def get_item(self, itemtype: str, id: int | str, **query: Any) -> Item:
        return run(self._inner.get_item(itemtype, id, **query))

    @twin(AsyncClient.get_all_items)
    def get_all_items(self, itemtype: str, **query: Any) -> ItemList[Item]:
        return run(self._inner.get_all_items(itemtype, **query))

    @twin(AsyncClient.get_all_pages)
    def get_all_pages(
        self,
        itemtype: str,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        census: bool | str = "auto",
        unstable: bool = False,
        **query: Any,
    ) -> ItemList[Item]:
        return run(
            self._inner.get_all_pages(
                itemtype, page_size, concurrency=concurrency, on_page=on_page, census=census, unstable=unstable, **query
            )
        )

    @twin(AsyncClient.search)
    def search(self, itemtype: str, filter: Any = None, **query: Any) -> Any:
        return run(self._inner.search(itemtype, filter, **query))

    @twin(AsyncClient.create_item)
    def create_item(
        self,
        itemtype: str,
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
            self._inner.create_item(
                itemtype, item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra
            )
        )

    @twin(AsyncClient.update_item)
    def update_item(
        self, itemtype: str, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        return run(self._inner.update_item(itemtype, item, validate=validate, verify=verify, **extra))

    @twin(AsyncClient.delete_item)
    def delete_item(self, itemtype: str, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        return run(self._inner.delete_item(itemtype, item, force_purge, history))

    @twin(AsyncClient.get_sub_items)
    def get_sub_items(
        self, itemtype: str, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Any
    ) -> ItemList[Item]:
        return run(self._inner.get_sub_items(itemtype, id, sub_itemtype, unwrap, **query))

    @twin(AsyncClient.add_sub_item)
    def add_sub_item(
        self,
        itemtype: str,
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
                itemtype,
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

    @twin(AsyncClient.get_my_profiles)
    def get_my_profiles(self) -> list[Item]:
        return run(self._inner.get_my_profiles())

    @twin(AsyncClient.get_active_profile)
    def get_active_profile(self) -> Item:
        return run(self._inner.get_active_profile())

    @twin(AsyncClient.set_active_profile)
    def set_active_profile(self, profile_id: int | str) -> None:
        run(self._inner.set_active_profile(profile_id))

    @twin(AsyncClient.get_my_entities)
    def get_my_entities(self, is_recursive: bool = False) -> list[Item]:
        return run(self._inner.get_my_entities(is_recursive))

    @twin(AsyncClient.get_active_entities)
    def get_active_entities(self) -> Item:
        return run(self._inner.get_active_entities())

    @twin(AsyncClient.get_entity_tree)
    def get_entity_tree(self) -> list[Item]:
        return run(self._inner.get_entity_tree())

    @twin(AsyncClient.set_active_entity)
    def set_active_entity(self, entity_id: int | str, is_recursive: bool = False) -> None:
        run(self._inner.set_active_entity(entity_id, is_recursive))

    @twin(AsyncClient.get_full_session)
    def get_full_session(self) -> Item:
        return run(self._inner.get_full_session())

    @twin(AsyncClient.get_glpi_config)
    def get_glpi_config(self) -> Item:
        return run(self._inner.get_glpi_config())

    @twin(AsyncClient.itemtypes)
    def itemtypes(self) -> list[Item]:
        return run(self._inner.itemtypes())

    @twin(AsyncClient.schema)
    def schema(self, itemtype: str) -> dict[str, Item]:
        return run(self._inner.schema(itemtype))

    @twin(AsyncClient.list_item_types)
    def list_item_types(self) -> list[str]:
        return run(self._inner.list_item_types())

    @twin(AsyncClient.upload_document)
    def upload_document(self, file_path: Any, document_name: str | None = None) -> Item:
        return run(self._inner.upload_document(file_path, document_name))
