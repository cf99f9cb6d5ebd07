"""Masks for callers, and the filter and handler that keep the library's logger silent and clean."""

from __future__ import annotations

import copy
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils.logger import EmptyHandler, SensitiveFilter, hide_sensitive, library_logger, mask_secret

MASK = "********"
HEX = "0123456789abcdef0123456789ABCDEF"


@pytest.mark.parametrize(
    ("value", "show", "masked"),
    [
        ("abcdefghijklmnopqrstuvwxyz", 4, "abcd********wxyz"),
        ("abcdefghijklmnopq", 4, "abcd********nopq"),
        ("abcdefghijklmnop", 4, MASK),
        ("abcdefghi", 2, "ab********hi"),
        ("abcdefgh", 2, MASK),
        ("abcdefghijklmnopqrstuvwxyz", 0, MASK),
        ("abcdefghijklmnopqrstuvwxyz", -3, MASK),
        ("", 4, MASK),
        (None, 4, MASK),
    ],
)
def test_mask_secret(value: str | None, show: int, masked: str) -> None:
    assert mask_secret(value, show) == masked
    assert mask_secret(value, show_len=show) == masked


@given(st.text(), st.integers(-2, 20))
def test_a_mask_shows_at_most_half(value: str, show: int) -> None:
    masked = mask_secret(value, show)
    shown = len(masked) - len(MASK)
    assert MASK in masked
    assert shown * 2 <= len(value)


@pytest.mark.parametrize(
    "key",
    [
        *(
            "password",
            "Password",
            "token",
            "user_token",
            "session_token",
            "App-Token",
            "Session-Token",
            "Authorization",
        ),
        *("access_token", "refresh_token", "client_secret", "code", "cookie", "Set-Cookie", "Proxy-Authorization"),
        *("password2", "GLPI_OAUTH_PASSWORD", b"authorization", "code_verifier", "_glpi_csrf_token"),
    ],
)
def test_secret_keys_are_masked_whatever_they_hold(key: Any) -> None:
    for value in ("q56hqkniwot8wntb3z1qarka5atf365taaa2uyjrn", 7, None, {"deep": "x"}, ["x"]):
        assert hide_sensitive({key: value}) == {key: MASK}
        assert hide_sensitive([({"a": {key: value}},)]) == [({"a": {key: MASK}},)]


@pytest.mark.parametrize("key", ["name", "token_type", "password_min_length", "status_code", "error_code", 3, None, ""])
def test_other_keys_are_not(key: Any) -> None:
    assert hide_sensitive({key: "shown"}) == {key: "shown"}


def test_hexadecimal_text_of_32_is_masked_alone_only() -> None:
    assert hide_sensitive(HEX) == MASK
    assert hide_sensitive([HEX, {"x": HEX}, (HEX,)]) == [MASK, {"x": MASK}, (MASK,)]
    for text in (f"{HEX}0", HEX[1:], f"id {HEX}", "g" + HEX[1:]):
        assert hide_sensitive(text) == text


def test_the_original_is_not_touched_and_order_is_kept() -> None:
    data = {"z": 1, "password": "x", "a": [{"token": "y", "b": (1, 2)}]}
    before = copy.deepcopy(data)
    hidden = hide_sensitive(data)
    assert data == before
    assert list(hidden) == ["z", "password", "a"]
    assert hidden["a"] == [{"token": MASK, "b": (1, 2)}]


def test_depth_and_cycles_are_survived() -> None:
    deep: Any = {"password": "x"}
    for _ in range(5000):
        deep = {"in": [(deep,)]}
    inner = hide_sensitive(deep)
    for _ in range(5000):
        inner = inner["in"][0][0]
    assert inner == {"password": MASK}

    loop: dict[str, Any] = {"token": "x"}
    loop["self"] = loop
    hidden = hide_sensitive(loop)
    assert hidden["token"] == MASK
    assert hidden["self"] is hidden


scalars = st.none() | st.booleans() | st.integers() | st.text("abc", max_size=3)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(trees)
def test_without_secrets_the_copy_is_equal(tree: Any) -> None:
    assert hide_sensitive(tree) == tree
    assert type(hide_sensitive(tree)) is type(tree)


def record(message: str, *args: Any) -> logging.LogRecord:
    return logging.LogRecord("glpi_utils", logging.DEBUG, __file__, 1, message, args, None)


def test_the_filter_masks_what_is_structured_and_lets_all_pass() -> None:
    secrets = SensitiveFilter()
    one = record("%s", {"password": "hunter22"})
    many = record("%s %s %s %d", {"token": "hunter22"}, [{"code": "hunter22"}], "text", 3)
    named = record("%(login)s %(password)s", {"login": "glpi", "password": "hunter22"})
    none = record("nothing")
    for each in (one, many, named, none):
        assert secrets.filter(each) is True
        assert "hunter22" not in each.getMessage()
    assert one.getMessage() == "{'password': '********'}"
    assert many.getMessage().endswith("text 3")
    assert named.getMessage() == "glpi ********"
    assert none.getMessage() == "nothing"


def test_the_logger_is_that_of_a_library(capsys: pytest.CaptureFixture[str]) -> None:
    logger = library_logger("glpi_utils.test_of_the_logger")
    assert library_logger("glpi_utils.test_of_the_logger") is logger
    assert [type(each) for each in logger.handlers] == [EmptyHandler]
    assert [type(each) for each in logger.filters] == [SensitiveFilter]
    root = logging.getLogger("glpi_utils")
    assert any(isinstance(each, EmptyHandler) for each in root.handlers)
    assert root.level == logging.NOTSET
    logging.getLogger("glpi_utils.anything").warning("not printed by the handler of last resort")
    assert capsys.readouterr().err == ""
