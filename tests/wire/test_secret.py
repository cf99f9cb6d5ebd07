"""Secret: nothing that looks at it sees it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import pprint
import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._secret import Secret

TEXT = "correct horse battery"


def everything(thing: object, depth: int = 4) -> str:
    """What a curious debugger would print: repr, str and every attribute and slot, of the parts too."""
    if depth == 0:
        return ""
    said = [repr(thing), str(thing), f"{thing}", pprint.pformat(thing)]
    inside: dict[str, Any] = dict(getattr(thing, "__dict__", {}))
    for kind in type(thing).__mro__:
        slots: Any = kind.__dict__.get("__slots__", ())
        for name in [slots] if isinstance(slots, str) else slots:
            if hasattr(thing, name):
                inside[name] = getattr(thing, name)
    for name, value in inside.items():
        said += [name, everything(value, depth - 1)]
    return "\n".join(said)


def test_no_look_gives_it_away() -> None:
    secret = Secret(TEXT)
    assert TEXT not in everything(secret)
    assert repr(secret) == "Secret('********')"
    assert f"{secret:>10}|{secret!s}" == "  ********|********"
    assert TEXT not in str(dir(secret))
    assert secret.reveal() == TEXT


def test_a_planted_leak_is_seen() -> None:
    """`everything` would see it."""

    @dataclasses.dataclass
    class Open:
        value: str

    assert TEXT in everything(Open(TEXT))
    holder = type("Holder", (), {"__slots__": ("kept",)})()
    holder.kept = TEXT
    assert TEXT in everything(holder)


def test_in_a_dataclass_and_its_dict() -> None:
    @dataclasses.dataclass(frozen=True)
    class Told:
        name: str
        password: Secret

    told = Told("glpi", Secret(TEXT))
    assert TEXT not in everything(told)
    assert TEXT not in repr(dataclasses.asdict(told))
    assert dataclasses.replace(told, name="x").password == Secret(TEXT)


def test_not_in_a_traceback_that_shows_locals() -> None:
    secret = Secret(TEXT)
    try:
        assert secret.reveal()
        raise ValueError(secret)
    except ValueError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        assert TEXT not in "".join(shown.format())


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_not_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret(TEXT), protocol)


def test_copies_are_itself() -> None:
    secret = Secret(TEXT)
    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0] is secret


def test_absent_stays_absent() -> None:
    assert Secret.of(None) is None
    assert Secret.of("") is None
    assert Secret.of(Secret("")) is None
    kept = Secret("x")
    assert Secret.of(kept) is kept
    assert Secret.of("x") == kept
    assert bool(kept)


@given(st.text(), st.text())
def test_equal_exactly_when_the_texts_are(one: str, other: str) -> None:
    assert (Secret(one) == Secret(other)) == (one == other)
    assert Secret(one) == Secret(one)
    assert hash(Secret(one)) == hash(Secret(one))
    assert Secret(one).reveal() == one
    assert Secret(one) != one  # a secret is no text
