"""GraphQL, which answers since 11.0.8: filters, joined tables, limits of a query, rights, scopes."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios import tokens
from tests.conformance.scenarios.newer import (
    CATEGORIES,
    ERROR,
    LOOK,
    STEPS,
    UPDATE,
    WHEN,
    as_noted,
    crowd,
    first_computer,
    seed,
    tickets,
)
from tests.conformance.scenarios.seed import many_computers
from tests.conformance.scene import Cue, Scene

BEGUN = WHEN + timedelta(minutes=8)


def prepare(play: Play) -> None:
    """The crowd, its assets, what links them and what was said."""
    seed(play)
    crowd(play, 3160)
    made_before(play)
    play.change("ITILCategory", 17, itilcategories_id=6)
    first_computer(play)
    for number in range(2, 13):
        play.row("Computer", number, name=f"PC-{number - 1:05}")
    many_computers(play, 1002)
    links(play)
    crowds(play)


def made_before(play: Play) -> None:
    """Tickets of other topics; one ticket alone has no category."""
    tickets(play, {4281: "nv-tm", 4282: "nv-tm2", 4286: "nv-tm3"})
    for number in range(1, 26):
        if number not in CATEGORIES:
            name = f"Category {number}"
            play.row("ITILCategory", number, name=name, completename=name, level=1, is_recursive=1)
    play.sql('UPDATE "Ticket" SET itilcategories_id = 2 WHERE itilcategories_id = 0')
    play.change("Ticket", 1968, itilcategories_id=0)
    for number, name in {232: "Backup job 70 failed", 1916: "Excel macro error #27"}.items():
        play.change("Ticket", number, name=name)
    play.change("Ticket", 4, itilcategories_id=1)
    play.change("Ticket", 2, content=LOOK + "<p>Bonjour, le problème persiste.</p>")
    play.change("Ticket", 3, content=ERROR + LOOK + UPDATE)
    play.sql('UPDATE "Ticket" SET entities_id = 1 WHERE id > 1000 AND id <= 1471')


def links(play: Play) -> None:
    """Tickets that belong together, computers they are about."""
    for number in range(1, 31):
        one, other = {1: (1, 3), 2: (5, 7)}.get(number, (number + 20, number + 60))
        play.row("Ticket_Ticket", number, tickets_id_1=one, tickets_id_2=other, link=1)
    about = {1: (1916, 363), 2: (232, 494), 507: (3, 445)}
    for number in range(1, 601):
        owner, asset = about.get(number, (number + 600, number % 300 + 1))
        play.row("Item_Ticket", number, tickets_id=owner, itemtype="Computer", items_id=asset)


def crowds(play: Play) -> None:
    """As many of the rest as there were."""
    for number in range(3, 1522):
        if number != 634:
            said = {"items_id": number % 90 + 5, "content": ERROR, "users_id": 2}
            play.row("ITILFollowup", number, itemtype="Ticket", **said)
    for number in range(1, 603):
        play.row("TicketTask", number, tickets_id=number % 90 + 5, content=STEPS + ERROR + ERROR, users_id=2)
    for number in range(205 - len(play.sql('SELECT id FROM "User"'))):
        play.row("User", 300 + number, name=f"user{294 + number}", is_active=1, authtype=1)
    for number in range(1, 32):
        play.row("Change", number, name=f"Change {number}")
    client = {"identifier": "c" * 64, "secret": "s" * 64, "is_active": 1, "is_confidential": 1}
    play.row("OAuthClient", 1, name="bench", **client)


CUES = {
    "scope api only": Cue(token=tokens.scoped("api")),
    "scope graphql only": Cue(token=tokens.scoped("graphql")),
}
SCENE = Scene(prepare=prepare, when=BEGUN, cues=as_noted("graphql", CUES))
