"""What is refused before anything is sent: wrong ids, paths, keywords, items."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiError, GlpiValidationError
from tests.behaviour.places import Call, Place, only, unsent

WRONG_IDS: list[Any] = [
    0,
    -1,
    "0",
    "-1",
    "abc",
    "1abc",
    "",
    " 1",
    "1 ",
    "1/2",
    "1?x=1",
    "../1",
    None,
    True,
    1.5,
    1.0,
    [1],
    {},
    "１",
]
WRONG_PATHS = [
    "",
    " ",
    "/",
    "../User",
    "Assets/../User",
    "Ticket?x=1",
    "Ticket#1",
    "Ticket\r\nX: 1",
    "a//b",
    "a%2fb",
    "a\\..\\b",
]
WRONG_ITEMS: list[Any] = [
    None,
    "text",
    5,
    b"bytes",
    {1: "number"},
    [],
    [{}, "text"],
    [[]],
    {"id": 1, "name": "x"},
    {"id": None},
]


@unsent
@pytest.mark.parametrize("wrong", WRONG_IDS, ids=repr)
async def test_wrong_ids(place: Place, wrong: Any) -> None:
    items = place.client().ticket
    for call in (
        lambda: items.get(wrong),
        lambda: items.update({"id": wrong, "name": "x"}),
        lambda: items.delete({"id": wrong}),
        lambda: items.delete({"id": wrong}, force_purge=True),
        lambda: items.restore(wrong),
        lambda: items.get_sub_items(wrong, "ITILFollowup"),
        lambda: items.add_sub_item(wrong, "ITILFollowup", {"content": "x"}),
        lambda: items.delete_sub_item(1, "ITILFollowup", wrong),
        lambda: items.team(wrong),
        lambda: items.add_team_member(wrong, 4, "assigned"),
    ):
        with pytest.raises(GlpiValidationError) as told:
            await call()
        assert isinstance(told.value, ValueError)
        assert (told.value.status_code, told.value.error_code) == (None, None)
    assert place.sent == []


async def test_entity_zero_is_an_id_and_minus_one_is_not(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError):
        await api.entity.get(-1)
    assert place.sent == []
    assert (await api.item("Entity").get("0"))["id"] == 0


@unsent
@pytest.mark.parametrize("wrong", WRONG_PATHS, ids=repr)
async def test_wrong_paths(place: Place, wrong: str) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError):
        await api.item(wrong).get_all()
    with pytest.raises(GlpiValidationError):
        await api.item(wrong).create({"name": "x"})
    with pytest.raises(GlpiValidationError):
        await api.request("GET", wrong)
    assert place.sent == []


@unsent
@pytest.mark.parametrize("wrong", WRONG_ITEMS, ids=repr)
async def test_wrong_items(place: Place, wrong: Any) -> None:
    items = place.client().ticket
    with pytest.raises(GlpiValidationError):
        await items.create(wrong)
    if wrong != {"id": 1, "name": "x"}:  # which may well be changed
        with pytest.raises(GlpiValidationError):
            await items.update(wrong)
    if not isinstance(wrong, int):  # an id
        with pytest.raises(GlpiValidationError):
            await items.delete(wrong)
    assert place.sent == []


@unsent
async def test_a_list_is_checked_whole_before_its_first_row_is_sent(place: Place) -> None:
    items = place.client().ticket
    with pytest.raises(GlpiValidationError):
        await items.create([place.ticket(), "text"])
    with pytest.raises(GlpiValidationError):
        await items.update([{"id": 1, "name": "x"}, {"name": "no id"}])
    with pytest.raises(GlpiValidationError):
        await items.delete([{"id": 1}, {"id": 0}])
    assert place.sent == []


@unsent
@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("fliter", "filter"),
        ("searchTxt", "searchText"),
        ("Sort", "sort"),
        ("ragne", "range"),
        ("include_delete", "include_deleted"),
    ],
)
async def test_an_unknown_keyword_is_refused_with_what_was_meant(place: Place, word: str, meant: str) -> None:
    items, words = place.client().ticket, dict[str, Any]({word: "x"})
    calls: list[Call] = [
        lambda: items.get_all(**words),
        lambda: items.get_all_pages(**words),
        lambda: items.first(**words),
        lambda: items.count(**words),
    ]
    for call in calls:
        with pytest.raises(GlpiValidationError) as told:
            await call()
        assert repr(word) in str(told.value)
        only_there = {"filter": "hl", "searchText": "legacy"}.get(meant, place.cell.api)
        if only_there == place.cell.api:
            assert f"did you mean {meant!r}" in str(told.value)
        assert "params=" in str(told.value)
    with pytest.raises(GlpiValidationError):
        items.iter_pages(**words)
    with pytest.raises(GlpiValidationError):
        items.iter_items(**words)
    assert place.sent == []


@unsent
async def test_a_keyword_of_the_other_api_names_what_to_use(place: Place) -> None:
    items = place.client().ticket
    if place.hl:
        for word, instead in (
            ("searchText", "filter="),
            ("criteria", "GlpiAPI"),
            ("order", "sort="),
            ("is_deleted", "include_deleted"),
        ):
            with pytest.raises(GlpiValidationError, match=instead):
                await items.get_all(**{word: "x"})
    else:
        with pytest.raises(GlpiValidationError, match="searchText"):
            await items.get_all(filter="name==x")
        with pytest.raises(GlpiValidationError, match="High-Level"):
            await items.search("name==x")
    assert place.sent == []


@unsent
async def test_an_unknown_keyword_of_search(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="filter" if place.hl else "criteria"):
        await place.client().ticket.search(**dict[str, Any]({"fliter" if place.hl else "criterai": []}))
    assert place.sent == []


@unsent
async def test_an_unknown_keyword_of_get(place: Place) -> None:
    items = place.client().ticket
    for word in ("expand_dropdown", "filter", "range", "with_loggs"):
        with pytest.raises(GlpiValidationError, match=word):
            await items.get(1, **{word: "x"})
    assert place.sent == []


@unsent
@pytest.mark.parametrize(
    "words",
    [
        {"range": "5"},
        {"range": "9-5"},
        {"range": "a-b"},
        {"range": "0-9", "limit": 5},
        {"limit": 0},
        {"limit": -1},
        {"limit": "many"},
        {"limit": True},
        {"start": -1},
        {"start": 1.5},
        {"include_deleted": "yes"},
        {"include_deleted": 1},
        {"params": "x"},
    ],
    ids=repr,
)
async def test_wrong_values_of_keywords(place: Place, words: dict[str, Any]) -> None:
    with pytest.raises(GlpiValidationError):
        await place.client().ticket.get_all(**words)
    assert place.sent == []


@unsent
@only("legacy", because="keywords of the legacy API")
async def test_wrong_values_of_legacy_keywords(place: Place) -> None:
    items = place.client().ticket
    for words in ({"searchText": "db"}, {"order": "up"}, {"include_deleted": True, "is_deleted": True}):
        with pytest.raises(GlpiValidationError):
            await items.get_all(**words)
    assert place.sent == []


@unsent
@pytest.mark.parametrize("method", ["FETCH", "", "get\r\n", None, 5], ids=repr)
async def test_wrong_methods(place: Place, method: Any) -> None:
    with pytest.raises(GlpiValidationError):
        await place.client().request(method, "Ticket")
    assert place.sent == []


@unsent
@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": "30"},
        {"timeout": True},
        {"max_time": 0},
        {"retries": -1},
        {"retries": 1.5},
        {"retries": "3"},
    ],
    ids=repr,
)
async def test_wrong_options(place: Place, options: dict[str, Any]) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError):
        api.with_options(**options)
    with pytest.raises(GlpiValidationError):
        place.client(**options)
    assert place.sent == []


@unsent
async def test_every_refusal_is_one_of_ours(place: Place) -> None:
    with pytest.raises(GlpiError):
        await place.client().ticket.get("abc")
