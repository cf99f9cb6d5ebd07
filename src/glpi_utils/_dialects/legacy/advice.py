"""What may have been meant by a name that the legacy API does not know: an itemtype, a column, a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote

from ..._knowledge.aliases import close_classes
from ..._knowledge.children import close_subs, sub_classes, sub_of_high_level
from ..._knowledge.legacy_columns import columns_of, legacy_column
from ..._spelling import did_you_mean, near_names
from ..._wire import Request
from ...exceptions import GlpiAPIError

_BY_CLASS: Final = ("search", "listSearchOptions")
"""Requests that have the class behind this word."""
_CUSTOM: Final = "Glpi\\CustomAsset\\"


def advice(request: Request, error: GlpiAPIError) -> str:
    """Return what is known to be behind a refusal; "" where nothing is."""
    if error.error_code == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM":
        return _itemtype(f"{request.below}/1/{request.path.partition('/')[0]}" if request.below else request.path)
    if request.path.startswith("search/") and "field ID" in error.message:
        return "search() takes GLPI's numbers of columns, search_options() lists them; search_rows() takes their names"
    if error.error_code == "ERROR" and request.path == "initSession":  # its text is in the server's language
        return "where it says that the API is disabled: an administrator enables it (Setup > General > API)"
    if error.error_code in ("ERROR", "ERROR_FIELD_NOT_FOUND") and error.status_code == 400 and request.method == "GET":
        return _columns(request.path, request.query)
    if error.status_code == 404 and request.path == "changeActiveProfile":
        return "profiles are switched to by their ids: get_my_profiles() lists those of this user"
    return ""


def _itemtype(path: str) -> str:
    first, *rest = (unquote(each) for each in path.split("/"))
    if len(rest) == 2:
        if sub_of_high_level(first, rest[1]):
            return "GlpiOAuthClient (the High-Level API) has it"
        names = dict.fromkeys("Item_Device..." if "Item_Device" in each else each for each in sub_classes(first))
        return did_you_mean(close_subs(first, rest[1])) or (f"a {first} has {', '.join(names)}" if names else "")
    name = rest[0] if first in _BY_CLASS and rest else first
    if name.startswith(_CUSTOM):
        return "itemtypes() lists the custom assets that there are"
    meant = did_you_mean(close_classes(name), after=" ")
    return f"{meant}a custom asset is api.custom({name!r:.60})" if name.isidentifier() else meant.strip()


def _columns(path: str, query: str) -> str:
    """Return what is meant by columns that a list is narrowed or sorted by, and that its rows lack."""
    itemtype = unquote(path.rsplit("/", maxsplit=1)[-1])
    known = columns_of(itemtype)
    wrong = [] if known is None else [name for name in dict.fromkeys(_named(query)) if name not in known]
    return "; ".join(_column(itemtype, name, known or {}) for name in wrong)


def _named(query: str) -> Iterator[str]:
    for key, value in parse_qsl(query):
        if key == "sort":
            yield value
        elif key.startswith("searchText["):
            yield key.removeprefix("searchText[").partition("]")[0]


def _column(itemtype: str, name: str, known: Iterable[str]) -> str:
    same = legacy_column(itemtype, name)
    near = [same] if same is not None and same in known else near_names(name, known)
    meant = did_you_mean(near) or f"it has {', '.join(sorted(known)):.300}"
    return f"{itemtype} has no column {name!r:.60}: {meant}"
