"""Makes a filter safe to send: in parentheses, and written so that every version of GLPI's lexer reads it alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...exceptions import GlpiValidationError

UNARY = frozenset({"=isnull=", "=notnull=", "=empty=", "=notempty="})
ALWAYS = "id=ge=0"
"""What every row meets: entity 0 is one."""
CUSTOM = "custom_fields."
_LISTS = frozenset({"=in=", "=out="})
_COMPARISON = re.compile(r"[^=!();,'\"]+?(==|!=|=[A-Za-z]+=)")
READ_OTHERWISE = re.compile(r"\\(?=[\\;,()'\"]|$)")
"""A backslash before another, a sign, a quote or the end of a value: a newer lexer takes some for escapes (#25318)."""


class Part(NamedTuple):
    """One comparison of a filter; a unary one without a value."""

    name: str
    operator: str
    value: str

    @property
    def text(self) -> str:
        """Return it as it is sent."""
        return self.name + self.operator + self.value

    @property
    def unary(self) -> bool:
        """Return whether it takes no value."""
        return self.operator in UNARY


def joined(filters: Iterable[str], always: str = ALWAYS) -> str:
    """Join filters that must all hold, each in its own parentheses; empty ones are left out.

    Without parentheses the first branch of a top-level OR escapes the restriction to the entity, the parent or the id
    (up to 11.0.11), and from 11.0.7 on a misspelt property gives every row. Up to 11.0.8 ``=isnull=``
    needs a value before ``)``; later versions refuse a value there. ``(x=isnull=;id=ge=0)`` is right on all of them. ``always`` is what every
    row of a list without ids meets.

    A custom field's comparison stands last and without parentheses, where all conditions must hold. GLPI 11.0.8 answers
    500 where any condition beside it has parentheses, 11.0.6 where it has them itself, both to a second custom field.

    >>> joined(["name==a,name==b", "date_solve=isnull=1"])
    '(name==a,name==b);(date_solve=isnull=;id=ge=0)'
    >>> joined(["custom_fields.colour==red;(name=empty=)"])
    'name=empty=;custom_fields.colour==red'
    """
    texts = [cut(each) for each in filters if each]
    for text in texts:
        _check_backslashes(text)
    if written := _with_custom(texts, always):
        return written
    return ";".join(_grouped(each, always) for each in texts)


def beside(text: str, conditions: Sequence[str]) -> str:
    """Add conditions that must hold as well to what `joined` gave.

    >>> beside("(name==a)", ["id=ge=5"]), beside("custom_fields.a==1", ["id=ge=5"]), beside("", ["id=ge=5"])
    ('(name==a);(id=ge=5)', 'id=ge=5;custom_fields.a==1', '(id=ge=5)')
    """
    more = ";".join(conditions)
    if not text or not more:
        return text or (more and f"({more})")
    return f"{text};({more})" if text.startswith("(") else f"{more};{text}"


def _with_custom(texts: Sequence[Sequence[Part | str]], always: str) -> str:
    """Write filters that compare one custom field; nothing where that cannot be put last.

    Where something is joined by OR, parentheses are needed for it: that is right up to 11.0.6 at least.
    """
    parts = [each for text in texts for each in text if isinstance(each, Part)]
    custom = [each for each in parts if each.name.startswith(CUSTOM)]
    if len(custom) != 1:
        return ""
    if all("," not in text for text in texts):
        return ";".join([*(each.text for each in parts if each is not custom[0]), custom[0].text])
    groups = [part for text in texts for part in (_conditions(text) if custom[0] in text else [text])]
    if [custom[0]] not in groups:
        return ""
    return ";".join([*(_grouped(each, always) for each in groups if each != [custom[0]]), custom[0].text])


def _conditions(text: Sequence[Part | str]) -> list[Sequence[Part | str]]:
    """Split a filter into the conditions that must all hold; one part where there is an OR at its top."""
    parts: list[list[Part | str]] = [[]]
    depth = 0
    for each in text:
        depth += (each == "(") - (each == ")")
        if not depth and each == ",":
            return [text]
        if not depth and each == ";":
            parts.append([])
        else:
            parts[-1].append(each)
    return [each for each in parts if each]


def _grouped(text: Sequence[Part | str], always: str) -> str:
    out: list[str] = []
    for at, each in enumerate(text):
        if isinstance(each, str):
            out.append(each)
        elif each.unary and not _is_made_safe(text, at, always):
            out.append(f"({each.text};{always})")
        else:
            out.append(each.text)
    written = "".join(out)
    return written if _is_one_group(text) or (len(text) == 1 and out[0][0] == "(") else f"({written})"


def _is_made_safe(text: Sequence[Part | str], at: int, always: str) -> bool:
    """Check whether a unary comparison stands in its own parentheses with one that always holds, as written here."""
    group = [each if isinstance(each, str) else each.text for each in text[max(0, at - 1) : at + 4]]
    return [group[0], *group[2:]] == ["(", ";", always, ")"]


def _is_one_group(text: Sequence[Part | str]) -> bool:
    """Check whether the first parenthesis is closed by the last."""
    depth = 0
    for at, each in enumerate(text):
        depth += (each == "(") - (each == ")")
        if not depth:
            return each == ")" and at == len(text) - 1
    return False


def names_in(text: str) -> list[str]:
    """Return the properties that a filter names, in their order; what is quoted is no name.

    >>> names_in('(name=="a;b==c",status.id=in=(1,2));date_mod=isnull=')
    ['name', 'status.id', 'date_mod']
    """
    return [each.name for each in cut(text) if isinstance(each, Part)]


def cut(text: str) -> list[Part | str]:
    """Cut a filter into comparisons and the signs between them, checking that parentheses close what was opened here."""
    out: list[Part | str] = []
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
        part, at = _comparison(text, at)
        out.append(part)
    if depth:
        raise GlpiValidationError(f"the filter leaves a parenthesis open: {text!r:.200}")
    return out


def _comparison(text: str, at: int) -> tuple[Part, int]:
    """Return the comparison at a position, and where it ends."""
    match = _COMPARISON.match(text, at)
    if not match:
        raise GlpiValidationError(
            f"the filter has no comparison (name==value) at {text[at : at + 40]!r}; operators are "
            "== != =in=(a,b) =out=(a,b) =lt= =le= =gt= =ge= =like= =ilike= =isnull= =notnull= =empty="
        )
    operator, end = match[1], _value_end(text, match.end(), match[1])
    value = "" if operator in UNARY else text[match.end() : end]  # a value is ignored there, or refused
    return Part(match[0].removesuffix(operator), operator, value), end


def _check_backslashes(text: Iterable[Part | str]) -> None:
    """Refuse a value that GLPI's lexers would not read alike."""
    for each in text:
        if isinstance(each, Part) and each.operator not in _LISTS and READ_OTHERWISE.search(each.value):
            raise GlpiValidationError(
                "a backslash before another, one of ; , ( ), a quote or the end is read in two ways by releases of GLPI: "
                f"{each.text!r:.80}; an F expression with client_side=True finds such a text on all"
            )


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
