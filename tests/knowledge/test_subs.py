"""What is known to hang below the rows of each route."""

from __future__ import annotations

import pytest

from glpi_utils._knowledge.aliases import hl_path
from glpi_utils._knowledge.fields import fields_of
from glpi_utils._knowledge.routes import all_routes
from glpi_utils._knowledge.subs import Sub, sub_named, subs_of

ALL = {"list", "get", "create", "update", "delete"}


def found(parent: str, name: str) -> Sub:
    sub = sub_named(hl_path(parent), name)
    assert sub is not None
    return sub


@pytest.mark.parametrize(
    ("parent", "name", "path", "schema"),
    [
        *(("Computer", "Infocom", "Assets/Computer/{}/Infocom", "Infocom"),),
        *(("Computer", "item_softwareversion", "Assets/Computer/{}/SoftwareInstallation", "SoftwareInstallation"),),
        *(("Computer", "OSInstallation", "Assets/Computer/{}/OSInstallation", "OSInstallation"),),
        *(("Computer", "Component/Memory", "Assets/Computer/{}/Component/Memory", "MemoryItem"),),
        *(("Computer", "DeviceMotherboard", "Assets/Computer/{}/Component/Systemboard", "SystemboardItem"),),
        *(("Software", "Version", "Assets/Software/{}/Version", "SoftwareVersion"),),
        *(("ticket", "followup", "Assistance/Ticket/{}/Timeline/Followup", "Followup"),),
        *(("Ticket", "TicketTask", "Assistance/Ticket/{}/Timeline/Task", "TicketTask"),),
        *(("Change", "ITILSolution", "Assistance/Change/{}/Timeline/Solution", "Solution"),),
        *(("Ticket", "Document_Item", "Assistance/Ticket/{}/Timeline/Document", "Document_Item"),),
        *(("License", "Note", "SoftwareLicense/{}/Note", "Note"), ("Project", "Notepad", "Project/{}/Note", "Note")),
        *(("Project", "Task", "Project/{}/Task", "ProjectTask"), ("Rack", "Item", "Assets/Rack/{}/Item", "RackItem")),
        *(("KnowbaseItem", "Comment", "Knowledgebase/Article/{}/Comment", "KBArticleComment"),),
        *(("RuleTicket", "RuleCriteria", "Rule/Collection/Ticket/Rule/{}/Criteria", "RuleCriteria"),),
        *(("User", "preference", "Administration/User/{}/Preference", "UserPreferences"),),
        *(("Memory", "Items", "Components/Memory/{}/Items", "MemoryItem"),),
    ],
)
def test_a_sub_item_by_name(parent: str, name: str, path: str, schema: str) -> None:
    assert (found(parent, name).path, found(parent, name).schema) == (path, schema)


def test_what_can_be_done() -> None:
    assert found("Ticket", "Followup").verbs == ALL
    assert found("Computer", "Infocom").verbs == ALL - {"list"}
    assert found("Computer", "Infocom").one
    assert found("Computer", "Infocom").later == (frozenset({"create", "update", "delete"}), "2.2")
    assert found("User", "UsedItem").verbs == {"list"}
    assert found("User", "Preference").since == "2.1"
    assert found("Computer", "Note").since == "2.2"
    assert found("Ticket", "TeamMember").verbs == {"list", "create", "delete"}


@pytest.mark.parametrize(
    ("parent", "name", "path", "schema", "verbs"),
    [
        ("Ticket", "Cost", "Assistance/Ticket/{}/Cost", "TicketCost", ALL),
        ("Ticket", "TicketCost", "Assistance/Ticket/{}/Cost", "TicketCost", ALL),
        ("Change", "PendingReason", "Assistance/Change/{}/PendingReason", "PendingReason_Item", {"get"}),
        ("Contract", "Cost", "Management/Contract/{}/Cost", "ContractCost", ALL),
        ("Project", "Cost", "Project/Project/{}/Cost", "ProjectCost", ALL),
        ("Project", "KBArticle", "Project/Project/{}/KBArticle", "KBArticle_Item", ALL),
        ("Project", "Ticket", "Project/{}/Ticket", "ITIL_Project", {"list", "create", "delete"}),
        (
            "ProjectTask",
            "TeamMember",
            "Project/Task/{}/TeamMember",
            "ProjectTaskTeamMember",
            {"list", "create", "delete"},
        ),
        ("Computer", "Antivirus", "Assets/Computer/{}/Antivirus", "Antivirus", ALL),
        ("Computer", "ItemAntivirus", "Assets/Computer/{}/Antivirus", "Antivirus", ALL),
        ("Computer", "Item_Disk", "Assets/Computer/{}/Volume", "Volume", ALL),
        ("Computer", "Contract_Item", "Assets/Computer/{}/Contract", "Contract_Item", ALL),
        ("Phone", "Project", "Assets/Phone/{}/Project", "Item_Project", ALL),
        ("User", "Certificate", "Administration/User/{}/Certificate", "Certificate_Item", ALL),
        (
            "Notification",
            "Recipient",
            "Notifications/Notification/{}/Recipient",
            "NotificationRecipient",
            ALL - {"update"},
        ),
    ],
)
def test_what_came_with_api_2_3(parent: str, name: str, path: str, schema: str, verbs: set[str]) -> None:
    sub = found(parent, name)
    assert (sub.path, sub.schema, sub.since) == (path, schema, "2.3")
    assert sub.verbs == verbs


def test_what_is_not_there() -> None:
    assert sub_named(hl_path("Problem"), "Validation") is None
    assert sub_named(hl_path("Computer"), "Timeline/Task") is None
    assert sub_named(hl_path("Assets/Custom/Drone"), "Note") is None


def test_every_sub_item_is_well_told() -> None:
    count = 0
    for route in all_routes():
        for sub in subs_of(route):
            count += 1
            assert sub.verbs
            assert sub.path.count("{}") == 1
            assert not sub.schema or fields_of(sub.schema, "2.99")
            for name in (sub.name, sub.schema):
                assert not name or sub_named(route, name) is not None
    assert count > 450
