"""What hangs below items in API 2.3, by the answers that a real 11.0.8 gave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from glpi_utils import F, GlpiNotFoundError, GlpiOAuthClient, GlpiPermissionError, GlpiUnsupportedError
from glpi_utils._knowledge.fields import fields_of
from glpi_utils.testing import GlpiServer, troubles
from tests.faces import clients

FILE = Path(__file__).resolve().parents[1] / "recordings/11.0.8/new_routes_2_3.json"
EXCHANGES: dict[str, dict[str, Any]] = {
    each["note"]: each for each in reversed(json.loads(FILE.read_text(encoding="utf-8"))["exchanges"])
}
TICKET, OTHER = 4289, 4290


@pytest.fixture
def glpi() -> Iterator[GlpiServer]:
    with GlpiServer("11.0.8", tickets=1) as made:
        yield made


@pytest.fixture
def api(glpi: GlpiServer) -> Iterator[GlpiOAuthClient]:
    with clients.highlevel(glpi) as made:
        yield made


def answer(glpi: GlpiServer, note: str, path: str, method: str = "GET") -> None:
    """Let the server answer as the real one did in the exchange of this note."""
    told = EXCHANGES[note]["response"]
    glpi.faults.add(troubles.status(told["status"], told.get("body") or None, path=path, method=method))


def test_costs_are_filtered_within_their_ticket(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    answer(glpi, "cost list", f"Ticket/{TICKET}/Cost")
    (row,) = api.ticket.get_sub_items(TICKET, "Cost", filter=(F.name == "nv-cost") | F.budget.is_null())
    assert (row["cost_material"], row["ticket"]["id"]) == (1.25, TICKET)
    (seen,) = glpi.seen("GET", "Cost")
    assert parse_qs(seen.query)["filter"] == ['(name=="nv-cost",(budget.id=isnull=;id=ge=0));']


def test_a_cost_of_another_ticket_is_not_changed(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    """GLPI reads, changes and removes it below any ticket (newer.md 6)."""
    answer(glpi, "cost through another ticket GET", f"Ticket/{OTHER}/Cost/1")
    with pytest.raises(GlpiNotFoundError, match=f"Ticket {OTHER} has no Cost 1"):
        api.ticket.update_sub_item(OTHER, "Cost", {"id": 1, "name": "moved?"})
    with pytest.raises(GlpiNotFoundError, match=f"Ticket {OTHER} has no Cost 1"):
        api.ticket.delete_sub_item(OTHER, "Cost", 1)
    assert {seen.method for seen in glpi.seen(path="Cost")} == {"GET"}


def test_a_cost_is_changed_below_its_own_ticket(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    answer(glpi, "cost read", f"Ticket/{TICKET}/Cost/1")
    answer(glpi, "cost patch", f"Ticket/{TICKET}/Cost/1", "PATCH")
    assert api.ticket.update_sub_item(TICKET, "Cost", {"id": 1, "cost_fixed": 5})["cost_fixed"] == 5


def test_tickets_of_a_project_are_unlinked_by_their_own_id(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    answer(glpi, "tickets of project 1", "Project/1/Ticket")
    answer(glpi, "unlink", "Project/1/Ticket", "DELETE")
    (row,) = api.project.get_sub_items(1, "Ticket")
    assert (row["id"], row["items_id"]) == (1, TICKET)
    api.project.delete_sub_item(1, "Ticket", row["id"])
    assert [seen.path.rpartition("v2.3")[2] for seen in glpi.seen("DELETE")] == [f"/Project/1/Ticket/{TICKET}"]
    with pytest.raises(GlpiNotFoundError, match=r"no Ticket 7: get_sub_items\(\) gives their ids"):
        api.project.delete_sub_item(1, "Ticket", 7)


def test_people_of_a_project_are_removed_by_the_id_of_the_row(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    answer(glpi, "project team list", "Project/1/TeamMember")
    answer(glpi, "project team delete", "Project/1/TeamMember", "DELETE")
    api.project.delete_sub_item(1, "TeamMember", 1)
    assert [seen.path.rpartition("v2.3")[2] for seen in glpi.seen("DELETE")] == ["/Project/1/TeamMember/1"]


def test_the_pending_reason_of_a_ticket_is_one_or_none(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    answer(glpi, "pending reason of the ticket", f"Ticket/{TICKET}/PendingReason")
    (row,) = api.ticket.get_sub_items(TICKET, "PendingReason")
    assert (row["followup_frequency"], row["previous_status"]) == (86400, 4)
    with pytest.raises(GlpiUnsupportedError, match=r"no add_sub_item\(\) for PendingReason of Ticket; it has get_sub"):
        api.ticket.add_sub_item(TICKET, "PendingReason", {"previous_status": 1})


@pytest.mark.parametrize("sub", ["Cost", "PendingReason", "KBArticle"])
def test_older_versions_do_not_have_them(glpi: GlpiServer, sub: str) -> None:
    with (
        clients.highlevel(glpi, api_version="2.2", legacy="never") as api,
        pytest.raises(GlpiUnsupportedError, match=rf"{sub} of Ticket from 2\.3 on"),
    ):
        api.ticket.get_sub_items(TICKET, sub)
    assert not glpi.seen(path=sub)


def test_an_agreement_without_its_management_is_explained(api: GlpiOAuthClient) -> None:
    with pytest.raises(GlpiPermissionError, match="where slm, the agreement that it is a part of, is left out"):
        api.item("SLA").create({"name": "s", "type": 0, "time": 4, "time_unit": "hour"})
    assert api.item("SLA").create({"name": "s", "slm": 1, "type": 0, "time": 4, "time_unit": "hour"})["id"]


def test_what_has_no_list_names_what_reads_one(api: GlpiOAuthClient) -> None:
    with pytest.raises(
        GlpiUnsupportedError, match=r"it has request\('GET', 'Assets/Computer/1/Appliance/2'\), add_sub"
    ):
        api.computer.get_sub_items(1, "Appliance")


def test_entities_are_read_whole_beside_their_children(api: GlpiOAuthClient) -> None:
    """In one page with a child its parent comes with 4 of 37 fields (newer.md 10)."""
    listed = {len(row) for row in api.request("GET", "Administration/Entity", params={"limit": 100})}
    assert min(listed) < 10
    for rows in (api.entity.get_all(limit=100), api.entity.get_all_pages(), list(api.entity.iter_items())):
        assert len(rows) > 1
        assert {len(row) for row in rows} == {max(listed)}
    assert max(listed) == len(fields_of("Entity", "2.3") or ())


def test_costs_pending_reasons_volumes_and_links_on_the_embedded_server(api: GlpiOAuthClient) -> None:
    for name, sub, fields, changed in (
        ("Ticket", "Cost", {"name": "a", "cost_fixed": 2}, {"cost_fixed": 3}),
        ("Computer", "Volume", {"name": "c", "mount_point": "/"}, {"name": "d"}),
        ("Computer", "Antivirus", {"name": "c"}, {"is_active": True}),
        ("Contract", "Cost", {"name": "a", "cost": 1}, {"cost": 2}),
    ):
        items = api.item(name)
        new = items.add_sub_item(1, sub, fields)["id"]
        assert [row["id"] for row in items.get_sub_items(1, sub, filter=F.name == fields["name"])] == [new]
        assert items.get_sub_items(1, sub, filter=F.name == "nothing") == []
        row = items.update_sub_item(1, sub, {"id": new, **changed})
        assert {field: row[field] for field in changed} == changed
        items.delete_sub_item(1, sub, new)
        assert items.get_sub_items(1, sub) == []


@pytest.mark.parametrize("version", ["11.0.6", "11.0.8"])
def test_comments_are_read_whole_beside_their_answers(version: str) -> None:
    """The server keeps the rows of a page by id, and the short row of a join goes over the long one."""
    with GlpiServer(version) as glpi, clients.highlevel(glpi) as api:
        article = api.item("KnowbaseItem").create({"name": "a", "content": "c"})["id"]
        first = api.item("KnowbaseItem").add_sub_item(article, "Comment", {"comment": "x"})["id"]
        second = api.item("KnowbaseItem").add_sub_item(article, "Comment", {"comment": "y", "parent": first})["id"]
        cut = api.request("GET", f"Knowledgebase/Article/{article}/Comment")
        assert "comment" not in cut[0]
        rows = api.item("KnowbaseItem").get_sub_items(article, "Comment")
        assert [(row["id"], row["comment"]) for row in rows] == [(first, "x"), (second, "y")]
