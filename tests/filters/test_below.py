"""Filters of what hangs off an item: typed timelines, the whole timeline, cost lists, what only the server knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils import F, GlpiOAuthClient, GlpiValidationError
from glpi_utils._dialects.high_level.document import Document
from glpi_utils._dialects.high_level.requests import HighLevel
from glpi_utils.testing import GlpiServer
from tests.live.making import highlevel

DIALECT = HighLevel("https://glpi.example/api.php")


def sent(name: str, sub: str, filter: Any) -> str:
    resource = DIALECT.resource(name)
    listing = DIALECT.sub_listing(resource, 5, sub, {"filter": filter})
    query = DIALECT.sub_page(resource, 5, sub, listing).request.query
    return query.partition("filter=")[2].partition("&")[0].replace("%28", "(").replace("%29", ")").replace("%3B", ";")


@pytest.mark.parametrize(
    ("name", "sub"),
    [("Ticket", "Cost"), ("Change", "cost"), ("Management/Contract", "Cost"), ("Project", "Cost")],
)
def test_the_filter_of_a_cost_list_is_ended_by_a_semicolon(name: str, sub: str) -> None:
    assert sent(name, sub, F.name == "a").endswith(");")
    assert sent(name, sub, ["name==a,name==b", F.name == "c"]).count(";") == 2
    resource = DIALECT.resource(name)
    assert "filter" not in DIALECT.sub_page(resource, 5, sub, DIALECT.sub_listing(resource, 5, sub, {})).request.query


@pytest.mark.parametrize(("name", "sub"), [("Ticket", "Followup"), ("Computer", "Volume"), ("Computer", "Infocom")])
def test_no_other_list_gets_one(name: str, sub: str) -> None:
    assert not sent(name, sub, "name==a").endswith(";")


def test_a_timeline_that_goes_on_keeps_its_filter() -> None:
    ticket = DIALECT.resource("Ticket")
    listing = DIALECT.sub_listing(ticket, 5, "Followup", {"filter": F.content.is_null()})
    query = DIALECT.sub_page(ticket, 5, "Followup", listing, 1000).request.query
    assert query.endswith("filter=%28content%3Disnull%3D%3Bid%3Dge%3D0%29%3B%28id%3Dgt%3D1000%29")


@pytest.fixture(scope="module")
def api() -> Iterator[GlpiOAuthClient]:
    with GlpiServer("11.0.11") as glpi, highlevel(glpi) as made:
        yield made


def test_a_whole_timeline_is_filtered_here_or_not_at_all(api: GlpiOAuthClient) -> None:
    new = api.ticket.create({"name": "n", "content": "x"})["id"]
    api.ticket.add_sub_item(new, "ITILFollowup", {"content": "one"})
    api.ticket.add_sub_item(new, "TicketTask", {"content": "two"})
    for asked in (F.content == "one", "content==one"):
        with pytest.raises(GlpiValidationError, match="of several kinds"):
            api.ticket.get_sub_items(new, "Timeline", filter=asked)
    rows = api.ticket.get_sub_items(new, "Timeline", filter=F.content.contains("on"), client_side=True)
    assert [(row["type"], row["item"]["content"]) for row in rows] == [("Followup", "one")]
    (task,) = api.ticket.get_sub_items(new, "Task", filter=F.content == "two", unwrap=True)
    assert len(api.ticket.get_sub_items(new, "Timeline", filter=F.id == task["id"])) >= 1


def test_a_name_below_an_item_is_looked_up_in_the_servers_document() -> None:
    document = Document(
        {
            "components": {"schemas": {"Zone": {"properties": {"colour": {"type": "string"}}}}},
            "paths": {
                "/Assets/Computer/{asset_id}/Zone": {
                    "get": {
                        "responses": {
                            "200": {
                                "content": {
                                    "application/json": {
                                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Zone"}}
                                    }
                                }
                            }
                        }
                    }
                }
            },
        }
    )
    listing = DIALECT.sub_listing(DIALECT.resource("Computer"), 5, "Zone", {"filter": F.nosuch == 1})
    assert listing.names == ("nosuch",)
    assert document.properties(listing.schema) == {"colour": {"type": "string"}}
    assert document.properties("Assets/Computer/{}/Nothing") is None
