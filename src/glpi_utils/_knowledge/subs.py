"""What hangs below the rows of a route of the high-level API: by which names, where, and what can be done with it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .fields import itemtype_of
from .routes import VERBS, Route, find

__all__ = ["Sub", "sub_named", "subs_of"]


class Sub(NamedTuple):
    """One kind of sub-item below the rows of one route."""

    name: str
    """As its path calls it: "Infocom", "Timeline/Followup", "Component/Battery"."""
    path: str
    """Where it is; {} stands for the id of the row that it is below."""
    schema: str = ""
    verbs: frozenset[str] = frozenset()
    """What 11.0.8 can do there: list, get, create, update, delete."""
    one: bool = False
    """There is one of it, read and changed without an id."""
    since: str = "2.0"
    later: tuple[frozenset[str], str] = (frozenset(), "2.0")
    """Verbs that came with a later version, and that version."""


def subs_of(route: Route) -> tuple[Sub, ...]:
    """Return what is known to hang below the rows of a route, by name.

    >>> from .aliases import hl_path
    >>> [sub.name for sub in subs_of(hl_path("Change"))][:3], subs_of(hl_path("Location"))
    (['Cost', 'KBArticle', 'Note'], ())
    """
    return _subs(route.path)


def sub_named(route: Route, name: str) -> Sub | None:
    """Return the sub-item that a name means below a route: its path's last part, its schema or its class, in any case.

    >>> from .aliases import hl_path
    >>> sub_named(hl_path("Computer"), "notepad").path, sub_named(hl_path("Computer"), "DeviceBattery").name
    ('Computer/{}/Note', 'Component/Battery')
    >>> sub_named(hl_path("Software"), "SoftwareVersion").name, sub_named(hl_path("Software"), "Timeline")
    ('Version', None)
    """
    return _named(route.path).get(_plain(name))


@cache
def _named(path: str) -> dict[str, Sub]:
    known: dict[str, Sub] = {}
    for sub in _subs(path):
        last = sub.name.rpartition("/")[2]
        part = find(_plain(last)) if sub.name.startswith("Component/") else None
        for name in (sub.name, last, sub.schema, itemtype_of(sub.schema), part and part.itemtype):
            if name:
                known.setdefault(_plain(name), sub)
    return known


@cache
def _subs(path: str) -> tuple[Sub, ...]:
    from .subs_table import SUBS

    return tuple(_read(path, line) for line in SUBS.get(path, "").split("\n") if line)


def _read(path: str, line: str) -> Sub:
    name, *marks = line.split()
    details = {key: value for key, _, value in (mark.partition("=") for mark in marks)}
    later, _, version = details.get("later", ":2.0").partition(":")
    return Sub(
        name,
        details.get("at", f"/{path}/{{}}/{name}")[1:],
        details.get("schema", ""),
        _verbs(details["verbs"]),
        "one" in details,
        details.get("since", "2.0"),
        (_verbs(later), version),
    )


def _verbs(letters: str) -> frozenset[str]:
    return frozenset(VERBS[letter] for letter in letters)


def _plain(name: str) -> str:
    return name.strip("/").lower().replace("_", "")
