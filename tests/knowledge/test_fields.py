"""What is known of the properties of the high-level API's rows, by schema and version."""

from __future__ import annotations

import pytest

from glpi_utils._knowledge.fields import Field, fields_of, itemtype_of, legacy_name, schemas
from glpi_utils._knowledge.relations import by_id

KINDS = {"int", "number", "bool", "text", "html", "date", "datetime", "relation", "object", "list"}


def field(schema: str, name: str, version: str = "2.2") -> Field:
    fields = fields_of(schema, version)
    assert fields is not None
    return fields[name]


def test_a_ticket_as_the_recordings_show_it() -> None:
    """Contract 2: 19 fields in 2.0, 43 in 2.1 and 2.2, newer.md 8: its costs in 2.3."""
    assert [len(fields_of("Ticket", version) or ()) for version in ("2.0", "2.1", "2.2", "2.3")] == [19, 43, 43, 44]
    assert field("Ticket", "category") == Field(
        *("category", "relation", True, "2.0", "", "ITILCategory", (), None, ("id", "name"), "itilcategories_id")
    )
    assert field("Ticket", "name").longest == 255
    assert field("Ticket", "content").longest is None
    assert field("Ticket", "urgency").values == (1, 2, 3, 4, 5)
    assert field("Ticket", "id").writable is False


def test_what_the_document_says_wrong_is_corrected() -> None:
    assert field("Ticket", "status").writable
    assert set(field("Ticket", "status").values) == {1, 2, 3, 4, 5, 6, 10}
    assert field("Ticket", "entity").writable
    assert not field("Ticket", "team").writable
    assert not field("Computer", "group").writable
    assert field("Computer", "group", "2.3").writable
    assert not field("User", "emails", "2.3").writable
    assert not field("Ticket", "costs", "2.3").writable
    assert not field("Contract", "week_begin_hour", "2.3").writable
    assert not field("Cable", "color", "2.3").writable
    assert field("OAuthClient", "grants", "2.3")[1:3] == ("list", True)
    assert field("AutomaticAction", "state", "2.3").values == (0, 1, 2)
    for name in ("resolution_date", "take_into_account_date", "internal_resolution_date"):
        assert (field("Ticket", name).writable, field("Ticket", name, "2.3").writable) == (False, True)
    assert field("Volume", "items_id", "2.3").drops == "below"
    assert not field("Ticket", "team", "2.3").writable
    assert 6 in field("Ticket", "priority").values
    assert field("UserPreferences", "timezone").values == ()


@pytest.mark.parametrize(
    ("schema", "version", "known"),
    [
        *(("KBArticle", "2.1", False), ("KBArticle", "2.2", True), ("KBArticle", "v2.2.0", True)),
        *(("Reminder", "2.0", False), ("Reminder", "2.1", True), ("Ticket", "2", True), ("Ticket", "2.3", True)),
        *(("Ticket", "3.0", True), ("Custom_Drone", "2.2", False), ("PluginX", "2.2", False), ("ticket", "2.2", False)),
    ],
)
def test_a_schema_is_known_from_its_version_on(schema: str, version: str, known: bool) -> None:
    assert (fields_of(schema, version) is not None) is known


@pytest.mark.parametrize(
    ("schema", "counts"),
    [
        *(("Computer", (24, 30)), ("Entity", (6, 37)), ("Group", (7, 23)), ("Project", (8, 32)), ("Contract", (9, 31))),
        *(("Location", (22, 22)), ("ITILCategory", (23, 23)), ("User", (31, 31)), ("Webhook", (0, 25))),
    ],
)
def test_fields_hang_on_the_version_that_is_spoken(schema: str, counts: tuple[int, int]) -> None:
    assert tuple(len(fields_of(schema, version) or ()) for version in ("2.2", "2.3")) == counts


def test_what_newer_versions_add_and_take_away() -> None:
    for version, deleted, categories in (("2.2", False, True), ("2.3", True, True), ("3.0", True, False)):
        assert ("is_deleted" in (fields_of("Project", version) or {})) is deleted
        assert ("categories" in (fields_of("KBArticle", version) or {})) is categories
        assert (fields_of("KBCategory", version) is not None) is categories


def test_a_property_is_known_from_its_version_on() -> None:
    for version, has in (("2.1", False), ("2.2", True), ("2.10", True)):
        assert ("type" in (fields_of("Solution", version) or {})) is has


@pytest.mark.parametrize(
    ("schema", "column", "name"),
    [
        *(("Ticket", "itilcategories_id", "category"), ("Ticket", "locations_id", "location")),
        *(("Ticket", "users_id_recipient", "user_recipient"), ("Ticket", "users_id_lastupdater", "user_editor")),
        *(("Ticket", "solvedate", "date_solve"), ("Ticket", "requesttypes_id", "request_type")),
        *(("Ticket", "slas_id_ttr", "sla_ttr"), ("Ticket", "entities_id", "entity"), ("Ticket", "name", "name")),
        *(("Computer", "groups_id", "group"), ("Computer", "groups_id_tech", "group_tech")),
        *(("Computer", "computermodels_id", "model"), ("Computer", "states_id", "status")),
        *(("TicketTask", "actiontime", "duration"), ("TicketTask", "users_id_tech", "user_tech")),
        *(("Problem_Problem", "problems_id_1", "problem_1"), ("Budget", "begin_date", "date_begin")),
        *(
            ("Cable", "socketmodels_id_endpoint_a", "socketmodel_endpoint_a"),
            ("Ticket", "nosuch", None),
            ("Nosuch", "name", None),
        ),
        *(("User", "name", "username"), ("Location", "locations_id", "parent"), ("Memory", "frequence", "frequency")),
        *(("ITILCategory", "tickettemplates_id_demand", "ticket_request_template"),),
    ],
)
def test_legacy_names_are_told(schema: str, column: str, name: str | None) -> None:
    assert legacy_name(schema, column) == name


def test_every_schema_reads_well() -> None:
    assert len(schemas()) == 332
    for schema in schemas():
        fields = fields_of(schema)
        assert fields
        assert itemtype_of(schema) is not None
        for name, each in fields.items():
            assert (each.name, each.kind in KINDS, bool(each.column)) == (name, True, True)
            assert (each.kind in ("relation", "list")) or not each.target or each.parts
            assert len({type(value) for value in each.values}) <= 1
            assert (
                len({other.column for other in fields.values()} - {each.column}) == len(fields) - 1 or schema in TWICE
            )


def test_what_filters_take_for_an_object_is_one_in_every_schema() -> None:
    told = {(schema, name): by_id(schema, name) for schema in schemas() for name in fields_of(schema) or {}}
    meant = {
        (schema, name): each.kind in ("relation", "object") and "id" in each.parts
        for schema in schemas()
        for name, each in (fields_of(schema) or {}).items()
        if each.kind != "list"
    }
    assert len(meant) > 2000
    assert {key: told[key] for key, holds in meant.items() if told[key] is not holds} == {}


TWICE = {
    "User",  # password2 repeats password in no column of its own
    "Document_Item",  # 2.3 shows documents_id as an object too
    "Document",  # 2.3 shows sha1sum as checksum_sha1 too
}


def test_classes_are_told() -> None:
    assert itemtype_of("Socket") == "Glpi\\Socket"
    assert itemtype_of("License") == itemtype_of("SoftwareLicense") == "SoftwareLicense"
    assert field("Socket", "model").target == "SocketModel"
    assert field("Computer", "type").target == "ComputerType"
