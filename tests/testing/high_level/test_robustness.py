"""Whatever is asked, the double answers: an exception would be its own fault and not GLPI's."""

from __future__ import annotations

import json
import random
import re
from typing import Any
from urllib.parse import quote

import pytest

from glpi_utils.testing.high_level import route_table
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.world import World
from tests.testing.high_level.conftest import Desk

ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**31, 2**63, 2**64 - 1, 1.5, 10**18),
    *("", "null", "NULL", "x", "5", "1e9", "é😀", "a'b\"c", "\x00", "x" * 300),
    *("tomorrow", "+99999999999999 days", "-5 weeks", "2026-01-31T10:00:00+05:00", "#12345"),
    *("2026-01-01", "2026-01-01 10:00:00", "2026-13-45 99:99:99", "0000-00-00 00:00:00"),
    *([], [1], ["a"], {}, {"id": 1}, {"id": None}, {"id": "x"}, {"id": [1]}, {"a": {"b": 1}}),
]
IDS = ("1", "2", "0", "7", "99999", "9" * 25)
FIELDS = (
    "name content status category entity date user group is_deleted email type id role value date_buy username password "
    "parent comment team emails urgency force softwareversion itemtype items_id duration planned_begin"
).split()
PROPERTIES = (
    "id name status.id status.name team.name user.id entity.name emails.email group.name date_mod is_deleted nosuch "
    "content category.id priority"
).split()
OPERATORS = (
    "== != =in= =out= =lt= =like= =ilike= =isnull= =empty= =notnull= =notempty= =notlike= =notilike= =foo=".split()
)
VALUES = [
    "1",
    "x",
    '"a b"',
    "(1,2)",
    "('a',\"b\")",
    "()",
    "",
    "null",
    "9" * 30,
    "é",
    "a\\b",
    "(",
    "[a",
    "*%_",
    "'",
    "1e999",
]
WINDOWS = ("0", "1", "-1", "abc", "9" * 25, "1e3", "inf", "nan", "")


class Dice(random.Random):
    """Draws requests."""

    def filter(self) -> str:
        kind = self.random()
        if kind < 0.6:
            return self.choice(PROPERTIES) + self.choice(OPERATORS) + self.choice(VALUES)
        if kind < 0.8:
            return f"({self.filter()}{self.choice(';,')}{self.filter()})"
        return self.filter() + self.choice([";", ",", "", " "]) + self.filter()

    def path(self) -> str:
        def fill(match: re.Match[str]) -> str:
            if match[1] in {"id", "entry", "owner", "revision"}:
                return self.choice(IDS)
            return match[2] if match[2].isalpha() else self.choice(["tech", "core", "assigned", "all"])

        return re.sub(r"\{(\w+)(?::([^}]+))?\}", fill, self.choice(route_table.table()).path)

    def query(self) -> str:
        parts = [f"filter={quote(self.filter())}"] if self.random() < 0.6 else []
        parts.extend(f"{name}={self.choice(WINDOWS)}" for name in ("limit", "start") if self.random() < 0.3)
        if self.random() < 0.3:
            parts.append(f"sort={self.choice(PROPERTIES)}{self.choice(['', ':desc', ':x', ',id'])}")
        return "&".join(parts)

    def body(self) -> Any:
        if self.random() < 0.3:
            return None
        if self.random() < 0.1:
            return json.dumps([self.choice(ODD)])[:-1].encode()
        return {name: self.choice(ODD) for name in self.sample(FIELDS, self.randint(0, 8))}


@pytest.mark.parametrize(
    ("seed", "version"), [*((n, "11.0.6") for n in range(5)), (5, "11.0.11"), (6, "11.0.11"), (7, "12.0.0")]
)
def test_no_request_breaks_it(seed: int, version: str) -> None:
    with World(version) as world:
        desk = Desk(world)
        service_desk.fill(desk.world, 10)
        desk.token = desk.log_in()["access_token"]
        dice = Dice(seed)
        for _ in range(300):
            desk.world.store.change("User", 2, {"is_active": 1, "is_deleted": 0})
            method = dice.choice(["GET", "GET", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS"])
            path = f"/api.php/{dice.choice(['v2.2', 'v2.3', 'v3'])}{dice.path()}?{dice.query()}"
            said = desk.ask(method, path, dice.body(), glpi_entity=dice.choice(WINDOWS))
            assert 200 <= said.status < 600
