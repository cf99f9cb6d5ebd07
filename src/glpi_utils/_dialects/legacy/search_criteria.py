"""Criteria of GLPI's search engine as callers write them, checked and turned into those that are sent.

What GLPI takes and reads as something else is refused: search types that a column does not have, empty values,
``AND NOT`` before a comparison, an OR between what is compared before and after grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from ..._conditions import plain
from ..._knowledge.aliases import class_name
from ...exceptions import GlpiValidationError
from ...filters import Filter
from ..shared.narrowing import stored
from .search_options import NUMBERS, SCALES, Option, Options

Item = dict[str, Any]
Known = Mapping[str, Options]
LINKS: Final = ("AND", "OR", "AND NOT", "OR NOT")
_LEAF: Final = frozenset({"link", "field", "searchtype", "value", "itemtype", "meta"})
_GROUP: Final = frozenset({"link", "criteria"})


def listed(criteria: object, what: str = "criteria") -> list[Any]:
    """Return criteria as a list; one alone is a list of one."""
    if criteria is None:
        return []
    if isinstance(criteria, Mapping | Filter):
        return [criteria]
    if isinstance(criteria, list | tuple):
        return list(cast("Sequence[Any]", criteria))
    raise GlpiValidationError(f"{what} must be a list of dicts or an F expression, not {criteria!r:.60}")


def itemtypes(criteria: Iterable[Any]) -> set[str]:
    """Return the other itemtypes that criteria speak of."""
    names: set[str] = set()
    for each in criteria:
        if isinstance(each, Mapping):
            row = cast("Mapping[str, Any]", each)
            names |= itemtypes(listed(row.get("criteria")))
            if row.get("itemtype"):
                names.add(class_name(str(row["itemtype"])))
    return names


def flattened(criteria: Sequence[Any]) -> list[Any]:
    """Return criteria to which more can be added that must hold too: those joined by OR as a group."""
    return (
        [{"link": "AND", "criteria": list(criteria)}]
        if any(_link(each).startswith("OR") for each in criteria)
        else list(criteria)
    )


class Checked:
    """Turns criteria into those that are sent; ``known`` holds the options of each itemtype that they speak of."""

    def __init__(self, itemtype: str, known: Known) -> None:
        from .search_filters import Filters

        self._itemtype, self._known = itemtype, known
        self.used: list[Option] = []
        """The searched itemtype's columns that criteria speak of."""
        self.others: list[tuple[str, Option]] = []
        """Columns of other itemtypes."""
        self._filters = Filters(known[itemtype], self.used)

    def all(self, criteria: Sequence[Any], *, alone: bool = True, top: bool = True) -> list[Item]:
        """Check criteria of one level. ``alone``: nothing around them is joined by OR, or negated."""
        if any(_link(each).startswith("OR") for each in criteria[1:]):
            alone = False
        return [self._one(each, alone=alone, top=top) for each in criteria]

    def _one(self, criterion: Any, *, alone: bool, top: bool) -> Item:
        if isinstance(criterion, Filter):
            return self._filters.criterion(criterion, alone=alone)
        if not isinstance(criterion, Mapping):
            raise GlpiValidationError(f"a criterion is a dict or an F expression, not {criterion!r:.60}")
        row = cast("Mapping[str, Any]", criterion)
        return self._group(row, alone=alone) if "criteria" in row else self._leaf(row, alone=alone, top=top)

    def _group(self, row: Mapping[str, Any], *, alone: bool) -> Item:
        _only(row, _GROUP)
        link, inner = _link(row), listed(row["criteria"])
        if not inner:
            raise GlpiValidationError("a group of criteria is empty: it would find everything")
        return {"link": link, "criteria": self.all(inner, alone=alone and link == "AND", top=False)}

    def _leaf(self, row: Mapping[str, Any], *, alone: bool, top: bool) -> Item:
        _only(row, _LEAF)
        link, itemtype = _link(row), class_name(str(row.get("itemtype") or self._itemtype))
        meta = itemtype != self._itemtype
        if row.get("meta") and not meta:
            raise GlpiValidationError("a criterion with meta needs the itemtype that it is about")
        option = self._known[itemtype].find(row.get("field"))
        searchtype = _searchtype(option, row)
        value = _value(option, searchtype, row.get("value"))
        shown = f"{option.name} {searchtype} {value!r:.40}"
        if option.field in SCALES and searchtype == "equals" and value.strip() in {"0", "-0"}:
            raise GlpiValidationError(
                f"{shown} finds everything: GLPI takes 0 and less for 'at least', so -4 is 4 or more"
            )
        if option.datatype in NUMBERS and link.endswith("NOT") and value.lstrip()[:1] in {"<", ">"}:
            raise GlpiValidationError(
                f'GLPI turns "{link}" before {shown} into the opposite sign, {value[1:]} itself included or left out '
                f'wrongly: put it into a group, {{"link": "{link}", "criteria": [...]}}'
            )
        if meta and not (alone and top):
            raise GlpiValidationError(
                f"{shown}: a criterion on another itemtype stands outside of all groups and is joined by AND or AND NOT: "
                "inside a group GLPI makes one row of all, and items that have none of it are left out whatever OR says"
            )
        if option.uses_having and not alone:
            raise GlpiValidationError(
                f"{shown}: GLPI counts after it has looked at all else, so that OR would mean AND here: "
                "only AND joins it to others"
            )
        criterion: Item = {"link": link, "field": option.number, "searchtype": searchtype, "value": value}
        if meta:
            self.others.append((itemtype, option))
            return {**criterion, "itemtype": itemtype, "meta": 1}
        self.used.append(option)
        return criterion


