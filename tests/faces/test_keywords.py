"""A misspelt keyword is named together with the one that was probably meant."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.shared.ids import refuse_misspelt
from glpi_utils._knowledge import fields
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, legacy

CLIENTS = [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("timeut", "timeout"), ("max_tme", "max_time"), ("user_name", "username"), ("readonly", "read_only")],
)
def test_of_a_constructor(client: Any, misspelt: str, meant: str) -> None:
    with pytest.raises(
        TypeError, match=rf"{client.__name__}\(\) got an unexpected .*'{misspelt}'; did you mean .*'{meant}'"
    ):
        client("https://glpi.example.com", **{misspelt: 3})


@pytest.mark.parametrize("client", CLIENTS)
def test_of_with_options(client: Any) -> None:
    api = client("https://glpi.example.com")
    with pytest.raises(TypeError, match=r"with_options\(\) got an unexpected .*'timeot'; did you mean 'timeout'"):
        api.with_options(timeot=3)
    with pytest.raises(TypeError, match=r"'xyz'; it takes concurrency, dates"):
        api.with_options(xyz=3)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("get_all_page", r"Did you mean get_all_pages\(\)"),
        ("who_am_i", r"Did you mean whoami\(\)"),
        ("set_active_entities", r"Did you mean .*set_active_entity\(\)"),
        ("kill_session", r"Did you mean logout\(\)"),
        ("search_rows", r"api\.ticket\.search_rows\(\)"),
        ("find", r"api\.ticket\.get_all\(\)"),
        ("get_ticket", r"Did you mean api\.ticket\.get\(\)\?$"),
        ("create_ticket", r"Did you mean api\.ticket\.create\(\)\?$"),
        ("get_all_tickets", r"Did you mean api\.ticket\.get_all\(\)\?$"),
        ("list_computers", r"Did you mean api\.computer\.get_all\(\)\?$"),
        ("update_network_equipment", r"Did you mean api\.network_equipment\.update\(\)\?$"),
        ("add_item", r"it is a method of items, such as api\.ticket\.add_item\(\)"),
        ("ad_items", r"such as api\.ticket\.add_item\(\)"),
        ("list_items", r"Did you mean get_all_items\(\)"),
        ("tickets", r"Did you mean ticket"),
    ],
)
def test_of_a_client_s_method(client: Any, name: str, hint: str) -> None:
    with pytest.raises(AttributeError, match=hint):
        getattr(client("https://glpi.example.com"), name)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("get_al", "get_all"),
        ("find", "get_all"),
        ("list", "get_all"),
        ("upadte", "update"),
        ("iter_item", "iter_items"),
    ],
)
def test_of_a_method_of_items(client: Any, name: str, meant: str) -> None:
    items = client("https://glpi.example.com").ticket
    with pytest.raises(AttributeError, match=rf"has no attribute '{name}'; did you mean .*{meant}\(\)"):
        getattr(items, name)
    assert not hasattr(items, "__wrapped__")
    with pytest.raises(AttributeError, match=r"has no attribute 'zzz'$"):
        items.zzz  # noqa: B018


def test_a_list_names_the_keywords_of_those_that_read_whole_lists(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api, legacy(glpi) as other:
        every: list[Any] = [api.ticket, other.ticket]  # checkers refuse these keywords as well
        for items in every:
            with pytest.raises(GlpiValidationError, match=r"did you mean 'concurrency' \(get_all_pages\(\) takes it\)"):
                items.get_all_pages(concurency=2)
            with pytest.raises(
                GlpiValidationError, match=r"get_all_pages\(\) takes page_size, concurrency, on_page, id_audit, census"
            ):
                items.get_all(pages=2)
            with pytest.raises(GlpiValidationError) as caught:
                items.get(1, concurency=2)
            assert "get_all_pages" not in str(caught.value)


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_a_misspelt_keyword_of_a_write_is_no_further_field(make: Any, glpi: GlpiServer) -> None:
    row, below = {"name": "x", "content": "y"}, {"content": "y"}
    calls: dict[str, Any] = {
        r"create\(\) takes no kye=; did you mean key=\?": lambda items: items.create(row, kye="a"),
        r"create\(\) takes no uniqe_by=; did you mean unique_by=\?": lambda items: items.create(row, uniqe_by="name"),
        r"update\(\) takes no validat=; did you mean validate=\?": lambda items: items.update({"id": 1}, validat="off"),
        r"add_sub_item\(\) takes no verfy=; did you mean verify=\?": lambda items: items.add_sub_item(
            1, "Task", below, verfy=True
        ),
    }
    with make(glpi) as api:
        for text, call in calls.items():
            with pytest.raises(GlpiValidationError, match=text):
                call(api.ticket)
        with pytest.raises(GlpiValidationError, match=r"'unwarp': did you mean 'unwrap'\?"):
            api.ticket.get_sub_items(1, "Task", unwarp=True)
    assert glpi.requests == []


def test_no_field_that_is_known_is_taken_for_a_misspelt_keyword() -> None:
    for schema in fields.schemas():
        refuse_misspelt(fields.fields_of(schema, "2.99") or {}, "create")
