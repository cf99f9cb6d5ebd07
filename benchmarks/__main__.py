"""Measures start-up and writes RESULTS.md: `make bench`. It judges nothing; the table shows what was aimed at."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import rooms, startup
from benchmarks.startup import Comparison, Samples, compare, whole, within

RESULTS = Path(__file__).parent / "RESULTS.md"


def measure(ours: Path, peer: Path) -> tuple[Samples, Samples, Samples, list[Comparison]]:
    """Everything, in the order of the report."""
    imported, bare = startup.interleaved(lambda: whole(ours, "import glpi_utils"), lambda: whole(ours, "pass"))
    inside = Samples(tuple(within(ours, "import glpi_utils") for _ in range(startup.RUNS)))
    rows = [
        compare("import and construct, `GlpiOAuthClient`", within, ours, peer, startup.CONSTRUCT, 0.5),
        compare("the same, whole process", whole, ours, peer, startup.CONSTRUCT, 0.5),
        compare("import and construct, `GlpiAPI`", within, ours, peer, startup.CONSTRUCT_LEGACY, 0.5),
        compare("the same, whole process", whole, ours, peer, startup.CONSTRUCT_LEGACY, 0.5),
    ]
    with startup.embedded_glpi() as glpi:
        program = startup.first_answer(glpi)
        rows.append(compare("first answer, high-level API, whole process", whole, ours, peer, program, 0.9))
        program = startup.first_answer_legacy(glpi)
        rows.append(compare("first answer, legacy API, whole process", whole, ours, peer, program, 0.9))
    return imported, bare, inside, rows


def report(ours: Path, peer: Path) -> str:
    """The text of RESULTS.md."""
    imported, bare, inside, rows = measure(ours, peer)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=rooms.ROOT
    )
    lines = [
        "# What start-up costs",
        "",
        f"`make bench`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.stdout.strip() or 'unknown'}.",
        f"{platform.platform()}, {os.cpu_count()} cores, load {_load()}, Python {platform.python_version()}.",
        f"Ours: {rooms.versions(ours, 'glpi-utils', 'urllib3', 'aiohttp', 'orjson')}.",
        f"Compared with: {rooms.versions(peer, 'glpi-utils', 'requests', 'urllib3')}.",
        f"Medians of {startup.RUNS} interleaved runs, each a fresh process; in brackets the middle half.",
        "",
        "| `import glpi_utils` | |",
        "|---|---|",
        f"| bare interpreter | {bare} |",
        f"| with the import | {imported} |",
        f"| **over the bare interpreter** (aim: under 10 ms) | **{imported.median - bare.median:.1f} ms** |",
        f"| the import alone, timed inside | {inside} |",
        "",
        "| measure | ours | glpi-utils 1.5.0 | ratio | spread of the ratio | aim: at most |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = f"**{row.ratio:.2f}** | {row.spread} | {row.limit}"
        lines.append(f"| {row.name} | {row.ours} | {row.other} | {ratio} |")
    notes = (
        "The servers answer from a process of their own. Ours reads the list of API versions before its first request."
    )
    return "\n".join([*lines, "", notes, ""])


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def main() -> None:
    """Measure, print, write."""
    text = report(*rooms.make())
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
