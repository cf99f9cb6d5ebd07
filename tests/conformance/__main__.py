"""`python -m tests.conformance [NAME…]`: replay, print what is unlike when topics are named, and the table."""

from __future__ import annotations

import sys

from tests.conformance.recording import Recording, recordings
from tests.conformance.replay import Result, replay
from tests.conformance.table import lines


def main(names: list[str]) -> None:
    """Topics are named by any part of `hl/ticket_crud` or `legacy/session-10.0.17`."""
    outcome: dict[Recording, list[Result]] = {}
    for recording in recordings():
        if names and not any(name in recording.name for name in names):
            continue
        outcome[recording] = replay(recording)
        if names:
            print(*[f"{recording.name} {one}" for one in outcome[recording] if not one.alike], sep="\n")
    print(*lines(outcome), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
