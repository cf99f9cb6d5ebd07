"""The table of capabilities: it holds together, and what it says of verbs is what items do and show."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from glpi_utils import GlpiUnsupportedError
from glpi_utils._engine.verbs.families import AsyncAllFamilies
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._knowledge.capabilities import has_verb, known_verbs, with_verb
from glpi_utils._knowledge.capabilities_table import CAPABILITIES
from glpi_utils._knowledge.capability import THROUGH_LEGACY
from glpi_utils._knowledge.legacy_table import COLUMNS
from glpi_utils._knowledge.routes import all_routes
from glpi_utils.testing import GlpiServer
from glpi_utils.types._families import ANY, families, kinds, label_of
from tests.faces.clients import highlevel, legacy
from tools.make_capabilities import PAGE, written

KNOWN = {*COLUMNS, *(route.itemtype for route in all_routes())}
VERBS = [verb for verb in known_verbs() if hasattr(AsyncItemProxy, verb)]


def test_each_thing_stands_there_once_and_says_why_it_goes_by_the_legacy_api() -> None:
    names = [each.name for each in CAPABILITIES]
    assert len(names) == len(set(names))
    for each in CAPABILITIES:
        assert each.why or each.high_level != THROUGH_LEGACY, each.name
        assert each.legacy or each.high_level != THROUGH_LEGACY, each.name
        assert set(each.itemtypes) <= KNOWN, each.name


def test_the_page_shows_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written(text) == text, "run python -m tools.make_capabilities"


def test_a_family_has_the_verbs_that_the_same_types_have() -> None:
    for family in families():
        assert {with_verb(verb) for verb in family.verbs} == {with_verb(family.verbs[0])}, family.name
        assert family.itemtypes, (
            f"{family.name}: its verbs are those of all types, so it belongs to AsyncItemProxy itself"
        )


def test_a_verb_of_some_types_belongs_to_a_family() -> None:
    assert {verb for family in families() for verb in family.verbs} == set(VERBS)
    assert AsyncAllFamilies in AsyncItemProxy.__mro__


def test_types_with_the_same_families_are_of_the_same_kind() -> None:
    assert label_of("Computer") == label_of("Monitor")
    assert len({label_of(each) for each in ("Ticket", "User", "Document", "Computer")}) >= 4 - ("transfer" not in VERBS)
    assert kinds()[ANY] == families()


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_a_verb_that_a_type_lacks_is_refused_and_not_shown(make: Any, glpi: GlpiServer) -> None:
    with make(glpi) as api:
        for verb in VERBS:
            lacking = next(each for each in ("ComputerModel", "Supplier", "User") if has_verb(each, verb) is False)
            having = with_verb(verb)[0]
            items = api.item(lacking)
            assert verb not in dir(items), (lacking, verb)
            assert verb in dir(api.item(having)), (having, verb)
            assert verb in dir(api.item("PluginFooBar")) or has_verb("PluginFooBar", verb) is False
            needed = [
                each.name
                for each in inspect.signature(getattr(items, verb)).parameters.values()
                if each.default is each.empty and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
            ]
            with pytest.raises(GlpiUnsupportedError, match=f"{verb}|team|file|picture"):
                getattr(items, verb)(**dict.fromkeys(needed, 1))
        assert glpi.requests == []
