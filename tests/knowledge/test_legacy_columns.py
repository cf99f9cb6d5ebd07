"""The columns of the legacy API agree with what the high-level API shows of them."""

from __future__ import annotations

from collections.abc import Iterator

from glpi_utils._knowledge.fields import Field, fields_of, itemtype_of, schemas
from glpi_utils._knowledge.legacy_columns import Column, columns_of, legacy_column, schema_of
from glpi_utils._knowledge.legacy_table import COLUMNS

ALIKE = {
    "text": {"text", ""},
    "html": {"text"},
    "bool": {"int"},
    "relation": {"int"},
    "int": {"int"},
    "number": {"number"},
    "date": {"date", "datetime"},
    "datetime": {"date", "datetime"},
}
MODELS = ("Computer", "Enclosure", "Monitor", "NetworkEquipment", "Peripheral")
OTHERWISE = {
    **dict.fromkeys(("Processor.frequency", "Processor.frequency_default", "ProcessorItem.frequency"), "int"),
    **dict.fromkeys(("RecurringTicket.periodicity", "RecurringChange.periodicity"), "text"),
    **dict.fromkeys(("Agent.port", "SNMPCredential.authentication", "SNMPCredential.encryption"), "text"),
    **dict.fromkeys((f"{kind}Model.depth" for kind in MODELS), "number"),
}
"""Where the document says one thing and the database another."""


def pairs() -> Iterator[tuple[str, Field, Column | None]]:
    """Each field that can be written, with its column."""
    for schema in schemas():
        itemtype = itemtype_of(schema)
        columns = columns_of(itemtype) if itemtype else None
        for field in (fields_of(schema, "2.99") or {}).values():
            if columns is not None and field.writable and field.kind in ALIKE:
                yield schema, field, columns.get(field.column)


def test_every_field_that_can_be_written_has_its_column() -> None:
    found = list(pairs())
    assert len(found) > 1500
    assert [f"{schema}.{field.name}" for schema, field, column in found if column is None] == []


def test_kinds_agree() -> None:
    strange = {
        f"{schema}.{field.name}": column.kind
        for schema, field, column in pairs()
        if column is not None and column.kind not in ALIKE[field.kind]
    }
    assert strange == OTHERWISE


def test_no_text_that_fits_its_column_is_refused_as_too_long() -> None:
    short = [
        f"{schema}.{field.name}"
        for schema, field, column in pairs()
        if column is not None and field.longest and column.kind == "text" and (column.longest or 10**9) > field.longest
    ]
    assert short == []


def test_what_is_known_of_a_column() -> None:
    ticket, user = columns_of("Ticket"), columns_of("User")
    assert ticket is not None
    assert user is not None
    assert ticket["name"] == Column("name", "text", 255)
    assert (ticket["date"].kind, ticket["urgency"].values, ticket["urgency"].nullable) == (
        "datetime",
        (1, 2, 3, 4, 5),
        False,
    )
    assert "opening" in ticket["date"].kept
    assert (user["entities_id"].nullable, user["entities_id"].kept) == (True, "")
    assert {"externalid", "validation_percent"} <= set(ticket)  # of 11, of 10


def test_schemas_and_columns_by_name() -> None:
    assert (schema_of("SoftwareLicense"), schema_of("Glpi\\Socket"), schema_of("PluginFoo")) == (
        "License",
        "Socket",
        None,
    )
    assert (
        legacy_column("Ticket", "category"),
        legacy_column("Ticket", "nothing"),
        legacy_column("PluginFoo", "x"),
    ) == (
        "itilcategories_id",
        None,
        None,
    )
    assert all(columns_of(itemtype) for itemtype in COLUMNS)
