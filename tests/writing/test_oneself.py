""" "me" is one's own id in every field and column of a user that is known, and a text in all others."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import F
from glpi_utils._dialects.shared.oneself import (
    filter_names_me,
    filter_with_id,
    is_column_of_users,
    is_property_of_users,
    item_names_me,
    item_with_id,
)
from glpi_utils._knowledge import fields
from glpi_utils._knowledge.legacy_columns import columns_of
from glpi_utils._knowledge.legacy_table import COLUMNS

NOBODY: list[Any] = [2, "2", "mee", None, {"name": "me"}, []]


def user(path: tuple[str, ...]) -> bool:
    return is_property_of_users("Ticket", path)


def column(path: tuple[str, ...]) -> bool:
    return is_column_of_users("Ticket", path)


def test_every_property_that_shows_a_user_and_no_other() -> None:
    users = 0
    for schema in fields.schemas():
        for name, field in (fields.fields_of(schema, "2.99") or {}).items():
            expected = field.target == "User" or name.startswith("users_id") or (schema, name) == ("User", "id")
            assert is_property_of_users(schema, (name,)) == expected, (schema, name)
            assert is_property_of_users(schema, (name, "id")) == (field.target == "User"), (schema, name)
            assert not is_property_of_users(schema, (name, "name")), (schema, name)
            users += expected
    assert users > 90


def test_every_column_that_holds_the_id_of_a_user_and_no_other() -> None:
    """The tables of properties tell which columns show users, by another way than the names of columns."""
    users = 0
    for itemtype in COLUMNS:
        for name, told in (columns_of(itemtype) or {}).items():
            if is_column_of_users(itemtype, (name,)) and (itemtype, name) != ("User", "id"):
                assert told.kind == "int" or name == "users_id_guests", (itemtype, name)  # a list of ids
    for schema in fields.schemas():
        for field in (fields.fields_of(schema, "2.99") or {}).values():
            if field.target == "User" and field.column != field.name:
                users += 1
                assert is_column_of_users(fields.itemtype_of(schema) or "", (field.column,)), (schema, field)
            elif field.target and field.target != "User":
                assert not is_column_of_users(fields.itemtype_of(schema) or "", (field.column,)), (schema, field)
    assert users > 80


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        *(("_users_id_requester", True), ("_users_id_assign", True), ("users_id_supervisor", True)),
        *(("_users_id_requester_notif", False), ("is_users_id", False), ("usertitles_id", False), ("id", False)),
        *(("name", False), ("content", False), ("users", False), ("groups_id", False)),
    ],
)
def test_names_of_columns(name: str, holds: bool) -> None:
    assert column((name,)) == holds
    assert is_column_of_users("PluginNeverSeen", (name,)) == holds


@pytest.mark.parametrize(
    ("schema", "path", "holds"),
    [
        *(("Custom_Drone", "user", True), ("Custom_Drone", "user_tech.id", True), ("Custom_Drone", "group.id", False)),
        *(
            ("Plugin/X/Thing", "user.id", True),
            ("Plugin/X/Thing", "user_tech", True),
            ("Plugin/X/Thing", "owner", False),
        ),
        *(
            ("User", "id", True),
            ("Group", "id", False),
            ("Ticket", "team.id", False),
            ("Ticket", "user_recipient.x.id", False),
        ),
    ],
)
def test_properties_of_types_that_are_not_known(schema: str, path: str, holds: bool) -> None:
    assert is_property_of_users(schema, tuple(path.split("."))) == holds


@pytest.mark.parametrize(
    ("item", "made"),
    [
        ({"user_recipient": "me", "name": "me"}, {"user_recipient": 7, "name": "me"}),
        ({"user_recipient": "ME"}, {"user_recipient": 7}),
        ({"user_recipient": {"id": "me", "name": "x"}}, {"user_recipient": {"id": 7, "name": "x"}}),
        ({"itemtype": "User", "items_id": "me"}, {"itemtype": "User", "items_id": 7}),
        (
            {"requested_approver_type": "User", "requested_approver_id": "me"},
            {"requested_approver_type": "User", "requested_approver_id": 7},
        ),
    ],
)
def test_items(item: Any, made: Any) -> None:
    before = repr(item)
    assert item_names_me(item, user)
    assert item_with_id(item, user, 7) == made
    assert repr(item) == before, "what the caller gave is not changed"


@pytest.mark.parametrize(
    "item",
    [
        {"name": "me", "category": "me", "content": {"id": "me"}},
        {"itemtype": "Computer", "items_id": "me"},
        {"requested_approver_type": "Group", "requested_approver_id": "me"},
        *({"user_recipient": value} for value in NOBODY),
        *("me", 5, None, ["me"]),
    ],
)
def test_items_that_say_nothing_of_oneself(item: Any) -> None:
    assert not item_names_me(item, user)
    assert item_with_id(item, user, 7) is item


def test_lists_of_actors() -> None:
    item = {"_users_id_requester": ["me", 4], "_groups_id_requester": ["me"]}
    assert item_with_id(item, column, 7) == {"_users_id_requester": [7, 4], "_groups_id_requester": ["me"]}


@pytest.mark.parametrize(
    ("condition", "made"),
    [
        (F.user_recipient == "me", F.user_recipient == 7),
        (F.user_recipient.id != "Me", F.user_recipient.id != 7),
        (F.user_recipient.in_(["me", 4]), F.user_recipient.in_([7, 4])),
        (~F.user_recipient.in_(["me"]) | (F.name == "me"), F.user_recipient.not_in([7]) | (F.name == "me")),
        ([F.user_recipient == "me", "name==me"], [F.user_recipient == 7, "name==me"]),
        (F.user_editor.is_null() & (F.user_editor == "me"), F.user_editor.is_null() & (F.user_editor == 7)),
    ],
)
def test_filters(condition: Any, made: Any) -> None:
    assert filter_names_me(condition, user)
    assert filter_with_id(condition, user, 7) == made


@pytest.mark.parametrize(
    "condition",
    [
        *(F.name == "me", F.user_recipient.name == "me", F.user_recipient.contains("me"), F.category == "me"),
        *(F.user_recipient == 4, F.user_recipient.is_null(), "user_recipient.id==me", None, [F.name.in_(["me"])]),
    ],
)
def test_filters_that_say_nothing_of_oneself(condition: Any) -> None:
    assert not filter_names_me(condition, user)
    made = filter_with_id(condition, user, 7)
    assert made == condition if isinstance(condition, list) else made is condition
