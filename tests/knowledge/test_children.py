"""Children and teams: under which name in which API."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils._knowledge.aliases import hl_path
from glpi_utils._knowledge.children import (
    LEGACY_TEAM,
    TEAM_ROLES,
    TEAM_TYPES,
    legacy_parent_fields,
    legacy_sub,
    sub_at,
    team_role,
    timeline_kind,
)
from glpi_utils._knowledge.routes import Route
from glpi_utils.exceptions import GlpiUnsupportedError, GlpiValidationError


def sub_path(parent: Route, name: object) -> str:
    """Return the path of a child below its parent's id in the high-level API; notes have a place of their own."""
    return sub_at(parent, name).path.partition("{}")[2][1:]


@pytest.mark.parametrize("parent", ["Ticket", "Change", "Problem"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(
            ("ITILFollowup", "Followup"),
            ("Followup", "Followup"),
            ("followup", "Followup"),
            ("itil_followup", "Followup"),
        ),
        *(("Timeline/Followup", "Followup"), ("/timeline/followup/", "Followup")),
        *(("TicketTask", "Task"), ("ChangeTask", "Task"), ("ProblemTask", "Task"), ("Task", "Task"), ("task", "Task")),
        *(
            ("ITILSolution", "Solution"),
            ("solution", "Solution"),
            ("Document", "Document"),
            ("Document_Item", "Document"),
        ),
    ],
)
def test_the_timeline_by_any_name(parent: str, name: str, kind: str) -> None:
    assert sub_path(hl_path(parent), name) == f"Timeline/{kind}"
    assert timeline_kind(name) == kind


@pytest.mark.parametrize(
    "name", ["TicketValidation", "ChangeValidation", "Validation", "validation", "Timeline/Validation"]
)
def test_validations_are_there_but_for_problems(name: str) -> None:
    for parent in ("Ticket", "Change"):
        assert sub_path(hl_path(parent), name) == "Timeline/Validation"
    with pytest.raises(GlpiUnsupportedError, match="Problem has no validations"):
        sub_path(hl_path("Problem"), name)
    with pytest.raises(GlpiUnsupportedError, match="Problem has no validations"):
        legacy_sub("Problem", name)


@pytest.mark.parametrize(
    ("parent", "name", "path"),
    [
        ("Ticket", "Timeline", "Timeline"),
        ("Ticket", "/timeline/", "Timeline"),
        ("Ticket", "TeamMember", "TeamMember"),
        ("Computer", "Infocom", "Infocom"),
        ("Computer", "SoftwareInstallation", "SoftwareInstallation"),
        ("Computer", "Component/Battery", "Component/Battery"),
        ("Computer", "Document", "Document"),
        ("Computer", "Contract", "Contract"),  # 2.3 has it below the computer: no itemtype of its own
        ("KnowbaseItem", "Comment", "Comment"),
    ],
)
def test_other_children_are_paths(parent: str, name: str, path: str) -> None:
    assert sub_path(hl_path(parent), name) == path


@pytest.mark.parametrize("name", ["ITILFollowup", "Task", "Solution", "TicketValidation"])
def test_a_computer_has_no_timeline(name: str) -> None:
    with pytest.raises(GlpiUnsupportedError, match="Computer has no timeline"):
        sub_path(hl_path("Computer"), name)


WRONG: tuple[Any, ...] = ("", "/", "a/../b", "../x", "a?b", "a#b", "a%41", "a\nb", "a\\b", None, 3, ["Followup"])


@pytest.mark.parametrize("name", WRONG, ids=repr)
def test_what_would_leave_the_item_is_refused(name: Any) -> None:
    with pytest.raises(GlpiValidationError):
        sub_path(hl_path("Ticket"), name)
    if name != "a\\b":
        with pytest.raises(GlpiValidationError):
            legacy_sub("Ticket", name)


@pytest.mark.parametrize(
    ("parent", "name", "itemtype"),
    [
        ("Ticket", "ITILFollowup", "ITILFollowup"),
        ("Problem", "Followup", "ITILFollowup"),
        ("Change", "Timeline/Solution", "ITILSolution"),
        ("Ticket", "Task", "TicketTask"),
        ("ticket", "task", "TicketTask"),
        ("Change", "Task", "ChangeTask"),
        ("Problem", "Timeline/Task", "ProblemTask"),
        ("Change", "ChangeTask", "ChangeTask"),
        ("Project", "Task", "ProjectTask"),
        ("Project", "ProjectTask", "ProjectTask"),
        ("Ticket", "Validation", "TicketValidation"),
        ("Change", "Validation", "ChangeValidation"),
        ("Ticket", "TicketValidation", "TicketValidation"),
        ("Ticket", "Document", "Document_Item"),
        ("Computer", "Document", "Document_Item"),
        ("Computer", "Document_Item", "Document_Item"),
        ("Computer", "infocom", "Infocom"),
        ("Computer", "Item_DeviceMemory", "Item_DeviceMemory"),
        ("User", "ticket", "Ticket"),
        ("Ticket", "Log", "Log"),
    ],
)
def test_children_of_the_legacy_api(parent: str, name: str, itemtype: str) -> None:
    assert legacy_sub(parent, name) == itemtype


def test_a_computer_has_no_tasks() -> None:
    with pytest.raises(GlpiValidationError, match="Computer has no Task"):
        legacy_sub("Computer", "Task")


@pytest.mark.parametrize(
    ("parent", "child", "fields"),
    [
        ("Ticket", "ITILFollowup", {"itemtype": "Ticket", "items_id": 7}),
        ("Change", "ITILSolution", {"itemtype": "Change", "items_id": 7}),
        ("Computer", "Document_Item", {"itemtype": "Computer", "items_id": 7}),
        ("Computer", "Infocom", {"itemtype": "Computer", "items_id": 7}),
        ("Ticket", "TicketTask", {"tickets_id": 7}),
        ("Ticket", "TicketValidation", {"tickets_id": 7}),
        ("Change", "ChangeTask", {"changes_id": 7}),
        ("Problem", "ProblemTask", {"problems_id": 7}),
        ("Project", "ProjectTask", {"projects_id": 7}),
        ("Entity", "Group", {"entities_id": 7}),
        ("Software", "SoftwareVersion", {"softwares_id": 7}),
        ("ITILCategory", "X", {"itilcategories_id": 7}),
        ("Glpi\\Socket", "X", {"sockets_id": 7}),
    ],
)
def test_how_a_new_child_names_its_parent(parent: str, child: str, fields: dict[str, Any]) -> None:
    assert legacy_parent_fields(parent, 7, child) == fields


@pytest.mark.parametrize(
    ("given_", "role"),
    [
        *(("requester", "requester"), ("Requester", "requester"), (1, "requester"), ("2", "assigned"), (3, "observer")),
        *(("assign", "assigned"), ("technician", "assigned"), (" watcher ", "observer")),
    ],
)
def test_roles(given_: Any, role: str) -> None:
    assert team_role(given_) == role


@pytest.mark.parametrize("wrong", ["boss", "", 0, 4, None, True, 1.0])
def test_other_roles_are_refused(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match=r"requester, assigned \(or assign, assignee, technician\), observer"):
        team_role(wrong)


def test_every_type_of_member_has_its_link() -> None:
    assert all(set(links) == set(TEAM_TYPES) for links in LEGACY_TEAM.values())
    assert list(TEAM_ROLES.values()) == [1, 2, 3]
