"""Names of itemtypes: what each means as an attribute, in the high-level API and in the legacy one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._knowledge.aliases import (
    ALIASES,
    LEGACY_ONLY,
    SUB_ONLY,
    class_name,
    close_names,
    hl_path,
    legacy_itemtype,
    names,
    resolve,
)
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils.exceptions import GlpiUnsupportedError, GlpiValidationError

SEED = Path(__file__).resolve().parents[1] / "seed" / "oauth2-high-level-api.txt"
ROUTES = tuple(all_routes())
FIRST = [route for route in ROUTES if not route.second]
BY_ITEMTYPE = {route.itemtype: route for route in FIRST}

PATHS = {
    # the seed's table
    "Ticket": "Assistance/Ticket",
    "Problem": "Assistance/Problem",
    "Change": "Assistance/Change",
    "Computer": "Assets/Computer",
    "Monitor": "Assets/Monitor",
    "Printer": "Assets/Printer",
    "NetworkEquipment": "Assets/NetworkEquipment",
    "Software": "Assets/Software",
    "User": "Administration/User",
    "Group": "Administration/Group",
    "Entity": "Administration/Entity",
    "Contract": "Management/Contract",
    "Supplier": "Management/Supplier",
    "Document": "Management/Document",
    "ITILCategory": "Dropdowns/ITILCategory",
    "KnowbaseItem": "Knowledgebase/Article",
    # and the field's
    "RecurringTicket": "Assistance/RecurringTicket",
    "RecurringChange": "Assistance/RecurringChange",
    "Phone": "Assets/Phone",
    "Peripheral": "Assets/Peripheral",
    "Certificate": "Assets/Certificate",
    "Appliance": "Assets/Appliance",
    "Enclosure": "Assets/Enclosure",
    "Rack": "Assets/Rack",
    "PDU": "Assets/PDU",
    "Cable": "Assets/Cable",
    "Unmanaged": "Assets/Unmanaged",
    "SoftwareLicense": "Management/License",
    "License": "Management/License",
    "Profile": "Administration/Profile",
    "UserCategory": "Administration/UserCategory",
    "UserTitle": "Administration/UserTitle",
    "Contact": "Management/Contact",
    "Budget": "Management/Budget",
    "Domain": "Management/Domain",
    "Cluster": "Management/Cluster",
    "Location": "Dropdowns/Location",
    "State": "Dropdowns/State",
    "Manufacturer": "Dropdowns/Manufacturer",
    "RequestType": "Dropdowns/RequestType",
    "SolutionType": "Dropdowns/SolutionType",
    "TaskCategory": "Dropdowns/TaskCategory",
    "Calendar": "Dropdowns/Calendar",
    "KnowledgebaseCategory": "Knowledgebase/Category",
    "Project": "Project",
    "ProjectTask": "Project/Task",
    # by other names
    "ticket": "Assistance/Ticket",
    "TICKET": "Assistance/Ticket",
    "network_equipment": "Assets/NetworkEquipment",
    "category": "Dropdowns/ITILCategory",
    "knowledgebase": "Knowledgebase/Article",
    "Socket": "Assets/Socket",
    "Glpi\\Socket": "Assets/Socket",
    "Cartridge": "Assets/Cartridge",
    "TicketRecurrent": "Assistance/RecurringTicket",
    "DeviceMemory": "Components/Memory",
    "Memory": "Components/Memory",
    # by path
    "Assets/Socket": "Assets/Socket",
    "/Assistance/Ticket": "Assistance/Ticket",
    "assistance/ticket": "Assistance/Ticket",
    "Assistance/Ticket/": "Assistance/Ticket",
    "project/task": "Project/Task",
    "/Project": "Project",
    "Assets/Custom/MyType": "Assets/Custom/MyType",
    "Assets/Global": "Assets/Global",
    "Assets/Custom/Größe 2": "Assets/Custom/Gr%C3%B6%C3%9Fe%202",
    # unknown names are paths too: the server knows more than we do
    "NetworkName": "NetworkName",
    "Whatever": "Whatever",
    "/Ticket": "Assistance/Ticket",
}


@pytest.mark.parametrize("name", PATHS)
def test_the_path_of_a_name(name: str) -> None:
    assert hl_path(name).path == PATHS[name]


def test_the_seed_page_agrees() -> None:
    """Its table is read from the page itself."""
    table = SEED.read_text(encoding="utf-8").partition("Alias / Itemtype HL API path")[2].partition("For unmapped")[0]
    rows = [line.split(maxsplit=1) for line in table.splitlines() if line.strip()]
    assert len(rows) == 19
    for name, path in rows:
        if path.endswith("(sub-item only)"):
            with pytest.raises(GlpiUnsupportedError, match="get_sub_items"):
                hl_path(name)
        else:
            assert hl_path(name).path == path
        assert resolve(name) is not None


WRONG: tuple[Any, ...] = (
    *("", " ", "/", "//", " / ", "a/../b", "..", "../x", "./a", "a//b", "a?b", "a#b", "a%2e", "a\\b/c", "Ticket?x=1"),
    *("a\rb", "a\nb", "a\tb", "a\0b", "\x7f", "a/\ud800", "\u202e", None, 3, b"Ticket", ["Ticket"], True),
)


@pytest.mark.parametrize("name", WRONG, ids=repr)
def test_what_would_leave_the_api_is_refused(name: Any) -> None:
    with pytest.raises(GlpiValidationError):
        hl_path(name)
    with pytest.raises(GlpiValidationError):
        legacy_itemtype(name)


CLASSES = {
    "Ticket": "Ticket",
    "ticket": "Ticket",
    "networkequipment": "NetworkEquipment",
    "Network_Equipment": "NetworkEquipment",
    "category": "ITILCategory",
    "knowledgebase": "KnowbaseItem",
    "followup": "ITILFollowup",
    "solution": "ITILSolution",
    "task": "TicketTask",
    "validation": "TicketValidation",
    "log": "Log",
    "RecurringTicket": "TicketRecurrent",
    "License": "SoftwareLicense",
    "DataCenter": "Datacenter",
    "Memory": "DeviceMemory",
    "socket": "Glpi\\Socket",
    "Glpi\\Socket": "Glpi\\Socket",
    "\\Glpi\\Socket": "Glpi\\Socket",
    "cartridge": "Cartridge",  # a class of its own, unlike Assets/Cartridge
    "Assets/Cartridge": "CartridgeItem",
    "Assets/Socket": "Glpi\\Socket",
    "/assistance/ticket/": "Ticket",
    "Document_Item": "Document_Item",
    "document_item": "Document_Item",
    "PluginFieldsContainer": "PluginFieldsContainer",
    "Item_DeviceMemory": "Item_DeviceMemory",
    "Glpi\\CustomAsset\\MyTypeAsset": "Glpi\\CustomAsset\\MyTypeAsset",
    "assets/custom/Drone": "Glpi\\CustomAsset\\DroneAsset",
}


@pytest.mark.parametrize("name", CLASSES)
def test_the_class_of_a_name(name: str) -> None:
    assert class_name(name) == CLASSES[name]
    assert unquote(legacy_itemtype(name)) == CLASSES[name]
    assert "\\" not in legacy_itemtype(name)


@pytest.mark.parametrize(
    "name",
    [
        "Assets/Nothing",
        "Assets/Custom/MyType",
        "Assets/Custom/a b",
        "a b",
        "Tick-et",
        "Größe",
        "1Ticket",
        "Glpi\\\\Socket",
        "a.b",
    ],
)
def test_what_is_no_class_is_refused_by_the_legacy_api(name: str) -> None:
    with pytest.raises(GlpiValidationError):
        class_name(name)


@pytest.mark.parametrize("itemtype", [*SUB_ONLY, "followup", "Ticket_Task"])
def test_children_have_no_route_of_their_own(itemtype: str) -> None:
    with pytest.raises(GlpiUnsupportedError, match="get_sub_items"):
        hl_path(itemtype)


def test_log_names_the_client_that_has_it() -> None:
    with pytest.raises(GlpiUnsupportedError, match="GlpiAPI"):
        hl_path("log")


def test_the_25_aliases() -> None:
    assert len(ALIASES) == 25
    for alias, itemtype in ALIASES.items():
        for spelt in (alias, alias.upper(), alias.title(), itemtype):
            assert resolve(spelt) == itemtype


@pytest.mark.parametrize(
    ("attribute", "itemtype"),
    [
        *(("phone", "Phone"), ("network_equipment", "NetworkEquipment"), ("NetworkEquipment", "NetworkEquipment")),
        *(("TicketTask", "TicketTask"), ("ticket_task", "TicketTask"), ("tickettask", "TicketTask")),
        *(("project_task", "ProjectTask"), ("ITILFollowup", "ITILFollowup"), ("itil_followup", "ITILFollowup")),
        *(("state", "State"), ("software_license", "SoftwareLicense"), ("license", "SoftwareLicense")),
        *(("recurring_ticket", "TicketRecurrent"), ("ticket_recurrent", "TicketRecurrent"), ("pdu", "PDU")),
        *(
            ("rule_ticket", "RuleTicket"),
            ("sla", "SLA"),
            ("sim_card", "DeviceSimcard"),
            ("ticket_stats", "TicketStats"),
        ),
        *(
            ("network_port", "NetworkPort"),
            ("computer_model", "ComputerModel"),
            ("kb_article_comment", "KnowbaseItem_Comment"),
        ),
        *(("socket", "Glpi\\Socket"), ("event_log", "Glpi\\Event"), ("Document_Item", "Document_Item")),
    ],
)
def test_more_attributes(attribute: str, itemtype: str) -> None:
    assert resolve(attribute) == itemtype


@pytest.mark.parametrize("attribute", ["tickets", "foo", "", "_ticket", "__deepcopy__", "_repr_html_", "shape", "get"])
def test_no_attribute(attribute: str) -> None:
    assert resolve(attribute) is None


def test_close_names_help_with_typing_errors() -> None:
    assert close_names("tickets")[0] == "ticket"
    assert close_names("Compputer")[0] == "computer"
    assert close_names("net_work_equipement")[0] == "networkequipment"
    assert close_names("qqqqqqqq") == []
    assert close_names("") == []


def test_every_name_that_is_offered_resolves() -> None:
    assert names() == sorted(set(names()))
    assert set(ALIASES) <= set(names())
    for name in names():
        assert name.isidentifier()
        assert resolve(name) is not None


def test_every_route_is_found_by_class_by_path_and_by_its_other_names() -> None:
    for route in ROUTES:
        own = () if route.second else (route.itemtype, route.itemtype.lower(), *route.names)
        for name in (*own, f"/{route.path}", route.path.upper() + "/"):
            assert hl_path(name) is route
        if route.in_legacy:
            assert class_name(route.itemtype) == route.itemtype
            assert class_name(f"/{route.path}") == route.itemtype


def test_no_name_means_two_things() -> None:
    counted = Counter(name.lower() for route in FIRST for name in (route.itemtype, *route.names))
    assert [name for name, times in counted.items() if times > 1] == []
    paths = Counter(route.path.lower() for route in ROUTES)
    assert [path for path, times in paths.items() if times > 1] == []
    assert not set(LEGACY_ONLY) & set(BY_ITEMTYPE)


def test_what_is_no_class_is_refused_by_the_legacy_api_with_the_client_that_has_it() -> None:
    for name in ("StatReport", "ticket_asset_stats", "Assistance/Stat/Ticket/Asset", "CommonAsset"):
        with pytest.raises(GlpiUnsupportedError, match="GlpiOAuthClient"):
            class_name(name)


@given(st.text(max_size=30))
def test_any_text_is_a_safe_path_or_refused(text: str) -> None:
    try:
        route = hl_path(text)
    except (GlpiValidationError, GlpiUnsupportedError):
        return
    assert isinstance(route, Route)
    assert route.path.isascii()
    assert not set(route.path) & set("?#\\ \r\n\t\0")
    assert all(part not in ("", ".", "..") for part in unquote(route.path).split("/"))


@given(st.text(max_size=30))
def test_any_text_is_a_safe_class_or_refused(text: str) -> None:
    try:
        safe = legacy_itemtype(text)
    except GlpiValidationError:
        return
    assert not set(safe) & set("/?#\\ .\r\n")
    assert legacy_itemtype(unquote(safe)) == safe
