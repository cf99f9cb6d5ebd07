"""A search with names in place of numbers: what all of them mean, resolved through the search options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, cast

from ..._knowledge.aliases import class_name
from ..._knowledge.targets import class_of_table
from ...exceptions import GlpiValidationError
from ...filters import Comparison
from ..shared.names import is_name
from ..shared.narrowing import with_values
from ..shared.oneself import filter_names_me, filter_with_id, is_me
from ..shared.query import ordered
from ..shared.shapes import is_array, is_object
from .search_criteria import Checked, Known, flattened, listed
from .search_options import NAMES, Option, Options

Item = dict[str, Any]
_BY_ID: Final = frozenset({"eq", "ne", "in", "not_in", "under", "not_under"})


class Column(NamedTuple):
    """A column of the rows: its name there, its key in GLPI's answer."""

    name: str
    key: str
    option: Option
    mine: bool = True
    """Whether it is a column of the searched itemtype."""


class Search(NamedTuple):
    """A search with all names resolved: what is sent, and how the columns of its rows are called.

    ``by_uid``: GLPI names columns by uid in place of numbers, as it must where itemtypes are mixed.
    ``more`` are columns that are asked for and not shown.
    """

    itemtype: str
    criteria: list[Item]
    columns: Sequence[Column]
    sort: Sequence[tuple[Option, str]]
    id: Option | None
    by_uid: bool
    modern: bool
    trash: bool
    more: Sequence[Option] = ()

    @property
    def by_id(self) -> bool:
        """Whether the rows come in the order of their ids, so that they can be asked for from one id on."""
        return self.id is not None and not self.sort


def wanted(filter: Any, criteria: Any, metacriteria: Any) -> list[Any]:
    """Return all that must hold as one list of criteria; what is of the wrong shape is refused before anything is sent."""
    more: list[Any] = []
    for each in listed(metacriteria, "metacriteria"):
        if not is_object(each) or not each.get("itemtype"):
            raise GlpiValidationError("each of metacriteria is a dict with the itemtype that it is about")
        more.append({**each, "meta": 1})
    groups = [each for each in (listed(filter, "filter"), listed(criteria)) if each]
    if len(groups) == 1 and not more:
        return groups[0]
    return [each for group in groups for each in flattened(group)] + more


def resolved(name: str, known: Known, criteria: Sequence[Any], fields: Any, sort: Any, trash: bool) -> Search:
    """Resolve all names of a search."""
    itemtype = class_name(name)
    own = known[itemtype]
    checked = Checked(itemtype, known)
    checked_criteria = checked.all(criteria)
    order = [(own.find(column), way.upper()) for column, way in ordered(sort)]
    for option, _ in order:
        if not option.sortable:
            raise GlpiValidationError(f"GLPI does not sort by {option.name} ({option.number})")
    if order == [(own.id, "ASC")]:
        order = []
    by_uid = bool(checked.others)
    columns = _asked_for(own, fields, by_uid=by_uid)
    if fields is None:
        columns = _by_themselves(own, [*checked.used, *(option for option, _ in order)], by_uid=by_uid)
        columns += [Column(option.uid, option.uid, option, mine=False) for _, option in dict.fromkeys(checked.others)]
    if by_uid:
        _check_uids([*columns, *_by_themselves(own, checked.used, by_uid=True)])
    involved = [*(each.option for each in columns if each.mine), *checked.used, *(option for option, _ in order)]
    return Search(
        itemtype, checked_criteria, columns, order, own.id, by_uid, own.modern, trash, _grouping(own, involved)
    )


def names_me(name: str, known: Known, criteria: Sequence[Any]) -> bool:
    """Check whether one of the criteria compares a user, by the id, with "me"."""
    own = known[class_name(name)]
    return any(
        filter_names_me(each, partial(_is_user, own))
        or (is_object(each) and (names_me(name, known, _inner(each)) or _says_me(own, known, each)))
        for each in criteria
    )


def with_id(name: str, known: Known, criteria: Sequence[Any], id: int) -> list[Any]:
    """Return criteria with an id in place of each "me"."""
    own = known[class_name(name)]
    made = list[Any]()
    for each in criteria:
        if not is_object(each):
            made.append(filter_with_id(each, partial(_is_user, own), id))
        elif "criteria" in each:
            made.append({**each, "criteria": with_id(name, known, _inner(each), id)})
        else:
            made.append({**each, "value": id} if _says_me(own, known, each) else each)
    return made


