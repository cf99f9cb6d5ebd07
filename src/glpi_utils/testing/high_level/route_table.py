"""Which path leads where: the collections of the knowledge file and the routes that are like no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from glpi_utils.testing.high_level import quirks, row_pages
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.api_versions import at_least
from glpi_utils.testing.high_level.graphql import endpoint
from glpi_utils.testing.high_level.handlers import (
    administration,
    api_document,
    below,
    collections,
    components,
    indexes,
    public,
    rows_below,
    rules,
    session_route,
    statistics,
    team_routes,
    timelines,
    users,
)
from glpi_utils.testing.high_level.oauth import consent
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

Handler = Callable[[Call], Answer]
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_PARAMETER = re.compile(r"\{(\w+)(?::([^}]+))?\}")


@dataclass(frozen=True, slots=True)
class Route:
    """One path and what may be done there."""

    path: str
    handlers: Mapping[str, Handler]
    since: str = "2.0"
    public: bool = False
    itemtype: str = ""
    """Set: an `{id}` that no row of this itemtype has is 404 before anything else is looked at."""


@dataclass(frozen=True, slots=True)
class Match:
    """A route and what the path said."""

    route: Route
    attributes: dict[str, str]


def find(path: str, api: str) -> list[Match]:
    """Return every route that a path and a version match, whatever the method; case does not matter."""
    path = path.rstrip("/") or "/"
    return [
        Match(route, match.groupdict())
        for route in _of_version(api).get(path.split("/")[1].lower(), [])
        if (match := pattern(route.path).fullmatch(path))
    ]


def route(path: str, handlers: Mapping[str, Handler], since: str = "2.0", **more: Any) -> Route:
    """Return a route."""
    return Route(path, handlers, since, **more)


@cache
def pattern(path: str) -> re.Pattern[str]:
    """Return what the path of a route means: `{id}` is a number, `{name:regex}` what the expression says."""
    parts = _PARAMETER.split(path)
    made = re.escape(parts[0])
    for name, expression, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        made += f"(?P<{name}>{expression or '[0-9]+'}){re.escape(rest)}"
    return re.compile(made, re.IGNORECASE)


@cache
def table() -> tuple[Route, ...]:
    """Return all routes, special ones first."""
    special = [
        *(route(*entry, public=True) for entry in (*public.PUBLIC, *api_document.PUBLIC, *consent.PUBLIC)),
        *(route(*entry) for entry in _SPECIAL),
        *(route(path, handlers, itemtype=itemtype) for path, handlers, itemtype in _CHECKED),
    ]
    return (*special, *_collections())


@cache
def _of_version(api: str) -> dict[str, list[Route]]:
    """Return the routes of one version of the API by the first word of their path."""
    by_word: dict[str, list[Route]] = {}
    for entry in table():
        if at_least(api, entry.since) and not quirks.is_gone(entry.path, api):
            by_word.setdefault(entry.path.split("/")[1].lower(), []).append(entry)
    return by_word


_SPECIAL: tuple[tuple[Any, ...], ...] = (
    *session_route.ROUTES,
    *users.ROUTES,
    *indexes.ROUTES,
    *administration.ROUTES,
    *endpoint.ROUTES,
    *public.ROUTES,
    *statistics.ROUTES,
    *rows_below.ROUTES,
    *components.ROUTES,
    *rules.ROUTES,
    *below.ROUTES,
)
_CHECKED = (*timelines.ROUTES, *team_routes.ROUTES)


def _collections() -> list[Route]:
    made: list[Route] = []
    for path, entry in knowledge.routes().items():
        checked = entry["itemtype"] if entry["unknown"] == 404 else ""
        on_list, on_item = _handlers(path, entry)
        since = entry["since"]
        made.append(route(f"/{path}", {name: on_list[name] for name in entry["list"]}, since=since))
        made.append(
            route(f"/{path}/{{id}}", {name: on_item[name] for name in entry["item"]}, since=since, itemtype=checked)
        )
    return made


def _handlers(path: str, entry: Mapping[str, Any]) -> tuple[Mapping[str, Handler], Mapping[str, Handler]]:
    """Return what the list and one item of a collection may answer to."""
    if "fixed" in entry:
        return rules.collection(path, entry["fixed"]["sub_type"])
    schema = entry["schema"]
    on_list: dict[str, Handler] = {
        "GET": partial(row_pages.listed, schema=schema),
        "POST": partial(collections.create, schema=schema, path=f"/{path}"),
    }
    on_item: dict[str, Handler] = {
        "GET": partial(collections.read, schema=schema),
        "PATCH": partial(collections.update, schema=schema),
        "DELETE": partial(collections.delete, schema=schema),
    }
    return on_list, on_item
