"""Which version of the high-level API is spoken."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._versions import choose, pin
from glpi_utils.exceptions import GlpiUnsupportedError, GlpiValidationError, GlpiWarning

RECORDED = Path(__file__).resolve().parents[1] / "recordings" / "hl" / "versions_and_routing.json"


def listing(*versions: str) -> list[dict[str, Any]]:
    return [
        {"api_version": each[0], "version": each, "endpoint": f"https://glpi.example.com/api.php/v{each[:3]}"}
        for each in versions
    ]


GLPI_11_0_6 = listing("1.0.0", "2.0.0", "2.1.0", "2.2.0")
GLPI_11_0_8 = [{**each, "deprecated": True} for each in GLPI_11_0_6] + listing("2.3.0")
GLPI_12 = listing("1.0.0", "2.3.0", "3.0.0")


@pytest.mark.parametrize(
    ("value", "pinned"),
    [
        *((None, None), ("", None), ("  ", None)),
        *(
            ("2", "v2"),
            (2, "v2"),
            ("2.3", "v2.3"),
            (2.3, "v2.3"),
            ("v2.3", "v2.3"),
            ("V2.3", "v2.3"),
            (" v2.3 ", "v2.3"),
        ),
        *((3.0, "v3.0"), ("3", "v3"), ("2.2.0", "v2.2.0"), ("v2.02", "v2.2"), ("4.1", "v4.1")),
    ],
)
def test_pin(value: Any, pinned: str | None) -> None:
    assert pin(value) == pinned
    assert pin(pin(value)) == pinned


@pytest.mark.parametrize("value", ["1", "v1", 1, 1.0, "1.0", "v1.0.0"])
def test_version_1_names_the_client_for_it(value: Any) -> None:
    with pytest.raises(GlpiValidationError, match="GlpiAPI"):
        pin(value)


@pytest.mark.parametrize(
    "value",
    [
        "0",
        0,
        "v0.1",
        "x",
        "v",
        "v2.",
        ".2",
        "2..2",
        "2.2.0.0",
        "-2",
        -2,
        "2,2",
        "v2/3",
        "²",
        "٢",
        True,
        [2],
        b"2",
        1e30,
        float("nan"),
        float("inf"),
        "123456",
    ],
)
def test_what_is_no_version_is_refused(value: Any) -> None:
    with pytest.raises(GlpiValidationError, match="no version of the API"):
        pin(value)


@pytest.mark.parametrize(
    ("listed", "pinned", "prefix"),
    [
        (GLPI_11_0_6, None, "v2.2"),
        (GLPI_11_0_6, "2", "v2.2"),
        (GLPI_11_0_6, "v2.1", "v2.1"),
        (GLPI_11_0_6, "v2.2.0", "v2.2.0"),
        (list(reversed(GLPI_11_0_6)), None, "v2.2"),
        (GLPI_11_0_8, None, "v2.3"),
        (GLPI_11_0_8, "v2.2", "v2.2"),
        (GLPI_12, None, "v2.3"),
        (GLPI_12, "2", "v2.3"),
        (listing("2.9.0", "2.10.0"), None, "v2.10"),
        (listing("2.2.0", "2.20.0"), "2.2", "v2.2"),
        (listing("2.2.0", "2.2.1"), "2.2", "v2.2"),
        ([{"version": "2.2"}], None, "v2.2"),
        (({"version": "v2.2.0"},), None, "v2.2"),
        (
            [{"version": "2.2.0"}, {"version": None}, {}, "2.9.0", {"version": "soon"}, None, {"version": 9}],
            None,
            "v2.2",
        ),
    ],
)
def test_choose(listed: Any, pinned: str | None, prefix: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert choose(listed, pinned) == prefix


@pytest.mark.parametrize(
    ("listed", "pinned", "says"),
    [
        (GLPI_11_0_6, "v2.3", r"no version 2\.3 .* lists: 1\.0\.0, 2\.0\.0, 2\.1\.0, 2\.2\.0"),
        (GLPI_11_0_6, "3.0", r"no version 3\.0 "),
        (GLPI_11_0_6, "2.20", r"no version 2\.20 "),
        (GLPI_12, "v2.2", r"no version 2\.2 .* lists: 1\.0\.0, 2\.3\.0, 3\.0\.0"),
        (listing("1.0.0", "3.0.0"), None, r"no version 2\.x .* lists: 1\.0\.0, 3\.0\.0"),
        ([], None, "lists: none"),
        (None, None, "lists: none"),
        ({"api_versions": 3}, "2", "lists: none"),
        ([{"version": "2.x"}], None, "lists: none"),
    ],
)
def test_what_is_not_listed_is_never_sent(listed: Any, pinned: str | None, says: str) -> None:
    with pytest.raises(GlpiUnsupportedError, match=says):
        choose(listed, pinned)


@pytest.mark.parametrize("pinned", ["3", "v3.0"])
def test_3_is_taken_only_when_asked_for_and_with_a_warning(pinned: str) -> None:
    with pytest.warns(GlpiWarning, match="alpha") as seen:
        assert choose(GLPI_12, pinned) == "v3.0"
    assert seen[0].filename == __file__


def test_the_recorded_list_of_11_0_6() -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    bodies = [each["response"].get("body") for each in recorded["exchanges"]]
    lists = [body["api_versions"] for body in bodies if isinstance(body, dict) and "api_versions" in body]
    assert lists
    assert {choose(each) for each in lists} == {"v2.2"}


numbers = st.integers(0, 30)
some = st.lists(st.tuples(st.integers(1, 4), numbers, st.integers(0, 3)), unique=True, max_size=8)


@given(some, st.none() | st.tuples(st.just(2), numbers) | st.just((2,)))
def test_the_choice_is_the_highest_listed_that_fits(
    listed: list[tuple[int, int, int]], wanted: tuple[int, ...] | None
) -> None:
    asked = None if wanted is None else ".".join(map(str, wanted))
    fitting = [each for each in listed if each[: len(wanted or (2,))] == (wanted or (2,))]
    rows = listing(*(".".join(map(str, each)) for each in listed))
    if fitting:
        assert choose(rows, asked) == "v{}.{}".format(*max(fitting))
    else:
        with pytest.raises(GlpiUnsupportedError):
            choose(rows, asked)


@given(st.text(max_size=12) | st.floats() | st.integers() | st.binary(max_size=3))
def test_pin_reads_anything_or_refuses_it(value: Any) -> None:
    try:
        pinned = pin(value)
    except GlpiValidationError:
        return
    assert pinned is None or pin(pinned) == pinned
