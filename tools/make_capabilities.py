"""Write the table of capabilities into docs/both-apis.md: `python -m tools.make_capabilities`."""

from __future__ import annotations

import sys
from pathlib import Path

from glpi_utils._knowledge.capabilities_table import CAPABILITIES
from glpi_utils._knowledge.capability import THROUGH_LEGACY, Capability

PAGE = Path(__file__).resolve().parents[1] / "docs" / "both-apis.md"
BEGIN, END = "<!-- the table of capabilities: python -m tools.make_capabilities -->", "<!-- its end -->"
HEAD = "| what | of which types | High-Level API | legacy API |\n|---|---|---|---|"
SHOWN = 4
"""How many types are named where more have it."""


def table() -> str:
    """Give the table, a line for each capability."""
    return "\n".join([HEAD, *map(line, CAPABILITIES)])


def line(row: Capability) -> str:
    """Give one line of it."""
    through = row.high_level == THROUGH_LEGACY
    since = "" if row.high_level == "2.0" else f", from API {row.high_level} on"
    why = f": {row.why}" if row.why else ""
    high_level = f"by a legacy session{why}" if through else f"yes{since}{why}"
    if not through and since:
        high_level += "; before by a legacy session"
    name = (
        f"`{row.shown}`"
        if row.kind in ("verb", "verb of clients", "keyword", "field") and " " not in row.shown
        else row.shown
    )
    return f"| {name} | {types(row)} | {high_level} | {'yes' if row.legacy else 'no'} |"


def types(row: Capability) -> str:
    """Name the types that have it."""
    if row.kind == "verb of clients":
        return "clients"
    if not row.itemtypes:
        return "all"
    named = ", ".join(row.itemtypes[:SHOWN])
    more = len(row.itemtypes) - SHOWN
    rest = f" and {more} more" if more > 0 else ""
    return f"{named}{rest}{', types of plugins' if row.others else ''}"


def written(text: str) -> str:
    """Give the page with the table in its place."""
    before, after = text.split(BEGIN, maxsplit=1)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main() -> int:
    """Write the page; with ``--check`` only say whether it is as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    made = written(text)
    if "--check" in sys.argv:
        return int(made != text)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
