"""`F` expressions as criteria of the search engine, where these find exactly the same rows; else refused with the reason.

A group behind ``AND NOT`` is negated as the database negates, so that null is found by neither side; GLPI's own
negations (``notcontains``, ``AND NOT`` before one criterion) find null too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any, Final

from ..._conditions import OPPOSITE
from ..._knowledge.named_values import names_of
from ...exceptions import GlpiValidationError
from ...filters import Comparison, Every, Filter, Some
from ..shared.compared import with_sets
from ..shared.narrowing import Inexact, check, comparisons, stored
from ..shared.shapes import is_id
from ..shared.values import Wrong, member
from .filtering import TEXTS, check_ends
from .search_options import NUMBERS, SCALES, Option, Options

Item = dict[str, Any]
_TEXT_TYPES: Final = frozenset({"string", "text", "itemlink", "email", "weblink", "mac"})
_CHOICES: Final = frozenset({"specific", "bool", "itemtypename"})
_MOMENTS: Final = frozenset({"date", "datetime", "date_delay"})
_SIGNS: Final = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_NEGATIVE: Final = frozenset(OPPOSITE) - frozenset(
    "eq lt le gt ge in is_null is_empty like ilike contains startswith endswith under".split()
)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?")


class Filters:
    """Renders filters for one itemtype; what they speak of is put into ``used``."""

    def __init__(self, options: Options, used: list[Option]) -> None:
        self._options, self._used = options, used

    def criterion(self, condition: Filter, *, alone: bool) -> Item:
        """Return one criterion. ``alone``: nothing around it is joined by OR."""
        check(condition)
        try:
            return self._any(condition, "AND", alone=alone)
        except Inexact as problem:
            raise GlpiValidationError(
                f"{problem.condition!r} is nothing that GLPI's search engine finds exactly: {problem}"
            ) from None

    def _any(self, condition: Filter, link: str, *, alone: bool) -> Item:
        if isinstance(condition, Every):
            self._check_shared(condition)
            return _group(link, [self._any(part, "AND", alone=alone) for part in condition.parts])
        if isinstance(condition, Some):
            return _group(link, [self._any(part, "OR", alone=False) for part in condition.parts])
        assert isinstance(condition, Comparison)  # noqa: S101  there are three kinds
        option = self._option(condition)
        if option.uses_having and not alone:
            raise Inexact(condition, "GLPI counts after it has looked at all else, so that OR would mean AND here")
        if condition.operator not in _NEGATIVE:
            return self._positive(condition, option, link)
        if option.several and condition.operator not in {"not_null", "not_empty"}:
            raise Inexact(
                condition,
                f"an item may have several {option.name}, and whether one or all of them are meant is not said: "
                'write the criterion as a dict, with "link": "AND NOT" (none of them)',
            )
        return _group(f"{link} NOT", [self._positive(~condition, option, "AND")])

    def _option(self, comparison: Comparison) -> Option:
        option = self._options.find(".".join(comparison.path))
        if not option.searchable:
            raise Inexact(comparison, f"GLPI does not search by {option.name} ({option.number})")
        self._used.append(option)
        return option

    def _check_shared(self, condition: Every) -> None:
        """Refuse two conditions on values that hang off an item in rows of their own: GLPI wants one row to meet both."""
        seen: dict[str, Filter] = {}
        for part in condition.parts:
            for path in {each.path for each in comparisons(part)}:
                option = self._options.find(".".join(path))
                if not option.several or option.apart or option.uses_having:
                    continue
                if seen.setdefault(option.table, part) is not part:
                    raise Inexact(
                        condition,
                        f"one and the same {option.uid.rpartition('.')[0]} would have to meet both conditions",
                    )

    def _positive(self, comparison: Filter, option: Option, link: str) -> Item:
        assert isinstance(comparison, Comparison)  # noqa: S101  the opposite of a comparison is one
        comparison = with_sets(comparison, self._names(option))
        if comparison.operator == "under":
            return _below(comparison, option, link)
        if comparison.operator == "in":
            return self._one_of(comparison, option, link)
        comparison = self._by_name(comparison, option)
        kinds: tuple[tuple[bool, Callable[[Comparison, Option, str], Item]], ...] = (
            (option.datatype in NUMBERS, _number),
            (option.uses_having, _unknown),
            (option.is_relation, self._relation),
            (option.own and option.datatype == "specific" and option.field in SCALES, _scale),
            (option.datatype in _CHOICES and "equals" in option.searchtypes, _choice),
            (option.datatype in _MOMENTS, _moment),
            (option.datatype in _TEXT_TYPES and "contains" in option.searchtypes, self._text),
        )
        render = next((each for fits, each in kinds if fits), _unknown)
        return render(comparison, option, link)

    def _by_name(self, comparison: Comparison, option: Option) -> Comparison:
        """Put the number for the name of a member, such as "closed", of the item's own status, type, urgency, ..."""
        names = self._names(option)
        value = comparison.value
        if names is None or not isinstance(value, str):
            return comparison
        try:
            return Comparison(comparison.path, comparison.operator, member(value, names))
        except Wrong as why:
            raise Inexact(comparison, str(why)) from None

    def _names(self, option: Option) -> type[IntEnum] | None:
        """Return what names the numbers of a column of the item's own."""
        limited = option.datatype == "specific" and option.field in {*SCALES, "global_validation"}
        return names_of(self._options.itemtype, option.field, limited=limited) if option.own else None

    def _one_of(self, comparison: Comparison, option: Option, link: str) -> Item:
        if comparison.values:
            parts = [Comparison(comparison.path, "eq", value) for value in comparison.values]
            return _group(link, [self._positive(part, option, "OR") for part in parts])
        number = self._options.id
        if number is None:
            raise Inexact(comparison, "there is no id to say 'nothing' with")
        return _criterion(link, number, "contains", "<0")

    def _relation(self, comparison: Comparison, option: Option, link: str) -> Item:
        if comparison.operator in {"is_null", "is_empty"}:
            if option.table == "glpi_entities":
                raise Inexact(comparison, "every item has an entity, and 0 is the root")
            if option.several and not option.apart:
                raise Inexact(comparison, "the search engine finds only what hangs off an item, not that nothing does")
            return _criterion(link, option, "equals", "0")
        value = comparison.value
        if comparison.operator == "eq" and isinstance(value, int) and not isinstance(value, bool):
            return _criterion(link, option, "equals", str(value))
        if option.table == "glpi_users":
            raise Inexact(
                comparison,
                "a user is compared by id, ==, in_ and is_null: by text GLPI looks at login, names and mail addresses "
                "alike (a criterion as a dict may do that)",
            )
        return self._text(comparison, option, link)

    def _text(self, comparison: Comparison, option: Option, link: str) -> Item:
        if comparison.operator == "is_null":
            return _criterion(f"{link} NOT", option, "contains", "^")
        if comparison.operator == "is_empty":
            return _criterion(link, option, "empty", "null")
        if comparison.operator not in TEXTS:
            raise Inexact(
                comparison, "a text is compared by ==, in_, contains, startswith, endswith, is_null and is_empty"
            )
        text = _words(comparison, option, modern=self._options.modern)
        return _criterion(link, option, "contains", TEXTS[comparison.operator].format(text))


