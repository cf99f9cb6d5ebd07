"""What the `with_*` options add to a single item."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller

ALL = (
    "devices disks softwares connections networkports infocoms contracts documents tickets problems changes notes logs"
).split()


@pytest.fixture
def computer(glpi: Caller) -> int:
    return int(glpi.ask("POST", "Computer", {"input": {"name": "pc"}}, 201)["id"])


def put(glpi: Caller, itemtype: str, /, **values: Any) -> int:
    return int(glpi.ask("POST", itemtype, {"input": values}, 201)["id"])


def option(glpi: Caller, path: str, name: str) -> Any:
    return glpi.ask("GET", f"{path}?with_{name}=true&get_hateoas=false")[f"_{name}"]


def test_each_option_is_a_key_of_its_own_and_empty_where_nothing_hangs(glpi: Caller, computer: int) -> None:
    plain = glpi.ask("GET", f"Computer/{computer}?get_hateoas=false")
    assert not [key for key in plain if key.startswith("_")]
    for name in set(ALL) - {"logs", "networkports"}:
        assert option(glpi, f"Computer/{computer}", name) == []
    assert set(map(len, option(glpi, f"Computer/{computer}", "networkports").values())) == {0}
    query = "&".join(f"with_{name}=1" for name in ALL)
    row = glpi.ask("GET", f"Computer/{computer}?{query}&get_hateoas=false")
    assert {key for key in row if key.startswith("_")} == {f"_{name}" for name in ALL}


def test_what_hangs_on_a_computer(glpi: Caller, computer: int) -> None:
    item = {"itemtype": "Computer", "items_id": computer}
    note = put(glpi, "Notepad", content="by hand", **item)
    ticket = put(glpi, "Ticket", name="t", content="c", itilcategories_id=1)
    put(glpi, "Item_Ticket", tickets_id=ticket, **item)
    document = put(glpi, "Document", name="manual")
    put(glpi, "Document_Item", documents_id=document, **item)
    infocom = put(glpi, "Infocom", warranty_duration=24, **item)
    path = f"Computer/{computer}"
    assert [row["id"] for row in option(glpi, path, "notes")] == [note]
    assert [(row["id"], bool(row["catname"])) for row in option(glpi, path, "tickets")] == [(ticket, True)]
    assert [row["name"] for row in option(glpi, path, "documents")] == ["manual"]
    assert option(glpi, path, "infocoms")["id"] == infocom
    logs = option(glpi, path, "logs")
    assert [(key == str(row["id"]), row["linked_action"]) for key, row in logs.items()] == [(True, 20)]


def test_trashed_tickets_do_not_hang_on_it_and_a_ticket_has_no_ports(glpi: Caller, computer: int) -> None:
    ticket = put(glpi, "Ticket", name="t", content="c")
    put(glpi, "Item_Ticket", tickets_id=ticket, itemtype="Computer", items_id=computer)
    glpi.ask("DELETE", f"Ticket/{ticket}")
    assert option(glpi, f"Computer/{computer}", "tickets") == []
    row = glpi.ask("GET", f"Ticket/{ticket}?with_networkports=true&with_documents=true&get_hateoas=false")
    assert {key for key in row if key.startswith("_")} == {"_documents"}
    assert option(glpi, f"Ticket/{ticket}", "logs").popitem()[1]["linked_action"] == 13
