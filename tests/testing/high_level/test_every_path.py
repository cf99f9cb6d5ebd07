"""Every path and verb of the document of an 11.0.6 (`paths.txt`, names only) leads somewhere, and nothing falls over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from glpi_utils.testing.high_level import route_table
from glpi_utils.testing.high_level.handlers import rows_below
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.world import World
from tests.testing.high_level.conftest import Desk

PATHS = [
    (verb, path)
    for verbs, _, path in (
        line.partition(" ") for line in Path(__file__).with_name("paths.txt").read_text("utf-8").splitlines()
    )
    for verb in verbs.split(",")
]
NOT_HERE = {
    "/{req}": "not a path: what the server answers to all others",
}
FILLED = {"asset_itemtype": "Computer", "itemtype": "MyType", "language": "fr_FR", "service": "db", "context": "core"}
STUMBLES = {
    "/Assets/Cartridge", "/Assets/Cartridge/{id}", "/Assets/Consumable", "/Assets/Consumable/{id}",
    "/Rule/Collection/Right/CriteriaCriteria",
    "/Administration/User/Me/Picture", "/Administration/User/{id}/Picture",
    "/Administration/User/username/{username}/Picture",
    "/Components/SIMCard/Items/{id}", "/Components/SIMCard/{id}/Items",
    *(f"/Assets/{asset}/{{id}}/Component/SIMCard" for asset in rows_below.ASSETS),
    *(f"/Assistance/Stat/{itemtype}/Asset/Export" for itemtype in ("Ticket", "Change", "Problem")),
}  # fmt: skip
"""Where a real 11.0.6 answers 500 as well: no picture, a column that is not there, a name that is missing."""


def filled(path: str, number: int = 1) -> str:
    names = {**FILLED, "username": "tech", "role": "assigned", "name": "version"}
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], str(number)), path)


@pytest.fixture(scope="module")
def walked() -> Iterator[Desk]:
    with World() as world:
        service_desk.fill(world, 10)
        made = Desk(world)
        made.token = made.log_in()["access_token"]
        yield made


def test_all_are_routed() -> None:
    assert len(PATHS) == 1403
    missing = [
        path
        for verb, path in PATHS
        if all(verb not in entry.route.handlers for entry in route_table.find(filled(path), "2.2.0"))
    ]
    assert set(missing) == set(NOT_HERE)


def test_reading_stumbles_only_where_glpi_does(walked: Desk) -> None:
    reads = [path for verb, path in PATHS if verb == "GET" and path not in NOT_HERE]
    query = "?field=urgency&limit=2"
    stumbled = {p for p in reads if walked.ask("GET", filled(p)[1:] + query).status == 500}
    assert {path for path in stumbled if "AssetCharacteristics" not in path} == STUMBLES
    assert len(reads) > 600


def test_what_is_not_there_can_not_be_changed(walked: Desk) -> None:
    for verb, path in PATHS:
        if verb in {"PATCH", "DELETE"} and path not in NOT_HERE and path.endswith("}"):
            said = walked.ask(verb, filled(path, 99_999_999)[1:], {})
            wanted = {403, 404} if "{username}" not in path and "{name}" not in path else {200, 204}
            assert said.status in wanted, (verb, path, said.body)