def _below(comparison: Comparison, option: Option, link: str) -> Item:
    """Match an item of a tree and all below it."""
    if "under" not in option.searchtypes or not is_id(comparison.value):
        raise Inexact(comparison, f"{option.name} holds no items of a tree")
    return _criterion(link, option, "under", str(comparison.value))


def _words(comparison: Comparison, option: Option, *, modern: bool) -> str:
    text = comparison.value
    if not isinstance(text, str):
        raise Inexact(comparison, f"this column holds text, and is not compared with {text!r:.40}")
    check_ends(comparison, text)
    if text.upper() == "NULL":
        raise Inexact(comparison, "GLPI takes this text for no value")
    if match := re.search(r"[%\x00-\x1f\x7f]", text):
        raise Inexact(comparison, f"{match[0]!r} is a wildcard there, or is not found at all")
    kept = text.replace(" > ", "") if option.field == "completename" else text  # which joins the names in a tree
    if not modern and (match := re.search(r"[<>#;]", kept)):
        raise Inexact(comparison, f"GLPI 10 keeps {match[0]!r} in another form, which its search engine does not find")
    if not modern and comparison.operator == "contains" and any(text in form for form in ("60", "62", "38")):
        raise Inexact(comparison, "GLPI 10 keeps <, > and & as &#60;, &#62; and &#38;, and would find it in these")
    return text


