"""Eighteen itemtypes, each made, read, changed, listed, thrown away and purged."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import many_computers, many_users, seed
from tests.conformance.scene import Scene

FILE = {
    "name": "f.txt",
    "filename": "f.txt",
    "mime": "text/plain",
    "sha1sum": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
}


def prepare(play: Play) -> None:
    """The seed with its 25 categories, 40 sites, 500 users and 5000 computers, and files that somebody had uploaded."""
    seed(play)
    many_users(play, 505)
    many_computers(play, 5000)
    for n in range(13, 41):
        if n <= 25:
            play.row("ITILCategory", n, name=f"Category {n}", completename=f"Category {n}", level=1)
        play.row("Location", n, name=f"Site-{n}", completename=f"Site-{n}", level=1)
    for n in range(1, 5):
        play.row("Document", n, **FILE, date_creation="2026-11-24 04:07:04", date_mod="2026-11-24 04:07:04")
    for n in range(8191, 8196):
        play.row("Computer", n, name="peer_g2")


SCENE = Scene(prepare=prepare)
