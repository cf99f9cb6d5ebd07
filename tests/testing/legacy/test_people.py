"""People of tickets, changes and problems: with and without an account, as 10.0.19 and 11.0.6 took and refused them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_writes import NO_RIGHT

LINKS = {
    "Ticket": ("Ticket_User", "tickets_id"),
    "Change": ("Change_User", "changes_id"),
    "Problem": ("Problem_User", "problems_id"),
}


def make(glpi: Caller, itemtype: str = "Ticket", /, **given: Any) -> int:
    made: int = glpi.ask("POST", itemtype, {"input": {"name": "t", "content": "c", **given}}, 201)["id"]
    return made


def people(glpi: Caller, id: int, itemtype: str = "Ticket") -> list[tuple[int, int, str, int]]:
    """Users: id, role, address, whether mails go out."""
    link, key = LINKS[itemtype]
    columns = ("users_id", "type", "alternative_email", "use_notification")
    return [
        (row[columns[0]], row[columns[1]], row[columns[2]], row[columns[3]])
        for row in glpi.world.select(link, f"{key}=?", (id,))
    ]


def others(glpi: Caller, id: int) -> list[tuple[str, int, int]]:
    """Groups and suppliers: which, id, role."""
    found = [
        ("group", row["groups_id"], row["type"]) for row in glpi.world.select("Group_Ticket", "tickets_id=?", (id,))
    ]
    suppliers = glpi.world.select("Supplier_Ticket", "tickets_id=?", (id,))
    return found + [("supplier", row["suppliers_id"], row["type"]) for row in suppliers]


def status(glpi: Caller, id: int, itemtype: str = "Ticket") -> int:
    found: int = glpi.ask("GET", f"{itemtype}/{id}")["status"]
    return found


def mails(address: Any, use: Any = 1) -> dict[str, Any]:
    return {"use_notification": use, "alternative_email": address}


@pytest.mark.parametrize(
    ("requesters", "notif", "there"),
    [
        (0, mails("a@x.org"), [(0, 1, "a@x.org", 1)]),
        ("0", mails("a@x.org"), [(0, 1, "a@x.org", 1)]),
        (0, mails(["a@x.org"], [1]), [(0, 1, "a@x.org", 1)]),
        ([0, 0], mails(["a@x.org", "b@x.org"], [1, 0]), [(0, 1, "a@x.org", 1), (0, 1, "b@x.org", 0)]),
        ([0, 0], mails(["a@x.org", "a@x.org"], [1, 1]), [(0, 1, "a@x.org", 1)]),
        ([4, 0], mails(["", "a@x.org"], [1, 1]), [(4, 1, "", 1), (0, 1, "a@x.org", 1)]),
        (4, mails("a@x.org"), [(4, 1, "a@x.org", 1)]),
        (4, {"use_notification": 0}, [(4, 1, "", 0)]),
        (0, {"alternative_email": "a@x.org"}, [(0, 1, "a@x.org", 1)]),
        ([0], mails("a@x.org"), []),
        (0, mails("no mail"), []),
        (0, mails(""), []),
        (0, None, []),
        ([4, 4], None, [(4, 1, "", 1)]),
        (99999, None, []),
    ],
)
def test_requesters_of_a_new_ticket(glpi: Caller, requesters: Any, notif: Any, there: Any) -> None:
    given = {"_users_id_requester": requesters, "_users_id_requester_notif": notif}
    assert people(glpi, make(glpi, **given)) == there


def test_an_address_in_the_other_roles(glpi: Caller) -> None:
    watched = make(glpi, _users_id_observer=0, _users_id_observer_notif=mails("a@x.org"))
    assert (people(glpi, watched), status(glpi, watched)) == ([(0, 3, "a@x.org", 1)], 1)
    assigned = make(glpi, _users_id_assign=0, _users_id_assign_notif=mails("a@x.org"))
    assert (people(glpi, assigned), status(glpi, assigned)) == ([(0, 2, "a@x.org", 1)], 2)
    supplied = make(glpi, _suppliers_id_assign=0, _suppliers_id_assign_notif=mails("s@x.org"))
    assert (others(glpi, supplied), status(glpi, supplied)) == ([], 1)


def test_who_is_unknown_is_left_out(glpi: Caller) -> None:
    made = make(glpi, _users_id_requester=99999, _groups_id_assign=99999, _suppliers_id_assign=99999)
    assert (people(glpi, made), others(glpi, made), status(glpi, made)) == ([], [], 2)


@pytest.mark.parametrize("itemtype", ["Change", "Problem"])
def test_an_address_at_changes_and_problems(glpi: Caller, itemtype: str) -> None:
    given = {"_users_id_requester": 0, "_users_id_requester_notif": mails("a@x.org")}
    assert people(glpi, make(glpi, itemtype, **given), itemtype) == [(0, 1, "a@x.org", 1)]


def test_a_change_is_never_assigned(glpi: Caller) -> None:
    for itemtype, expected in (("Change", 1), ("Problem", 2)):
        made = make(glpi, itemtype)
        glpi.ask("PUT", f"{itemtype}/{made}", {"input": {"_itil_assign": {"_type": "user", "users_id": 2}}})
        assert people(glpi, made, itemtype) == [(2, 2, "", 0)]
        assert status(glpi, made, itemtype) == expected


def test_one_more_by_an_update(glpi: Caller) -> None:
    made, group = make(glpi), glpi.ask("POST", "Group", {"input": {"name": "g"}}, 201)["id"]
    supplier = glpi.ask("POST", "Supplier", {"input": {"name": "s"}}, 201)["id"]

    def put(**given: Any) -> str:
        (said,) = glpi.ask("PUT", f"Ticket/{made}", {"input": given})
        assert said[str(made)] is True
        return str(said["message"])

    assert put(_itil_assign={"_type": "group", "groups_id": group}) == ""
    assert status(glpi, made) == 2
    put(_itil_assign={"_type": "supplier", "suppliers_id": supplier})
    put(_itil_requester={"_type": "supplier", "suppliers_id": supplier})
    put(_itil_requester={"_type": "group", "groups_id": group})
    assert others(glpi, made) == [("group", group, 2), ("group", group, 1), ("supplier", supplier, 2)]
    put(_itil_assign={"_type": "user", "users_id": 2})
    assert put(_itil_assign={"_type": "user", "users_id": 2}) == ""
    put(_itil_observer={"_type": "user", "users_id": 4, "use_notification": 0})
    put(_itil_requester={"_type": "user", "users_id": 0, **mails("a@x.org")})
    there = [(2, 2, "", 1), (4, 3, "", 0), (0, 1, "a@x.org", 1)]
    assert people(glpi, made) == there
    assert put(_itil_requester={"_type": "user", "users_id": 0, **mails("no mail")}) == "Invalid email address"
    for ignored in (
        {"users_id": 3},
        {"_type": "user"},
        {"_type": "user", "users_id": [3, 5]},
        {"_type": "user", "users_id": 99999},
    ):
        assert put(_itil_assign=ignored) == ""
    put(_itil_requester=[{"_type": "user", "users_id": 3}])
    assert people(glpi, made) == there
    create = make(glpi, _itil_requester={"_type": "user", "users_id": 4})
    assert people(glpi, create) == []


def test_the_same_address_by_an_update(glpi: Caller) -> None:
    made = make(glpi, _users_id_requester=0, _users_id_requester_notif=mails("a@x.org"))
    again = {"input": {"_itil_requester": {"_type": "user", "users_id": 0, **mails("a@x.org")}}}
    words = f"Duplicate entry '{made}-1-0-a@x.org' for key 'unicity'"
    if glpi.world.version == "10.0.17":
        assert glpi.ask("PUT", f"Ticket/{made}", again) == [{str(made): True, "message": words}]
    else:
        code, (said) = glpi.ask("PUT", f"Ticket/{made}", again, 400)
        assert (code, said.partition(" (")[0]) == ("ERROR_GLPI_UPDATE", f"MySQL query error: {words}")
    assert len(people(glpi, made)) == 1


def test_lists_of_an_update_add(glpi: Caller) -> None:
    made = make(glpi, _users_id_requester=4)
    glpi.ask(
        "PUT",
        f"Ticket/{made}",
        {"input": {"_users_id_requester": [5, 0], "_users_id_requester_notif": mails(["", "b@x.org"], [1, 1])}},
    )
    glpi.ask("PUT", f"Ticket/{made}", {"input": {"_users_id_requester": []}})
    glpi.ask("PUT", f"Ticket/{made}", {"input": {"_users_id_requester": 99999}})
    assert people(glpi, made) == [(4, 1, "", 1), (5, 1, "", 1), (0, 1, "b@x.org", 1)]


def test_rows_of_their_own(glpi: Caller) -> None:
    made = make(glpi)
    supplier = glpi.ask("POST", "Supplier", {"input": {"name": "s"}}, 201)["id"]

    def add(link: str, **given: Any) -> str | None:
        answer = glpi.say("POST", link, {"input": {"tickets_id": made, **given}})
        return (
            None
            if answer.status == 201
            else str(glpi.ask("POST", link, {"input": {"tickets_id": made, **given}}, 400)[1])
        )

    assert add("Ticket_User", users_id=4, type=1) is None
    assert add("Ticket_User", users_id=4, type=1) == ""
    assert add("Ticket_User", users_id=4, type=1, alternative_email="z@x.org") == ""
    assert add("Ticket_User", users_id=4, type=2, alternative_email="no mail") == "Invalid email address"
    assert add("Ticket_User", users_id=0, type=1) == NO_RIGHT
    assert add("Ticket_User", users_id=0, type=1, alternative_email="no mail") == "Invalid email address"
    assert add("Ticket_User", users_id=0, type=1, alternative_email="b@x.org") is None
    assert f"'{made}-1-0-b@x.org'" in str(add("Ticket_User", users_id=0, type=1, alternative_email="b@x.org"))
    assert add("Ticket_User", users_id=0, type=1, alternative_email="c@x.org") is None
    assert add("Ticket_User", type=1, alternative_email="d@x.org") == (
        NO_RIGHT if glpi.world.version == "10.0.17" else None
    )
    assert add("Supplier_Ticket", suppliers_id=supplier, type=2) is None
    assert add("Supplier_Ticket", suppliers_id=0, type=2, alternative_email="s@x.org") is None
    assert f"'{made}-2-0'" in str(add("Supplier_Ticket", suppliers_id=0, type=2, alternative_email="t@x.org"))
    assert add("Group_Ticket", groups_id=99999, type=2) == NO_RIGHT
