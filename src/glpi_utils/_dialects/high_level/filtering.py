"""A filter written as RSQL, exactly, or else widened so that it can be finished here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from ..._knowledge.relations import by_id, named_by, never_zero, unfilterable
from ..._knowledge.versions import BEFORE, numbers
from ...exceptions import GlpiValidationError
from ...filters import Comparison, Every, Filter, Some
from ..shared.compared import MOMENTS, NUMBERS, settled
from ..shared.narrowing import Inexact, Narrowed, check, comparisons, conditions, stored
from ..shared.query import Keep, flag
from ..shared.shapes import is_array
from .filter_values import kind_of, kinds_of
from .rsql import CUSTOM, READ_OTHERWISE, cut, names_in

_CHUNK: Final = 500  # GLPI's lexer is quadratic: 2 500 ids take it two seconds, 20 000 kill it (11.0.6)
_COMPARES: Final = {"eq": "==", "ne": "!=", "lt": "=lt=", "le": "=le=", "gt": "=gt=", "ge": "=ge="}
_UNARY: Final = {"is_null": "=isnull=", "not_null": "=notnull="}
_LIKES: Final = {"like": "{}", "ilike": "{}", "contains": "*{}*", "startswith": "{}*", "endswith": "*{}"}
_LISTED: Final = re.compile(r"[\w.:@/+-](?:[\w .:@/+-]*[\w.:@/+-])?")
_ONE: Final = "GLPI answers 500 to a second custom field, and to an OR beside one (11.0.8)"
_SPECIAL: Final = re.compile(r"[\"';,()\\*%_\x00-\x1f]")


def filters_of(keywords: Mapping[str, Any], schema: str, *, ids_in_lists: bool = False) -> Narrowed:
    """Take texts and `F` expressions for the rows of a schema out of the keywords: RSQL texts, and what is left to do."""
    value, here = keywords.get("filter"), flag({"client_side": keywords.get("client_side")}, "client_side")
    filters: list[Any] = list(value) if is_array(value) else [] if value is None else [value]
    if not all(isinstance(each, str | Filter) for each in filters):
        raise GlpiValidationError(f"filter must be an F expression, RSQL text or a list of them, not {value!r:.80}")
    texts = [each for each in filters if isinstance(each, str) and each.strip()]
    expressions = [each for each in filters if isinstance(each, Filter)]
    named = tuple(name for text in texts for name in names_in(text))
    if not expressions:
        if here and texts:
            raise GlpiValidationError(
                "client_side=True finishes F expressions; RSQL text is the server's alone to read"
            )
        return Narrowed(texts, names=named)
    whole = expressions[0]
    for each in expressions[1:]:
        whole &= each
    sent, keep, names = narrowed(whole, schema, client_side=bool(here), ids_in_lists=ids_in_lists, beside=texts)
    return Narrowed([*texts, sent], keep, named + names)


def narrowed(
    condition: Filter, schema: str, *, client_side: bool, ids_in_lists: bool = False, beside: Sequence[str] = ()
) -> Narrowed:
    """Write a filter for the rows of a schema; what cannot be exact is refused, or with ``client_side`` finished here.

    ``ids_in_lists``: without ``id==``, which a timeline takes for the question for one item (11.0.6). ``beside``: texts
    that are sent as well.
    """
    condition = settled(condition, kinds_of(schema))
    check(condition)
    writer = _Writer(schema, ids_in_lists)
    for each in comparisons(condition):
        writer.check_id(each)
    sent: list[str] = []
    rest: list[Filter] = []
    for part in _custom_last(condition):
        why = _not_beside(part, [*beside, *sent])
        try:
            if why:
                raise Inexact(part, why)
            sent.append(writer.exact(part))
        except Inexact as problem:
            if not client_side:
                raise _refusal(problem) from None
            rest.append(part)
            sent.append("" if why else writer.wide(part))
    text = ";".join(each for each in sent if each)
    return Narrowed(text, _keep(rest, writer) if rest else None, tuple(dict.fromkeys(names_in(text))))


def nearest(name: str, text: str) -> str:
    """Write a filter for the rows whose field has this text; it finds more rows only where no quoting can hold the text."""
    return _Writer("", ids_in_lists=False).wide(Comparison(tuple(name.split(".")), "eq", text))


def nearest_path(name: str, text: str, *, ends: bool = False) -> str:
    """Write a filter for the rows whose full path has these names, or ``ends`` in them, whatever stands around the signs."""
    parts = [_widened(each.strip(), ascii_only=True) for each in text.split(">")]
    return f'{name}=ilike="{"*" * ends}{"*>*".join(parts)}"'


def _refusal(problem: Inexact) -> GlpiValidationError:
    condition = problem.condition
    elsewhere = isinstance(condition, Comparison) and condition.path[0] == "team"
    hint = "" if elsewhere else ". client_side=True asks for more and picks the rows here"
    return GlpiValidationError(f"{condition!r} cannot be asked of the server exactly: {problem}{hint}")


def _by_name(schema: str, path: tuple[str, ...]) -> str:
    """Return how an object is compared by its name; "" where none is in it, or deeper than is known."""
    known, since = named_by(schema, path[0]) if len(path) == 1 else ("", "")
    which = f" from API {since} on" if known and numbers(since) > numbers(BEFORE) else ""
    return f"; by name{which}: F.{path[0]}.{known}" if known else ""


def _custom_last(condition: Filter) -> list[Filter]:
    """Return the conditions that must all hold, those on custom fields last."""
    return sorted(conditions(condition), key=_is_custom)


def _is_custom(condition: Filter) -> bool:
    return any(each.path[0] == CUSTOM[:-1] for each in comparisons(condition))


def _not_beside(part: Filter, sent: Sequence[str]) -> str:
    """Return why a custom field cannot be compared beside what is sent already; "" where it can, and for other fields."""
    if not _is_custom(part):
        return ""
    signs = [each for text in sent for each in cut(text)]
    if any(not isinstance(each, str) and each.name.startswith(CUSTOM) for each in signs):
        return _ONE
    if not isinstance(part, Comparison) or part.operator == "not_empty" or "," in signs:
        return _ONE
    plain = 0 < len(part.values) <= _CHUNK and all(map(_listed, part.values))
    return "" if part.operator not in {"in", "not_in"} or plain else _ONE


def _keep(rest: Sequence[Filter], writer: _Writer) -> Keep:
    from ..shared.matching import matches

    whole = Every(tuple(rest))
    return lambda row: matches(whole, row, writer.place)


class _Writer:
    def __init__(self, schema: str, ids_in_lists: bool) -> None:
        self._schema, self._ids_in_lists = schema, ids_in_lists

    def place(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Return the path that is compared for a field: the id of an object."""
        return (*path, "id") if len(path) == 1 and by_id(self._schema, path[0]) else path

    def check_id(self, comparison: Comparison) -> None:
        """Refuse texts and zeros where an id stands: a text counts as its first digits, 0 is never found."""
        path = self.place(comparison.path)
        if path[-1] != "id" or comparison.operator not in {*_COMPARES, "in", "not_in"}:
            return
        for value in comparison.values:
            if isinstance(value, str) and not (value.isascii() and value.isdigit()):
                hint = _by_name(self._schema, path[:-1])
                raise GlpiValidationError(f"{comparison!r}: an id is compared here, not {value!r:.60}{hint}")
            none = value in {0, "0"} and comparison.operator in {"eq", "in"}
            if none and len(path) > 1 and never_zero(self._schema, path[-2]):
                raise GlpiValidationError(
                    f"{comparison!r}: GLPI has no 0 there; F.{'.'.join(path[:-1])}.is_null() is meant"
                )

    def exact(self, condition: Filter) -> str:
        """Write the filter that finds exactly these rows."""
        if isinstance(condition, Every | Some):
            return _group((self.exact(part) for part in condition.parts), ";" if isinstance(condition, Every) else ",")
        assert isinstance(condition, Comparison)  # noqa: S101  there are three kinds
        if why := unfilterable(self._schema, condition.path):
            raise Inexact(condition, why)
        name, operator = ".".join(self.place(condition.path)), condition.operator
        if operator in _UNARY:
            return name + _UNARY[operator]
        if operator in {"is_empty", "not_empty"}:
            return self._empty(condition, name)
        if operator in {"in", "not_in"}:
            return self._list(condition, name)
        if operator in _COMPARES:
            if operator == "eq" and self._ids_in_lists and name.endswith("id"):
                return self._list(Comparison(condition.path, "in", (condition.value,)), name)
            return name + _COMPARES[operator] + _value(condition, condition.value)
        return name + _like(condition)

    def _empty(self, comparison: Comparison, name: str) -> str:
        """Write that there is no value, no text or 0: ``=empty=`` tells 0 from nothing on GLPI 12, ``=notempty=`` finds nothing up to 11.0.6."""
        kind = kind_of(self._schema, self.place(comparison.path))
        empty = comparison.operator == "is_empty"
        unary = name + _UNARY["is_null" if empty else "not_null"]
        if kind in MOMENTS:
            return unary
        nothing = {"bool": "false", **dict.fromkeys(NUMBERS, "0")}.get(kind, '""')
        if not kind and empty:  # GLPI knows the column's kind
            return f"{name}=empty="
        return f"({unary},{name}=={nothing})" if empty else f"({unary};{name}!={nothing})"

    def wide(self, condition: Filter) -> str:
        """Write a filter that finds at least these rows; "" finds all of them."""
        if isinstance(condition, Every | Some):
            parts = [self.wide(part) for part in condition.parts]
            if isinstance(condition, Some) and not all(parts):
                return ""
            return _group([part for part in parts if part], ";" if isinstance(condition, Every) else ",")
        assert isinstance(condition, Comparison)  # noqa: S101  there are three kinds
        try:
            return self.exact(condition)
        except Inexact:
            pass
        if unfilterable(self._schema, condition.path):
            return ""
        if condition.operator == "in":
            return self.wide(Some(tuple(Comparison(condition.path, "eq", value) for value in condition.value)))
        name = ".".join(self.place(condition.path))
        if condition.operator == "eq":  # LIKE does not ignore spaces at the end, as == does
            return f'{name}=ilike="{_widened(condition.value.rstrip(" "), ascii_only=True)}*"'
        if condition.operator in _LIKES:
            kind = "like" if condition.operator == "like" else "ilike"
            return f'{name}={kind}="{_LIKES[condition.operator].format(_wildcards(condition))}"'
        return f"{name}=notnull="

    def _list(self, comparison: Comparison, name: str) -> str:
        """Write a list: plain values in chunks of =in=, and a comparison for each value that its CSV rules would change."""
        every = comparison.operator == "not_in"
        if not comparison.value:
            return f"({name}=isnull={',' if every else ';'}{name}=notnull=)"
        values = list(dict.fromkeys(comparison.value))
        plain = [each for each in values if _listed(each)]
        sign = "=out=" if every else "=in="
        parts = [
            f"{name}{sign}({','.join(_value(comparison, each) for each in plain[at : at + _CHUNK])})"
            for at in range(0, len(plain), _CHUNK)
        ]
        compare = "!=" if every else "=="
        parts += [name + compare + _value(comparison, each) for each in values if not _listed(each)]
        return _group(parts, ";" if every else ",")


