"""A call that does not fit its method is an error of the library, which says what is wrong and shows the right call."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, F, GlpiAPI, GlpiOAuthClient, GlpiValidationError
from glpi_utils._calls import example_of
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy, legacy_async

MAKERS = [highlevel, legacy, highlevel_async, legacy_async]
CLIENTS = [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI]
CALLS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "id beside the fields": (
        lambda api: api.ticket.update(3, {"urgency": 4}),
        'update() takes the id among the fields, {"id": 3, ...}: {}api.ticket.update({"id": 1, "urgency": 4})',
    ),
    "id beside the fields, by itemtype": (
        lambda api: api.update_item("Ticket", 3, {"urgency": 4}),
        'update_item() takes the id among the fields, {"id": 3, ...}: {}api.update_item("Ticket", {"id": 1, "urgency": 4})',
    ),
    "id beside the fields of a sub-item": (
        lambda api: api.ticket.update_sub_item(5, "ITILFollowup", 7, {"content": "x"}),
        'update_sub_item() takes the id among the fields, {"id": 7, ...}: {}api.ticket.update_sub_item(1, "ITILFollowup", ',
    ),
    "fields as keywords": (
        lambda api: api.ticket.create(name="x"),
        'create() lacks item (the fields in a dict): {}api.ticket.create({"name": "Printer on fire", ',
    ),
    "too many": (
        lambda api: api.ticket.create("hunter2", "x"),
        "create() takes item by position, and got 2 arguments: {}api.ticket.create(",
    ),
    "no itemtype": (
        lambda api: api.create_item({"name": "x"}),
        'create_item() lacks item: {}api.create_item("Ticket", ',
    ),
    "no id": (lambda api: api.get_item("Ticket"), 'get_item() lacks id: {}api.get_item("Ticket", 1)'),
    "no role": (
        lambda api: api.ticket.add_team_member(5, 4),
        'add_team_member() lacks role: {}api.ticket.add_team_member(new["id"], "tech", "assigned")',
    ),
    "a misspelt keyword": (
        lambda api: api.ticket.add_team_member(5, 4, "assigned", typ="Group"),
        "add_team_member() takes no typ=; did you mean type=?: {}api.ticket.add_team_member(",
    ),
    "given twice": (lambda api: api.ticket.get(1, id=1), "get() was given id twice: {}api.ticket.get(1)"),
    "no sub-item": (
        lambda api: api.ticket.get_sub_items(5),
        'get_sub_items() lacks sub_itemtype: {}api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True)',
    ),
    "nothing to delete": (
        lambda api: api.ticket.delete(),
        'delete() lacks item: {}api.ticket.delete({"id": new["id"]})',
    ),
    "a filter by position": (
        lambda api: api.ticket.get_all(F.status == 1),
        "get_all() takes a filter by name: filter=F.status == 1",
    ),
    "a filter of a count": (
        lambda api: api.ticket.count(F.status == 1),
        "count() takes a filter by name: filter=F.status == 1",
    ),
    "nothing by position": (
        lambda api: api.whoami(1),
        "whoami() takes nothing by position, and got 1 argument: {}api.whoami()",
    ),
}


def said(make: Callable[[GlpiServer], Any], glpi: GlpiServer, call: Callable[[Any], Any]) -> str:
    """Return what a call is refused with, and see to it that nothing was sent."""

    async def awaited() -> None:
        async with make(glpi) as api:
            await call(api)

    with pytest.raises(GlpiValidationError) as caught:
        if make in (highlevel_async, legacy_async):
            asyncio.run(awaited())
        else:
            with make(glpi) as api:
                call(api)
    assert glpi.requests == []
    assert caught.value.__cause__ is None
    assert "hunter2" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("call", "text"), CALLS.values(), ids=CALLS)
def test_it_is_told_how_the_method_is_called(
    make: Callable[[GlpiServer], Any], call: Callable[[Any], Any], text: str, glpi: GlpiServer
) -> None:
    awaited = "await " if make in (highlevel_async, legacy_async) else ""
    assert said(make, glpi, call).startswith(text.replace("{}", awaited))


@pytest.mark.parametrize("client", CLIENTS)
def test_of_what_is_not_awaited(client: Any) -> None:
    api = client("https://glpi.example.com")
    with pytest.raises(GlpiValidationError, match=r'^item\(\) lacks itemtype: api\.item\("Socket"\)$'):
        api.item()
    with pytest.raises(
        GlpiValidationError, match=r"^with_options\(\) takes nothing by position, and got 1 argument: api\."
    ):
        api.with_options(30)
    with pytest.raises(GlpiValidationError, match=r"^page_size must .*; a filter goes by name: filter=F\.status == 1$"):
        api.ticket.iter_pages(F.urgency >= 4)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda items: items.update(3),
            'update() takes an item as a dict of fields, {"id": 5, "name": "..."}, not int',
        ),
        (lambda items: items.create("x"), 'create() takes an item as a dict of fields, {"name": "..."}, not str'),
        (
            lambda items: items.delete(None),
            'delete() takes an item as a dict of fields, {"id": 5}, or its id, not NoneType',
        ),
        (lambda items: items.delete(3, 4), "force_purge must be True or False, not 4; several items are one list"),
        (lambda items: items.delete(3, False, 5), "history must be True or False, not 5; several items are one list"),
        (lambda items: items.add_sub_item(5, {"content": "hunter2"}, "Task"), "a child is named by text such as"),
        (lambda items: items.update_sub_item(5, 7, {"content": "x"}), "a child is named by text such as"),
        (lambda items: items.get_sub_items("Task", 5), "a child is named by text such as"),
        (lambda items: items.delete_sub_item(5, 7), "a child is named by text such as"),
        (
            lambda items: items.delete_sub_item(5, "ITILFollowup"),
            "there may be several ITILFollowup: the id of the one",
        ),
    ],
)
def test_of_arguments_in_the_wrong_place(
    make: Callable[[GlpiServer], Any], call: Callable[[Any], Any], text: str, glpi: GlpiServer
) -> None:
    assert said(make, glpi, lambda api: call(api.ticket)).startswith(text)


@pytest.mark.parametrize("client", CLIENTS)
def test_every_method_tells_how_it_is_called(client: Any) -> None:
    api = client("https://glpi.example.com")
    shown = 0
    for of in (api, api.ticket):
        for name, method in inspect.getmembers(type(of), inspect.isfunction):
            several = any(each.kind is each.VAR_POSITIONAL for each in inspect.signature(method).parameters.values())
            if name.startswith("_") or several:  # attach() takes any number of files
                continue
            waits = inspect.iscoroutinefunction(method)
            with pytest.raises(
                GlpiValidationError, match=rf"^{name}\(\) takes .* by position, and got 20 arguments: "
            ) as caught:
                asyncio.run(method(of, *range(20))) if waits else method(of, *range(20))
            assert (": await " in str(caught.value)) == (waits and bool(example_of(inspect.unwrap(method))))
            shown += bool(example_of(inspect.unwrap(method)))
    assert shown > 40


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_a_type_error_of_the_program_stays_one(make: Callable[[GlpiServer], Any], glpi: GlpiServer) -> None:
    def wrong(_: object) -> None:
        int(None)  # type: ignore[call-overload]

    with make(glpi) as api, pytest.raises(TypeError, match=r"^int\(\) argument must be"):
        api.ticket.get_all_pages(on_page=wrong)
