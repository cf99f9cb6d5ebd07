"""A filter cut into tokens, as the recordings of 11.0.6 show it."""

from __future__ import annotations

import pytest

from glpi_utils.testing.high_level.rsql_lexer import Kind, RsqlError, tokens

GROUPS = "RSQL query has one or more unclosed groups"


def cut(text: str, *, newer: bool = False) -> list[str]:
    return [token.text if token.kind is not Kind.NO_VALUE else "<none>" for token in tokens(text, newer=newer)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("id==1", ["id", "==", "1"]),
        ("id!=1", ["id", "!=", "1"]),
        ("a.b=in=(1,2)", ["a.b", "=in=", "(1,2)"]),
        ("id==1;id==2,id==3", ["id", "==", "1", ";", "id", "==", "2", ",", "id", "==", "3"]),
        ("(id==1)", ["(", "id", "==", "1", ")"]),
        ("((a==1,b==2);c==3)", ["(", "(", "a", "==", "1", ",", "b", "==", "2", ")", ";", "c", "==", "3", ")"]),
        ('name=="a,b;c)d"', ["name", "==", '"a,b;c)d"']),
        ("name=='a\"b'", ["name", "==", "'a\"b'"]),
        ('name==a "b"', ["name", "==", 'a "b"']),
        ("name==a=b", ["name", "==", "a=b"]),
        ("name==a(b", ["name", "==", "a(b"]),
        ("name==a\\b", ["name", "==", "a\\b"]),
        ("(name==a(b)", ["(", "name", "==", "a(b", ")"]),
        ("id==1 ; id==1", ["id", "==", "1 ", ";", "id", "==", "1"]),
        ("id == 1", ["id ", "==", " 1"]),
        (";;id==1", [";", ";", "id", "==", "1"]),
        ("id==1,", ["id", "==", "1", ","]),
        ("id==0", ["id", "==", "0"]),
        ("x=isnull=", ["x", "=isnull=", "<none>"]),
        ("x=isnull=;id==1", ["x", "=isnull=", "<none>", ";", "id", "==", "1"]),
        ("(x=isnull=,id==1)", ["(", "x", "=isnull=", "<none>", ",", "id", "==", "1", ")"]),
        ("(x=isnull=1)", ["(", "x", "=isnull=", "1", ")"]),
        ("name=='open", ["name", "==", "'open"]),
        ("", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "(id==1",
        "id==1)",
        "(x=isnull=)",
        "(a==1,x=empty=)",
        "x=isnull=;(a==1,b==2)",  # the opening parenthesis is not seen, the closing one is
        'name=in=("a (b)")',  # the first closing parenthesis ends the list, quoted or not
        "name==a (b)",
    ],
)
def test_groups_that_count_as_unclosed(text: str) -> None:
    with pytest.raises(RsqlError) as caught:
        tokens(text)
    assert caught.value.title == GROUPS


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("id", 'RSQL query is missing an operator in filter for property "id"'),
        ("a==1,comma", 'RSQL query is missing an operator in filter for property "comma"'),
        ("id=", 'RSQL query has an incomplete operator in filter for property "id"'),
        ("id=gt", 'RSQL query has an incomplete operator in filter for property "id"'),
        # a backslash protects no quote: the value ends there, the rest looks like a property
        ('name=="a \\"double\\""', 'RSQL query is missing an operator in filter for property "double\\"""'),
    ],
)
def test_what_can_not_be_cut(text: str, title: str) -> None:
    with pytest.raises(RsqlError) as caught:
        tokens(text)
    assert caught.value.title == title


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(x=isnull=)", ["(", "x", "=isnull=", "<none>", ")"]),
        ("(a==1,x=empty=)", ["(", "a", "==", "1", ",", "x", "=empty=", "<none>", ")"]),
        ("x=isnull=;(a==1,b==2)", ["x", "=isnull=", "<none>", ";", "(", "a", "==", "1", ",", "b", "==", "2", ")"]),
        ('(x=isnull="")', ["(", "x", "=isnull=", "<none>", ")"]),
        ("(x=isnull=;id=ge=0)", ["(", "x", "=isnull=", "<none>", ";", "id", "=ge=", "0", ")"]),
        ("name==a\\b", ["name", "==", "a\\b"]),
        ("name==a\\\\b", ["name", "==", "a\\b"]),
        ("(name==a\\;b\\(c\\))", ["(", "name", "==", "a;b(c)", ")"]),
        ("name==a\\,b==c", ["name", "==", "a\\", ",", "b", "==", "c"]),
        ('name=="a;b,(c)\\\\"', ["name", "==", '"a;b,(c)\\\\"']),
        ("a=in=(1,2);b==3", ["a", "=in=", "(1,2)", ";", "b", "==", "3"]),
    ],
)
def test_parts_of_the_newer_lexer(text: str, parts: list[str]) -> None:
    """As the tests of GLPI's #25318 and newer.md 3.3 have it."""
    assert cut(text, newer=True) == parts


def test_a_value_behind_a_unary_operator_is_refused_by_the_newer_lexer() -> None:
    with pytest.raises(RsqlError) as caught:
        tokens("(x=isnull=1)", newer=True)
    assert caught.value.title == 'RSQL query is missing an operator in filter for property "1)"'
