"""What each empty value does to each kind of field where nothing is looked at: the embedded GLPI behaves as a real one."""

from __future__ import annotations

from typing import Any, Final

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError
from tests.writing.places import ADMIN, Place

SAME, NULL, ZERO, TEXT, NO = "unchanged", "null", "0", "empty text", "refused"
HELD: Final = {
    "solvedate": "2026-01-31 10:00:00",
    "date": "2026-01-31 10:00:00",
    "begin": "2026-01-31 10:00:00",
    "begin_date": "2026-01-31",
    "urgency": 4,
    "name": "a name",
    "content": "a content",
    "itilcategories_id": 2,
    "value": 12.5,
}
HIGHLEVEL = """
field                | column            | ""         | None      | "null"    | "NULL"    | 0
Ticket.date_solve    | solvedate         | unchanged  | unchanged | unchanged | null      | unchanged
Ticket.date          | date              | unchanged  | unchanged | refused   | null      | unchanged
Task.planned_begin   | begin             | refused    | unchanged | null      | null      | refused
Budget.date_begin    | begin_date        | null       | unchanged | unchanged | null      | unchanged
Ticket.urgency       | urgency           | refused    | unchanged | refused   | refused   | 0
Infocom.value        | value             | refused    | unchanged | 0         | refused   | 0
Ticket.name          | name              | empty text | unchanged | null      | null      | -
Ticket.content       | content           | refused    | unchanged | null      | refused   | -
Ticket.category      | itilcategories_id | refused    | unchanged | refused   | refused   | 0
"""
LEGACY = """
field                    | column            | ""         | None      | "null"    | "NULL"    | 0
Ticket.solvedate         | solvedate         | unchanged  | null      | unchanged | null      | unchanged
Task.begin               | begin             | refused    | null      | null      | null      | refused
Budget.begin_date        | begin_date        | null       | null      | -         | null      | -
Ticket.urgency           | urgency           | -          | refused   | -         | -         | 0
Infocom.value            | value             | refused    | refused   | -         | -         | 0
Ticket.name              | name              | empty text | null      | null      | null      | -
Ticket.itilcategories_id | itilcategories_id | -          | refused   | -         | -         | 0
"""
VALUES: Final = ("", None, "null", "NULL", 0)
Cell = tuple[str, str, Any, str]


def cells(table: str) -> list[Cell]:
    """(field, column, the value that is sent, what comes of it)."""
    rows = [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()[1:]]
    return [
        (field, column, value, want)
        for field, column, *wants in rows
        for value, want in zip(VALUES, wants, strict=True)
        if want != "-"
    ]


def sent(place: Place, field: str, column: str, value: Any) -> Any:
    """What stands in the column afterwards."""
    itemtype, name = field.split(".")
    api = place.client(validate="off", verify=False, retries=0)
    if itemtype == "Task":
        ticket = place.made()
        number = place.made("TicketTask", tickets_id=ticket, content="x", end="2026-01-31 11:00:00", begin=HELD[column])
        api.ticket.update_sub_item(ticket, "TicketTask", {"id": number, name: value})
        return place.row("TicketTask", number)[column]
    if itemtype == "Infocom":
        computer = place.made("Computer")
        infocom = {"itemtype": "Computer", "items_id": computer, "value": HELD[column]}
        number = place.glpi.do(lambda world: world.insert("Infocom", infocom, ADMIN))
        api.computer.update_sub_item(computer, "Infocom", {"id": number, name: value})
        return place.row("Infocom", number)[column]
    number = place.made(itemtype, **{column: HELD[column]})
    api.item(itemtype).update({"id": number, name: value})
    return place.row(itemtype, number)[column]


def came(place: Place, cell: Cell) -> str:
    """What came of it, in the table's words."""
    field, column, value, _ = cell
    try:
        found = sent(place, field, column, value)
    except GlpiAPIError as error:
        return NO if error.status_code in (400, 500) else f"HTTP {error.status_code}"
    words = {HELD[column]: SAME, None: NULL, 0: ZERO, "": TEXT}
    return words.get(found, repr(found))


def ids(cell: object) -> str:
    return f"{cell[0]}-{cell[2]!r}" if isinstance(cell, tuple) else str(cell)


@pytest.mark.parametrize("cell", cells(HIGHLEVEL), ids=ids)
def test_on_the_high_level_api(hl: Place, cell: Cell) -> None:
    assert came(hl, cell) == cell[3]


@pytest.mark.parametrize("cell", cells(LEGACY), ids=ids)
def test_on_the_legacy_api(legacy: Place, cell: Cell) -> None:
    assert came(legacy, cell) == cell[3]


def test_the_library_never_sends_what_would_be_refused_or_ignored(place: Place) -> None:
    """Looked at, each of these either clears the field or is refused here."""
    for field, _, value, want in cells(HIGHLEVEL if place.hl else LEGACY):
        itemtype, name = field.split(".")
        if itemtype in ("Task", "Infocom") or want not in (NO, SAME):
            continue
        number = place.made(itemtype)
        before = len(place.writes)
        try:
            place.client().item(itemtype).update({"id": number, name: value})
        except GlpiValidationError:
            assert len(place.writes) == before
        else:
            assert value is None or (field, value) == ("Ticket.urgency", 0)
