"""Rules: each kind is a collection of its own over one table; their criteria and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.handlers import collections
from glpi_utils.testing.high_level.handlers.rows_below import Below, Entry
from glpi_utils.testing.high_level.schemas import Schema
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

Handler = Callable[[Call], Answer]
_CONDITIONS = {
    **dict(enumerate(("is", "is not", "contains", "does not contain", "starting with", "finished by"))),
    6: "regular expression matches",
    7: "regular expression does not match",
    8: "exists",
    9: "does not exist",
    10: "is already present",
    11: "under",
    12: "not under",
    30: "is empty",
    31: "before",
    32: "after",
    33: "is",
    34: "is not",
    **dict.fromkeys((202, 203, 204), "Yes"),
    333: "is CIDR",
    334: "is not CIDR",
}


def listed(call: Call, kind: str) -> Answer:
    """Return the rules of one kind."""
    return row_pages.listed(call, "Rule", f"sub_type=={kind}")


def read(call: Call, kind: str) -> Answer:
    """Return one rule, if it is of that kind."""
    return row_pages.read(call, "Rule", f"sub_type=={kind}", f"id=={call.id}")


def create(call: Call, kind: str, path: str) -> Answer:
    """Add a rule, the last of its kind."""
    call.params["sub_type"] = kind
    return collections.create(call, "Rule", path)


def update(call: Call, kind: str) -> Answer:
    """Change a rule; one of another kind becomes one of this."""
    call.params["sub_type"] = kind
    return collections.update(call, "Rule")


class Part(Below):
    """Criteria or actions of a rule: what is not there is 404 for every verb."""

    def page(self, call: Call, schema: Schema, own: set[int]) -> row_pages.Page:
        """Return the page; an empty one has an odd range."""
        page = super().page(call, schema, own)
        return page if page.total else replace(page, limit=1)

    def row(self, call: Call, otherwise: Answer) -> dict[str, Any]:
        """Return the row that the path names."""
        return super().row(call, answers.not_found())


def collection(path: str, kind: str) -> tuple[Mapping[str, Handler], Mapping[str, Handler]]:
    """Return what the list and one rule answer to."""
    on_list = {"GET": partial(listed, kind=kind), "POST": partial(create, kind=kind, path=f"/{path}")}
    on_one = {
        "GET": partial(read, kind=kind),
        "PATCH": partial(update, kind=kind),
        "DELETE": partial(collections.delete, schema="Rule"),
    }
    return _all_seen(on_list), _all_seen(on_one)


def criteria(call: Call, name: str) -> Answer:
    """Return what rules may look at; the rules for rights have one without a name, and that crashes the server."""
    _look(call)
    if name == "Right":
        return answers.crashed()
    return answers.json([{"id": one, "name": _label(one)} for one in knowledge.rules()[name]["criteria"]])


def conditions(call: Call, name: str) -> Answer:
    """Return how they may look at it."""
    _look(call)
    known: dict[str, list[int]] = knowledge.rules()[name]["criteria"]
    shown = [(number, [one for one, takes in known.items() if number in takes]) for number in sorted(_CONDITIONS)]
    return answers.json(
        [{"id": number, "description": _CONDITIONS[number], "fields": fields} for number, fields in shown if fields]
    )


def action_fields(call: Call, name: str) -> Answer:
    """Return what rules may set."""
    _look(call)
    known: dict[str, list[str]] = knowledge.rules()[name]["actions"]
    return answers.json([{"id": one, "name": _label(one), "action_types": takes} for one, takes in known.items()])


def action_types(call: Call, name: str) -> Answer:
    """Return how they may set it."""
    _look(call)
    by_type: dict[str, list[str]] = {}
    for one, takes in knowledge.rules()[name]["actions"].items():
        for each in dict.fromkeys(takes):
            by_type.setdefault(each, []).append(one)
    return answers.json([{"id": one, "name": _label(one), "fields": fields} for one, fields in by_type.items()])


def _look(call: Call) -> None:
    """End the request with 404 for who has no right to rules."""
    if not call.may("read", "Rule"):
        raise answers.Stop(answers.not_found())


def _seen(handler: Handler) -> Handler:
    def look_first(call: Call) -> Answer:
        _look(call)
        return handler(call)

    return look_first


def _all_seen(handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    return {verb: _seen(handler) for verb, handler in handlers.items()}


def _label(name: str) -> str:
    return name.strip("_").replace("s_id", "").replace("_", " ").capitalize()


def _routes() -> list[Entry]:
    made: list[Entry] = []
    for name in knowledge.rules():
        base = f"/Rule/Collection/{name}"
        for word, handler in (
            ("CriteriaCriteria", criteria),
            ("CriteriaCondition", conditions),
            ("ActionField", action_fields),
            ("ActionType", action_types),
        ):
            made.append((f"{base}/{word}", {"GET": partial(handler, name=name)}, "2.0"))
        for word in ("Criteria", "Action"):
            part = Part(f"{base}/Rule/{{owner}}/{word}", "Rule", f"Rule{word}", {"rules_id": None})
            made.extend((path, _all_seen(verbs), since) for path, verbs, since in part.routes("2.0"))
    return made


ROUTES = _routes()
