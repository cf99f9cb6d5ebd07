"""Make `_knowledge`'s tables, names and types only, from two OpenAPI documents and `tools/knowledge/corrections.toml`.

Run as `python -m tools.make_knowledge openapi-11.0.6.json openapi-11.0.8.json`; the tables go to `src/glpi_utils/_knowledge`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.knowledge.corrections import Corrections
from tools.knowledge.document import Document
from tools.knowledge.fields import fields_table
from tools.knowledge.routes import routes_table
from tools.knowledge.subs import subs_table

KNOWLEDGE = Path(__file__).resolve().parents[1] / "src" / "glpi_utils" / "_knowledge"


def tables(document: Document, corrections: Corrections) -> dict[str, str]:
    """The text of each file that is made, by its name."""
    return {
        "fields_table.py": fields_table(document, corrections),
        "routes_table.py": routes_table(document, corrections),
        "subs_table.py": subs_table(document, corrections),
    }


def main(argv: list[str]) -> int:
    """Read, make, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("older", type=Path, help="the document of an 11.0.6 (API 2.2), as a super-admin gets it")
    parser.add_argument("newer", type=Path, help="that of an 11.0.8 (API 2.3)")
    parser.add_argument("output", type=Path, nargs="?", default=KNOWLEDGE, help="the folder of the tables")
    options = parser.parse_args(argv)
    for name, text in tables(Document.at(options.newer, options.older), Corrections.read()).items():
        (options.output / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
