"""Measure how far a call travels through the code: `python -m tools.flows`.

Three flows of a warm, blocking client of the High-Level API: calls of this package's functions (the embedded GLPI left
out), how many functions and files they touch, how often the next call is in another file, and that per call.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from tools.check_house import FUNCTION_LINES, length

SOURCE = Path(__file__).resolve().parents[1] / "src" / "glpi_utils"
LEFT_OUT = ("testing", "types")


class Flow(NamedTuple):
    """What one call did."""

    name: str
    calls: int
    functions: int
    files: int
    changes: int

    @property
    def per_call(self) -> float:
        """Changes of file per call."""
        return self.changes / max(self.calls, 1)


def ours(path: str) -> bool:
    """Check whether a file is of the library itself."""
    file = Path(path)
    return file.is_relative_to(SOURCE) and file.relative_to(SOURCE).parts[0] not in LEFT_OUT


def measured(name: str, flow: Callable[[], object]) -> Flow:
    """Run a flow once, and count."""
    seen: list[tuple[str, str, int]] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and ours(code.co_filename):
            seen.append((code.co_filename, code.co_qualname, code.co_firstlineno))

    sys.setprofile(note)
    try:
        flow()
    finally:
        sys.setprofile(None)
    files = [file for file, _, _ in seen]
    changes = sum(one != other for one, other in pairwise(files))
    return Flow(name, len(seen), len(set(seen)), len(set(files)), changes)


def flows() -> list[Flow]:
    """Measure the three flows; each has run before, so that nothing is loaded or made for the first time."""
    from glpi_utils import F, GlpiOAuthClient
    from glpi_utils.testing import GlpiServer

    with (
        GlpiServer() as glpi,
        GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password) as api,
    ):
        keys = iter(range(100))
        calls: dict[str, Callable[[], object]] = {
            "api.ticket.get(1)": lambda: api.ticket.get(1),
            "get_all_pages(filter=...), one page": lambda: api.ticket.get_all_pages(filter=F.urgency >= 4),
            'create({...}, key="x")': lambda: api.ticket.create(
                {"name": "x", "content": "y"}, key=f"flow-{next(keys)}"
            ),
        }
        for flow in calls.values():
            flow()
        return [measured(name, flow) for name, flow in calls.items()]


def size() -> tuple[int, int, list[str]]:
    """Count files and functions of the library, and name the functions that are too long (without their docstrings)."""
    files = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in LEFT_OUT]
    functions, long = 0, []
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions += 1
                if length(node) > FUNCTION_LINES:
                    long.append(f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}: {length(node)}")
    return len(files), functions, long


def main() -> int:
    """Print the table."""
    print("| flow (blocking High-Level client, warm) | calls | functions | files | changes of file | per call |")
    print("|---|---|---|---|---|---|")
    for flow in flows():
        print(
            f"| {flow.name} | {flow.calls} | {flow.functions} | {flow.files} | {flow.changes} | {flow.per_call:.2f} |"
        )
    files, functions, long = size()
    print(f"\n{files} files, {functions} functions, of more than {FUNCTION_LINES} lines: {', '.join(long) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
