"""The search options of an itemtype: the columns that GLPI's search engine knows, by number and by names that stay.

GLPI's own names for them are translated, its ``uid`` is not, but several columns may share one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiValidationError
from ..shared.shapes import as_object, is_array, is_object

Item = dict[str, Any]
_ROLES: Final = {"1": "requester", "2": "assigned", "3": "observer"}
_LINKED: Final = {"glpi_users": "", "glpi_groups": "_group", "glpi_suppliers": "_supplier"}
_ITIL: Final = ("tickets", "changes", "problems")
_GROUPS: Final = {"1": "group", "2": "group_tech"}
NAMES: Final = ("name", "completename")
NUMBERS: Final = frozenset({"number", "integer", "decimal", "timestamp", "count", "progressbar"})
"""The kinds of columns that are compared as numbers; ``>=5`` behind "contains" is how GLPI takes a comparison."""
SCALES: Final = frozenset({"urgency", "impact", "priority"})
"""Fields on which "equals" with 0 or less means "at least": -4 is 4 or more."""
_NEVER_EMPTY: Final = SCALES | {"global_validation"}


class Option(NamedTuple):
    """One column. ``own``: of the item's own row; ``link``: its foreign key, where one points to the column's row."""

    number: int
    name: str
    label: str
    uid: str
    table: str
    field: str
    datatype: str
    searchtypes: tuple[str, ...]
    searchable: bool
    shown: bool
    sortable: bool
    own: bool
    link: str
    uses_having: bool
    """Compared after grouping: never inside an OR."""
    apart: bool
    """Where an item has several values, each criterion looks at all of them."""
    loose: bool
    """A search for a number finds its neighbours too."""
    grouped: bool
    """GLPI makes one row of each item where it is shown."""

    @property
    def several(self) -> bool:
        """Whether one item may have several values."""
        return not self.own and not self.link

    @property
    def is_relation(self) -> bool:
        """Whether it is another item, that "equals" compares by its id."""
        named = self.datatype in {"dropdown", "itemlink"} and self.field in NAMES
        return named and not self.own and "equals" in self.searchtypes

    @property
    def takes_empty(self) -> bool:
        """Whether "empty" is heeded: a criterion with it on a priority or an approval is left out."""
        validation = self.field == "status" and self.table.endswith("validations")
        return not (self.datatype == "specific" and (self.field in _NEVER_EMPTY or validation))

    def as_row(self) -> Item:
        """Return it as `search_options` lists it."""
        return {
            "name": self.name,
            "number": self.number,
            "label": self.label,
            "uid": self.uid,
            "table": self.table,
            "field": self.field,
            "datatype": self.datatype,
            "searchtypes": list(self.searchtypes),
            "searchable": self.searchable,
            "shown": self.shown,
            "several": self.several,
        }


class Options:
    """All options of one itemtype, in the order of GLPI's list."""

    def __init__(self, itemtype: str, options: Iterable[Option], *, modern: bool) -> None:
        self.itemtype, self.modern = itemtype, modern
        """``modern``: GLPI 11 or later, which offers "empty" for every column and keeps texts as they are."""
        self.all = tuple(options)
        self._by_number = {each.number: each for each in self.all}
        self._by_name: dict[str, dict[int, Option]] = {}
        for each in self.all:
            for name in _spellings(each):
                self._by_name.setdefault(name, {})[each.number] = each

    @property
    def title(self) -> Option | None:
        """The column of the item's own name."""
        return next((each for each in self.all if each.own and each.field in NAMES and each.shown), None)

    @property
    def grouping(self) -> Option | None:
        """A column that makes GLPI give one row for each item, the cheapest: of the item's own row."""
        grouped = [each for each in self.all if each.grouped and each.shown and each.searchable]
        return next((each for each in grouped if each.own), grouped[0] if grouped else None)

    @property
    def id(self) -> Option | None:
        """The column of the item's own id; a few types have none, or none that is searched by."""
        return next((each for each in self.all if each.own and each.field == "id" and each.searchable), None)

    def find(self, name: object) -> Option:
        """Return the option of a number or name; refuse one that is unknown, or stands for several."""
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if not isinstance(name, str) or not name.strip():
            raise GlpiValidationError(f"a field is named by text or by the number of its option, not by {name!r:.60}")
        text = name.strip()
        if text.isascii() and text.isdigit():
            if int(text) not in self._by_number:
                raise GlpiValidationError(f"{self.itemtype} has no search option {text}: search_options() lists them")
            return self._by_number[int(text)]
        options = list(self._by_name.get(_folded(text), {}).values())
        if not options:
            raise self._unknown(text)
        exact = [each for each in options if _folded(each.name) == _folded(text)]
        chosen = exact or options
        if len(chosen) > 1:
            candidates = ", ".join(f'"{each.name}" ({each.number}, {each.label})' for each in chosen[:12])
            raise GlpiValidationError(
                f"{name!r} stands for {len(chosen)} columns of {self.itemtype}: name one of {candidates}"
            )
        return chosen[0]

    def _unknown(self, text: str) -> GlpiValidationError:
        near = near_names(text, (each.name for each in self.all), plain=_folded, most=4, cutoff=0.5)
        meant = did_you_mean([repr(each) for each in near], after=" ")
        return GlpiValidationError(
            f"{self.itemtype} has no column {text!r:.60} to search by: {meant}search_options() lists them all"
        )