def _link(criterion: Any) -> str:
    if not isinstance(criterion, Mapping):
        return "AND"
    link = cast("Mapping[str, Any]", criterion).get("link")
    text = "AND" if link is None else str(link).upper()
    if text not in LINKS:
        raise GlpiValidationError(f"link must be one of {', '.join(LINKS)}, not {link!r:.60}")
    return text


def _only(row: Mapping[str, Any], known: frozenset[str]) -> None:
    if more := set(row) - known:
        raise GlpiValidationError(
            f"a criterion has {', '.join(sorted(known))}, not {', '.join(sorted(map(str, more)))}: GLPI would ignore it"
        )


def _searchtype(option: Option, row: Mapping[str, Any]) -> str:
    if not option.searchable:
        raise GlpiValidationError(f"GLPI does not search by {option.name} ({option.number}, {option.label})")
    searchtype = row.get("searchtype")
    if searchtype not in (*option.searchtypes, "empty"):
        raise GlpiValidationError(
            f"{option.name} has no searchtype {searchtype!r:.40}, and GLPI would take it for another one: "
            f"it has {', '.join(dict.fromkeys((*option.searchtypes, 'empty')))}"
        )
    if searchtype == "empty" and not option.takes_empty:
        raise GlpiValidationError(f"empty on {option.name} is left out by GLPI, so that everything would be found")
    if searchtype in {"equals", "notequals"} and option.uses_having and option.datatype not in NUMBERS:
        raise GlpiValidationError(
            f"{searchtype} on {option.name} is read as contains by GLPI, so that 1 is found in 10 too"
        )
    if searchtype == "notcontains" and option.datatype in NUMBERS and not option.uses_having:
        raise GlpiValidationError(
            f'notcontains on the number {option.name} finds those that are equal: use contains with "link": "AND NOT"'
        )
    return str(searchtype)


def _value(option: Option, searchtype: str, raw: Any) -> str:
    if searchtype == "empty":
        return "null"
    value = plain(raw, f"the criterion on {option.name}")
    if isinstance(value, date):
        return stored(value)
    text = str(int(value)) if isinstance(value, bool) else str(value)
    if not text.strip():
        raise GlpiValidationError(
            f"the criterion on {option.name} has an empty value, and GLPI would leave it out: use the searchtype empty"
        )
    return text
