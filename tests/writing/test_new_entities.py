"""On the legacy API an entity that was just made is not in view: what is to be made in it is refused, until it is."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import pytest

from glpi_utils import GlpiAPI, GlpiAPIError, GlpiPartialError
from glpi_utils.testing.world.rights import Who
from tests.writing.places import Place

ADMIN = Who(user=2)
_numbers = count(1)


def name() -> str:
    return f"Site {next(_numbers)}"


def entity(place: Place, above: int = 0) -> int:
    """One that somebody else has just made."""
    return place.glpi.do(lambda world: world.insert("Entity", {"name": name(), "entities_id": above}, ADMIN))


def posts(place: Place, path: str) -> int:
    return sum(each.method == "POST" and each.url.endswith(path) for each in place.sent)


def test_a_tree_is_made_from_top_to_bottom(place: Place) -> None:
    api, above = place.client(), 0
    parent = "parent" if place.hl else "entities_id"
    for _ in range(3):
        made = api.entity.create({"name": name(), parent: above})
        assert place.row("Entity", made["id"])["entities_id"] == above
        above = made["id"]
    ticket = api.ticket.create({"name": "x", "content": "y", "entity" if place.hl else "entities_id": above})
    assert place.row("Ticket", ticket["id"])["entities_id"] == above


def test_what_was_refused_is_sent_once_more_and_no_more(legacy: Place) -> None:
    api = legacy.client()
    api.ticket.count()
    new = entity(legacy)
    legacy.sent.clear()
    made = api.entity.create({"name": name(), "entities_id": new})
    assert legacy.row("Entity", made["id"])["entities_id"] == new
    assert [each.url.rpartition("/")[2] for each in legacy.sent] == [
        *("Entity", "getActiveEntities", "changeActiveEntities", "getActiveEntities", "Entity")
    ]
    legacy.sent.clear()
    api.ticket.create({"name": "x", "content": "y", "entities_id": new})
    assert len(legacy.sent) == 1, "now it is in view"


@pytest.mark.parametrize("how", [{"key": "in-a-new-entity"}, {"once": True}, {"unique_by": ("name",)}], ids=str)
def test_creates_that_can_be_found_again_too(legacy: Place, how: dict[str, Any]) -> None:
    api = legacy.client()
    api.ticket.count()
    new = entity(legacy)
    made = api.ticket.create({"name": name(), "content": "y", "entities_id": new}, **how)
    assert legacy.row("Ticket", made["id"])["entities_id"] == new


def test_of_a_list_the_refused_rows_alone_are_sent_again(legacy: Place) -> None:
    api = legacy.client()
    api.ticket.count()
    new = entity(legacy)
    first, second, third = name(), name(), name()
    rows: list[dict[str, Any]] = [
        {"name": first, "content": "x"},
        {"name": second, "content": "x", "entities_id": new},
        {"name": third, "content": "x"},
    ]
    made = api.ticket.create(rows)
    assert [legacy.row("Ticket", each["id"])["name"] for each in made] == [first, second, third]
    assert all(len(legacy.glpi.rows("Ticket", name=each)) == 1 for each in (first, second, third))
    newest = entity(legacy)
    made = api.ticket.create([{**row, "entities_id": newest} for row in rows])
    assert [legacy.row("Ticket", each["id"])["entities_id"] for each in made] == [newest] * 3


def test_an_entity_that_is_not_there_is_refused_as_ever(legacy: Place) -> None:
    api = legacy.client()
    api.ticket.count()
    legacy.sent.clear()
    with pytest.raises(GlpiAPIError, match="permission"):
        api.ticket.create({"name": "x", "content": "y", "entities_id": 99999})
    assert posts(legacy, "/Ticket") == 1
    with pytest.raises(GlpiPartialError):
        api.ticket.create([{"name": "x", "content": "y"}, {"name": "x", "content": "y", "entities_id": 99999}])
    assert posts(legacy, "/Ticket") == 2


def test_a_refusal_in_an_entity_that_is_in_view_is_one(legacy: Place) -> None:
    api = legacy.client()
    legacy.made()
    api.ticket.count()
    legacy.sent.clear()
    row = {"documents_id": 99999, "itemtype": "Ticket", "items_id": 1, "entities_id": 0}
    with pytest.raises(GlpiAPIError):
        api.item("Document_Item").create(row)
    assert [each.method for each in legacy.sent] == ["POST", "GET"]


def test_the_active_entity_stays_what_it_was(legacy: Place) -> None:
    """Set again, the entities are those that they were, and the new ones below."""
    api = legacy.client()
    api.set_active_entity(1, is_recursive=True)
    before = api.get_active_entities()
    new = entity(legacy, above=1)
    api.entity.create({"name": name(), "entities_id": new})
    after = api.get_active_entities()
    assert (after["id"], bool(after["active_entity_recursive"])) == (1, bool(before["active_entity_recursive"]))
    assert {each["id"] for each in after["active_entities"]} >= {each["id"] for each in before["active_entities"]} | {
        new
    }
    outside = entity(legacy)
    with pytest.raises(GlpiAPIError, match="permission"):
        api.entity.create({"name": name(), "entities_id": outside})
    assert api.get_active_entities()["id"] == 1


def test_nor_does_it_widen_a_view_without_those_below(legacy: Place) -> None:
    api = legacy.client()
    api.set_active_entity(1, is_recursive=False)
    new = entity(legacy, above=1)
    with pytest.raises(GlpiAPIError, match="permission"):
        api.ticket.create({"name": "x", "content": "y", "entities_id": new})
    assert [each["id"] for each in api.get_active_entities()["active_entities"]] == [1]


def test_several_roots_all_stay_in_view(legacy: Place) -> None:
    """A user with two entities that are no part of one another, all of them in view."""
    glpi = legacy.glpi
    login = f"two-roots-{next(_numbers)}-{glpi.version}"

    def prepare(world: Any) -> None:
        user = world.insert("User", {"name": login, "password": "secret"}, ADMIN)
        world.sql('DELETE FROM "Profile_User" WHERE users_id = ?', [user])
        for root in (1, 2):
            row = {"users_id": user, "profiles_id": 4, "entities_id": root, "is_recursive": 1}
            world.insert("Profile_User", row, ADMIN)

    glpi.do(prepare)
    with GlpiAPI(glpi.url, username=login, password="secret") as api:
        api.set_active_entity("all")
        before = {each["id"] for each in api.get_active_entities()["active_entities"]}
        assert {1, 2} <= before
        new = entity(legacy, above=2)
        api.ticket.create({"name": "x", "content": "y", "entities_id": new})
        assert {each["id"] for each in api.get_active_entities()["active_entities"]} >= before | {new}


def test_two_threads_at_once(legacy: Place) -> None:
    api = legacy.client()
    api.ticket.count()
    new, got = entity(legacy), list[Any]()

    def one() -> None:
        try:
            got.append(api.ticket.create({"name": "x", "content": "y", "entities_id": new})["id"])
        except Exception as error:
            got.append(error)

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(each, int) for each in got), got
