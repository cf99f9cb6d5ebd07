"""A filter written as searchText, where that means the same; else refused, or finished here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

from ..._knowledge.legacy_columns import columns_of
from ..._knowledge.named_values import names_of
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiValidationError
from ...filters import Comparison, Filter
from ..shared.compared import FLAGS, Kinds, Path, settled
from ..shared.narrowing import Inexact, Narrowed, check, comparisons, conditions, has_offset, stored
from ..shared.query import flag
from .vocabulary import names_for, with_columns

TEXTS: Final = {"eq": "^{}$", "contains": "{}", "startswith": "^{}", "endswith": "{}$"}
_DATED: Final = re.compile(r"(?:.*_)?(?:date|begin|end)(?:_.*)?|[a-z]*date|last_login|time_to_[a-z]+")
"""What columns with dates are called."""
_UNSAFE: Final = re.compile(r"[%_\\<>&#;\x00-\x1f]")
"""Wildcards of LIKE, and what GLPI 10 keeps in another form than the one it shows."""


def texts_of(keywords: dict[str, Any], itemtype: str = "") -> Narrowed:
    """Take ``filter`` and ``client_side`` out of the keywords, and put what they mean into ``searchText``."""
    condition, here = keywords.pop("filter", None), flag(keywords, "client_side")
    if condition is None:
        return Narrowed(keywords.get("searchText"))
    if not isinstance(condition, Filter):
        raise GlpiValidationError(
            f"filter must be an F expression, not {condition!r:.60}: RSQL is the High-Level API's; "
            'use searchText={"name": "text"}, or search_rows()'
        )
    condition = settled(with_columns(condition, itemtype), kinds_of(itemtype))
    check(condition)
    if has_offset(condition, lambda path: _DATED.fullmatch(path[-1]) is not None):
        raise GlpiValidationError(
            f"{condition!r}: GLPI compares with the server's wall clock and knows no offset: give the client "
            "timezone='Europe/Paris' (the server's), or leave the offset out"
        )
    texts: dict[str, Any] = dict(keywords.get("searchText") or {})
    rest: list[Filter] = []
    for part in conditions(condition):
        try:
            column, text = _exact(part)
            if column in texts:
                raise Inexact(part, f"searchText takes one text for {column!r}")
            texts[column] = text
        except Inexact as problem:
            if not here:
                reason = f"{problem.condition!r} is nothing that a legacy list can be narrowed by: {problem}"
                raise GlpiValidationError(f"{reason}. {_elsewhere(problem.condition)}") from None
            rest.append(part)

    def keep(row: dict[str, Any]) -> bool:
        from ..shared.matching import matches

        for each in (each for part in rest for each in comparisons(part)):
            _require(each, row, itemtype)
        return all(matches(part, row, lambda path: path) for part in rest)

    return Narrowed(texts or None, keep if rest else None)


def _elsewhere(condition: Filter) -> str:
    """Return the call that finds by a condition which a list cannot be narrowed by."""
    paths = [each.path for each in comparisons(condition)]
    if any(path[0] == "team" for path in paths):
        return "search_rows() finds people by F.assigned == 4, F.requester, F.observer and their groups"
    if any(len(path) > 1 for path in paths):
        return "search_rows() has columns of other tables, by their names: search_options() lists them"
    return "search_rows() asks GLPI's search engine by the same filter; client_side=True reads all rows and picks them here"


def _require(comparison: Comparison, row: Mapping[str, Any], itemtype: str) -> None:
    """Refuse a column that the rows do not have: none of them would match, whatever is meant."""
    first, *inside = comparison.path
    if first not in row or (inside and not isinstance(row[first], Mapping)):
        name = ".".join(comparison.path)
        near = did_you_mean(near_names(first, names_for(itemtype, row))) or f"they have {', '.join(sorted(row)):.300}"
        hint = _elsewhere(comparison) if inside or first == "team" else near
        raise GlpiValidationError(f"{comparison!r}: the rows of this list have no {name!r:.60}: {hint}")


def kinds_of(itemtype: str) -> Kinds:
    """Return what is known of the columns of an itemtype; a number may be a yes or no."""
    columns = columns_of(itemtype) or {}

    def kind(path: Path) -> str:
        column_kind = columns[path[0]].kind if len(path) == 1 and path[0] in columns else ""
        whole = (
            column_kind == "int"
            or path == ("id",)
            or (not column_kind and len(path) == 1 and path[0].startswith("is_"))
        )
        return FLAGS if whole else column_kind

    def names(path: Path) -> type[IntEnum] | None:
        column = columns.get(path[0]) if len(path) == 1 else None
        return None if column is None else names_of(itemtype, path[0], limited=bool(column.values))

    return Kinds(kind, names)


def _exact(condition: Filter) -> tuple[str, str]:
    """Return the column and the text that find exactly these rows."""
    if not isinstance(condition, Comparison):
        raise Inexact(condition, "its conditions hold all together, there is no OR")
    if len(condition.path) != 1:
        raise Inexact(condition, "a list knows only the columns of the item's own table")
    column = condition.path[0]
    if column == "is_deleted":
        raise GlpiValidationError(
            "legacy lists keep the trash apart: include_deleted=True, or is_deleted=True for it alone"
        )
    if condition.operator not in TEXTS:
        raise Inexact(condition, "there is equality, contains, startswith and endswith only, and no negation")
    return column, TEXTS[condition.operator].format(_text(condition))


def _text(comparison: Comparison) -> str:
    value = comparison.value
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, datetime):
        return stored(value)
    if not isinstance(value, str):
        raise Inexact(comparison, f"a {type(value).__name__} is compared as text there, and its text has several forms")
    check_ends(comparison, value)
    if match := _UNSAFE.search(value):
        raise Inexact(comparison, f"{match[0]!r} is a wildcard there, or kept in another form by GLPI 10")
    return value


def check_ends(comparison: Comparison, text: str) -> None:
    """Refuse a text that GLPI would read as a pattern, or would cut."""
    if not text or text != text.strip() or text[0] == "^" or text[-1] == "$":
        raise Inexact(
            comparison, "an empty text, spaces around it, a ^ before or a $ behind it mean something else there"
        )


def checked_texts(text: Any) -> None:
    """Refuse what GLPI ignores in place of the texts to search for."""
    if text is not None and not isinstance(text, Mapping):
        raise GlpiValidationError(f'searchText must be a dict, {{"name": "text"}}: GLPI ignores {text!r:.60}')
