"""The language itself: what an expression is, how it shows itself, what it refuses."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from glpi_utils import F, Filter, GlpiValidationError, TicketStatus, filters
from glpi_utils.filters import Comparison, Every, Some


class Colour(Enum):
    RED = "red"


SHOWN: list[tuple[Any, str]] = [
    (F, "F"),
    (F.category.name, "F.category.name"),
    (F["status.id"], "F.status.id"),
    (F["like"], "F['like']"),
    (F.a["like"], "F['a.like']"),
    (F.status == 1, "(F.status == 1)"),
    (F.name != "x", "(F.name != 'x')"),
    (F.date >= date(2026, 1, 31), "(F.date >= datetime.date(2026, 1, 31))"),
    (F.a < 1, "(F.a < 1)"),
    (F.a <= 1.5, "(F.a <= 1.5)"),
    (F.a > Decimal("1.50"), "(F.a > Decimal('1.50'))"),
    (F.status.in_([1, TicketStatus.ASSIGNED]), "F.status.in_([1, 2])"),
    (F.status.not_in(n for n in (1, 2)), "F.status.not_in([1, 2])"),
    (F.name.like("a*"), "F.name.like('a*')"),
    (~F.name.contains("a"), "~F.name.contains('a')"),
    (~~F.name.contains("a"), "F.name.contains('a')"),
    (~F.name.is_empty(), "~F.name.is_empty()"),
    (~F.name.is_null(), "F.name.not_null()"),
    (F.name == None, "F.name.is_null()"),  # noqa: E711
    (F.name != None, "F.name.not_null()"),  # noqa: E711
    (F.colour == Colour.RED, "(F.colour == 'red')"),
    (F.category == {"id": 5, "name": "Printers"}, "(F.category == 5)"),
    (~(F.a < 1), "(F.a >= 1)"),
    (~(F.a.in_([1]) | (F.b == 2) & (F.c > 3)), "F.a.not_in([1]) & ((F.b != 2) | (F.c <= 3))"),
    ((F.a == 1) & (F.b == 2) & (F.c == 3) | (F.d == 4), "((F.a == 1) & (F.b == 2) & (F.c == 3)) | (F.d == 4)"),
]


@pytest.mark.parametrize(("expression", "text"), SHOWN, ids=[text for _, text in SHOWN])
def test_an_expression_shows_itself_as_it_is_written(expression: object, text: str) -> None:
    assert repr(expression) == text


@pytest.mark.parametrize("text", [text for _, text in SHOWN if text.startswith(("F", "(F", "~F", "((F"))])
def test_what_is_shown_can_be_evaluated(text: str) -> None:
    import datetime as dt

    assert repr(eval(text, {"F": F, "datetime": dt, "Decimal": Decimal})) == text


def test_the_tree_is_flat_and_can_not_be_changed() -> None:
    one, two, three = F.a == 1, F.b == 2, F.c == 3
    both = one & two & three
    assert both == Every((Comparison(("a",), "eq", 1), Comparison(("b",), "eq", 2), Comparison(("c",), "eq", 3)))
    assert (one | (two | three)) == Some((one, two, three))
    assert hash(both) == hash(one & (two & three))
    with pytest.raises(AttributeError):
        both.parts = ()
    with pytest.raises(AttributeError):
        F.name._path = ("b",)


def test_python_operators_bind_as_one_reads() -> None:
    one, two, three = F.a.is_null(), F.b.is_null(), F.c.is_null()
    assert (one & two | ~three) == Some((Every((one, two)), F.c.not_null()))
    assert (one | two & three) == Some((one, Every((two, three))))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: (F.a == 1) and (F.b == 2),
        lambda: not F.a.is_null(),
        lambda: 1 if F.a == 1 else 2,
        lambda: 1 < F.a < 5,
    ],
)
def test_a_filter_has_no_truth(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"& \| ~"):
        wrong()


def test_a_field_is_no_condition() -> None:
    with pytest.raises(TypeError, match="is_null"):
        bool(F.name)
    with pytest.raises(TypeError, match=r"contains"):
        _ = "x" in F.name
    with pytest.raises(TypeError):
        list(F.name)
    with pytest.raises(TypeError):
        _ = F.a.is_null() & 1  # type: ignore[operator]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: F["a b"],
        lambda: F["id==1,name"],
        lambda: F[""],
        lambda: F.a["x."],
        lambda: F.a == F.b,
        lambda: F.a == [1],
        lambda: F.a == {"name": "x"},
        lambda: F.a > None,  # type: ignore[operator]
        lambda: F.a > float("inf"),
        lambda: F.a.in_("abc"),
        lambda: F.a.in_(5),  # type: ignore[arg-type]
        lambda: F.a.in_([1, None]),  # type: ignore[list-item]
        lambda: F.a.contains(5),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_name_or_value_is_refused_where_it_is_written(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError):
        wrong()


def test_null_in_a_list_names_the_way() -> None:
    with pytest.raises(GlpiValidationError, match="is_null"):
        F.a.in_([None])  # type: ignore[list-item]


def test_expressions_and_fields_are_values() -> None:
    asked = F.status.in_([1, 2]) & (F.date > datetime(2026, 1, 1)) | ~F.category.is_null()
    assert pickle.loads(pickle.dumps(asked)) == asked == copy.deepcopy(asked)
    assert pickle.loads(pickle.dumps(F)) is F is filters.F
    assert repr(copy.copy(F.category.name)) == "F.category.name"
    assert hash(F.a.b) == hash(F["a.b"])
    with pytest.raises(AttributeError):
        _ = F._hidden


def test_a_filter_is_no_class_to_make() -> None:
    with pytest.raises(NotImplementedError):
        _ = ~Filter()


def test_a_misspelt_method_is_named_with_the_right_one() -> None:
    with pytest.raises(TypeError, match=r"F\.name has no method 'contians': did you mean contains\?"):
        F.name.contians("x")
    with pytest.raises(TypeError, match=r"F has no method 'zzz': it has .*contains"):
        F.zzz()


def test_operators_without_parentheses_say_where_they_belong() -> None:
    for wrong in (lambda: F.a >= 4 & F.b == 1, lambda: F.a | F.b, lambda: 4 | F.b, lambda: F.a & (F.b == 1)):
        with pytest.raises(TypeError, match=r"put each comparison in parentheses"):
            wrong()  # type: ignore[no-untyped-call]
