"""A key travels in its best carrier, and a second create with it gives the item that is there."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiError, GlpiUnsupportedError, GlpiValidationError, GlpiWarning
from glpi_utils._dialects.shared.keyed_creates import encoded
from glpi_utils._engine.verbs.client import AsyncClient
from tests.once.places import CARRIERS, Carrier, Place


def carried(place: Place, carrier: Carrier, row: dict[str, Any], key: str) -> bool:
    """Whether the key stands where it should, and nowhere else."""
    comment = f"<!-- key:{encoded(key)} -->"
    plain = "<p>The text</p>" if carrier.parent is None else "The text"
    if carrier.table == "Ticket" and place.glpi.version == "11.0.6":
        return (row["externalid"], row["content"]) == (key, plain)
    if carrier.table.endswith("Task") and not place.hl:
        return (row["uuid"], row["content"]) == (encoded(key), plain)
    stored: str = row["content"].replace("&#60;", "<").replace("&#62;", ">")
    return stored == plain + comment


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda each: each.name)
def test_the_second_create_gives_the_first_item(place: Place, carrier: Carrier) -> None:
    parent = place.parent(carrier.parent) if carrier.parent else 0
    seen = place.glpi.ever(carrier.table, 0)

    async def story(api: AsyncClient) -> None:
        first = await carrier.fresh(api, parent, key=place.key)
        again = await carrier.fresh(api, parent, key=place.key)
        assert first["existing"] is False
        assert (again["id"], again["existing"]) == (first["id"], True)
        assert set(first) <= set(again)
        if carrier.table != "ITILSolution":  # an item has one at a time
            other = await carrier.fresh(api, parent, key=place.key.lower())
            assert other["id"] != first["id"], "keys differ by case, whatever the collation says"
        (row,) = place.glpi.rows(carrier.table, id=first["id"])
        assert carried(place, carrier, row, place.key)
        made = place.glpi.ever(carrier.table, 0) - seen
        assert len(made) == (1 if carrier.table == "ITILSolution" else 2)

    place.play(story)


def test_what_is_in_the_trash_was_created(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        first = await api.change.create({"name": "x", "content": "y"}, key=place.key)
        await api.change.delete({"id": first["id"]})
        with pytest.warns(GlpiWarning, match="is in the trash"):
            again = await api.change.create({"name": "x", "content": "y"}, key=place.key)
        assert (again["id"], again["existing"]) == (first["id"], True)

    place.play(story)


def test_both_apis_of_11_find_each_others_tickets(place: Place) -> None:
    if place.glpi.version != "11.0.6":
        pytest.skip("10 has one API")
    other = Place("legacy" if place.hl else "hl", place.kind, place.glpi)
    ids: list[int] = []

    async def story(api: AsyncClient) -> None:
        ids.extend([(await carrier.fresh(api, 0, key=place.key))["id"] for carrier in CARRIERS[:2]])

    place.play(story)
    other.play(story)
    assert ids[:2] == ids[2:]


def test_unique_by_finds_what_has_the_same_fields(place: Place) -> None:
    serial = f"S_{place.key}'%<\\&>"

    async def story(api: AsyncClient) -> None:
        first = await api.computer.create({"name": "pc", "serial": serial}, unique_by=("serial",))
        again = await api.computer.create({"name": "another", "serial": serial}, unique_by="serial")
        other = await api.computer.create({"name": "pc", "serial": serial + "x"}, unique_by=("serial", "name"))
        cased = await api.computer.create({"name": "pc", "serial": serial.upper()}, unique_by=("serial",))
        assert (again["id"], again["existing"]) == (first["id"], True)
        assert len({first["id"], other["id"], cased["id"]}) == 3
        parent = place.parent()
        note = await api.ticket.add_sub_item(parent, "ITILFollowup", {"content": "only once"}, unique_by="content")
        same = await api.ticket.add_sub_item(parent, "ITILFollowup", {"content": "only once"}, unique_by="content")
        assert (same["id"], same["existing"]) == (note["id"], True)

    place.play(story)


def test_numbers_truth_and_relations_tell_items_apart(place: Place) -> None:
    location: Any = {"id": 1} if place.hl else 1
    field = "location" if place.hl else "locations_id"

    async def story(api: AsyncClient) -> None:
        item = {"name": place.key, "is_recursive": True, field: location}
        first = await api.computer.create(item, unique_by=("name", field))
        again = await api.computer.create(item, unique_by=("name", field))
        assert again["id"] == first["id"]
        with pytest.raises(GlpiError):
            await api.computer.create({"name": [1]}, unique_by="name")

    place.play(story)


def test_a_list_is_created_row_by_row(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        rows = [{"name": f"{place.key} {number}", "content": "x"} for number in range(3)]
        made = await api.ticket.create(rows, once=True)
        again = await api.ticket.create(rows, unique_by="name")
        assert len({each["id"] for each in made}) == 3
        assert [each["id"] for each in again] == [each["id"] for each in made]
        with pytest.raises(GlpiValidationError, match="names one item"):
            await api.ticket.create(rows, key=place.key)

    place.play(story)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"key": ""}, "1 to 200"),
    ({"key": "x" * 201}, "1 to 200"),
    ({"key": 'a"b'}, "1 to 200"),
    ({"key": "a*b"}, "1 to 200"),
    ({"key": "a%b"}, "1 to 200"),
    ({"key": "a b"}, "1 to 200"),
    ({"key": "é"}, "1 to 200"),
    ({"key": "a--b"}, "double hyphen"),
    ({"key": 5}, "1 to 200"),
    ({"key": "a", "once": True}, "one of"),
    ({"once": True, "unique_by": "name"}, "one of"),
    ({"unique_by": ()}, "names of fields"),
    ({"unique_by": "serial"}, "leaves out"),
]


@pytest.mark.parametrize(("how", "why"), REFUSED, ids=lambda each: str(each)[:20])
def test_what_is_wrong_is_refused_before_any_request(place: Place, how: dict[str, Any], why: str) -> None:
    before = place.glpi.count()

    async def story(api: AsyncClient) -> None:
        with pytest.raises(GlpiValidationError, match=why):
            await api.ticket.create({"name": "x", "content": "y"}, **how)
        with pytest.raises(GlpiValidationError, match=why):
            await api.ticket.add_sub_item(1, "ITILFollowup", {"content": "y"}, **how)

    place.play(story)
    assert place.glpi.count() == before


def test_where_nothing_carries_a_key_the_reason_is_told(place: Place) -> None:
    before = place.glpi.count()

    async def story(api: AsyncClient) -> None:
        for work in (
            api.computer.create({"name": "x"}, key="a"),
            api.computer.create({"name": "x"}, once=True),
            api.ticket.add_sub_item(1, "TicketValidation", {"timeline_position": 1}, key="a"),
        ):
            with pytest.raises(GlpiUnsupportedError, match="no field that could carry a key"):
                await work
        with pytest.raises(GlpiValidationError, match="content"):
            await api.ticket.add_sub_item(1, "ITILFollowup", {"is_private": 0}, key="a")

    place.play(story)
    assert place.glpi.count() == before


def test_a_carrier_that_is_taken_is_refused(place: Place) -> None:
    field = "external_id" if place.hl else "externalid"

    async def story(api: AsyncClient) -> None:
        if place.glpi.version == "11.0.6":
            with pytest.raises(GlpiValidationError, match=field):
                await api.ticket.create({"name": "x", "content": "y", field: "mine"}, key=place.key)
            made = await api.ticket.create({"name": "x", "content": "y", field: place.key}, key=place.key)
            assert not made["existing"]

    place.play(story)


def test_a_tasks_uuid_is_one_for_all_parents(place: Place) -> None:
    if place.hl:
        pytest.skip("the High-Level API sets no uuid")
    one, other = place.parent(), place.parent()

    async def story(api: AsyncClient) -> None:
        await api.ticket.add_sub_item(one, "TicketTask", {"content": "x"}, key=place.key)
        with pytest.raises(GlpiValidationError, match="hangs off another item"):
            await api.ticket.add_sub_item(other, "TicketTask", {"content": "x"}, key=place.key)
        with pytest.raises(GlpiValidationError, match="too long"):
            await api.ticket.add_sub_item(one, "TicketTask", {"content": "x"}, key="X" * 150)
        with pytest.raises(GlpiAPIError):
            await api.ticket.add_sub_item(10**6, "TicketTask", {"content": "x"}, key=place.key + "b")

    place.play(story)


def test_a_key_is_written_so_that_collations_and_wildcards_change_nothing() -> None:
    assert encoded("abc-1.2:3") == "abc-1.2:3"
    assert encoded("A_b/@") == "~a~5fb~2f~40"
    assert len({encoded(each) for each in ("ab", "Ab", "aB", "a_", "~", "a~")}) == 6
