"""What the recorded 11.0.8 held before anybody asked, as far as its answers show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.conformance.play import Play
from tests.conformance.recording import load
from tests.conformance.scenarios.seed import empty, fresh_ticket, many_tickets, ticket
from tests.conformance.scene import Cue

WHEN = datetime(2026, 11, 30, 17, 27, 49, tzinfo=UTC)
HELLO = "<p>Hello, since this morning the device shows an error and restarting did not help.</p>"
UPDATE = "<p>The problem started after the last update; colleagues at the next desk are not affected.</p>"
LOOK = "<p>Could you please have a look before the meeting at 14:00? It blocks the whole team.</p>"
STEPS = "<p>Steps: 1) log in 2) open the application 3) click Save → nothing happens.</p>"
ERROR = '<p>Error message: "0x80070005 – access denied" &amp; the log says &lt;unknown&gt;.</p>'
CATEGORIES = {1: "Hardware", 2: "Software", 6: "Telephony", 16: "Toner", 17: "Mobile phone"}
PEOPLE = {10: ("user004", "Silva", "Elena"), 165: ("user159", "Petit", "Tomáš"), 178: ("user172", "", "")}
HELPDESK_TYPES = '["Computer","Monitor","NetworkEquipment","Peripheral","Phone","Printer","Software", "DCRoom", "Rack", "Enclosure", "Database"]'


def seed(play: Play) -> None:
    """Entities, categories, places, people and the first ticket."""
    empty(play)
    tree = {1: ("Head Office", 0), 2: ("Branch", 0), 3: ("Second floor", 1), 4: ("Third floor", 2)}
    for number, (name, above) in tree.items():
        path = " > ".join(("Root entity", *((tree[above][0], name) if above else (name,))))
        level = path.count(">") + 1
        play.row("Entity", number, name=name, completename=path, entities_id=above, level=level, is_recursive=1)
    for number, name in CATEGORIES.items():
        play.row("ITILCategory", number, name=name, completename=name, level=1, is_recursive=1)
    play.row("Location", 1, name="Building A", completename="Building A", level=1, is_recursive=1)
    for number, name in ((20, "Room 016"), (38, "Room 034")):
        play.row("Location", number, name=name, completename=f"Building A > {name}", level=2, locations_id=1)
    for number, name in enumerate(("Helpdesk", "E-Mail", "Phone", "Direct"), 1):
        play.row("RequestType", number, name=name, is_active=1)
    for number, (login, last, first) in PEOPLE.items():
        play.row("User", number, name=login, realname=last or None, firstname=first or None, is_active=1, authtype=1)
    first_ticket(play)


def first_ticket(play: Play) -> None:
    """Ticket 1, its team and what was said in it."""
    play.row(
        "Ticket",
        1,
        name="Software installation: AutoCAD",
        content=HELLO + UPDATE + LOOK,
        **dict.fromkeys(("urgency", "impact"), 5),
        priority=3,
        type=1,
        status=2,
        global_validation=1,
        takeintoaccount_delay_stat=900,
        **dict.fromkeys(("date", "date_creation"), "2026-04-23 00:31:00"),
        date_mod="2026-04-30 21:28:00",
        takeintoaccountdate="2026-04-23 00:46:00",
        **dict.fromkeys(("users_id_recipient", "users_id_lastupdater"), 2),
        itilcategories_id=17,
        locations_id=20,
        requesttypes_id=4,
    )
    for number, person, role in ((1, 165, 1), (2, 10, 2)):
        play.row("Ticket_User", number, tickets_id=1, users_id=person, type=role, use_notification=1)
    said: dict[str, Any] = dict.fromkeys(("date", "date_creation", "date_mod"), "2026-04-23 11:05:00")
    said |= {"itemtype": "Ticket", "items_id": 1, "users_id": 2, "requesttypes_id": 1, "timeline_position": 1}
    play.row("ITILFollowup", 634, content=LOOK + LOOK + STEPS + ERROR + HELLO, **said)


def first_computer(play: Play) -> None:
    """Computer 1 and what it names."""
    named = {"State": (1, "In use"), "Manufacturer": (5, "Acer"), "ComputerType": (3, "Server")}
    for itemtype, (number, name) in (named | {"ComputerModel": (5, "OptiPlex 7010")}).items():
        play.row(itemtype, number, name=name, is_recursive=1)
    play.row("Group", 7, name="Finance", completename="Finance", level=1, is_recursive=1)
    play.row("Group_Item", 1, groups_id=7, itemtype="Computer", items_id=1, type=1)
    play.row(
        "Computer",
        1,
        name="PC-00101",
        comment="Seeded computer 101\nsecond line",
        contact="contact 101",
        serial="SN0799819",
        otherserial="INV-000101",
        date_creation="2025-10-05 00:31:00",
        date_mod="2026-11-30 17:36:09",
        uuid="f0ede303-aa53-c19c-dfa4-bb9f5a856750",
        states_id=1,
        manufacturers_id=5,
        users_id=178,
        users_id_tech=10,
        locations_id=38,
        computertypes_id=3,
        computermodels_id=5,
    )


def crowd(play: Play, tickets: int = 3120) -> None:
    """As many tickets as there were; what the second and the third were called."""
    for number in range(2, 13):
        ticket(play, number)
    many_tickets(play, tickets)
    play.change("Ticket", 2, name="Wi-Fi drops in room 56")
    play.clear("Ticket_User", where="tickets_id = 2")
    for number, person, role in ((3, 50, 1), (4, 15, 2)):
        play.row("User", person, name=f"user{person - 6:03}", realname="", firstname="", is_active=1, authtype=1)
        play.row("Ticket_User", number, tickets_id=2, users_id=person, type=role, use_notification=1)
    play.change("Ticket", 3, name="Printer on floor 5 does not print")


def as_noted(topic: str, cues: Mapping[str, Cue]) -> dict[str, Cue]:
    """These cues, and whose token was used where a note says it."""
    made: dict[str, Cue] = {}
    for exchange in load("11.0.8", topic, "11.0.8").exchanges:
        note = exchange.note.lower()
        who = "post-only" if re.search("self-service|post-only", note) else None
        who = "tech" if re.search(r"technician|\bas tech\b", note) else who
        if who is not None:
            made[exchange.note] = replace(cues.get(exchange.note, Cue()), token=who)
    return {**cues, **made}


def tickets(play: Play, names: dict[int, str], content: str = "x", recipient: int = 2) -> None:
    """Tickets that the recorder had made ahead of the topic."""
    for number, name in names.items():
        fresh_ticket(play, number, name, content, recipient)
