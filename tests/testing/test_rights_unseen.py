"""Who may list what: technicians and observers see no dropdowns, no components, no rules."""

from __future__ import annotations

import pytest

from glpi_utils.testing.world import rights
from glpi_utils.testing.world.rights import OBSERVER, READ_ONLY, SELF_SERVICE, SUPER_ADMIN, SUPERVISOR, TECHNICIAN, Who
from glpi_utils.testing.world.world import World
from tests.testing.high_level.conftest import Desk

PROFILES = {
    "self-service": SELF_SERVICE,
    "observer": OBSERVER,
    "technician": TECHNICIAN,
    "supervisor": SUPERVISOR,
    "read-only": READ_ONLY,
    "super-admin": SUPER_ADMIN,
}


@pytest.mark.parametrize(
    ("itemtype", "readers"),
    [
        ("Computer", {"observer", "technician", "supervisor", "read-only", "super-admin"}),
        ("Manufacturer", {"read-only", "super-admin"}),
        ("DeviceMemory", {"read-only", "super-admin"}),
        ("ITILCategory", {"supervisor", "read-only", "super-admin"}),
        ("Contract", {"observer", "supervisor", "read-only", "super-admin"}),
        ("Entity", {"technician", "supervisor", "read-only", "super-admin"}),
        ("Rule", {"read-only", "super-admin"}),
        ("Reminder", {"self-service", "observer", "technician", "supervisor", "read-only", "super-admin"}),
        ("Document", {"observer", "technician", "supervisor", "read-only", "super-admin"}),
    ],
)
def test_who_reads_what(itemtype: str, readers: set[str]) -> None:
    with World() as world:
        found = {name for name, profile in PROFILES.items() if rights.may(world, Who(9, profile), "read", itemtype)}
    assert found == readers


def test_technicians_only_read_events() -> None:
    with World() as world:
        assert not rights.may(world, Who(4, TECHNICIAN), "update", "PlanningExternalEvent")
        assert not rights.may(world, Who(4, TECHNICIAN), "create", "Location")


def test_the_api_says_so() -> None:
    from glpi_utils.testing.sample import service_desk

    with World() as world:
        service_desk.fill(world, 5)
        tech = Desk(world).as_user("tech")
        asked = ("Assets/Computer", "Dropdowns/Location", "Rule/Collection/Ticket/Rule")
        assert [tech.ask("GET", path).status for path in asked] == [200, 403, 404]
