"""Making a filter safe to send: in parentheses, unary operators with a value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...exceptions import GlpiValidationError

_UNARY = frozenset({"=isnull=", "=notnull=", "=empty=", "=notempty="})
CUSTOM = "custom_fields."
_LISTS = frozenset({"=in=", "=out="})
_COMPARISON = re.compile(r"[^=!();,'\"]+?(==|!=|=[A-Za-z]+=)")


def wrapped(text: str) -> str:
    """Put a filter in parentheses.

    Without them the first branch of a top-level OR escapes the restriction to the entity, the
    parent or the id (up to 11.0.11), and from 11.0.7 on a misspelt property gives every row.
    A unary operator before ``)`` breaks the lexer, so each gets a value, which is ignored.

    A custom field's comparison stays outside, behind the rest, where all conditions must hold: GLPI finds by it alone,
    once, and answers 500 to it inside parentheses and in the middle (11.0.6).

    >>> wrapped("name==a,name==b"), wrapped("custom_fields.colour==red;name=empty=")
    ('(name==a,name==b)', '(name=empty=1);custom_fields.colour==red')
    """
    return joined([text])


def joined(filters: Iterable[str]) -> str:
    """Join filters that must all hold, each in its own parentheses; empty ones are left out."""
    groups: list[str] = []
    behind: list[str] = []
    for each in filters:
        if not each:
            continue
        whole = _with_values(each)
        parts = _all_of(whole) if CUSTOM in whole else []
        behind += [part for part in parts if part.startswith(CUSTOM)]
        rest = ";".join(part for part in parts if not part.startswith(CUSTOM)) if parts else whole
        groups += [f"({rest})"] if rest else []
    return ";".join(groups + behind)


def _all_of(text: str) -> list[str]:
    """Part a filter into what must hold together; nothing where there is an OR at its top."""
    parts: list[str] = []
    start, at, depth = 0, 0, 0
    while at < len(text):
        sign = text[at]
        if sign not in "();,":
            at = _comparison(text, at)[2]
            continue
        depth += (sign == "(") - (sign == ")")
        if not depth and sign == ",":
            return []
        if not depth and sign == ";":
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def names_in(text: str) -> list[str]:
    """Give the properties that a filter names, in their order; what is quoted is no name.

    >>> names_in('(name=="a;b==c",status.id=in=(1,2));date_mod=isnull=')
    ['name', 'status.id', 'date_mod']
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        if text[at] in "();,":
            at += 1
            continue
        name, _, at = _comparison(text, at)
        found.append(name)
    return found


def _with_values(text: str) -> str:
    """Walk over the comparisons, checking that parentheses close what was opened here."""
    out: list[str] = []
    at, depth = 0, 0
    while at < len(text):
        sign = text[at]
        if sign in "();,":
            depth += (sign == "(") - (sign == ")")
            if depth < 0:
                raise GlpiValidationError(f"the filter closes a parenthesis that it never opened: {text!r:.200}")
            out.append(sign)
            at += 1
            continue
        name, rest, at = _comparison(text, at)
        out += [name, rest]
    if depth:
        raise GlpiValidationError(f"the filter leaves a parenthesis open: {text!r:.200}")
    return "".join(out)


def _comparison(text: str, at: int) -> tuple[str, str, int]:
    """Read one: its property, its operator with the value, and where it ends."""
    found = _COMPARISON.match(text, at)
    if not found:
        raise GlpiValidationError(
            f"the filter has no comparison (name==value) at {text[at : at + 40]!r}; operators are "
            "== != =in=(a,b) =out=(a,b) =lt= =le= =gt= =ge= =like= =ilike= =isnull= =notnull= =empty="
        )
    operator, end = found[1], _value_end(text, found.end(), found[1])
    value = text[found.end() : end]
    if operator in _UNARY and not value:
        value = "1"
    return found[0].removesuffix(operator), operator + value, end


def _value_end(text: str, at: int, operator: str) -> int:
    """Find where the lexer ends a value: the list's ``)``, the same quote, or the next ``;`` ``,`` ``)``."""
    if operator in _LISTS and text[at : at + 1] == "(":
        end = text.find(")", at)
        if end < 0:
            raise GlpiValidationError(f"the filter leaves a list open: {text[at : at + 40]!r}")
        return end + 1
    if text[at : at + 1] in ('"', "'"):
        end = text.find(text[at], at + 1)
        if end < 0:
            raise GlpiValidationError(f"the filter leaves a quote open: {text[at : at + 40]!r}")
        return end + 1
    while at < len(text) and text[at] not in ";,)":
        at += 1
    return at
