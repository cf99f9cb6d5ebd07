"""The examples in the docstrings of the lower floors are run."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    *("version", "logger", "_factory.settings", "_secret", "_redactor", "_caller", "_versions"),
    *(
        "_knowledge.aliases",
        "_knowledge.children",
        "_knowledge.customs",
        "_knowledge.fields",
        "_knowledge.routes",
        "_knowledge.subs",
    ),
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, run = doctest.testmod(importlib.import_module(f"glpi_utils.{name}"))
    assert run > 0
    assert failed == 0
