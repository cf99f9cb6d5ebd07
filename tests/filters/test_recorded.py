"""The 109 recorded RSQL exchanges (11.0.6): each is said in the language and evaluated to what the server found, or told why not."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from glpi_utils import F, Filter, GlpiValidationError
from glpi_utils._dialects.high_level.filtering import narrowed
from glpi_utils._dialects.shared.matching import matches
from glpi_utils._knowledge.relations import by_id

FILE = Path(__file__).resolve().parent.parent / "recordings" / "hl" / "rsql_filters.json"
EXCHANGES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["exchanges"]
NAMES = [
    *("plain", "with,comma", "with;semicolon", "(paren)", "'single'", '"double"', "back\\slash", "a=b", "100%"),
    *("under_score", "(its name was never told)", "UPPER", "é unicode", "a&b <c>", "both ' and \""),
]
ENTITY = {"id": 0, "name": "Root entity"}
QUOTING = [{"id": 32780 + at, "name": f"hl-rsql {name}"} for at, name in enumerate(NAMES)]
QUOTING += [{"id": 32795, "name": "true"}, {"id": 32796, "name": None}]
TICKETS: list[dict[str, Any]] = [
    {
        "id": number,
        "name": f"Incident {number} srv-db{number} unreachable",
        "content": "the host is down",
        "urgency": urgency,
        "status": {"id": status, "name": "?"},
        "category": {"id": 1, "name": "Network"},
        "entity": ENTITY,
        "user_recipient": {"id": 7, "name": "another"},
        "date": "2026-11-24T04:04:44+00:00",
        "date_creation": "2026-11-24T04:04:44+00:00",
        "date_solve": None,
        "is_deleted": False,
    }
    for number, urgency, status in ((1, 4, 2), (2, 3, 5), (3, 1, 6), (4, 1, 3), (5, 2, 4))
]
ROWS = [*TICKETS, *QUOTING]


def q(of: Filter) -> Filter:
    """Among the rows made for quoting."""
    return F.id.in_(range(32780, 32797)) & of


def name(text: str) -> Filter:
    return q(F.name == f"hl-rsql {text}")


LOW = F.id <= 2
WRONG = "the server refuses what no expression can say"
SLOPPY = "sloppily written, and never written so here"
SAID: dict[int, Filter | str] = {
    **dict.fromkeys((0, 1, 2), name("plain")),
    3: name("with,comma"),
    5: name("with;semicolon"),
    7: name("(paren)"),
    **dict.fromkeys((8, 12), name("'single'")),
    **dict.fromkeys((9, 11), name('"double"')),
    **dict.fromkeys((13, 14), name("back\\slash")),
    15: "refused: two backslashes are one to a newer lexer",
    **dict.fromkeys((16, 17), name("a=b")),
    18: name("100%"),
    19: q(F.name.like("hl-rsql*_")),
    20: q(F.name.like("hl-rsql 100_")),
    21: q(F.name.like("*under_score")),
    22: q(F.name.like("hl-rsql ???er*")),
    23: q(F.name.like("hl-rsql upper")),
    24: q(F.name.ilike("hl-rsql upper")),
    25: name("upper"),
    26: name("é unicode"),
    27: name("e unicode"),
    28: name("a&b <c>"),
    29: q(F.name.like("*a&b*")),
    30: name("both ' and \""),
    31: SLOPPY,
    32: SLOPPY,
    33: q(F.name == "true"),
    34: q(F.name.is_null()),
    35: q(F.name.in_(["hl-rsql plain", "hl-rsql with,comma"])),
    36: SLOPPY,
    **dict.fromkeys((37, 38), q(F.name.in_(["hl-rsql plain", "hl-rsql UPPER"]))),
    40: q(F.name.in_(['hl-rsql "double"'])),
    41: q(F.name.like("hl-rsql plain")),
    42: q(F.name.like("plain")),
    43: q(F.name.like("*plain*")),
    44: q(F.name.ilike("*PLAIN*")),
    45: (F.id == 32780) | (F.id == 32781),
    46: (F.id == 32780) & (F.id == 32781),
    **dict.fromkeys((47, 48), ((F.id == 32780) | (F.id == 32781)) & (F.name == "hl-rsql plain")),
    49: (F.id == 32780) | (F.id == 32781) & (F.name == "nope"),
    50: F.id.in_([32780, 32781]),
    51: F.id.not_in([1, 2, 3]) & F.id.in_([1, 2, 3, 4]),
    52: (F.id != 1) & (F.id <= 3),
    53: (F.id > 1) & (F.id < 4),
    54: (F.id >= 1) & LOW,
    55: SLOPPY,
    57: SLOPPY,
    67: (F.status == 1) & LOW,
    68: F.status.in_([1, 2]) & (F.id <= 3),
    69: (F.entity.name == "Root entity") & (F.id <= 1),
    70: (F.entity == 0) & (F.id <= 1),
    71: "refused: the server answers 500",
    72: F.category.name.is_null() & (F.id <= 5),
    74: F.category.is_null() & (F.id <= 5),
    75: "refused: never found",
    76: F.category.name.not_null() & (F.id <= 5),
    77: ~F.category.is_null() & (F.id <= 5),
    78: F.name.is_empty() & (F.id <= 5),
    79: "=notempty= finds nothing there: ~is_empty() is written with two others",
    81: F.date_solve.is_null() & (F.id <= 3),
    82: ~F.date_solve.is_null() & (F.id <= 3),
    83: (F.date > date(2020, 1, 1)) & LOW,
    84: (F.date > datetime(2020, 1, 1)) & LOW,
    85: "a zone is refused",
    86: "a zone is refused",
    87: (F.date_creation < date(2019, 1, 1)) & LOW,
    88: F.date.like("2026*") & LOW,
    **dict.fromkeys((89, 90, 91, 93), (F.is_deleted == False) & (F.id <= 1)),  # noqa: E712
    92: SLOPPY,
    95: F.id.like("1"),
    96: "refused: a text for an id",
    97: SLOPPY,
    98: (F.urgency == 3) & (F.id <= 3),
    99: (F.user_recipient.name == "glpi") & LOW,
    100: (F.user_recipient == 2) & LOW,
    101: F.content.like("*host*") & LOW,
    103: "no filter",
    **dict.fromkeys((104, 105, 106), SLOPPY),
    107: (F.id <= 3) & (F.id >= 2),
    108: F.id == 1,
}


def place(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path, "id") if len(path) == 1 and by_id("Ticket", path[0]) else path


def test_every_exchange_is_accounted_for() -> None:
    assert len(EXCHANGES) == 109
    refused = {at for at, each in enumerate(EXCHANGES) if each["response"]["status"] == 400}
    assert set(SAID) | refused == set(range(109))
    assert set(SAID) & refused == set(), WRONG
    assert sum(not isinstance(each, str) for each in SAID.values()) >= 70


@pytest.mark.parametrize("number", [at for at, said in SAID.items() if not isinstance(said, str)])
def test_what_the_server_found_is_found_here(number: int) -> None:
    asked, answer = SAID[number], EXCHANGES[number]["response"]
    assert isinstance(asked, Filter)
    found = [row["id"] for row in ROWS if matches(asked, row, place)]
    headers = {key.lower(): value for key, value in answer["headers"].items()}
    assert len(found) == int(headers["content-range"].rpartition("/")[2])
    first = next((row["id"] for row in answer["body"] if isinstance(row, dict)), None)
    assert first == (found[0] if found else None)
    assert narrowed(asked, "Ticket", client_side=False).keep is None


@pytest.mark.parametrize(
    "asked", [F.team.name == "tech", F.category.id == 0, F.id == "abc", name("back\\\\slash")], ids=repr
)
def test_what_the_server_breaks_on_is_refused(asked: Filter) -> None:
    with pytest.raises(GlpiValidationError):
        narrowed(asked, "Ticket", client_side=False)


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        (0, name("plain")),
        (5, name("with;semicolon")),
        (9, name('"double"')),
        (30, name("both ' and \"")),
        (67, F.status == 1),
        (74, F.category.is_null()),
    ],
)
def test_the_recorded_words_are_the_ones_that_are_written(number: int, asked: Filter) -> None:
    query = dict(parse_qsl(urlsplit(EXCHANGES[number]["request"]["path"]).query))
    recorded = query["filter"].replace('"', "").replace("'", "").split(";id=le=")[0]
    assert narrowed(asked, "Ticket", client_side=False).sent.replace('"', "").replace("'", "") == recorded
