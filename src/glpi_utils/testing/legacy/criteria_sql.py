"""Search criteria as SQL over one itemtype, called `t`: what is taken, how links and groups join."""

from __future__ import annotations

import re
from typing import Any

from glpi_utils.testing.legacy import conditions_sql, names, php, quirks
from glpi_utils.testing.legacy.conditions_sql import Comparison, Condition, Scope
from glpi_utils.testing.legacy.option_tables import Option
from glpi_utils.testing.legacy.refusals import Fatal, SqlFailed, bad_request

SOFTWARE = (
    'SELECT v.softwares_id FROM "Item_SoftwareVersion" i JOIN "SoftwareVersion" v ON v.id = i.softwareversions_id '
    "WHERE i.itemtype = 'Computer' AND i.items_id = t.id"
)
"""The software of a computer: the one relation that criteria on a second itemtype follow here."""


def check(criteria: Any, options: dict[int, Option]) -> None:
    """Check criteria as GLPI does: it stops at the first nested group and does not look at what follows."""
    for _, criterion in php.entries(criteria):
        if not php.is_named(criterion):
            raise Fatal
        if "criteria" in criterion:
            check(criterion["criteria"], options)
            return
        if any(criterion.get(key) is None for key in ("field", "searchtype", "value")):
            raise bad_request("Malformed search criteria")
        field = str(criterion["field"])
        if not re.fullmatch(r"[0-9]+", field) or int(field) not in options:
            raise bad_request("Bad field ID in search criteria")
        if options[int(field)].nosearch:
            raise bad_request("Forbidden field ID in search criteria")


def fields(criteria: Any) -> list[int]:
    """Return the columns that criteria speak of, those of a second itemtype left out."""
    numbers: list[int] = []
    for _, criterion in php.entries(criteria):
        if "criteria" in criterion:
            numbers.extend(fields(criterion["criteria"]))
        elif not php.truthy(criterion.get("meta")):
            numbers.append(php.intval(criterion.get("field")))
    return numbers


def joined(scope: Scope, criteria: Any, *, after_grouping: bool = False) -> Condition:
    """Return all criteria of one level, linked as they say, with SQL's own precedence of AND and OR.

    What is counted is compared after grouping (`after_grouping`), all else before: the two never meet in one OR.
    """
    text, args = "", list[Any]()
    for _, criterion in php.entries(criteria):
        condition = _one(scope, criterion, after_grouping=after_grouping)
        if condition is None:
            continue
        operator, _, negated = _link(criterion)
        piece = f"NOT ({condition[0]})" if "criteria" in criterion and negated else f"({condition[0]})"
        text = f"{text} {operator if operator == 'OR' else 'AND'} {piece}" if text else piece
        args.extend(condition[1])
    return text, args


def _link(criterion: dict[str, Any]) -> tuple[str, str, str]:
    return str(criterion.get("link") or "AND").upper().partition(" ")


def _one(scope: Scope, criterion: dict[str, Any], *, after_grouping: bool) -> Condition | None:
    if "criteria" in criterion:
        inner = joined(scope, criterion["criteria"], after_grouping=after_grouping)
        return inner if inner[0] else None
    option_id, value = php.intval(criterion["field"]), criterion["value"]
    comparison = Comparison(
        str(criterion["searchtype"]),
        str(int(value)) if isinstance(value, bool) else str(value),
        _link(criterion)[2] == "NOT",
    )
    if comparison.value == "" and comparison.searchtype != "empty":
        return None
    if php.truthy(criterion.get("meta")):
        if after_grouping != comparison.negated:  # a negated one is compared after grouping
            return None
        return _of_second_itemtype(scope, str(criterion.get("itemtype") or ""), option_id, comparison)
    option = scope.options.get(option_id)
    if option is None or after_grouping != option.after_grouping:
        return None
    return conditions_sql.condition(scope, option, comparison)


def _of_second_itemtype(scope: Scope, itemtype: str, option_id: int, comparison: Comparison) -> Condition:
    if (scope.itemtype, itemtype) != ("Computer", "Software"):
        table = names.table(itemtype, scope.version)
        raise quirks.search_sql_error(f"Unknown column '{table}.name' in 'SELECT'", scope.version)
    other = Scope(scope.world, itemtype, scope.user)
    option = other.options.get(option_id)
    if option is None:
        raise SqlFailed(f"Unknown column '{option_id}' in 'WHERE'")
    text, args = conditions_sql.condition(other, option, comparison.plain)
    inner = re.sub(r"\bt\.", "s.", text)
    exists = f'EXISTS (SELECT 1 FROM "Software" s WHERE s.id IN ({SOFTWARE}) AND ({inner}))'
    return (f"NOT {exists}" if comparison.negated else exists), args


def required(criteria: Any) -> list[str]:
    """Return the itemtypes that a row must have: a criterion on one is joined, whatever its link says."""
    itemtypes: list[str] = []
    for _, criterion in php.entries(criteria):
        if "criteria" in criterion:
            itemtypes.extend(required(criterion["criteria"]))
        elif php.truthy(criterion.get("meta")) and _link(criterion)[2] != "NOT":
            itemtypes.append(str(criterion.get("itemtype") or ""))
    return itemtypes
