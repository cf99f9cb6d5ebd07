"""The sample's tickets with their actors and timelines; also problems and changes. A hundred thousand take seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from glpi_utils.testing.sample.people import REQUESTERS, TECHNICIANS
from glpi_utils.testing.world.column_values import MOMENT
from glpi_utils.testing.world.itil import ASSIGNEE, CLOSED, NEW, OBSERVER, REQUESTER, SOLVED, WAITING
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.rules_itil import priority

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World

SUBJECTS = (
    ("Printer on floor {n} jams", "<p>Paper gets stuck at every <b>third</b> page.</p>", 3),
    ("No WLAN in meeting room {n}", "<p>Since this morning. Cable works.</p>", 9),
    ("Password of account {n} expired", "<p>I cannot log in any more — please reset it.</p>", 12),
    ("Laptop {n} does not start", "<p>Black screen, fan runs. Noticed at 8 o'clock.</p>", 2),
    ("ERP: order {n} cannot be booked", '<p>Message: "lock wait timeout" &amp; nothing else.</p>', 7),
    ("New employee no. {n}: équipement", "<p>Needs laptop, phone, badge. Début lundi.</p>", 13),
    ("VPN drops every {n} minutes", "<p>Home office, router restarted twice.</p>", 10),
)
STATUSES = (NEW, 2, 2, 3, WAITING, SOLVED, CLOSED, CLOSED)
SPAN = timedelta(days=300)
WITH_TIMELINE = 200
TEXTS = ("I am looking into it.", "Could you send a picture?", "Restarted the service, please try again.")


def write(world: World, tickets: int) -> None:
    """Write tickets 1 to `tickets`; the first ones have timelines, every nineteenth is in the trash."""
    names = list(world.itemtype("Ticket").columns)
    blank = {name: column.default for name, column in world.itemtype("Ticket").columns.items()}
    step = SPAN / max(tickets, 1)
    begun = world.clock()
    ordered = list(blank)

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, tickets + 1):
            row = {**blank, **ticket(n, begun + step * n)}
            yield tuple([row[name] for name in ordered])

    world.store.add_many("Ticket", names, rows())
    actor_columns = ("tickets_id", "users_id", "type", "use_notification", "alternative_email")
    world.store.add_many("Ticket_User", actor_columns, actors(tickets))
    for n in range(1, min(tickets, WITH_TIMELINE) + 1):
        timeline(world, n, begun + step * n)
    others(world)


def ticket(n: int, begun: datetime) -> dict[str, Any]:
    """Return every column of ticket `n` that is not its default."""
    subject, content, category = SUBJECTS[n % len(SUBJECTS)]
    status = STATUSES[n % len(STATUSES)]
    urgency, impact = n % 5 + 1, (n // 5) % 4 + 1
    date = begun.strftime(MOMENT)
    row: dict[str, Any] = {
        "id": n,
        "name": subject.format(n=n),
        "content": content,
        "status": status,
        "type": 2 if category in (12, 13) else 1,
        "urgency": urgency,
        "impact": impact,
        "priority": priority(urgency, impact),
        "itilcategories_id": category,
        "locations_id": n % 8 + 1,
        "requesttypes_id": n % 3 + 1,
        "entities_id": (0, 1, 2, 3, 1)[n % 5],
        "users_id_recipient": requester(n),
        "users_id_lastupdater": TECHNICIANS[n % 3],
        "date": date,
        "date_creation": date,
        "date_mod": (begun + timedelta(hours=n % 72)).strftime(MOMENT),
        "is_deleted": int(n % 19 == 0),
    }
    return row | ended(status, begun, n)


def ended(status: int, begun: datetime, n: int) -> dict[str, Any]:
    """Return dates and durations of what waits, is solved or closed."""
    if status == WAITING:
        return {"begin_waiting_date": (begun + timedelta(hours=1)).strftime(MOMENT)}
    if status not in (SOLVED, CLOSED):
        return {}
    lasted = timedelta(hours=n % 48 + 1)
    row: dict[str, Any] = {
        "solvedate": (begun + lasted).strftime(MOMENT),
        "solve_delay_stat": int(lasted.total_seconds()),
    }
    if status == CLOSED:
        row["closedate"] = (begun + lasted + timedelta(days=1)).strftime(MOMENT)
        row["close_delay_stat"] = int(lasted.total_seconds()) + 86400
    return row


def requester(n: int) -> int:
    """Return who asks for help: people, now and then post-only."""
    return 3 if n % 11 == 0 else REQUESTERS[n % len(REQUESTERS)]


def actors(tickets: int) -> Iterator[tuple[Any, ...]]:
    """Yield the people of tickets: a requester, a technician unless new, an observer for every fourth."""
    for n in range(1, tickets + 1):
        yield n, requester(n), REQUESTER, 1, ""
        if STATUSES[n % len(STATUSES)] != NEW:
            yield n, TECHNICIANS[n % 3], ASSIGNEE, 1, ""
        if n % 4 == 0:
            yield n, 9, OBSERVER, 1, ""
        if n % 11 == 0:  # many people, and post-only in two roles
            yield n, REQUESTERS[n % len(REQUESTERS)], REQUESTER, 1, ""
            yield n, REQUESTERS[(n + 1) % len(REQUESTERS)], REQUESTER, 1, ""
            yield n, 3, OBSERVER, 1, ""


def timeline(world: World, n: int, begun: datetime) -> None:
    """Write the timeline of ticket `n`."""
    technician = TECHNICIANS[n % 3]
    for index in range(n % 3):
        at = (begun + timedelta(hours=index + 1)).strftime(MOMENT)
        entry = {"itemtype": "Ticket", "items_id": n, "content": f"<p>{TEXTS[index]}</p>", "users_id": technician}
        row(world, "ITILFollowup", at, date=at, is_private=int(index == 1), requesttypes_id=1, **entry)
    at = (begun + timedelta(hours=3)).strftime(MOMENT)
    if n % 4 == 1:
        work = {"tickets_id": n, "content": "<p>Went there.</p>", "actiontime": 900 * (n % 5 + 1), "state": 2}
        row(world, "TicketTask", at, date=at, users_id=technician, users_id_tech=technician, uuid=key(world), **work)
        world.store.change("Ticket", n, {"actiontime": work["actiontime"]})
    status = STATUSES[n % len(STATUSES)]
    if status in (SOLVED, CLOSED):
        done = {"itemtype": "Ticket", "items_id": n, "content": "<p>Done.</p>", "users_id": technician}
        row(world, "ITILSolution", at, status=3 if status == CLOSED else 2, solutiontypes_id=n % 2 + 1, **done)
    if n % 10 == 5:
        approval: dict[str, Any] = {"itemtype_target": "User", "items_id_target": 2, "users_id_validate": 0}
        if "itemtype_target" not in world.itemtype("TicketValidation").columns:
            approval = {"users_id_validate": 2}
        approval |= {"tickets_id": n, "users_id": technician, "comment_submission": "<p>May I?</p>"}
        row(world, "TicketValidation", at, submission_date=at, **approval)
        world.store.change("Ticket", n, {"global_validation": 2})


def others(world: World) -> None:
    """Write problems, changes and what hangs on tickets."""
    for n, name in enumerate(("Printers jam everywhere", "VPN gateway overloaded", "Old problem"), 1):
        values = {"name": name, "content": f"<p>{name}.</p>", "is_deleted": int(n == 3), "is_recursive": 1}
        problem = world.insert("Problem", {**values, "_users_id_assign": 4}, SYSTEM)
        entry = {"itemtype": "Problem", "items_id": problem, "content": "<p>Seen again.</p>", "users_id": 4}
        world.insert("ITILFollowup", entry, SYSTEM)
    for n, name in enumerate(("Replace the VPN gateway", "Move the server room", "Dropped change"), 1):
        values = {"name": name, "content": f"<p>{name}.</p>", "is_deleted": int(n == 3), "is_recursive": 1}
        world.insert("Change", {**values, "_users_id_assign": 7}, SYSTEM)
    if world.get("Ticket", 1) is not None:
        world.insert("Item_Ticket", {"itemtype": "Computer", "items_id": 1, "tickets_id": 1}, SYSTEM)
        world.insert("Document_Item", {"itemtype": "Ticket", "items_id": 1, "documents_id": 1, "users_id": 2}, SYSTEM)


def row(world: World, name: str, at: str, /, **values: Any) -> None:
    """Write one row as it is, made at that time."""
    blank = {known: column.default for known, column in world.itemtype(name).columns.items()}
    blank |= {column: at for column in ("date_creation", "date_mod") if column in blank}
    world.store.add(name, {**blank, **values, "id": None})


def key(world: World) -> str:
    """Return a uuid of the sample's dice."""
    text = f"{world.dice.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"
