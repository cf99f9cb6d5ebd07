"""What is asked of GLPI's search engine by name, and its rows read with names in place of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from ..._knowledge.aliases import class_name, legacy_itemtype
from ..._wire import Operation, Page, Request, Response, UndecodableBody, UnexpectedAnswer
from ...exceptions import GlpiUnsupportedError
from ..shared.body import JSON_TYPE, dumped
from ..shared.query import encode, spread
from ..shared.shapes import as_object, is_array, is_id, is_object, is_objects
from . import answers
from .search_criteria import flattened
from .search_naming import Column, Search

Item = dict[str, Any]
_LONGEST_QUERY: Final = 7000  # nginx refuses request lines over 8 KB
_KEPT_BY_TEN: Final = (("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"))


def options(name: str, *, raw: bool) -> Operation[Item]:
    """Build the request for the search options of an itemtype, as they are shown or as GLPI has them inside."""
    if class_name(name) == "AllAssets":
        raise GlpiUnsupportedError(
            "GLPI does not list the search options of AllAssets: use search() with their numbers"
        )
    return Operation(Request("GET", f"listSearchOptions/{legacy_itemtype(name)}", "raw=1" if raw else ""), answers.item)


def page(search: Search, low: int, size: int) -> Operation[Page]:
    """Build the request for rows from an id on, in the order of their ids."""
    assert search.id is not None  # noqa: S101  the caller has looked
    criteria = flattened(search.criteria)
    criteria.append({"link": "AND", "field": search.id.number, "searchtype": "contains", "value": f">={low}"})
    return _operation(search, criteria, 0, size)


def window(search: Search, start: int, size: int) -> Operation[Page]:
    """Build the request for rows by their place; the id decides where the order leaves it open."""
    operation = _operation(search, search.criteria, start, size)

    def read(response: Response) -> Page:
        answer = operation.read(response)
        expected = max(0, min(size, (answer.total or 0) - start))
        if len(answer.items) != expected:
            raise UndecodableBody(f"the server counts {answer.total} rows and gave {len(answer.items)} of {expected}")
        if len({row["id"] for row in answer.items}) != len(answer.items):
            raise UnexpectedAnswer(
                "an item came more than once, since it has several values in a column that GLPI does not group"
            )
        return answer

    return Operation(operation.request, read, instead={"ERROR_RANGE_EXCEED_TOTAL": Page([], start, None)})


def _operation(search: Search, criteria: Sequence[Item], start: int, size: int) -> Operation[Page]:
    order = list(search.sort)
    if search.id is not None and search.id not in [option for option, _ in order]:
        order.append((search.id, "ASC"))
    shown = [search.id, *(each.option for each in search.columns if each.mine), *search.more]
    params: Item = {
        "criteria": criteria,
        "forcedisplay": list(dict.fromkeys(option.number for option in shown if option is not None)),
        "sort": [option.number for option, _ in order],
        "order": [way for _, way in order],
        "range": f"{start}-{start + size - 1}",
        "uid_cols": search.by_uid,
        "withindexes": search.id is None,
        "is_deleted": search.trash,
    }
    params = {word: 1 if value is True else value for word, value in params.items() if value}
    query, path = encode(spread(params)), f"search/{legacy_itemtype(search.itemtype)}"
    read = _reader(search, start)
    if len(query) > _LONGEST_QUERY:  # a POST reads just as well
        return Operation(Request("POST", path, headers=JSON_TYPE, body=dumped(params)), read)
    return Operation(Request("GET", path, query), read)


def _reader(search: Search, start: int) -> Callable[[Response], Page]:
    own = "id" if search.id is None else search.id.uid if search.by_uid else str(search.id.number)

    def read(response: Response) -> Page:
        result = answers.item(response)
        rows: Any = result.get("data", [])
        total = result.get("totalcount")
        if search.id is None and is_object(rows):  # with the ids as keys; a row without columns is an array
            rows = [{**as_object(row), "id": number} for number, row in rows.items()]
        if not is_objects(rows) or not is_id(total):
            raise UnexpectedAnswer("the answer is no result of a search")
        return Page([_row(row, own, search) for row in rows], start, total)

    return read


def _row(row: Item, own: str, search: Search) -> Item:
    number = str(row.get(own))
    if not number.isdigit():
        raise UnexpectedAnswer("a row came without its id")
    item: Item = {"id": int(number)}
    for column in search.columns:
        if column.name != "id":
            item[column.name] = _value(row.get(column.key), column, modern=search.modern)
    return item


def _value(value: Any, column: Column, *, modern: bool) -> Any:
    """Return a value: None for none, a number for a user, a list for several; 10 keeps ``<``, ``>`` and ``&`` encoded."""
    if is_array(value):
        return [_value(each, column, modern=modern) for each in value] or None
    if not isinstance(value, str):
        return value
    if column.option.table == "glpi_users" and column.option.is_relation and value.isdigit():
        return int(value)
    if not modern:
        for kept, meant in _KEPT_BY_TEN:
            value = value.replace(kept, meant)
    return value
