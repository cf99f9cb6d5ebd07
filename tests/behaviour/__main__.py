"""Writes cells.toml anew from what pytest collects: `python -m tests.behaviour`."""

from __future__ import annotations

import sys

import pytest

from tests.behaviour.record import FILE, Record, plan, written


class Collected:
    """Keeps the record of a collection."""

    record: Record | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        from tests.behaviour.conftest import RECORD

        self.record = session.config.stash[RECORD]


def main() -> int:
    """Collect, write."""
    found = Collected()
    code = pytest.main(["--collect-only", "-qq", str(FILE.parent)], plugins=[found])
    if code or found.record is None:
        return int(code) or 1
    FILE.write_text(written(plan(found.record)), encoding="utf-8")
    print(f"{FILE}: {len(found.record.functions)} tests")
    return 0


if __name__ == "__main__":
    sys.exit(main())
