"""Accounts: authorisations, addresses, groups; and names that come twice or are too long: 10.0.19 and 11.0.6."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_people import make
from tests.testing.legacy.test_writes import NO_RIGHT

STOCK = (1, 0, 0, 1, 1)


def user(glpi: Caller, **given: Any) -> int:
    made: int = glpi.ask("POST", "User", {"input": {"name": f"u{glpi.world.count('User')}", **given}}, 201)["id"]
    return made


def authorisations(glpi: Caller, key: int) -> list[tuple[int, ...]]:
    columns = ("profiles_id", "entities_id", "is_recursive", "is_dynamic", "is_default_profile")
    rows = glpi.world.select("Profile_User", "users_id=?", (key,))
    return [tuple(row[name] for name in columns) for row in rows]


def addresses(glpi: Caller, key: int) -> list[tuple[str, int]]:
    return [(row["email"], row["is_default"]) for row in glpi.world.select("UserEmail", "users_id=?", (key,))]


def refusal(glpi: Caller, method: str, path: str, **given: Any) -> str | None:
    """Why not, up to the statement that 11 quotes; nothing where it is taken."""
    answer = glpi.say(method, path, {"input": given})
    if answer.status in (200, 201):
        return None
    said = str(glpi.ask(method, path, {"input": given}, answer.status)[1])
    return said.removeprefix("MySQL query error: ").partition(" (10")[0].partition(" (14")[0]


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ({}, STOCK),
        ({"_profiles_id": 6}, (6, 0, 0, 0, 0)),
        ({"_profiles_id": "6", "_is_recursive": "1"}, (6, 0, 1, 0, 0)),
        ({"_profiles_id": 6, "_entities_id": 1, "_is_recursive": 1}, (6, 1, 1, 0, 0)),
        ({"_profiles_id": 99}, STOCK),
        ({"_profiles_id": 0}, STOCK),
        ({"profiles_id": 6}, STOCK),
    ],
)
def test_the_authorisation_is_as_asked(glpi: Caller, given: dict[str, Any], there: tuple[int, ...]) -> None:
    assert authorisations(glpi, user(glpi, **given)) == [there]


def test_an_entity_that_is_not_there(glpi: Caller) -> None:
    answer = glpi.say("POST", "User", {"input": {"name": "lost", "_profiles_id": 6, "_entities_id": 99999}})
    assert answer.status == (200 if glpi.world.version == "10.0.17" else 500)
    (row,) = glpi.world.select("User", "name='lost'")
    assert authorisations(glpi, row["id"]) == [(6, 99999, 0, 0, 0)]


def test_a_default_profile_is_one_that_he_has(glpi: Caller) -> None:
    key = user(glpi, profiles_id=6)
    assert glpi.ask("GET", f"User/{key}")["profiles_id"] == 6
    other = user(glpi)
    glpi.ask("PUT", f"User/{other}", {"input": {"profiles_id": 6, "_profiles_id": 6}})
    assert (glpi.ask("GET", f"User/{other}")["profiles_id"], authorisations(glpi, other)) == (0, [STOCK])


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ({"_useremails": {"-1": "a@x.org", "-2": "b@x.org"}}, [("a@x.org", 1), ("b@x.org", 0)]),
        ({"_useremails": ["a@x.org", "b@x.org"]}, [("a@x.org", 1), ("b@x.org", 0)]),
        ({"_useremails": {"-1": "a@x.org", "-2": "b@x.org"}, "_default_email": -2}, [("a@x.org", 0), ("b@x.org", 1)]),
        ({"_useremails": ["no mail", "b@x.org"]}, [("b@x.org", 1)]),
        ({"_useremails": [""]}, []),
        ({"email": "a@x.org", "_emails": ["a@x.org"]}, []),
    ],
)
def test_addresses_of_a_new_user(glpi: Caller, given: dict[str, Any], there: list[tuple[str, int]]) -> None:
    assert addresses(glpi, user(glpi, **given)) == there


def test_addresses_twice(glpi: Caller) -> None:
    twice = {"name": "twice", "_useremails": ["a@x.org", "a@x.org"]}
    if glpi.world.version == "10.0.17":
        assert addresses(glpi, user(glpi, **twice)) == [("a@x.org", 1)]
    else:
        assert "-a@x.org' for key 'unicity'" in str(refusal(glpi, "POST", "User", **twice))


def test_rows_of_addresses(glpi: Caller) -> None:
    key = user(glpi)
    made = glpi.ask("POST", "UserEmail", {"input": {"users_id": key, "email": "a@x.org"}}, 201)
    assert made["message"] == ""
    for again in ("a@x.org", "A@X.ORG"):
        said = refusal(glpi, "POST", "UserEmail", users_id=key, email=again)
        assert said == f"Duplicate entry '{key}-{again}' for key 'unicity'"
    other = glpi.ask("POST", "UserEmail", {"input": {"users_id": key, "email": "b@x.org", "is_default": 1}}, 201)["id"]
    assert addresses(glpi, key) == [("a@x.org", 0), ("b@x.org", 1)]
    for given in ({"email": "not a mail"}, {"email": ""}, {}):
        assert refusal(glpi, "POST", "UserEmail", users_id=key, **given) == ""
    assert refusal(glpi, "POST", "UserEmail", users_id=99999, email="a@x.org") == NO_RIGHT
    assert refusal(glpi, "POST", "UserEmail", email="a@x.org") == NO_RIGHT
    for change in ({"is_default": 0}, {"email": "zzz"}):
        assert refusal(glpi, "PUT", f"UserEmail/{other}", **change) == ""
    said = refusal(glpi, "PUT", f"UserEmail/{other}", email="a@x.org")
    assert said == f"Duplicate entry '{key}-a@x.org' for key 'unicity'"
    ten = glpi.world.version == "10.0.17"
    assert refusal(glpi, "POST", "UserEmail", users_id=key, email="a@localhost") is None
    assert refusal(glpi, "POST", "UserEmail", users_id=key, email="é@x.org") == ("" if ten else None)
    assert refusal(glpi, "POST", "UserEmail", users_id=key, email=" k@x.org ") == (None if ten else "")


def test_rows_of_groups(glpi: Caller) -> None:
    key, group = user(glpi), glpi.ask("POST", "Group", {"input": {"name": "g"}}, 201)["id"]
    pair = {"users_id": key, "groups_id": group}
    made = glpi.ask("POST", "Group_User", {"input": pair}, 201)
    assert made["message"] == f"Item successfully added: General - ID {made['id']}"
    assert refusal(glpi, "POST", "Group_User", **pair) == f"Duplicate entry '{key}-{group}' for key 'unicity'"
    for lost in ({**pair, "users_id": 99999}, {**pair, "groups_id": 99999}, {"users_id": key}, {**pair, "users_id": 0}):
        assert refusal(glpi, "POST", "Group_User", **lost) == NO_RIGHT


def test_rows_of_authorisations(glpi: Caller) -> None:
    key = user(glpi)
    given = {"users_id": key, "profiles_id": 6, "entities_id": 0}
    assert glpi.ask("POST", "Profile_User", {"input": given}, 201)["message"] == ""
    assert refusal(glpi, "POST", "Profile_User", **given) is None
    assert refusal(glpi, "POST", "Profile_User", users_id=key, profiles_id=6) is None
    assert authorisations(glpi, key) == [STOCK, (6, 0, 0, 0, 0), (6, 0, 0, 0, 0), (6, 0, 1, 0, 0)]
    for lost in ({"users_id": 99999}, {"profiles_id": 99}, {"entities_id": 99999}):
        assert refusal(glpi, "POST", "Profile_User", **{**given, **lost}) == NO_RIGHT


def test_statuses_of_items_are_unique(glpi: Caller) -> None:
    top = glpi.ask("POST", "State", {"input": {"name": "s"}}, 201)["id"]
    assert refusal(glpi, "POST", "State", name="s") == "Status of items must be unique!"
    assert refusal(glpi, "POST", "State", name="S") == "Duplicate entry '0-S' for key 'unicity'"
    assert refusal(glpi, "POST", "State", name="s", states_id=top) is None
    assert refusal(glpi, "POST", "State", name="s", states_id=top) == f"Duplicate entry '{top}-s' for key 'unicity'"
    other = glpi.ask("POST", "State", {"input": {"name": "t"}}, 201)["id"]
    assert refusal(glpi, "PUT", f"State/{other}", name="s") == "Status of items must be unique per level!"
    assert refusal(glpi, "PUT", f"State/{other}", comment="x") is None
    blank = glpi.ask("POST", "State", {"input": {"name": ""}}, 201)
    assert blank["message"] == f"Item successfully added: Status of items - ID {blank['id']}"
    for given in ({"name": ""}, {}):
        assert refusal(glpi, "POST", "State", **given) == "Status of items must be unique!"


def test_long_texts_are_cut_on_10(glpi: Caller) -> None:
    long, key = "x" * 300, make(glpi)
    ten = glpi.world.version == "10.0.17"
    for method, path, given in (
        ("POST", "Ticket", {"name": long, "content": "c"}),
        ("PUT", f"Ticket/{key}", {"name": long}),
        ("POST", "Computer", {"name": "pc", "serial": long}),
    ):
        column = "serial" if "serial" in given else "name"
        said = refusal(glpi, method, path, **given)
        assert said == (None if ten else f"Data too long for column '{column}' at row 1")
    assert len(glpi.ask("GET", f"Ticket/{key}")["name"]) == (255 if ten else 1)


def test_a_new_entity_as_a_parent(glpi: Caller) -> None:
    ten = glpi.world.version == "10.0.17"
    made = glpi.ask("POST", "Entity", {"input": {"name": "e", "entities_id": 0}}, 201)["id"]
    expected = None if ten else NO_RIGHT
    assert refusal(glpi, "POST", "Entity", name="sub", entities_id=made) == expected
    assert refusal(glpi, "POST", "Computer", name="pc", entities_id=made) == expected
    glpi.ask("POST", "changeActiveEntities", {"entities_id": "all"})
    made = glpi.ask("POST", "Entity", {"input": {"name": "f", "entities_id": 0}}, 201)["id"]
    assert refusal(glpi, "POST", "Entity", name="sub", entities_id=made) == NO_RIGHT


def test_network_ports(glpi: Caller) -> None:
    named, nameless = (glpi.ask("POST", "Computer", {"input": given}, 201)["id"] for given in ({"name": "a > b"}, {}))
    for computer, owner in ((named, "a > b"), (nameless, "N/A")):
        given = {"itemtype": "Computer", "items_id": computer, "name": "eth0"}
        said = glpi.ask("POST", "NetworkPort", {"input": given}, 201)["message"]
        assert said == f"Item successfully added:  {owner} >  eth0"
    made = glpi.ask("POST", "NetworkPort", {"input": {"itemtype": "Computer", "items_id": named}}, 201)
    assert made["message"] == f"Item successfully added:  a > b >  Network port - ID {made['id']}"
    assert refusal(glpi, "POST", "NetworkPort", itemtype="Computer", items_id=99999) == NO_RIGHT
    assert refusal(glpi, "POST", "NetworkPort", name="eth0") == NO_RIGHT
