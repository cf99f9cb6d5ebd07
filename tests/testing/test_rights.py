"""Rights: what each standard profile may do, and what it sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from glpi_utils.testing.sample.service_desk import fill
from glpi_utils.testing.world.rights import Right, Who, may, visible
from glpi_utils.testing.world.world import World

ALL = (0, 1, 2, 3)
GLPI, POST_ONLY, TECH, NORMAL, NOBODY = Who(2, 4, ALL), Who(3, 1, ALL), Who(4, 6, ALL), Who(5, 2, ALL), Who(6, 0, ())
EDIT = "read create update delete"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    fill(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("who", "itemtype", "rights"),
    [
        (GLPI, "Ticket", f"{EDIT} purge"),
        (GLPI, "Config", f"{EDIT} purge"),
        (TECH, "Ticket", EDIT),
        (TECH, "ITILFollowup", f"{EDIT} purge"),
        (TECH, "Config", ""),
        (TECH, "User", "read"),
        (NORMAL, "Ticket", "read create"),
        (NORMAL, "ITILSolution", "read"),
        (NORMAL, "Computer", "read"),
        (NORMAL, "Config", ""),
        (POST_ONLY, "Ticket", EDIT),
        (POST_ONLY, "ITILFollowup", "read create"),
        (POST_ONLY, "Computer", ""),
        (POST_ONLY, "Config", ""),
        (NOBODY, "Ticket", ""),
    ],
)
def test_what_a_profile_may(world: World, who: Who, itemtype: str, rights: str) -> None:
    assert [right for right in get_args(Right) if may(world, who, right, itemtype)] == rights.split()


def seen(world: World, who: Who, itemtype: str) -> list[int]:
    where, args = visible(world, who, itemtype)
    return [row["id"] for row in world.select(itemtype, where, args)]


def test_self_service_sees_its_own_tickets(world: World) -> None:
    own = {row["tickets_id"] for row in world.select("Ticket_User", "users_id=3 AND type=1")}
    assert set(seen(world, POST_ONLY, "Ticket")) == own
    assert 0 < len(own) < world.count("Ticket") == len(seen(world, TECH, "Ticket"))
    mine, other = min(own), min(set(range(1, 41)) - own)
    for new, allowed in ((mine, True), (other, False)):
        row = world.get("Ticket", new)
        assert may(world, POST_ONLY, "read", "Ticket", row) is allowed
        assert may(world, POST_ONLY, "create", "ITILFollowup", {"itemtype": "Ticket", "items_id": new}) is allowed
        assert may(world, POST_ONLY, "read", "TicketTask", {"id": 1, "tickets_id": new}) is allowed


def test_entities_bound_what_is_seen(world: World) -> None:
    branch = Who(2, 4, (2,), recursive=False)
    rows = world.select("Computer")
    expected = [
        row["id"] for row in rows if row["entities_id"] == 2 or (row["entities_id"] == 0 and row["is_recursive"])
    ]
    assert seen(world, branch, "Computer") == expected
    assert 0 < len(expected) < len(rows)
    assert seen(world, branch, "Entity") == [2]
    outside = next(row for row in rows if row["entities_id"] == 1)
    assert not may(world, branch, "update", "Computer", outside)
    assert may(world, GLPI, "update", "Computer", outside)


def test_a_recursive_row_is_handed_down(world: World) -> None:
    location = world.select("Location", limit=1)[0]
    assert (location["entities_id"], location["is_recursive"]) == (0, 1)
    assert location["id"] in seen(world, Who(2, 4, (3,)), "Location")


@pytest.mark.parametrize(("entity", "allowed"), [(2, True), (1, False), (9999, False), ("2", True), ("x", False)])
def test_rows_are_created_in_active_entities_only(world: World, entity: Any, allowed: bool) -> None:
    assert may(world, Who(2, 4, (2,)), "create", "Ticket", {"entities_id": entity}) is allowed


def test_nobody_deletes_himself(world: World) -> None:
    assert not may(world, GLPI, "delete", "User", world.get("User", 2))
    assert may(world, GLPI, "delete", "User", world.get("User", 4))
