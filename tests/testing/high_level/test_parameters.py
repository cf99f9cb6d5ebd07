"""Query, form and JSON body, merged."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils.testing.high_level import php_parameters
from glpi_utils.testing.http.wire import Req


def read(method: str = "GET", query: str = "", body: bytes = b"", content_type: str = "") -> dict[str, Any]:
    headers = {"content-type": content_type} if content_type else {}
    return php_parameters.read(Req(method, "/", query, headers, body), "11.0.6")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("a=1&b=", {"a": "1", "b": ""}),
        ("filter[]=x&filter[]=y", {"filter": ["x", "y"]}),
        ("a[b]=1&a[c]=2", {"a": {"b": "1", "c": "2"}}),
        ("a=1&a=2", {"a": "2"}),
        ("a.b=1", {"a_b": "1"}),
        ("x=a%20b%2Bc+d", {"x": "a b+c d"}),
    ],
)
def test_query(query: str, said: dict[str, Any]) -> None:
    assert read(query=query) == said


def test_body_outranks_query() -> None:
    assert read("PATCH", "name=q&x=1", b'{"name": "b"}', "application/json") == {"name": "b", "x": "1"}


def test_json_is_read_on_a_get() -> None:
    assert read("GET", "", b'{"filter": "id==1"}', "application/json") == {"filter": "id==1"}


def test_a_charset_hides_the_body() -> None:
    assert read("POST", "", b'{"name": "b"}', "application/json; charset=utf-8") == {}


def test_a_list_has_numbers_for_names() -> None:
    assert read("POST", "", b'[{"a": 1}]', "application/json") == {"0": {"a": 1}}


@pytest.mark.parametrize("body", [b"", b'"x"', b"1", b'{"a":', b'{"a": "\xff"}'])
def test_what_is_no_json(body: bytes) -> None:
    with pytest.raises(php_parameters.BadJson):
        read("POST", "", body, "application/json")


def test_forms_count_on_posts_alone() -> None:
    form = "application/x-www-form-urlencoded"
    assert read("POST", "", b"a=1", form) == {"a": "1"}
    assert read("PATCH", "", b"a=1", form) == {}
