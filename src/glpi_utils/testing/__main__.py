"""`python -m glpi_utils.testing`: serve an embedded GLPI until Ctrl-C or SIGTERM; `demo` runs the demonstration."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from importlib import import_module
from types import FrameType

from glpi_utils.testing.server.paced_workers import Pace
from glpi_utils.testing.server.server import VERSIONS, GlpiServer

MOST_TICKETS = 100_000
COMMANDS = ("serve", "demo")


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m glpi_utils.testing", description="An embedded GLPI for tests.")
    parser.add_argument("command", nargs="?", metavar="{serve,demo}", default="serve")
    parser.add_argument("--json", action="store_true", help="first print one line of JSON that says how to connect")
    parser.add_argument("--tickets", type=tickets, metavar="N", help=f"sample tickets, up to {MOST_TICKETS}")
    parser.add_argument("--version", choices=VERSIONS, default=VERSIONS[0])
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--database", default=":memory:", metavar="FILE", help="keep the rows in this SQLite file")
    pace_help = "take so many seconds for a request and for each row, so many requests at once: 0.1,0.0016,2"
    parser.add_argument("--pace", type=pace, metavar="FIXED,ROW,WORKERS", help=pace_help)
    options, unknown = parser.parse_known_args(argv)
    if unknown:  # before the command: the value of a misspelt option is taken for one
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    if options.command not in COMMANDS:
        parser.error(f"invalid command: {options.command!r} (choose from {', '.join(COMMANDS)})")
    return options


def pace(text: str) -> tuple[float, float, int]:
    """Read how the server takes its time."""
    try:
        read = Pace.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return read.fixed, read.per_row, read.workers


def tickets(text: str) -> int:
    """Read a number of tickets."""
    number = int(text)
    if not 0 <= number <= MOST_TICKETS:
        raise argparse.ArgumentTypeError(f"between 0 and {MOST_TICKETS}")
    return number


def serve(options: argparse.Namespace) -> None:
    """Start, say where, wait for the end."""
    over: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        over.append(number)  # no lock, no event: this runs in the middle of whatever the main thread does

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    wanted = {"port": options.port, "pace": options.pace}
    with GlpiServer(options.version, options.tickets, options.database, **wanted) as glpi:
        print(line(glpi) if options.json else text(glpi), flush=True)
        while not over:
            time.sleep(0.1)  # a wait without an end is deaf to Ctrl-C on Windows


def line(glpi: GlpiServer) -> str:
    """Return how to connect, for programs."""
    names = ("url", "version", "client_id", "client_secret", "username", "password")
    return json.dumps({name: getattr(glpi, name) for name in names})


def text(glpi: GlpiServer) -> str:
    """Return how to connect, for people: lines that a POSIX shell takes as they are."""
    shell = [f"export {name}={value}" for name, value in glpi.environment.items()]
    lines = [
        f"# GLPI {glpi.version} (embedded) at {glpi.url}",
        *shell,
        f"# or by user token (legacy API): export GLPI_USER_TOKEN={glpi.user_token}",
        "# other users: post-only/postonly, tech/tech, normal/normal",
        "# Ctrl-C ends it.",
    ]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Serve, or run the demonstration."""
    options = arguments(sys.argv[1:] if argv is None else argv)
    if options.command == "demo":
        return int(import_module("glpi_utils.testing.demo").main() or 0)
    try:
        serve(options)
    except OSError as problem:
        print(
            f"port {options.port} cannot be used ({problem}): take another --port, or none for a free one",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
