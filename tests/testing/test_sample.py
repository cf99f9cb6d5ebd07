"""The sample: the same every time, whole on every route, in the trash too, quick when large."""

from __future__ import annotations

import time

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.sample.service_desk import build
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.credentials import GRANTS, SCOPES
from glpi_utils.testing.world.world import World

BOTH = pytest.mark.parametrize("version", ["11.0.6", "10.0.17"])
SEED_ROUTES = (
    "Assistance/Ticket Assistance/Problem Assistance/Change Assets/Computer Assets/Monitor Assets/Printer "
    "Assets/NetworkEquipment Assets/Software Administration/User Administration/Group Administration/Entity "
    "Management/Contract Management/Supplier Management/Document Dropdowns/ITILCategory Knowledgebase/Article "
    "Assets/Socket Assets/Custom/MyType"
).split()


@BOTH
def test_every_build_is_the_same(version: str) -> None:
    dumps: list[list[str]] = []
    for _ in range(2):
        world = World(version)
        build(world, 40)
        dumps.append(list(world.store.connection.iterdump()))
        world.close()
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 1000


def test_servers_do_not_share_rows() -> None:
    with GlpiServer() as one, GlpiServer() as two:
        one.do(lambda world: world.store.change("Ticket", 1, {"name": "changed"}))
        assert one.rows("Ticket", id=1)[0]["name"] == "changed"
        assert two.rows("Ticket", id=1)[0]["name"] != "changed"


def test_every_route_has_rows() -> None:
    with GlpiServer() as glpi:
        routes = knowledge.routes()
        assert set(SEED_ROUTES) <= set(routes)
        assert [path for path, route in routes.items() if not glpi.rows(route["itemtype"])] == []


@BOTH
def test_some_rows_are_in_the_trash(version: str) -> None:
    with GlpiServer(version) as glpi:
        for itemtype in (
            "Ticket",
            "Change",
            "Problem",
            "Computer",
            "Monitor",
            "Document",
            "Contract",
            "Supplier",
            "User",
        ):
            assert glpi.rows(itemtype, is_deleted=1), itemtype
            assert glpi.rows(itemtype, is_deleted=0), itemtype


@BOTH
def test_the_default_users_and_who_they_are(version: str) -> None:
    with GlpiServer(version) as glpi:
        users = {row["id"]: row["name"] for row in glpi.rows("User", "id<?", (7,))}
        assert users == {2: "glpi", 3: "post-only", 4: "tech", 5: "normal", 6: "glpi-system"}
        profiles = {row["users_id"]: row["profiles_id"] for row in glpi.rows("Profile_User", "users_id<?", (7,))}
        assert profiles == {2: 4, 3: 1, 4: 6, 5: 2}
        for name, password in (("glpi", "glpi"), ("post-only", "postonly"), ("tech", "tech"), ("normal", "normal")):
            user = glpi.do(lambda world, name=name, password=password: world.login(name, password))  # type: ignore[misc]
            assert user is not None
        assert glpi.rows("User", api_token=glpi.user_token)[0]["name"] == "glpi"
        assert {row["app_token"] for row in glpi.rows("APIClient")} == {None, glpi.app_token}
        client = glpi.do(lambda world: world.credentials.clients[glpi.client_id])
        assert (client.secret, client.grants, client.scopes) == (glpi.client_secret, GRANTS, SCOPES)


@BOTH
def test_entities_and_profiles(version: str) -> None:
    with GlpiServer(version) as glpi:
        found = {row["id"]: (row["entities_id"], row["completename"], row["level"]) for row in glpi.rows("Entity")}
        assert found == {
            0: (None, "Root entity", 1),
            1: (0, "Root entity > Headquarters", 2),
            2: (0, "Root entity > Branch office", 2),
            3: (1, "Root entity > Headquarters > Workshop", 3),
        }
        names = {row["id"]: row["name"] for row in glpi.rows("Profile")}
        assert (names[1], names[4], names[6]) == ("Self-Service", "Super-Admin", "Technician")


@BOTH
def test_tickets_make_sense(version: str) -> None:
    with GlpiServer(version) as glpi:
        tickets = glpi.rows("Ticket")
        assert [row["id"] for row in tickets] == list(range(1, 41))
        assert {row["status"] for row in tickets} == {1, 2, 3, 4, 5, 6}
        assert {row["entities_id"] for row in tickets} == {0, 1, 2, 3}
        categories = {row["id"] for row in glpi.rows("ITILCategory")}
        for row in tickets:
            actors = glpi.rows("Ticket_User", tickets_id=row["id"])
            assert [a["type"] for a in actors].count(1) == (1 if row["id"] % 11 else 3)
            assert any(a["type"] == 2 for a in actors) is (row["status"] != 1)
            assert row["itilcategories_id"] in categories
            solutions = glpi.rows("ITILSolution", itemtype="Ticket", items_id=row["id"])
            assert len(solutions) == bool(row["solvedate"]) == (row["status"] in (5, 6))
            assert bool(row["closedate"]) is (row["status"] == 6)
            tasks = glpi.rows("TicketTask", tickets_id=row["id"])
            assert row["actiontime"] == sum(task["actiontime"] for task in tasks)
        for itemtype in ("ITILFollowup", "TicketTask", "TicketValidation", "Document_Item", "Item_Ticket"):
            assert glpi.rows(itemtype), itemtype
        post_only = glpi.rows("Ticket_User", users_id=3)
        assert post_only


@pytest.mark.parametrize("tickets", [0, 1, 3000])
def test_as_many_tickets_as_wanted(tickets: int) -> None:
    with GlpiServer(tickets=tickets) as glpi:
        assert glpi.do(lambda world: world.count("Ticket")) == tickets
        new = glpi.do(lambda world: world.store.add("Ticket", {"name": "next"}))
        assert new == tickets + 1


def test_a_hundred_thousand_tickets_take_seconds() -> None:
    begun = time.process_time()
    with GlpiServer(tickets=100_000) as glpi:
        assert glpi.do(lambda world: (world.count("Ticket"), world.count("Ticket_User") > 100_000)) == (100_000, True)
    assert time.process_time() - begun < 10
