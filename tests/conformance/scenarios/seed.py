"""What both recorded servers held before anybody asked: one entity, numbered users, categories, sites, tickets, computers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conformance.play import Play

KEPT = {"APIClient", "Config", "Entity", "Profile", "Profile_User", "ProfileRight", "RequestType", "User"}
DAY = "2026-11-24"
SEEDED_AT = datetime(2026, 11, 24, 3, 23, 10, tzinfo=UTC)
NUMBERED = range(1, 13)
SITE = dict.fromkeys(("date_creation", "date_mod"), f"{DAY} 03:23:10")


def seed(play: Play, *, paragraphs: bool = False, keep_tickets: bool = False) -> None:
    """Everything but the configuration makes room for the recorded rows.

    `paragraphs`: tickets with the long texts that the legacy recordings show in full; `keep_tickets`: the double's own
    tickets stay, so that lists are long, and only the first few become the recorded ones.
    """

    def rows() -> None:
        empty(play, keep_tickets=keep_tickets)
        for n in NUMBERED:
            play.row("ITILCategory", n, name=f"Category {n}", completename=f"Category {n}", level=1, is_recursive=1)
            play.row("Location", n, name=f"Site-{n}", completename=f"Site-{n}", level=1, is_recursive=1, **SITE)
            user(play, n)
            ticket(play, n, paragraphs=paragraphs)
            computer(play, n)

    play.together(rows)


def empty(play: Play, *, keep_tickets: bool = False) -> None:
    """Remove the sample's rows; the four default users and the root entity stay."""
    for table in play.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
        name = table["name"]
        if play.is_itemtype(name) and name not in KEPT and not (keep_tickets and name == "Ticket"):
            play.clear(name)
    play.clear("Entity", where="id <> 0")
    play.sql('UPDATE "Ticket" SET entities_id = 0')
    play.change("Entity", 0, date_creation=None, date_mod=None)
    play.clear("User", where="id NOT IN (2, 3, 4, 5)")
    play.row("User", 6, name="glpi-system", realname="Support", is_active=1, authtype=1)
    play.clear("Profile_User", where="users_id NOT IN (2, 3, 4, 5) OR entities_id <> 0")
    play.clear("APIClient", where="id > 1")
    play.change("APIClient", 1, app_token=None)
    for default_user in (2, 3, 4, 5):
        changed = f"{DAY} 03:20:35" if default_user < 4 else None
        play.change("User", default_user, list_limit=20, date_mod=changed, date_creation=None)
        play.change("User", default_user, highcontrast_css=None, default_central_tab=None)


def user(play: Play, n: int) -> None:
    """`user1` has id 7."""
    names = {"name": f"user{n}", "realname": f"Nachname{n} Ünïcode", "firstname": f"Prénom{n}"}
    play.row("User", n + 6, **names, is_active=1, authtype=1, **_made(n))


def ticket(play: Play, n: int, *, paragraphs: bool = False) -> None:
    """Every attribute of a seeded ticket follows from its number."""
    play.row(
        "Ticket",
        n,
        name=f"Incident {n} srv-db{n} unreachable",
        content=f"<p>ICMP loss on host {n} éà</p>" * (n + 5 if paragraphs else 1),
        status=n % 6 + 1,
        type=n % 2 + 1,
        **dict.fromkeys(("urgency", "impact", "priority"), n % 5 + 1),
        itilcategories_id=n + 1,
        locations_id=n + 1,
        requesttypes_id=1,
        users_id_recipient=n + 10,
        global_validation=1,
        date=_made(n)["date_creation"],
        **_made(n),
    )
    member = {"tickets_id": n, "use_notification": 1, "alternative_email": ""}
    play.row("Ticket_User", 100 + n, users_id=n + 10, type=1, **member)
    if n % 3 == 0:
        play.row("Ticket_User", n, users_id=2, type=2, **member)


def computer(play: Play, n: int) -> None:
    """`pc-00001` has id 1."""
    play.row(
        "Computer",
        n,
        name=f"pc-{n:05}",
        serial=f"SN{7919 * n}",
        otherserial=f"INV{n}",
        comment=f"comment <b>{n}</b> é",
        locations_id=n + 1,
        users_id=n + 10,
        **_made(n),
    )