def named(name: str, known: Known, criteria: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return the items that filters name where GLPI compares ids: the class and what was written."""
    own = known[class_name(name)]
    names: list[tuple[str, Any]] = []

    def noted(each: Comparison, value: Any) -> Any:
        if place := _named_in(own, each, value):
            names.append((place, value))
        return value

    for criterion in criteria:
        if is_object(criterion):
            names += named(name, known, _inner(criterion))
        else:
            with_values(criterion, noted)
    return names


def with_ids(name: str, known: Known, criteria: Sequence[Any], ids: Mapping[tuple[str, Any], int]) -> list[Any]:
    """Return criteria with ids in place of names."""
    own = known[class_name(name)]

    def id_of(each: Comparison, value: Any) -> Any:
        place = _named_in(own, each, value)
        return ids[place, value] if place else value

    return [
        ({**each, "criteria": with_ids(name, known, _inner(each), ids)} if "criteria" in each else each)
        if is_object(each)
        else with_values(each, id_of)
        for each in criteria
    ]


def _named_in(own: Options, each: Comparison, value: Any) -> str:
    """Return the class of an item that a comparison names; "" where the text of a column is meant."""
    if each.operator not in _BY_ID or each.path[-1].lower() in NAMES or not is_name(value) or value == "":
        return ""
    option = own.find(".".join(each.path))
    return class_of_table(option.table) if option.is_relation else ""


def _inner(criterion: Item) -> Sequence[Any]:
    inner = criterion.get("criteria")
    return inner if is_array(inner) else ()


def _says_me(own: Options, known: Known, criterion: Item) -> bool:
    if criterion.get("searchtype") not in ("equals", "notequals") or not is_me(criterion.get("value")):
        return False
    itemtype = criterion.get("itemtype")
    options = known.get(class_name(itemtype), own) if isinstance(itemtype, str) else own
    return _holds_users(options, options.find(criterion.get("field")))


def _is_user(options: Options, path: tuple[str, ...]) -> bool:
    return _holds_users(options, options.find(".".join(path)))


def _holds_users(options: Options, option: Option) -> bool:
    """Check whether a column is compared by the id of a user."""
    related = option.is_relation and option.table == "glpi_users"
    return related or (options.itemtype == "User" and option == options.id)


def _grouping(own: Options, involved: Sequence[Option]) -> list[Option]:
    """Return what must be shown too, so that an item with two projects, say, does not come twice."""
    if not any(each.several and not each.grouped for each in involved) or any(each.grouped for each in involved):
        return []
    return [] if own.grouping is None else [own.grouping]


def _asked_for(own: Options, fields: Any, *, by_uid: bool) -> list[Column]:
    """Return the columns that the caller names, called as the caller calls them."""
    if fields is None:
        return []
    if not isinstance(fields, list | tuple) or not fields:
        raise GlpiValidationError(f'fields must be a list of names, ["name", "status"], not {fields!r:.60}')
    columns: list[Column] = []
    for name in cast("Sequence[Any]", fields):
        option = own.find(name)
        if not option.shown:
            raise GlpiValidationError(f"GLPI does not show the column {option.name} ({option.number})")
        columns.append(
            Column(option.name if str(name).strip().isdigit() else name, _key(option, by_uid=by_uid), option)
        )
    return columns


def _by_themselves(own: Options, used: Sequence[Option], *, by_uid: bool) -> list[Column]:
    """Return the columns of a row that names none: its id and name, and what it was searched and sorted by."""
    first = [each for each in (own.id, own.title) if each is not None]
    shown = [each for each in dict.fromkeys([*first, *used]) if each.shown]
    return [Column(each.name, _key(each, by_uid=by_uid), each) for each in shown]


def _key(option: Option, *, by_uid: bool) -> str:
    return option.uid if by_uid else str(option.number)


def _check_uids(columns: Sequence[Column]) -> None:
    seen: dict[str, Option] = {}
    for each in columns:
        other = seen.setdefault(each.key, each.option)
        if other != each.option:
            raise GlpiValidationError(
                f"with a criterion on another itemtype GLPI has one name for {other.name} and {each.option.name}: "
                "ask for one of them at a time"
            )
