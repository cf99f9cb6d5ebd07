"""The decorator: what it warns of, and what it leaves as it was."""

from __future__ import annotations

import asyncio
import inspect
import warnings

import pytest

from glpi_utils._caller import deprecated
from glpi_utils.exceptions import GlpiDeprecationWarning


@deprecated(instead="add()", since="1.1", removed="2.0")
def plus(one: int, other: int = 1) -> int:
    """Add up."""
    return one + other


@deprecated(instead="add()", since="1.1", removed="2.0")
async def plus_later(one: int, *, other: int = 1) -> int:
    """Add up, in time."""
    await asyncio.sleep(0)
    return one + other


class Sum:
    total = 3

    @deprecated(instead="total", since="1.1", removed="2.0")
    def get(self) -> int:
        return self.total


SAYS = r"^plus is deprecated since 1\.1 and goes in 2\.0; use add\(\) instead$"


def test_a_function() -> None:
    with pytest.warns(GlpiDeprecationWarning, match=SAYS) as seen:
        assert plus(2, other=3) == 5
    assert seen[0].filename == __file__
    assert plus.__doc__ == "Add up."
    assert str(inspect.signature(plus)) == "(one: 'int', other: 'int' = 1) -> 'int'"


def test_a_coroutine_function() -> None:
    async def use() -> int:
        return await plus_later(2, other=3)

    assert inspect.iscoroutinefunction(plus_later)
    assert str(inspect.signature(plus_later)) == "(one: 'int', *, other: 'int' = 1) -> 'int'"
    with pytest.warns(GlpiDeprecationWarning, match=r"^plus_later is deprecated") as seen:
        assert asyncio.run(use()) == 5
    assert seen[0].filename == __file__


def test_a_method_is_named_with_its_class() -> None:
    with pytest.warns(GlpiDeprecationWarning, match=r"^Sum\.get is deprecated"):
        assert Sum().get() == 3


def test_defining_and_looking_warn_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert callable(plus)
        assert Sum().get is not None