def fresh_ticket(play: Play, id: int, name: str, content: str = "c", recipient: int = 2) -> None:
    """A ticket as the API makes it, made before the recording began."""
    now = play.do(lambda world: world.clock().strftime("%Y-%m-%d %H:%M:%S"))
    play.row(
        "Ticket",
        id,
        name=name,
        content=content,
        status=1,
        type=1,
        urgency=3,
        impact=3,
        priority=3,
        requesttypes_id=1,
        users_id_recipient=recipient,
        users_id_lastupdater=recipient,
        global_validation=1,
        **dict.fromkeys(("date", "date_creation", "date_mod"), now),
    )


def exhaust_memory(play: Play) -> None:
    """128 MB of PHP hold 5000 tickets, not 10 000; a filter leaves fewer."""
    from glpi_utils.testing.faults.troubles import memory_limit

    play.server.faults.add(memory_limit(5000, when=lambda req: "filter=" not in req.query))


def _made(n: int) -> dict[str, str]:
    return {
        "date_creation": f"{SEEDED_AT - timedelta(hours=n):%Y-%m-%d %H:%M:%S}",
        "date_mod": f"{SEEDED_AT - timedelta(minutes=n):%Y-%m-%d %H:%M:%S}",
    }


def many_computers(play: Play, last: int) -> None:
    """As many computers as the recorded server's seed had: lists, their ranges and their ends."""
    made = {
        "id": "n",
        "name": "printf('pc-%05d', n)",
        "serial": "'SN' || (n * 7919)",
        "otherserial": "'INV' || n",
        "locations_id": "n % 40 + 1",
        "users_id": "n % 500 + 10",
    }
    _more_rows(play, "Computer", made, last)


def many_tickets(play: Play, last: int) -> None:
    """As many tickets as the recorded server's seed had; the texts stay short, the requesters few."""
    made = {
        "id": "n",
        "name": "printf('Incident %d srv-db%d unreachable', n, n % 50)",
        "content": "printf('<p>ICMP loss on host %d éà</p>', n)",
        "status": "n % 6 + 1",
        "type": "n % 2 + 1",
        **dict.fromkeys(("urgency", "impact", "priority"), "n % 5 + 1"),
        "itilcategories_id": "n % 25 + 1",
        "locations_id": "n % 40 + 1",
        "users_id_recipient": "n % 500 + 10",
        **dict.fromkeys(("date", "date_creation"), f"datetime('{DAY} 03:23:10', '-' || n || ' hours')"),
        "date_mod": f"datetime('{DAY} 03:23:10', '-' || n || ' minutes')",
    }
    _more_rows(play, "Ticket", made, last)


def _more_rows(play: Play, itemtype: str, made: dict[str, str], last: int) -> None:
    """Rows like the last of the seed, with these columns made from the number `n`."""
    columns = [column["name"] for column in play.sql(f"SELECT name FROM pragma_table_info('{itemtype}')")]
    values = ", ".join(made.get(column, f'"{column}"') for column in columns)
    like = f'SELECT * FROM "{itemtype}" WHERE id = {len(NUMBERED)}'
    play.sql(
        f"""
        WITH RECURSIVE counter(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM counter WHERE n < ?)
        INSERT INTO "{itemtype}" SELECT {values} FROM counter CROSS JOIN ({like})
        """,
        len(NUMBERED) + 1,
        last,
    )


def many_logs(play: Play, number: int, **values: str | int) -> None:
    """As many entries of the history as the recorded server had: things that were made."""
    made = {"itemtype_link": "0", "old_value": "", "new_value": "", "user_name": "", "date_mod": f"{DAY} 03:20:01"}
    for n in range(1, number + 1):
        play.row("Log", n, linked_action=20, **{**made, **values})


def many_users(play: Play, total: int) -> None:
    """As many users, the default ones included."""
    for n in range(len(NUMBERED) + 1, total - 4):
        user(play, n)
