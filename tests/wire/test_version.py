"""GLPIVersion: reading, comparing, and that its order is one."""

from __future__ import annotations

import copy
import itertools
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils.exceptions import GlpiValidationError
from glpi_utils.version import GLPIVersion

ASCENDING = (
    *("0", "9.1", "9.5.13", "9.5.13.1", "10.0.0-dev", "10.0.0-alpha", "10.0.0-beta", "10.0.0-beta2", "10.0.0-beta10"),
    *("10.0.0-rc1", "10.0.0-rc2", "10.0.0", "10.0.9", "10.0.17", "11.0.6-beta", "11.0.6", "11.0.11", "11.1", "12"),
)


@pytest.mark.parametrize(
    ("given_", "text", "numbers"),
    [
        ("11.0.6", "11.0.6", (11, 0, 6)),
        ("11", "11", (11, 0, 0)),
        (11, "11", (11, 0, 0)),
        (11.1, "11.1", (11, 1, 0)),
        (" 11.0.6 ", "11.0.6", (11, 0, 6)),
        ("11.0.6-beta", "11.0.6-beta", (11, 0, 6)),
        ("10.0.0-rc1", "10.0.0-rc1", (10, 0, 0)),
        ("10.0.0.rc1", "10.0.0.rc1", (10, 0, 0)),
        ("11.0.6+deb12", "11.0.6+deb12", (11, 0, 6)),
        ("9.5.13.1", "9.5.13.1", (9, 5, 13)),
        (GLPIVersion("10.0.17"), "10.0.17", (10, 0, 17)),
    ],
)
def test_reading(given_: Any, text: str, numbers: tuple[int, int, int]) -> None:
    version = GLPIVersion(given_)
    assert str(version) == text
    assert repr(version) == f"GLPIVersion({text!r})"
    assert (version.major, version.minor, version.patch) == numbers


@pytest.mark.parametrize(
    "wrong", ["", "abc", "v11", "11.", "11..0", ".1", "-1", -1, 1e30, None, True, [11], "٣.0", "1" * 20, "11-"]
)
def test_what_is_no_version_is_refused(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError):
        GLPIVersion(wrong)
    assert GLPIVersion("11") != wrong


def test_the_order_is_that_of_the_releases() -> None:
    for (low, small), (high, great) in itertools.combinations(enumerate(ASCENDING), 2):
        assert low < high
        for other in (great, GLPIVersion(great)):
            version = GLPIVersion(small)
            assert version < other
            assert version <= other
            assert version != other
            assert not version > other
            assert not version >= other
        assert great > GLPIVersion(small)  # text on the left


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("11", "11.0.0"),
        ("11.0.6", "11.0.6+x"),
        ("11.1", 11.1),
        ("11", 11),
        ("10.0.0-RC1", "10.0.0-rc1"),
        ("10.0.0-b2", "10.0.0-beta2"),
    ],
)
def test_equal_whatever_the_spelling(one: str, other: Any) -> None:
    assert GLPIVersion(one) == other
    assert GLPIVersion(one) == GLPIVersion(other)
    assert hash(GLPIVersion(one)) == hash(GLPIVersion(other))
    assert GLPIVersion(one) <= other
    assert GLPIVersion(one) >= other
    assert not GLPIVersion(one) < other


def test_comparing_with_what_is_no_version() -> None:
    version: Any = GLPIVersion("11.0.6")
    for other in ("soon", None, [11], True, object()):
        assert version != other
    with pytest.raises(ValueError, match="soon"):
        assert version < "soon"
    for other in (None, [11], True, object()):
        with pytest.raises(TypeError):
            assert version < other


def test_it_is_a_value() -> None:
    version = GLPIVersion("11.0.6-beta")
    assert version.is_prerelease
    assert not GLPIVersion("11.0.6").is_prerelease
    assert pickle.loads(pickle.dumps(version)) == copy.deepcopy(version) == version
    with pytest.raises(AttributeError):
        version.__setattr__("major", 12)
    assert {GLPIVersion("11"): 1}[GLPIVersion("11.0")] == 1


versions = st.builds(
    lambda numbers, stage: ".".join(map(str, numbers)) + stage,
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.sampled_from(["", "-dev", "-alpha1", "-beta", "-beta3", "-rc1", "-rc10", "-foo", "+x"]),
)


@given(versions, versions, versions)
def test_any_three_versions_are_in_one_order(a: str, b: str, c: str) -> None:
    one, two, three = GLPIVersion(a), GLPIVersion(b), GLPIVersion(c)
    assert (one < two) + (one == two) + (one > two) == 1
    if one <= two <= three:
        assert one <= three
    if one == two:
        assert hash(one) == hash(two)
    assert GLPIVersion(str(one)) == one


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        version = GLPIVersion(text)
    except GlpiValidationError:
        return
    assert GLPIVersion(str(version)) == version == text
