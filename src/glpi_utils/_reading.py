"""The keywords of reads: what each API takes, for checkers and editors, for `help()`, and for what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from ._hints import hint

if TYPE_CHECKING:
    from .filters import Filter
else:
    Filter = hint("glpi_utils.filters.Filter")

__all__ = [
    "HighLevelGet",
    "HighLevelList",
    "HighLevelSearch",
    "HighLevelSubItems",
    "LegacyGet",
    "LegacyList",
    "LegacySearch",
]


class _Open(TypedDict, total=False):
    """What every read takes: ``params`` goes into the query as it is, for what has no keyword here."""

    params: Mapping[str, Any] | None


class HighLevelGet(_Open, total=False):
    """What `get` takes on the High-Level API."""

    include_deleted: bool | None


class _HighLevelFilter(TypedDict, total=False):
    filter: Filter | str | Sequence[Filter | str] | None


class HighLevelSearch(TypedDict, total=False):
    """What `search` takes on the High-Level API beside its filter."""

    sort: str | Sequence[str] | None
    start: int | None
    limit: int | None
    range: str | None
    client_side: bool | None
    include_deleted: bool | None
    params: Mapping[str, Any] | None


class HighLevelList(_HighLevelFilter, HighLevelSearch, total=False):
    """What lists take on the High-Level API."""


class HighLevelSubItems(_HighLevelFilter, _Open, total=False):
    """What `get_sub_items` takes on the High-Level API."""

    client_side: bool | None


class _LegacyShape(TypedDict, total=False):
    expand_dropdowns: bool | None
    get_hateoas: bool | None
    add_keys_names: Sequence[str] | str | None


class LegacyGet(_Open, _LegacyShape, total=False):
    """What `get` takes on the legacy API."""

    include_deleted: bool | None
    get_sha1: bool | None
    with_devices: bool | None
    with_disks: bool | None
    with_softwares: bool | None
    with_connections: bool | None
    with_networkports: bool | None
    with_infocoms: bool | None
    with_contracts: bool | None
    with_documents: bool | None
    with_tickets: bool | None
    with_problems: bool | None
    with_changes: bool | None
    with_notes: bool | None
    with_logs: bool | None


class LegacyList(_LegacyShape, total=False):
    """What lists and `get_sub_items` take on the legacy API."""

    filter: Filter | None
    searchText: Mapping[str, str] | None
    sort: str | Sequence[str] | None
    order: str | None
    start: int | None
    limit: int | None
    range: str | None
    client_side: bool | None
    include_deleted: bool | None
    is_deleted: bool | Literal[0, 1] | None
    only_id: bool | None
    with_networkports: bool | None
    params: Mapping[str, Any] | None


class LegacySearch(_Open, total=False):
    """What `search` takes on the legacy API: GLPI's search engine, whose columns are numbers."""

    criteria: Sequence[Mapping[str, Any]] | None
    metacriteria: Sequence[Mapping[str, Any]] | None
    forcedisplay: Sequence[int] | None
    sort: int | Sequence[int] | None
    order: str | Sequence[str] | None
    start: int | None
    limit: int | None
    range: str | None
    is_deleted: bool | Literal[0, 1] | None
    rawdata: bool | None
    withindexes: bool | None
    uid_cols: bool | None
    giveItems: bool | None
    as_map: bool | None
    expand_dropdowns: bool | None
