"""Which itemtypes a document and a configuration tell of."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils._dialects.high_level.document import Document
from glpi_utils._dialects.high_level.itemtypes import itemtypes as of_document
from glpi_utils._dialects.high_level.itemtypes import schema
from glpi_utils._dialects.legacy.itemtypes import itemtypes as of_config
from glpi_utils._dialects.shared.itemtypes import described
from glpi_utils.exceptions import GlpiUnsupportedError


def _read(schema: str, *, many: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {"$ref": f"#/components/schemas/{schema}"}
    if many:
        told = {"type": "array", "items": told}
    return {"responses": {"200": {"content": {"application/json": {"schema": told}}}}}


def _document() -> Document:
    paths = {
        "/": {"get": _read("Info")},
        "/session": {"get": _read("Session")},
        "/Assets/": {"get": {}},
        "/Assets/Custom/{itemtype}": {"get": _read("Info", many=True)},
        "/Assets/Custom/Drone": {"get": _read("CustomAsset_Drone", many=True), "post": {}},
        "/Assets/Custom/Drone/{id}": {"get": _read("CustomAsset_Drone"), "patch": {}, "delete": {}},
        "/Assets/Drone/{id}/Infocom": {"get": _read("Infocom")},
        "/Administration/User/Me": {"get": _read("User")},
        "/Administration/User/Me/Email": {"get": _read("Email", many=True), "post": {}},
        "/Administration/User/Me/Email/{id}": {"get": _read("Email")},
        "/Plugin/Carbon/Zone": {"get": _read("Zone", many=True)},
        "/Plugin/Carbon/Zone/{id}": {"get": _read("Zone")},
        "/Setup/Config": {"get": _read("Config", many=True)},
        "/Setup/Config/{context}": {"get": _read("Config", many=True)},
        "/Setup/Config/{context}/{name}": {"get": _read("Config"), "patch": {}},
        "/Knowledgebase/Article": {"get": _read("KBArticle", many=True), "post": {}},
        "/Knowledgebase/Article/{article_id}": {"get": _read("KBArticle"), "patch": {}, "delete": {}},
    }
    classes = {
        "CustomAsset_Drone": "Glpi\\CustomAsset\\DroneAsset",
        "Zone": "GlpiPlugin\\Carbon\\Zone",
        "Config": "Config",
        "KBArticle": "KnowbaseItem",
        "User": "User",
    }
    names = [*classes, "Info", "Session", "Email", "Infocom", "Followup", "TicketTask"]
    schemas = {
        name: {"properties": {name: {"type": "string"}}} | ({"x-itemtype": classes[name]} if name in classes else {})
        for name in names
    }
    return Document({"info": {"version": "2.3.0"}, "paths": paths, "components": {"schemas": schemas}})


def test_what_has_a_list_and_items_is_an_itemtype() -> None:
    assert of_document(_document()) == [
        {
            "itemtype": "Glpi\\CustomAsset\\DroneAsset",
            "name": "Glpi\\CustomAsset\\DroneAsset",
            "path": "Assets/Custom/Drone",
            "schema": "CustomAsset_Drone",
            "verbs": ["list", "get", "create", "update", "delete"],
            "custom": True,
            "plugin": None,
        },
        {
            "itemtype": "KnowbaseItem",
            "name": "KnowbaseItem",
            "path": "Knowledgebase/Article",
            "schema": "KBArticle",
            "verbs": ["list", "get", "create", "update", "delete"],
            "custom": False,
            "plugin": None,
        },
        {
            "itemtype": "GlpiPlugin\\Carbon\\Zone",
            "name": "Plugin/Carbon/Zone",
            "path": "Plugin/Carbon/Zone",
            "schema": "Zone",
            "verbs": ["list", "get"],
            "custom": False,
            "plugin": "carbon",
        },
        {
            "itemtype": "Config",
            "name": "Config",
            "path": "Setup/Config",
            "schema": "Config",
            "verbs": ["list"],
            "custom": False,
            "plugin": None,
        },
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Assets/Custom/Drone", "CustomAsset_Drone"),
        ("Drone", "CustomAsset_Drone"),
        ("drone", "CustomAsset_Drone"),
        ("Glpi\\CustomAsset\\DroneAsset", "CustomAsset_Drone"),
        ("KnowbaseItem", "KBArticle"),
        ("knowledgebase", "KBArticle"),
        ("ITILFollowup", "Followup"),
        ("Timeline/Followup", "Followup"),
        ("Task", "TicketTask"),
        ("Infocom", "Infocom"),
        ("User/Me", "User"),
        ("GlpiPlugin\\Carbon\\Zone", "Zone"),
    ],
)
def test_a_schema_by_any_name(name: str, found: str) -> None:
    assert list(schema(_document(), name)) == [found]


def test_the_rootpage_is_nobodys_schema() -> None:
    with pytest.raises(GlpiUnsupportedError, match=r"API 2\.3\.0.*api\.itemtypes"):
        schema(_document(), "Nothing")


@pytest.mark.parametrize(
    ("itemtype", "plugin", "custom"),
    [
        ("PluginFieldsContainer", "fields", False),
        ("PluginFormcreatorForm", "formcreator", False),
        ("GlpiPlugin\\Carbon\\Zone", "carbon", False),
        ("Plugin", None, False),
        ("Computer", None, False),
        ("Glpi\\CustomAsset\\DroneAssetModel", None, True),
        ("Glpi\\Socket", None, False),
    ],
)
def test_whose_a_class_is(itemtype: str, plugin: str | None, custom: bool) -> None:
    found = described(itemtype, itemtype)
    assert (found["plugin"], found["custom"]) == (plugin, custom)


def test_the_configuration_names_classes_in_its_lists_of_types() -> None:
    config = {
        "ticket_types": ["Computer", "PluginGenericobjectCar", "Glpi\\CustomAsset\\DroneAsset"],
        "impact_asset_types": {"Datacenter": "/pics/datacenter.png"},
        "itemdevicepci_types": ["*"],
        "rulecollections_types": ["RuleTicketCollection"],
        "systeminformations_types": ["DBConnection", "AuthLDAP"],
        "languages": {"en_GB": ["English"]},
        "number_format": 0,
        "glpitables": ["Computer2"],
        "csv_types": None,
    }
    found = of_config(config)
    assert [each["itemtype"] for each in found] == [
        "AuthLDAP",
        "Computer",
        "Datacenter",
        "Glpi\\CustomAsset\\DroneAsset",
        "PluginGenericobjectCar",
    ]
    assert [each["plugin"] for each in found] == [None, None, None, None, "genericobject"]