def _group(parts: Iterable[str], sign: str) -> str:
    texts = list(parts)
    return texts[0] if len(texts) == 1 else f"({sign.join(texts)})" if texts else ""


def _listed(value: Any) -> bool:
    """Check whether a value can stand unchanged in a list of =in=; GLPI reads no yes or no there."""
    if isinstance(value, str):
        return _LISTED.fullmatch(value) is not None
    return not isinstance(value, bool)


def _value(comparison: Comparison, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f'"{stored(value, up=comparison.operator in {"lt", "ge"})}"'
    if isinstance(value, date):
        return stored(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str):
        return _quoted(comparison, value)
    from decimal import Decimal

    return format(Decimal(str(value)), "f")


def _quoted(comparison: Comparison, text: str) -> str:
    """Quote a text for the lexer, which knows two kinds of quotes and no escape for a quote."""
    if text.lower() == "null":
        raise Inexact(comparison, "GLPI takes the text null for no value")
    if re.search(r"[\x00-\x08\x0a-\x1f]", text):
        raise Inexact(comparison, "a line break or control character is not known to get through the server's lexer")
    if READ_OTHERWISE.search(text):
        raise Inexact(
            comparison,
            "a backslash before another, one of ; , ( ), a quote or the end is read in two ways by releases of GLPI",
        )
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    bare = text == text.strip() and text[0] not in "\"'(" and text[-1] != "\\"
    if bare and not set(text) & set(";,)"):
        return text
    raise Inexact(
        comparison, "with both kinds of quotes in it, and a ; , ) or one of the quotes at its start, no quoting is left"
    )


def _like(comparison: Comparison) -> str:
    """Write a pattern. ``*`` stands for any text; a literal ``*`` or ``_`` cannot be written."""
    if comparison.operator not in _LIKES:
        raise Inexact(comparison, "GLPI 11.0.6 has no operator for what does not match a pattern")
    pattern = comparison.operator in {"like", "ilike"}
    if wild := set(comparison.value) & set("%\\" if pattern else "%\\*_"):
        signs = " ".join(sorted(wild))
        hint = "" if pattern else '; where any character will do in its place: .ilike("*a_b*")'
        raise Inexact(
            comparison, f"{signs} cannot be written in a pattern there: GLPI takes it for a wildcard or loses it{hint}"
        )
    kind = "like" if comparison.operator == "like" else "ilike"
    return f"={kind}={_quoted(comparison, _LIKES[comparison.operator].format(comparison.value))}"


def _wildcards(comparison: Comparison) -> str:
    """Return a pattern with a wildcard in place of each character that cannot be written; its own wildcards stay."""
    if comparison.operator in {"like", "ilike"}:
        return "*".join(_widened(part) for part in comparison.value.split("*"))
    return _widened(comparison.value)


def _widened(text: str, *, ascii_only: bool = False) -> str:
    wide = _SPECIAL.sub("_", text)
    if text.lower() == "null":
        wide = f"{wide[:-1]}_"
    return re.sub(r"[^\x00-\x7f]+", "*", wide) if ascii_only else wide
