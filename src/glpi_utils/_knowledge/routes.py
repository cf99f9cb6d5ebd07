"""Where each itemtype lives in the high-level API, and how it behaves there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from .routes_table import CLASSES, PLACES, ROUTES

__all__ = ["VERBS", "Route", "all_routes", "find", "known_class"]

VERBS: Final = {"l": "list", "g": "get", "c": "create", "u": "update", "d": "delete"}
_LINES: Final = ROUTES.split("\n")


class Route(NamedTuple):
    """One itemtype: the name of its class in GLPI and its path, percent-encoded, below the version.

    ``names`` are the other names that mean it, such as the last part of its path where that differs.
    """

    itemtype: str
    path: str
    names: tuple[str, ...] = ()
    has_id: bool = True
    trash: bool = False
    """A delete puts it into the trash first."""
    hl_is_deleted_field: bool = False
    """The trash can be seen (``is_deleted``), filtered and undone."""
    shown_since: str = "2.0"
    """The version of the API from which on that is so: up to 2.2 a trashed project looks like any other."""
    self_referencing: bool = False
    """It has a parent of its own kind: in one page with its child the parent's row comes mutilated (11.0.6)."""
    schema: str = ""
    """The schema of its rows; "" where it is not known."""
    verbs: frozenset[str] = frozenset()
    """What 11.0.8 can do there: list, get, create, update, delete; nothing where it is not known."""
    walk: str = "windows"
    """How all of it is read: by windows of ids, "whole" (no ids: at once), "union" (ids of several classes)."""
    since: str = "2.0"
    """The version of the API that has it first."""
    until: str = ""
    """The version that has it no more; "" for one that is still there."""
    second: bool = False
    """The name of its class means another route; this one is found by its path."""
    in_legacy: bool = True
    """Its rows are of a class, which the legacy API serves too."""
    broken: bool = False
    """Every read ends in a 500 (up to 11.0.8)."""
    blind: bool = False
    """Filter and order are ignored without a word: every row comes (11.0.6)."""


def find(key: str) -> Route | None:
    """Return the route of a path in lower case, or of a name without case and underscores.

    >>> find("assets/computer").schema, find("eventlog").path, sorted(find("eventlog").verbs), find("nothing")
    ('Computer', 'Administration/EventLog', ['get', 'list'], None)
    """
    at = _places().get(key)
    return None if at is None else _route(int(at))


def known_class(plain: str) -> str | None:
    r"""Return the class that a name means, without case and underscores.

    >>> known_class("licence"), known_class("license"), known_class("socket")
    (None, 'SoftwareLicense', 'Glpi\\Socket')
    """
    return _classes().get(plain)


@cache
def _places() -> dict[str, str]:
    return _pairs(PLACES)


@cache
def _classes() -> dict[str, str]:
    return _pairs(CLASSES)


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def all_routes() -> Iterator[Route]:
    """Return every route that is known, by path."""
    return map(_route, range(len(_LINES)))


@cache
def _route(at: int) -> Route:
    path, itemtype, *marks = _LINES[at].split()
    details = {key: value for key, _, value in (mark.partition("=") for mark in marks)}
    return Route(
        itemtype,
        path,
        tuple(details["names"].split("|")) if "names" in details else (),
        has_id="whole" not in details,
        trash="trash" in details or "verbs" not in details,
        hl_is_deleted_field="shown" in details,
        shown_since=details.get("shown") or "2.0",
        self_referencing="self" in details,
        schema=details.get("schema", ""),
        verbs=frozenset(VERBS[letter] for letter in details.get("verbs", "")),
        walk="whole" if "whole" in details else "union" if "union" in details else "windows",
        since=details.get("since", "2.0"),
        until=details.get("until", ""),
        second="second" in details,
        in_legacy="classless" not in details,
        broken="broken" in details,
        blind="blind" in details,
    )
