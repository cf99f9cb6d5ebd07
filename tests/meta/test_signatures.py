"""`inspect.signature` and `help()` list the keywords of reads and of constructors."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any, TypedDict

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.high_level import HighLevel
from glpi_utils._dialects.legacy import Legacy
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._factory.options import ClientKeywords, ClientOptions
from glpi_utils._reading import (
    HighLevelGet,
    HighLevelList,
    HighLevelSearch,
    HighLevelSubItems,
    LegacyGet,
    LegacyList,
    LegacySearch,
)
from glpi_utils._signatures import takes
from glpi_utils._sync.client import SyncClient
from glpi_utils._sync.items import ItemProxy
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel


class Part(TypedDict, total=False):
    limit: int


LISTS = HighLevelList.__optional_keys__ | LegacyList.__optional_keys__
GETS = HighLevelGet.__optional_keys__ | LegacyGet.__optional_keys__
SEARCHES = HighLevelSearch.__optional_keys__ | LegacySearch.__optional_keys__
BELOW = HighLevelSubItems.__optional_keys__ | LegacyList.__optional_keys__
ITEMS = {
    "get": GETS,
    **dict.fromkeys(("get_all", "get_all_pages", "iter_pages", "iter_items", "first", "count"), LISTS),
    "search": SEARCHES,
    "get_sub_items": BELOW,
}
CLIENTS = {
    "get_item": GETS,
    **dict.fromkeys(("get_all_items", "get_all_pages", "iter_pages"), LISTS),
    "search": SEARCHES,
    "get_sub_items": BELOW,
}
VERBS = [
    (owner, verb, keys)
    for owners, table in (((ItemProxy, AsyncItemProxy), ITEMS), ((SyncClient, AsyncClient), CLIENTS))
    for owner in owners
    for verb, keys in table.items()
]


@pytest.mark.parametrize(("owner", "verb", "keys"), VERBS, ids=lambda it: it if isinstance(it, str) else "")
def test_a_read_lists_its_keywords(owner: type, verb: str, keys: frozenset[str]) -> None:
    parameters = inspect.signature(getattr(owner, verb)).parameters
    assert keys <= parameters.keys()
    assert all(parameters[key].kind is inspect.Parameter.KEYWORD_ONLY for key in keys)
    assert inspect.Parameter.VAR_KEYWORD not in {each.kind for each in parameters.values()}


@pytest.mark.parametrize("owner", [ItemProxy, AsyncItemProxy, SyncClient, AsyncClient])
def test_no_read_is_left_out(owner: type) -> None:
    """What still has an open end creates, changes, or takes options of which the misspelt are named."""
    known = {verb for who, verb, _ in VERBS if who is owner}
    open_ends = {
        name
        for name in dir(owner)
        if inspect.isfunction(verb := getattr(owner, name))
        and not name.startswith("_")
        and any(each.kind is each.VAR_KEYWORD for each in inspect.signature(verb).parameters.values())
    }
    writes = {
        "create",
        "update",
        "add_sub_item",
        "create_item",
        "update_item",
        "with_options",
        "add_followup",
        "add_task",
    }
    assert not open_ends & known
    assert open_ends <= writes


@pytest.mark.parametrize("client", [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI])
def test_a_constructor_lists_its_keywords(client: type) -> None:
    parameters = inspect.signature(client).parameters
    for name in ClientKeywords.__optional_keys__:
        assert parameters[name].default == ClientOptions._field_defaults[name]
    assert inspect.Parameter.VAR_KEYWORD not in {each.kind for each in parameters.values()}


def test_help_shows_them(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        text = pydoc.plain(pydoc.render_doc(api.ticket.get_all))
        assert "limit: 'int | None' = None" in text
        bound = inspect.signature(api.ticket.get_all)
        assert "self" not in bound.parameters
        assert bound.bind(limit=3).arguments == {"limit": 3}
        with pytest.raises(TypeError, match="fliter"):
            bound.bind(fliter="a")
    assert "max_time: 'float | None' = None" in pydoc.plain(pydoc.render_doc(GlpiOAuthClient))


@pytest.mark.parametrize("key", sorted(LISTS | GETS | SEARCHES | BELOW))
def test_none_is_as_if_it_were_not_there(key: str) -> None:
    """That is what the signatures say: each default is None."""
    high, low = HighLevel("https://glpi.test/api.php"), Legacy("https://glpi.test/apirest.php")
    theirs, ours = high.resource("Ticket"), low.resource("Ticket")
    checks: list[tuple[frozenset[str], Any]] = [
        (HighLevelList.__optional_keys__, lambda given: high.listing(theirs, given)),
        (LegacyList.__optional_keys__, lambda given: low.listing(ours, given)),
        (HighLevelGet.__optional_keys__, lambda given: high.get(theirs, 1, given).request),
        (LegacySearch.__optional_keys__, lambda given: low.search(ours, None, given).request),
        (LegacyGet.__optional_keys__, lambda given: low.get(ours, 1, given).request),
        (
            HighLevelSubItems.__optional_keys__,
            lambda given: high.sub_listing(theirs, 1, "ITILFollowup", given),
        ),
        (LegacyList.__optional_keys__, lambda given: low.sub_listing(ours, 1, "ITILFollowup", given)),
    ]
    for keys, ask in checks:
        if key in keys:
            assert ask({key: None}) == ask({})
        else:
            with pytest.raises(GlpiValidationError, match=key):
                ask({key: None})


def test_a_signature_is_that_of_the_function_it_stands_for() -> None:
    def bare(name: str, *, size: int = 5, limit: int = 2) -> None: ...

    @takes(Part, defaults={"limit": 2})
    def read(name: str, *, size: int = 5, **query: object) -> None: ...

    assert inspect.signature(read) == inspect.signature(bare)
    assert hash(inspect.signature(read)) == hash(inspect.signature(bare))
    assert str(inspect.signature(read)) == str(inspect.signature(bare))
    assert isinstance(inspect.signature(read), inspect.Signature)
