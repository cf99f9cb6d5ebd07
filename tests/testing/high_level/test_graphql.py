"""GraphQL, which a stock 11.0.6 dies of and 11.0.8 answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.world import World
from tests.testing.high_level.conftest import Desk


@pytest.fixture(name="newer")
def _newer() -> Iterator[Desk]:
    """Ten tickets on a 11.0.8."""
    with World(version="11.0.8") as world:
        service_desk.fill(world, 10)
        made = Desk(world, api="v2.3")
        made.token = made.log_in()["access_token"]
        yield made


def _asked(desk: Desk, query: str) -> Any:
    answer = desk.ask("POST", "GraphQL", {"query": query})
    assert answer.status == 200
    return answer.body


def test_lists_are_read_with_what_they_name(newer: Desk) -> None:
    made = newer.ask("POST", "Assistance/Ticket", {"name": "new", "category": 1, "content": "x"}).body["id"]
    (ticket,) = _asked(newer, f"{{Ticket(id:{made}){{number:id name category{{id name}}}}}}")["data"]["Ticket"]
    assert (ticket["number"], ticket["name"], ticket["category"]["id"]) == (made, "new", 1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{Ticket{id xyzzyx}}", 'Cannot query field "xyzzyx" on type "Ticket".'),
        ("{Ticket{id nam}}", 'Cannot query field "nam" on type "Ticket". Did you mean "name"?'),
        ("{Ticket{id", "Syntax Error: Expected Name, found <EOF>"),
        ('mutation{x(name:"y"){id}}', "Schema is not configured for mutations."),
    ],
)
def test_what_is_wrong_stands_in_a_200(newer: Desk, query: str, said: str) -> None:
    body = _asked(newer, query)
    assert "data" not in body
    assert body["errors"][0]["message"] == said


def test_what_a_filter_does_not_know_is_dropped_in_silence(newer: Desk) -> None:
    """On the list of the REST API the same filter is a 400."""
    all_of_them = _asked(newer, "{Ticket(limit:100){id}}")["data"]["Ticket"]
    assert len(all_of_them) >= 10
    assert _asked(newer, '{Ticket(limit:100,filter:"name=nonsense=1"){id}}')["data"]["Ticket"] == all_of_them
    assert newer.ask("GET", "Assistance/Ticket?filter=name=nonsense=1").status == 400


def test_the_total_is_right_without_a_filter_alone(newer: Desk) -> None:
    page = _asked(newer, "{Ticket(limit:2){id}}")["extensions"]["pagination"]["Ticket"]
    assert page["total_count"] >= 10
    page = _asked(newer, '{Ticket(limit:2,filter:"id=ge=1"){id}}')["extensions"]["pagination"]["Ticket"]
    assert page["total_count"] == 2


def test_an_older_version_of_the_api_knows_no_types(newer: Desk) -> None:
    body = newer.ask("POST", "/api.php/v2.2/GraphQL", {"query": "{Ticket{id}}"}).body
    assert body["errors"][0]["message"] == "Internal server error"
