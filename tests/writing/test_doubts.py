"""Fields that the library does not know: the server's own document decides, read on the first doubt and once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from glpi_utils import GlpiValidationError, GlpiWarning
from glpi_utils._dialects.high_level import high_level_writes as writing
from glpi_utils._knowledge.fields import Field, fields_of
from glpi_utils.testing import troubles
from tests.writing.places import Place


def documents(place: Place) -> int:
    """How often the document was asked for."""
    return len([each for each in place.sent if each.url.endswith("doc.json")])


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is older than the server: it has never heard of an urgency."""

    def older(schema: str, version: str = "2.2") -> Mapping[str, Field] | None:
        known = fields_of(schema, version)
        return known and {name: field for name, field in known.items() if name != "urgency"}

    monkeypatch.setattr(writing, "fields_of", older)


@pytest.mark.usefixtures("forgetful")
def test_what_a_newer_server_knows_is_sent(hl: Place) -> None:
    number = hl.made(urgency=3)
    api = hl.client()
    api.ticket.update({"id": number, "urgency": 5})
    api.ticket.update([{"id": number, "urgency": 4}])
    api.with_options(timeout=10).ticket.create({"name": "x", "content": "y", "urgency": 2})
    assert (hl.row("Ticket", number)["urgency"], hl.newest("Ticket")["urgency"]) == (4, 2)
    assert documents(hl) == 1


def test_what_no_one_knows_is_refused(hl: Place) -> None:
    api = hl.client()
    for _ in range(2):
        with pytest.raises(GlpiValidationError, match=r"Ticket has no field 'urgencyy' \(5\).*did you mean urgency\?"):
            api.ticket.update({"id": 1, "urgencyy": 5})
    assert documents(hl) == 1
    assert hl.writes == []


def test_where_the_document_can_not_be_had_it_is_sent_with_a_warning(hl: Place) -> None:
    number = hl.made()
    api = hl.client()
    hl.glpi.faults.add(troubles.status(403, {"status": "ERROR_RIGHT_MISSING", "title": "no"}, path="doc.json"))
    with pytest.warns(GlpiWarning, match="the server's own document does not tell"):
        api.ticket.update({"id": number, "urgencyy": 5, "urgency": 5})
    assert hl.row("Ticket", number)["urgency"] == 5


def test_without_a_doubt_a_write_is_one_request(place: Place) -> None:
    api = place.client()
    api.ticket.get(1)
    before = len(place.sent)
    status = {"id": 2} if place.hl else 2
    api.ticket.create({"name": "x", "content": "y", "urgency": 4, "status": status, "type": None})
    api.ticket.update({"id": 1, "urgency": 4})
    api.ticket.add_sub_item(1, "ITILFollowup", {"content": "x", "is_private": True})
    assert len(place.sent) == before + 3


def test_where_nothing_is_looked_at_nothing_is_asked(hl: Place) -> None:
    hl.client(validate="off", verify=False).ticket.update({"id": 1, "urgencyy": 5})
    assert documents(hl) == 0


def test_types_that_are_not_known_are_left_to_the_server(hl: Place) -> None:
    api = hl.client()
    made = api.item("Assets/Custom/MyType").create({"name": "x", "whatever": 5})
    assert made["id"] > 0
    assert documents(hl) == 0


def test_a_custom_asset_is_cleared_as_the_server_tells_of_its_fields(hl: Place) -> None:
    """null changes nothing; the kinds of its fields stand in the server's own document."""
    api = hl.client()
    drones = api.item("Assets/Custom/MyType")
    made = drones.create({"name": "x", "serial": "s", "location": 1, "comment": None})["id"]
    assert documents(hl) == 0
    drones.update({"id": made, "serial": None}, validate="off", verify=False)
    assert drones.get(made)["serial"] == "s"
    drones.update({"id": made, "serial": None, "location": None})
    row = drones.get(made)
    assert (row["serial"], row["location"]) == ("", None)
    assert documents(hl) == 1
    before = len(hl.writes)
    for field, says in (
        ("entity", "0 is the root entity"),
        ("is_recursive", "True or False"),
        ("nothing", "does not tell"),
    ):
        with pytest.raises(GlpiValidationError, match=rf"Custom_MyType.{field} cannot be None: .*{says}"):
            drones.update({"id": made, field: None})
    assert (documents(hl), len(hl.writes)) == (1, before)


@pytest.fixture(params=["2.0", "2.1"])
def older(request: pytest.FixtureRequest, hl: Place) -> tuple[Place, str]:
    """An older version of the API on the same server."""
    return hl, request.param


def test_fields_go_by_the_version_that_is_spoken(older: tuple[Place, str]) -> None:
    place, version = older
    number = place.made()
    solved = {"id": number, "date_solve": "2026-01-31 10:00:00"}
    if version == "2.0":
        with pytest.raises(GlpiValidationError, match="Ticket has no field 'date_solve'"):
            place.client(api_version=version, legacy="never").ticket.update(solved)
        assert place.row("Ticket", number)["solvedate"] is None
        place.client(api_version=version).ticket.update(solved)  # by the legacy API
    else:
        place.client(api_version=version).ticket.update(solved)
    assert place.row("Ticket", number)["solvedate"] is not None
