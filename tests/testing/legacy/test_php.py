"""Query strings, truth and numbers as PHP reads them."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils.testing.http import forms
from glpi_utils.testing.legacy import php


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", {}),
        ("a=1&b=", {"a": "1", "b": ""}),
        ("raw", {"raw": ""}),
        ("a=1&a=2", {"a": "2"}),
        ("a[]=1&a[]=2", {"a": {0: "1", 1: "2"}}),
        ("a%5B0%5D%5Bfield%5D=1&a[0][value]=x", {"a": {0: {"field": "1", "value": "x"}}}),
        ("a[5]=x&a[]=y", {"a": {5: "x", 6: "y"}}),
        ("a[b][]=1&a[b][]=2", {"a": {"b": {0: "1", 1: "2"}}}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a.b=1&c d=2", {"a_b": "1", "c_d": "2"}),
        ("x[y=1", {"x_y": "1"}),
        ("q=%C3%A9+%26", {"q": "é &"}),
        ("n[01]=a&n[-1]=b&n[1]=c", {"n": {"01": "a", -1: "b", 1: "c"}}),
        ("=1&&", {}),
    ],
)
def test_a_query_is_read_as_parse_str_reads_it(text: str, meaning: dict[str, Any]) -> None:
    assert forms.parse_query(text) == meaning


def test_variables_past_max_input_vars_are_dropped_in_silence() -> None:
    text = "&".join(f"v{number}=1" for number in range(forms.MAX_INPUT_VARS + 5))
    assert len(forms.parse_query(text)) == forms.MAX_INPUT_VARS


@pytest.mark.parametrize("value", ["", "0", 0, 0.0, None, False, [], forms.Array()])
def test_what_is_false(value: Any) -> None:
    assert not php.truthy(value)


@pytest.mark.parametrize("value", ["False", "false", "0.0", " ", "1", 1, True, [0], {}, forms.Array({0: 0})])
def test_what_is_true_even_where_python_differs(value: Any) -> None:
    assert php.truthy(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [("12abc", 12), ("abc", 0), ("-3", -3), (" 7", 7), (True, 1), (2.9, 2), (None, 0), ("9" * 30, php.INT_MAX)],
)
def test_intval_takes_the_leading_digits(value: Any, number: int) -> None:
    assert php.intval(value) == number


def test_an_object_is_no_array_and_an_array_no_object() -> None:
    assert php.is_object({"a": 1})
    assert not php.is_array({"a": 1})
    assert php.is_array(forms.parse_query("a[b]=1")["a"])
    assert not php.is_object(forms.parse_query("a[b]=1")["a"])
    assert php.is_array([1])
    assert list(php.entries([7, 8])) == [(0, 7), (1, 8)]
    assert php.values({"a": 7}) == [7]


@pytest.mark.parametrize(("text", "numeric"), [("1", True), ("-1", True), ("1.5", True), ("1e3", True), ("1a", False)])
def test_is_numeric(text: str, numeric: bool) -> None:
    assert php.is_numeric(text) is numeric


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), ("TRUE", True), ("yes", True), ("false", False), ("0", False), ("x", False)]
)
def test_a_flag_in_a_header(text: str, on: bool) -> None:
    assert php.flag(text) is on