def options_of(itemtype: str, listed: Item, raw: Item) -> Options:
    """Read ``listSearchOptions`` and its raw form; where the raw form is silent, the less favourable case is assumed."""
    rows = {number: each for number, each in listed.items() if number.isdigit() and is_object(each)}
    table = _own_table(itemtype, rows)
    made = [_option(itemtype, int(number), row, as_object(raw.get(number)), table) for number, row in rows.items()]
    roles = {int(number): _role(as_object(raw.get(number))) for number in rows}
    modern = any("empty" in each.searchtypes for each in made)
    return Options(itemtype, _named(itemtype, made, roles), modern=modern)


def _own_table(itemtype: str, rows: dict[str, Item]) -> str:
    for field in ("id", *NAMES):
        for row in rows.values():
            if row.get("uid") == f"{itemtype}.{field}":
                return str(row.get("table"))
    return str(next((row.get("table") for row in rows.values()), ""))


def _option(itemtype: str, number: int, row: Item, raw: Item, table: str) -> Option:
    text = {name: str(row.get(name) or "") for name in ("name", "uid", "table", "field", "datatype")}
    types = row.get("available_searchtypes")
    plain = bool(raw) and not raw.get("joinparams")
    own = plain and text["table"] == table and raw.get("linkfield") == text["field"]
    if not raw:
        own = text["uid"] == f"{itemtype}.{text['field']}" and text["datatype"] != "dropdown"
    return Option(
        number,
        "",
        text["name"],
        text["uid"],
        text["table"],
        text["field"],
        text["datatype"],
        tuple(str(each) for each in types) if is_array(types) else (),
        not row.get("nosearch"),
        not row.get("nodisplay"),
        not raw.get("nosort"),
        own,
        "" if own or not plain else str(raw.get("linkfield") or ""),
        bool(raw.get("usehaving")) or text["datatype"] == "count",
        bool(raw.get("use_subquery")),
        bool(raw.get("width")) or text["datatype"] in {"decimal", "progressbar"},
        bool(raw.get("forcegroupby")),
    )


def _role(raw: Item) -> str:
    """Return what a linked user, group or supplier is, which no uid tells: "requester", "assigned_group", "group_tech"."""
    before = as_object(as_object(raw.get("joinparams")).get("beforejoin"))
    inside, link = as_object(before.get("joinparams")), str(before.get("table"))
    kind, number = _LINKED.get(str(raw.get("table"))), as_object(inside.get("condition")).get("NEWTABLE.type")
    if kind is None or number is None or raw.get("field") not in NAMES or inside.get("beforejoin"):
        return ""
    if link == "glpi_groups_items":  # GLPI 11 keeps the groups of assets there
        return _GROUPS.get(str(number), "")
    role = _ROLES.get(str(number))
    return role + kind if role and any(word in link.split("_") for word in _ITIL) else ""


def _named(itemtype: str, made: list[Option], roles: dict[int, str]) -> list[Option]:
    """Return the options, each with a name of its own."""
    short = {each.number: _short(itemtype, each) for each in made}
    holders: dict[str, list[Option]] = {}
    for each in made:
        holders.setdefault(_folded(short[each.number]), []).append(each)
    links = Counter(each.link for each in made if each.link)
    chosen = {name: _first(several) for name, several in holders.items()}
    named: list[Option] = []
    taken: set[str] = set()
    for each in made:
        plain = short[each.number]
        if roles[each.number]:
            name = roles[each.number]
        elif chosen[_folded(plain)] == each.number:
            name = plain
        else:
            name = each.link if links[each.link] == 1 else f"{plain}.{each.number}"
        name = f"{plain}.{each.number}" if _folded(name) in taken else name
        taken.add(_folded(name))
        named.append(each._replace(name=name))
    return named


def _first(several: list[Option]) -> int | None:
    """Return the one that its bare name means: the own column, of several the one that can be searched."""
    for group in ([each for each in several if each.own and each.searchable], [each for each in several if each.own]):
        if group:
            return group[0].number
    return several[0].number if len(several) == 1 else None


def _short(itemtype: str, option: Option) -> str:
    """Return the uid without the itemtype that is searched, and without namespaces: ``ITILCategory.completename``."""
    parts = [part.rpartition("\\")[2] for part in option.uid.removeprefix(f"{itemtype}.").split(".")]
    return ".".join(parts) if option.uid else f"{option.table}.{option.field}"


def _spellings(option: Option) -> set[str]:
    """Return all that an option may be called, folded."""
    parts = option.uid.replace("\\", ".").split(".")
    names = {option.name, option.uid, f"{option.table}.{option.field}", option.label, f"{option.name}.{option.number}"}
    if parts[1:]:
        names.add(".".join(part.rpartition("\\")[2] for part in option.uid.split(".")[1:]))
    if option.is_relation and option.link:
        names |= {option.link, parts[-2]}
        if (suffix := option.link.partition("_id_")[2]) and parts[-2] in ("User", "Group"):
            names.add(f"{parts[-2]}_{suffix}")
    return {_folded(each) for each in names if each}


def _folded(name: str) -> str:
    return name.casefold()