def _number(comparison: Comparison, option: Option, link: str) -> Item:
    if comparison.operator == "is_empty" and not option.uses_having:
        return _criterion(link, option, "empty", "null")
    value, operator = comparison.value, comparison.operator
    if operator not in {"eq", *_SIGNS}:
        raise Inexact(comparison, "a number is compared by ==, <, <=, >, >=, in_ and, where it is no count, is_empty")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Inexact(comparison, f"this column holds a number, and is not compared with {value!r:.40}")
    text = format(Decimal(str(value)), "f")
    if operator != "eq":
        return _criterion(link, option, "contains", _SIGNS[operator] + text)
    if not option.loose and isinstance(value, int):
        return _criterion(link, option, "contains", text)
    return _group(link, [_criterion("AND", option, "contains", sign + text) for sign in (">=", "<=")])


def _choice(comparison: Comparison, option: Option, link: str) -> Item:
    value = comparison.value
    if comparison.operator == "is_empty":
        return _criterion(link, option, "empty", "null")
    if comparison.operator != "eq":
        raise Inexact(
            comparison, "this column is compared by ==, !=, in_ and is_empty only: name the values with in_([...])"
        )
    if option.datatype == "itemtypename" and isinstance(value, str) and value:
        return _criterion(link, option, "equals", value)
    if not isinstance(value, int) or option.datatype == "itemtypename":
        raise Inexact(comparison, f"this column is compared with a number, not with {value!r:.40}")
    if option.field in SCALES and value < 1:
        raise Inexact(comparison, "GLPI takes 0 and less for 'at least' here, and it begins at 1")
    return _criterion(link, option, "equals", str(int(value)))


def _scale(comparison: Comparison, option: Option, link: str) -> Item:
    """Urgency, impact, priority: GLPI writes "4 or more" as -4."""
    value, operator = comparison.value, comparison.operator
    if operator == "eq":
        return _choice(comparison, option, link)
    if operator not in _SIGNS:
        raise Inexact(comparison, "this column is compared by ==, <, <=, >, >= and in_")
    if isinstance(value, bool) or not isinstance(value, int):
        raise Inexact(comparison, f"this column is compared with a number, not with {value!r:.40}")
    least = value + 1 if operator in {"gt", "le"} else value
    if least < 1:
        raise Inexact(comparison, "it begins at 1")
    way = f"{link} NOT" if operator in {"lt", "le"} else link
    return _group(way, [_criterion("AND", option, "equals", str(-least))])


def _moment(comparison: Comparison, option: Option, link: str) -> Item:
    operator = comparison.operator
    if operator in {"is_null", "is_empty"}:
        return _criterion(link, option, "empty", "null")
    if operator not in {"eq", *_SIGNS}:
        raise Inexact(comparison, "a time is compared by ==, <, <=, >, >=, in_ and is_null")
    value = comparison.value
    if not isinstance(value, date) and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise Inexact(
            comparison, f'a time is a datetime, a date, or a text like "2026-01-31 10:00:00", not {value!r:.40}'
        )
    if operator == "eq":
        text = stored(value) if isinstance(value, date) else value
        sides = [_criterion("OR", option, way, text) for way in ("lessthan", "morethan")]
        return _group(f"{link} NOT", sides)
    text = stored(value, up=operator in {"lt", "ge"}) if isinstance(value, datetime | date) else value
    if operator in {"lt", "gt"}:
        return _criterion(link, option, "lessthan" if operator == "lt" else "morethan", text)
    return _group(f"{link} NOT", [_criterion("AND", option, "lessthan" if operator == "ge" else "morethan", text)])


def _unknown(comparison: Comparison, option: Option, _link: str) -> Item:
    kind = option.datatype or "none that GLPI names"
    raise Inexact(
        comparison,
        f"what it means for the column {option.name} (kind: {kind}) is not known for sure: write the criterion as a dict",
    )


def _criterion(link: str, option: Option, searchtype: str, value: str) -> Item:
    return {"link": link, "field": option.number, "searchtype": searchtype, "value": value}


def _group(link: str, criteria: list[Item]) -> Item:
    if len(criteria) == 1 and not link.endswith("NOT") and not criteria[0]["link"].endswith("NOT"):
        return {**criteria[0], "link": link}
    return {"link": link, "criteria": criteria}
