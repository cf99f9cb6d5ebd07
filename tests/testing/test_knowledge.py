"""The double's data file holds together; the tool that makes it reads names and values rightly."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils.testing.world import knowledge
from tools.double_rows import details, itemtype_of, kind_of
from tools.make_double_knowledge import foreign_key

KINDS = {"int", "bool", "text", "date", "datetime", "decimal"}
MODERN = knowledge.itemtypes("11.0.6")


@pytest.mark.parametrize("version", ["11.0.6", "10.0.17"])
def test_columns_are_of_known_kinds_and_have_defaults_that_fit(version: str) -> None:
    itemtypes = knowledge.itemtypes(version)
    assert len(itemtypes) > 200
    for itemtype in itemtypes.values():
        assert itemtype.columns["id"].kind == "int"
        for column in itemtype.columns.values():
            assert column.kind in KINDS
            fits = isinstance(column.default, str) if column.kind == "text" else isinstance(column.default, int)
            assert fits or column.default is None or column.default in (0, "")
        assert itemtype.tree is None or itemtype.tree in itemtype.columns


@pytest.mark.parametrize("schema", sorted(knowledge.schemas()))
def test_every_property_is_read_from_something_that_is_there(schema: str) -> None:
    spec = knowledge.schemas()[schema]
    columns = MODERN[spec["itemtype"]].columns
    for name, field in spec["fields"].items():
        match field["read"]:
            case "column" | "status" | "filepath" | "download" | "texts" | "custom":
                assert field["column"] in columns, name
            case "join":
                assert field["column"] in columns, name
                assert set(field["shows"]) <= {"name", *target(field), *properties(field)}, name
            case "children":
                assert field["column"] in target(field), name
            case "linked" | "groups":
                assert field["link"] in MODERN, name
            case "parts":
                assert set(field["columns"].values()) <= set(columns), name
            case "hidden" | "team":
                pass
            case other:
                pytest.fail(f"{name}: {other}")


def target(field: dict[str, Any]) -> set[str]:
    return set(MODERN[field["itemtype"]].columns)


def properties(field: dict[str, Any]) -> set[str]:
    """What the schemas of a joined itemtype call its columns."""
    return {n for s in knowledge.schemas().values() if s["itemtype"] == field["itemtype"] for n in s["fields"]}


def test_every_route_has_a_schema_and_an_itemtype() -> None:
    routes = knowledge.routes()
    assert len(routes) > 100
    for path, route in routes.items():
        assert knowledge.schemas()[route["schema"]]["itemtype"] == route["itemtype"] in MODERN, path
        assert route["since"] in ("2.0", "2.1", "2.2", "2.3")
        assert route["unknown"] in (403, 404)
        assert "GET" in route["list"] or path == "Setup/AutomaticAction"
    assert (routes["Dropdowns/State"]["unknown"], routes["Administration/User"]["unknown"]) == (404, 403)
    assert (routes["Knowledgebase/Article"]["since"], routes["Assistance/Ticket"]["since"]) == ("2.2", "2.0")


def test_what_hangs_below_items_is_tied_to_them_by_columns() -> None:
    for path, below in knowledge.below().items():
        columns = MODERN[knowledge.schemas()[below["schema"]]["itemtype"]].columns
        assert below["owner"] in MODERN, path
        assert set(below["link"]) <= set(columns), path
        assert None in below["link"].values(), path


def test_a_ticket_has_19_properties_in_the_first_version_and_44_in_the_last() -> None:
    since = [field.get("since", "2.0") for field in knowledge.schemas()["Ticket"]["fields"].values()]
    assert (since.count("2.0"), len(since)) == (19, 44)


@pytest.mark.parametrize(
    ("itemtype", "column"),
    [
        ("ITILCategory", "itilcategories_id"),
        ("Entity", "entities_id"),
        ("Glpi\\SocketModel", "socketmodels_id"),
        ("OlaLevel", "olalevels_id"),
        ("DeviceMemory", "devicememories_id"),
        ("Network", "networks_id"),
        ("Item_DeviceNetworkCard", "items_devicenetworkcards_id"),
        ("Glpi\\Dashboard\\Dashboard", "dashboards_dashboards_id"),
    ],
)
def test_the_column_that_points_to_an_itemtype(itemtype: str, column: str) -> None:
    assert foreign_key(itemtype) == column


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("urgency", [3, None], "int"),
        ("is_deleted", [0, 1], "bool"),
        ("is_strange", [0, 2], "int"),
        ("ticket_tco", ["0.0000", None], "decimal"),
        ("begin_date", ["2026-01-01"], "date"),
        ("date_mod", ["2026-01-01 10:00:00"], "datetime"),
        ("solvedate", [None], "datetime"),
        ("users_id_tech", [None], "int"),
        ("date_format", [None], "text"),
        ("serial", [None, ""], "text"),
    ],
)
def test_the_kind_of_a_column_by_its_values(name: str, values: list[Any], kind: str) -> None:
    assert kind_of(name, values) == kind


def test_a_column_of_one_version_and_the_digits_of_a_decimal() -> None:
    both = {"10.0.17": {"size": ["0.00"]}, "11.0.6": {"name": ["x"]}}
    assert details("size", ["0.00"], both) == {"only": "10.0.17", "scale": 2}
    assert details("name", [None], {"11.0.6": {"name": [None]}}) == {"guess": True}


@pytest.mark.parametrize(
    ("method", "path", "itemtype"),
    [
        ("GET", "/apirest.php/Ticket/1?x=1", "Ticket"),
        ("GET", "/apirest.php/Ticket/1/ITILFollowup", "ITILFollowup"),
        ("GET", "/api.php/v1/Computer/", "Computer"),
        ("GET", "/apirest.php/getFullSession", None),
        ("POST", "/apirest.php/Ticket", None),
    ],
)
def test_whose_rows_an_answer_holds(method: str, path: str, itemtype: str | None) -> None:
    assert itemtype_of({"method": method, "path": path}) == itemtype
