"""List the paths and verbs of an OpenAPI document, one path a line, for the test that walks them.

Run as `python -m tools.list_document_paths openapi-11.0.6.json tests/testing/high_level/paths.txt`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

VERBS = ("delete", "get", "patch", "post", "put")


def lines(document: Path) -> str:
    """`DELETE,GET,PATCH /Assets/Computer/{id}`."""
    paths = json.loads(document.read_text(encoding="utf-8"))["paths"]
    rows = [f"{','.join(verb.upper() for verb in VERBS if verb in verbs)} {path}" for path, verbs in paths.items()]
    return "\n".join(sorted(rows, key=lambda row: row.split(" ")[1])) + "\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(lines(Path(sys.argv[1])), encoding="utf-8", newline="\n")
