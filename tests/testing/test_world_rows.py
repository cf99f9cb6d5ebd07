"""The world's rows: reading, MySQL's comparisons, what a column takes, trash, trees, cascades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from glpi_utils.testing.sample.service_desk import fill
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.rights import SYSTEM, Who
from glpi_utils.testing.world.world import World

GLPI = Who(2)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["11.0.6", "10.0.17"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(request.param, clock=lambda: NOON)
    fill(made, 0)
    yield made
    made.close()


def refused(call: Any, *args: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


def test_a_new_row_has_defaults_dates_and_the_active_entity(world: World) -> None:
    new = world.insert("Computer", {"name": "pc", "nosuch": 1, "id": 9999}, Who(2, entities=(3, 1)))
    row = world.get("Computer", new)
    assert row is not None
    assert new != 9999
    assert (row["name"], row["entities_id"], row["is_deleted"], row["serial"]) == ("pc", 3, 0, None)
    assert row["date_creation"] == row["date_mod"] == "2026-03-04 12:00:00"


def test_ids_are_never_used_again(world: World) -> None:
    first = world.insert("Manufacturer", {"name": "a"}, GLPI)
    world.purge("Manufacturer", first, GLPI)
    assert world.insert("Manufacturer", {"name": "b"}, GLPI) == first + 1


@pytest.mark.parametrize(
    ("where", "value", "found"),
    [
        ("name=?", "élan", True),
        ("name=?", "ELAN", True),
        ("name=?", "Élan  ", True),
        ("name=?", "elam", False),
        ("name LIKE ?", "%LA%", True),
        ("name LIKE ?", "e_an", True),
        ("name LIKE ?", "e\\_an", False),
        ("LIKE_BINARY(?, name)", "Él%", True),
        ("LIKE_BINARY(?, name)", "él%", False),
        ("name>?", "D", True),
        ("name>?", "f", False),
    ],
)
def test_texts_compare_as_in_mysql(world: World, where: str, value: str, found: bool) -> None:
    new = world.insert("Manufacturer", {"name": "Élan"}, GLPI)
    assert (new in [row["id"] for row in world.select("Manufacturer", where, (value,))]) is found


@pytest.mark.parametrize(
    ("column", "value", "message", "code"),
    [
        (
            "locations_id",
            "abc",
            "Incorrect integer value: 'abc' for column `glpi`.`glpi_computers`.`locations_id`",
            1366,
        ),
        ("locations_id", None, "Column 'locations_id' cannot be null", 1048),
        ("locations_id", 2**40, "Out of range value for column 'locations_id' at row 1", 1264),
        ("name", "x" * 256, "Data too long for column 'name' at row 1", 1406),
        ("name", {"a": 1}, "Array to string conversion", 0),
        ("date_creation", "2020-01-01T00:00:00Z", "Incorrect datetime value: '2020-01-01T00:00:00Z'", 1292),
        ("date_creation", "2020-02-30 00:00:00", "Incorrect datetime value: '2020-02-30 00:00:00'", 1292),
    ],
)
def test_what_a_column_does_not_take(world: World, column: str, value: Any, message: str, code: int) -> None:
    if code == 1406 and world.version == "10.0.17":
        cut = world.insert("Computer", {"name": value}, GLPI)
        assert (world.get("Computer", cut) or {})["name"] == value[:255]
        return
    before = world.count("Computer")
    refusal = refused(world.insert, "Computer", {"name": "pc", column: value}, GLPI)
    assert (refusal.kind, refusal.code) == ("sql", code)
    assert refusal.message.startswith(message)
    assert world.count("Computer") == before


@pytest.mark.parametrize(
    ("column", "value", "stored"),
    [
        ("locations_id", "7", 7),
        ("locations_id", True, 1),
        ("name", 12, "12"),
        ("name", True, "1"),
        ("name", "NULL", None),
        ("name", "null", None),
        ("comment", "x" * 70_000, "x" * 70_000),
        ("ticket_tco", "12.34567", 12.3457),
        ("last_boot", "2026-01-02 03:04", "2026-01-02 03:04:00"),
    ],
)
def test_what_a_column_makes_of_a_value(world: World, column: str, value: Any, stored: Any) -> None:
    new = world.insert("Computer", {column: value}, GLPI)
    row = world.get("Computer", new)
    assert row is not None
    assert row[column] == stored


def test_an_update_changes_the_date_only_when_something_changes(world: World) -> None:
    new = world.insert("Computer", {"name": "pc", "serial": "1"}, GLPI)
    world.clock = lambda: NOON + timedelta(hours=1)
    world.update("Computer", new, {"name": "pc", "nosuch": 5}, GLPI)
    assert world.select("Computer", "id=?", (new,))[0]["date_mod"] == "2026-03-04 12:00:00"
    world.update("Computer", new, {"name": "pc2"}, GLPI)
    row = world.select("Computer", "id=?", (new,))[0]
    assert (row["name"], row["serial"], row["date_mod"]) == ("pc2", "1", "2026-03-04 13:00:00")


def test_a_missing_row_and_a_missing_itemtype(world: World) -> None:
    assert world.get("Computer", 10**6) is None
    assert world.columns("Nope") is None
    assert refused(world.update, "Computer", 10**6, {"name": "x"}, GLPI).kind == "missing"
    assert refused(world.purge, "Computer", 10**6, GLPI).kind == "missing"
    assert refused(world.get, "Nope", 1).kind == "itemtype"


def test_trash_restore_and_purge(world: World) -> None:
    new = world.insert("Computer", {"name": "pc"}, GLPI)
    world.trash("Computer", new, GLPI)
    world.trash("Computer", new, GLPI)
    assert world.select("Computer", "id=?", (new,))[0]["is_deleted"] == 1
    world.restore("Computer", new, GLPI)
    assert world.select("Computer", "id=?", (new,))[0]["is_deleted"] == 0
    world.purge("Computer", new, GLPI)
    assert world.get("Computer", new) is None


def test_what_has_no_trash_is_gone_at_once(world: World) -> None:
    new = world.insert("Location", {"name": "gone"}, GLPI)
    world.trash("Location", new, GLPI)
    assert world.get("Location", new) is None


def test_a_tree_names_its_paths(world: World) -> None:
    top = world.insert("ITILCategory", {"name": "top"}, GLPI)
    mid = world.insert("ITILCategory", {"name": "mid", "itilcategories_id": top}, GLPI)
    low = world.insert("ITILCategory", {"name": "low", "itilcategories_id": mid}, GLPI)

    def path(new: int) -> tuple[str, int]:
        row = world.select("ITILCategory", "id=?", (new,))[0]
        return row["completename"], row["level"]

    assert path(low) == ("top > mid > low", 3)
    world.update("ITILCategory", top, {"name": "TOP"}, GLPI)
    assert path(low) == ("TOP > mid > low", 3)
    world.update("ITILCategory", low, {"itilcategories_id": 0}, GLPI)
    assert path(low) == ("low", 1)
    world.purge("ITILCategory", top, GLPI)
    assert path(mid) == ("mid", 1)


def test_entities_hang_on_the_root_and_the_root_stays(world: World) -> None:
    new = world.insert("Entity", {"name": "new", "entities_id": 1}, GLPI)
    row = world.get("Entity", new)
    assert row is not None
    assert row["completename"] == "Root entity > Headquarters > new"
    assert refused(world.purge, "Entity", 0, GLPI).message == ""


def test_two_sites_of_one_name_in_one_place(world: World) -> None:
    refusal = refused(world.insert, "Location", {"name": "berlin"}, GLPI)
    assert (refusal.kind, refusal.code, refusal.message) == (
        "sql",
        1062,
        "Duplicate entry '0-0-berlin' for key 'unicity'",
    )
    assert world.insert("Location", {"name": "Berlin", "locations_id": 1}, GLPI)


def test_logins_are_unique_and_passwords_are_kept_as_hashes(world: World) -> None:
    assert refused(world.insert, "User", {"name": "GLPI"}, GLPI).message == "Unable to add. The user already exists."
    new = world.insert(
        "User", {"name": "neu", "password": "geheim", "password2": "geheim", "_useremails": ["a@b.c"]}, GLPI
    )
    assert "geheim" not in str(world.get("User", new))
    assert [row["profiles_id"] for row in world.select("Profile_User", "users_id=?", (new,))] == [1]
    assert [row["email"] for row in world.select("UserEmail", "users_id=?", (new,))] == ["a@b.c"]
    user = world.login("neu", "geheim")
    assert user is not None
    assert user["id"] == new
    assert world.login("neu", "GEHEIM") is None
    assert world.login("nobody", "geheim") is None
    assert refused(world.update, "User", new, {"password": "a", "password2": "b"}, GLPI).message
    assert refused(world.update, "User", new, {"name": "tech"}, GLPI).message


def test_a_refusal_half_way_leaves_nothing(world: World) -> None:
    users, profiles = world.count("User"), world.count("Profile_User")
    refused(world.insert, "User", {"name": "halb", "_profiles_id": 6, "_is_recursive": 10**12}, GLPI)
    assert (world.count("User"), world.count("Profile_User")) == (users, profiles)


def test_one_infocom_for_each_item(world: World) -> None:
    new = world.insert("Computer", {"name": "pc"}, GLPI)
    world.insert("Infocom", {"itemtype": "Computer", "items_id": new}, GLPI)
    assert refused(world.insert, "Infocom", {"itemtype": "Computer", "items_id": new}, GLPI).message == ""
    world.purge("Computer", new, GLPI)
    assert not world.count("Infocom", "items_id=?", (new,))


def test_documents_are_put_on_items_once(world: World) -> None:
    ticket = world.insert("Ticket", {"name": "t", "content": "c"}, GLPI)
    document = world.insert("Document", {"name": "d"}, GLPI)
    link = {"documents_id": document, "itemtype": "Ticket", "items_id": ticket}
    new = world.insert("Document_Item", link, GLPI)
    row = world.get("Document_Item", new)
    assert row is not None
    assert row["users_id"] == 2
    assert refused(world.insert, "Document_Item", link, GLPI).message == ""
    assert refused(world.insert, "Document_Item", {**link, "items_id": 10**6}, GLPI).kind == "right"
    assert refused(world.insert, "Document_Item", {**link, "itemtype": "Nope"}, GLPI).kind == "right"
    world.purge("Document", document, GLPI)
    assert world.get("Document_Item", new) is None


def test_a_file_keeps_the_rows(tmp_path: Any) -> None:
    file = str(tmp_path / "glpi.db")
    first = World("11.0.6", file)
    assert first.store.fresh
    fill(first, 3)
    new = first.insert("Ticket", {"name": "kept"}, SYSTEM)
    first.close()
    second = World("11.0.6", file)
    assert not second.store.fresh
    row = second.get("Ticket", new)
    assert row is not None
    assert row["name"] == "kept"
    second.close()


def test_versions_differ_in_columns_and_itemtypes() -> None:
    new, old = World("11.0.6"), World("10.0.17")
    ticket, former = new.columns("Ticket"), old.columns("Ticket")
    assert ticket is not None
    assert former is not None
    assert set(ticket) - set(former) == {"externalid", "tickettemplates_id"}
    assert set(former) - set(ticket) == {"validation_percent"}
    assert (new.columns("Group_Item") is None, old.columns("Group_Item") is None) == (False, True)
    for world in (new, old):
        world.close()
