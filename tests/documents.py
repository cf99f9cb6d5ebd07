"""Where the OpenAPI documents of real servers are, from which tables and types are made."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("openapi-11.0.6.json", "openapi-11.0.8.json")


def _documents() -> list[Path]:
    """`GLPI_TEST_OPENAPI` names their folder; else they are looked for beside the repository."""
    named = os.environ.get("GLPI_TEST_OPENAPI")
    near = (found for base in ROOT.parents[:2] for deep in ("*", "*/*") for found in base.glob(deep))
    folders = [Path(named)] if named else near
    at = next((each for each in folders if all((each / name).is_file() for name in NAMES)), None)
    return [] if at is None else [at / name for name in NAMES]


OPENAPI = _documents()
"""Both documents, the older first; none where they are not at hand."""
