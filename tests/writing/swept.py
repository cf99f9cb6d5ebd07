"""Every writable field of every type is written in the ways that the library takes, read back, and judged by the database.

``python -m tests.writing.swept`` prints the table.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from glpi_utils import GlpiError, GlpiNotAppliedError
from glpi_utils.testing import GlpiServer
from tests.writing.places import Place
from tests.writing.swept_types import Target, existing, row_of, targets_of

Row = dict[str, Any]
WAYS = 6
"""How many times each field is written, each time in another way."""
COMPUTED = frozenset({"completename", "level", "users_id_editor", "priority", "users_id_validate", "secret"})
"""GLPI makes these from the others, keeps them under a newer name, or sealed."""
STAYS = frozenset({"date_mod", "id"})
NOT_ALONE = frozenset({"status", "global_validation", "is_deleted", "is_template", "parent", "entity", "entities_id"})
"""Writing these moves the row out of sight, or changes what else may be written."""


class Said(NamedTuple):
    """A value as it is given, and what the database should hold then."""

    given: Any
    stored: Any


@dataclass
class Swept:
    """What came of it on one API of one version."""

    place: str
    types: int = 0
    fields: int = 0
    writes: int = 0
    created: int = 0
    refused: int = 0
    differences: set[str] = field(default_factory=set[str])
    false_alarms: set[str] = field(default_factory=set[str])
    missed: set[str] = field(default_factory=set[str])
    unseen: set[str] = field(default_factory=set[str])
    """What differs in the database and is not shown by the API: nobody can tell."""

    def line(self) -> str:
        """One line of the table."""
        cells = (
            self.types,
            self.fields,
            self.writes,
            len(self.differences),
            len(self.unseen),
            len(self.false_alarms),
            len(self.missed),
        )
        return f"| {self.place} | " + " | ".join(map(str, cells)) + " |"


HEAD = (
    "| place | types | fields | values written | fields with differences | of these not shown | false alarms | missed |\n"
    "|---|---|---|---|---|---|---|---|"
)


def ways(told: Any, form: str, there: int) -> list[Said]:
    """The ways in which a value of a kind is given; ``there`` is the id of something that exists."""
    kind: str = told.kind
    if told.values:
        return [Said(each, each) for each in told.values]
    if form == "digits":
        return [Said("3200", "3200"), Said("16", "16")]
    if form == "mac":
        return [Said("00:11:22:33:44:55", "00:11:22:33:44:55"), Said("00-11-22-aa-bb-CC", "00-11-22-aa-bb-CC")]
    if kind in ("text", "html"):
        texts = [
            "Text one",
            "  spaces around ",
            "Línea 1\nLine 2 — 日本",
            "a & b < c",
            "<p>bold &amp; <b>new</b></p>",
            "",
        ]
        longest = told.longest or 255
        return [Said(text, text) for text in ("".join(list(each)[:longest]) for each in texts)]
    if kind == "bool":
        return [Said(True, 1), Said(False, 0), Said(1, 1), Said("0", 0)]
    if kind == "date":
        return [Said("2026-03-01", "2026-03-01"), Said(date(2026, 3, 2), "2026-03-02"), Said(None, None)]
    if kind == "datetime":
        return [
            Said("2026-03-01 10:20:30", "2026-03-01 10:20:30"),
            Said(datetime.fromisoformat("2026-03-02T11:22:33.444"), "2026-03-02 11:22:33"),
            Said(datetime(2026, 3, 3, 11, 22, 33, tzinfo=UTC), "2026-03-03 11:22:33"),
            Said("2026-03-04T10:20:30+00:00", "2026-03-04 10:20:30"),
        ]
    if kind == "number":
        return [Said(12.5, 12.5), Said(Decimal("7.25"), 7.25), Said("3", 3), Said(0, 0), Said(8, 8)]
    if kind == "relation":
        return [Said(there, there), Said({"id": there, "name": "x"}, there), Said(0, 0), Said(str(there), there)]
    if kind == "int":
        return [Said(3, 3), Said("7", 7), Said(0, 0), Said(1, 1)]
    return []


def sweep(place: Place, targets: list[Target], times: int = WAYS) -> Swept:
    """Write all fields of all types, so many times, each time in another way."""
    found = Swept(f"{place.api} {place.glpi.version}")
    api = place.client(verify=True, timezone="UTC", retries=0)
    for at, target in enumerate(targets):
        plans = {
            name: made
            for name, told in target.fields.items()
            if name not in NOT_ALONE and (made := ways(told, target.forms.get(name, ""), existing(place, told)))
        }
        if not plans:
            continue
        found.types += 1
        found.fields += len(plans)
        number = row_of(place, target)
        for way in range(at, at + times):
            several = {name: said[way % len(said)] for name, said in plans.items()}
            if not write(api, place, target, number, several, found):
                for name, said in several.items():
                    if not write(api, place, target, number, {name: said}, found):
                        found.refused += 1
        written_back(api, place, target, number, found)
        create(api, place, target, {name: said[0] for name, said in plans.items()}, found)
    return found


def write(api: Any, place: Place, target: Target, number: int, several: dict[str, Said], found: Swept) -> bool:
    """Write some fields, and hold what the library says of them against the database; False where it is refused."""
    told: Row = {}
    try:
        api.item(target.name).update({"id": number, **{name: said.given for name, said in several.items()}})
    except GlpiNotAppliedError as error:
        told = {**error.ignored, **error.changed}
    except GlpiError:
        return False
    judge(api, place, target, number, several, told, found)
    return True


def create(api: Any, place: Place, target: Target, several: dict[str, Said], found: Swept) -> None:
    """Create an item with all of these fields, as far as it is taken; hold what is said of them against the database."""
    label = next((name for name in ("name", "designation", "username", "content") if name in several), "")
    item = {name: said.given for name, said in several.items()}
    if label in ("name", "username"):
        item[label] = f"swept {place.api} {found.types}"
        several = {**several, label: Said(item[label], item[label])}
    told: Row = {}
    try:
        number = api.item(target.name).create(item)["id"]
    except GlpiNotAppliedError as error:
        if "reading it back failed" in str(error):
            return
        number, told = error.id, {**error.ignored, **error.changed}
    except GlpiError:  # refused, or a 500 with nothing in it
        return
    found.created += 1
    judge(api, place, target, number, several, told, found)


def judge(
    api: Any, place: Place, target: Target, number: int, several: dict[str, Said], told: Row, found: Swept
) -> None:
    """Hold what the library says of a write against the database."""
    row = place.row(target.table, number)
    for name, said in several.items():
        column = target.fields[name].column if place.hl else name
        if column not in row:
            continue
        found.writes += 1
        differs = not same(row[column], said.stored)
        label = f"{target.name}.{name}={said.given!r} -> {row[column]!r}"
        if differs:
            found.differences.add(f"{target.name}.{name}")
        if name in told and not differs:
            found.false_alarms.add(label)
        elif differs and name not in told and name not in COMPUTED:
            shown = api.item(target.name).get(number)
            (found.missed if name in shown else found.unseen).add(label)


def written_back(api: Any, place: Place, target: Target, number: int, found: Swept) -> None:
    """Write what was read, with one change: read, change, write back."""
    try:
        row, there = api.item(target.name).get(number), place.row(target.table, number)
    except GlpiError:  # it may not be read
        return
    several = {
        name: Said(row[name], there[told.column if place.hl else name])
        for name, told in target.fields.items()
        if name in row and (told.column if place.hl else name) in there and name not in STAYS
    }
    for name in ("name", "designation"):
        if name in several:
            several[name] = Said("read, changed, written back", "read, changed, written back")
    if several and not write(api, place, target, number, several, found):
        alone = {name: said for name, said in several.items() if write(api, place, target, number, {name: said}, found)}
        found.refused += len(several) - len(alone)
        assert not alone or write(api, place, target, number, alone, found), f"{target.name}: {list(alone)}"


def same(row: Any, stored: Any) -> bool:
    """Compare with the database, as plainly as can be."""
    nothing = (None, "", 0, "0")
    if row in nothing or stored in nothing:
        return row in nothing and stored in nothing
    if isinstance(stored, float | int) and not isinstance(row, str):
        return float(row) == float(stored)
    if isinstance(row, float):
        return f"{row:g}" == str(stored)
    return str(row).removesuffix(" 00:00:00") == str(stored).removesuffix(" 00:00:00")


PLACES = (("hl", "11.0.6"), ("hl", "11.0.8"), ("hl", "11.0.11"), ("legacy", "11.0.6"), ("legacy", "10.0.17"))


def swept(api: str, version: str, times: int = WAYS) -> Swept:
    """Sweep one API of one version, on a server of its own."""
    with GlpiServer(version=version) as glpi:
        places = Place.at(api, glpi)
        place = next(places)
        found = sweep(place, targets_of(place), times)
        next(places, None)  # closes its clients
    return found


def main() -> None:
    """Print the table."""
    print(HEAD)
    for api, version in PLACES:
        found = swept(api, version)
        print(found.line())
        for label, several in (("false alarm", found.false_alarms), ("missed", found.missed), ("unseen", found.unseen)):
            for each in sorted(several)[:40]:
                print(f"  {label}: {each}", file=sys.stderr)
        print(f"  differences: {sorted(found.differences)}", file=sys.stderr)
        print(f"  refused: {found.refused}, created: {found.created}", file=sys.stderr)


if __name__ == "__main__":
    main()
