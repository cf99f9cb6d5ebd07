"""Which fields hold an object: held against the embedded GLPI's own tables, which know nothing of ours."""

from __future__ import annotations

from glpi_utils._knowledge.relations import by_id, unfilterable
from glpi_utils.testing.world import knowledge

OBJECTS = {"join", "status", "linked", "groups"}
SCALARS = {"column", "hidden"}


def test_every_field_of_every_schema_is_told_right() -> None:
    schemas = knowledge.schemas()
    fields = [(schema, name, entry) for schema, found in schemas.items() for name, entry in found["fields"].items()]
    told = {(schema, name): by_id(schema, name) for schema, name, _ in fields}
    meant = {
        (schema, name): entry["read"] in OBJECTS for schema, name, entry in fields if entry["read"] in OBJECTS | SCALARS
    }
    assert len(meant) > 300
    assert {key: told[key] for key, holds in meant.items() if told[key] is not holds} == {}


def test_what_can_not_be_filtered_by() -> None:
    assert "500" in unfilterable("Ticket", ("team", "id"))
    assert "mapped" in unfilterable("Ticket", ("status", "name"))
    assert "mapped" in unfilterable("Document", ("filepath",))
    assert unfilterable("Computer", ("status", "name")) == ""
    assert unfilterable("Ticket", ("name",)) == ""
