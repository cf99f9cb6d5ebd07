"""The shapes that ship are those of real answers, of the names of clients and of the tool that made them."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from glpi_utils import GlpiOAuthClient
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._knowledge.aliases import ALIASES, hl_path, names
from glpi_utils._knowledge.fields import Field, fields_of
from glpi_utils._knowledge.named_values import EVERYWHERE, OF_A_TYPE
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils._sync.items import ItemProxy
from glpi_utils.exceptions import GlpiAPIError, GlpiUnsupportedError
from glpi_utils.testing import GlpiServer
from glpi_utils.types import highlevel, legacy, names_highlevel, names_legacy, words
from glpi_utils.types._async_items import AsyncPeople
from glpi_utils.types._blocking_items import People
from glpi_utils.types._naming import attributes
from glpi_utils.types.items import (
    AsyncHighLevelItems,
    AsyncItems,
    AsyncLegacyItems,
    HighLevelItems,
    Items,
    LegacyItems,
)
from tests.documents import NAMES, OPENAPI
from tests.faces import clients
from tests.meta.test_import import loaded_by
from tests.types.fitting import misfits
from tools.make_types import FOLDER, made, read

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests/recordings"
TYPED = (
    "ticket",
    "computer",
    "user",
    "group",
    "entity",
    "problem",
    "change",
    "software",
    "monitor",
    "location",
    "project",
)


@pytest.mark.skipif(not OPENAPI, reason=f"no {NAMES} at hand (GLPI_TEST_OPENAPI names their folder)")
def test_the_files_are_what_the_tool_makes() -> None:
    older, newer = map(read, OPENAPI)
    for name, text in made(newer, older):
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run tools/make_types.py again"


@pytest.mark.parametrize(
    "named", [names_highlevel.HighLevel, names_highlevel.AsyncHighLevel, names_legacy.Legacy, names_legacy.AsyncLegacy]
)
def test_checkers_know_every_name_that_clients_have(named: type) -> None:
    known = {name for name in named.__annotations__ if not name.startswith("_")}
    assert known == set(attributes()), "run tools/make_types.py again"
    assert {name for name in names() if name.isidentifier()} == known
    assert known >= set(ALIASES)


def test_what_can_be_written_is_what_is_known_to_be_writable() -> None:
    shapes = {name: shape for name, shape in vars(highlevel).items() if name.endswith("Write")}
    assert len(shapes) > 100
    for name, shape in shapes.items():
        known = fields_of(name.removesuffix("Write"))
        assert known is not None, name
        meant = {at for at, each in known.items() if each.writable and at != "id" and not _groups(each)}
        assert set(shape.__annotations__) == meant, name


def _groups(field: Field) -> bool:
    """Groups of assets are written from the release with #25110 on alone; checkers are told of what all take."""
    return field.kind == "list" and field.name in ("group", "group_tech")


@pytest.mark.parametrize("enum", sorted({*EVERYWHERE.values(), *OF_A_TYPE.values()}, key=str))
def test_names_of_members_for_checkers_are_those_that_writes_take(enum: type[IntEnum]) -> None:
    literal = getattr(words, f"{enum.__name__}Name")
    assert get_args(literal) == tuple(name.lower() for name in enum.__members__)
    assert f"{enum.__name__}Name" in words.__all__


def test_every_field_with_names_has_them_in_its_shape() -> None:
    for place, enum in OF_A_TYPE.items():
        schema, _, field = place.partition(".")
        shape = getattr(highlevel, f"{schema}Write", None)
        if shape is not None:
            assert getattr(words, f"{enum.__name__}Name") in get_args(shape.__annotations__[field]), place
    assert words.UrgencyName in get_args(highlevel.ChangeWrite.__annotations__["urgency"])
    assert words.TicketStatusName in get_args(legacy.TicketWrite.__annotations__["status"])


def recorded() -> Iterator[tuple[str, Any]]:
    """The rows of one item that real servers have given, with the path that was asked."""
    for path in sorted((RECORDED / "hl").rglob("*.json")):
        whole = json.loads(path.read_text(encoding="utf-8"))
        for exchange in whole["exchanges"] if isinstance(whole, dict) else ():
            asked, told = exchange["request"], exchange["response"]
            found = re.fullmatch(r"/api\.php/v2(?:\.2)?/(\w+/\w+|Project)/\d+(?:\?.*)?", asked["path"])
            if (
                found
                and asked["method"] in ("GET", "PATCH")
                and told["status"] == 200
                and "..." not in str(told["body"])
            ):
                yield found[1], told["body"]


def test_what_real_servers_gave_has_its_shape() -> None:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for path, body in recorded():
        try:
            shape = getattr(highlevel, hl_path(path).schema, None)
        except GlpiUnsupportedError:
            continue
        if shape is not None and isinstance(body, dict):
            seen[shape.__name__] += 1
            wrong += [f"{shape.__name__}: {each}" for each in misfits(body, shape)]
    assert wrong == []
    assert seen["Ticket"] > 5
    assert len(seen) > 5, seen


@pytest.mark.slow
@pytest.mark.parametrize(("version", "many"), [("11.0.6", 90), ("11.0.8", 150)])
def test_every_route_gives_rows_of_its_shape(version: str, many: int) -> None:
    """Of each type that there is none of, one is made."""
    seen: set[str] = set()
    wrong: list[str] = []
    with GlpiServer(version) as glpi, clients.highlevel(glpi) as api:
        for route in all_routes():
            shape = getattr(highlevel, route.schema, None)
            if shape is None or "list" not in route.verbs:
                continue
            try:
                rows = api.item(route.path).get_all(limit=5) or _made(api, route)
            except (GlpiAPIError, GlpiUnsupportedError):  # what cannot be read, and what this version lacks
                continue
            seen |= {shape.__name__} if rows else set()
            wrong += [f"{shape.__name__}: {each}" for row in rows for each in misfits(row, shape)]
    assert wrong == []
    assert len(seen) > many


def _made(api: GlpiOAuthClient, route: Route) -> list[dict[str, Any]]:
    if "create" not in route.verbs:
        return []
    known = fields_of(route.schema) or {}
    api.item(route.path).create({name: "a" for name in ("name", "designation", "username", "content") if name in known})
    return api.item(route.path).get_all(limit=5)


@pytest.mark.parametrize("name", TYPED)
def test_rows_have_their_shape(name: str, shared_glpi: GlpiServer) -> None:
    itemtype = ALIASES[name]
    with clients.highlevel(shared_glpi) as hl:
        rows = hl.item(itemtype).get_all(limit=20)
    assert rows or name in ("problem", "change", "software", "monitor", "project")
    assert [each for row in rows for each in misfits(row, getattr(highlevel, itemtype))] == []
    with clients.legacy(shared_glpi) as old:
        flat = [] if name == "entity" else old.item(itemtype).get_all(limit=20)  # the double leaves columns null there
    assert [each for row in flat for each in misfits(row, getattr(legacy, itemtype))] == []


BELOW = {
    "Followup": ("ITILFollowup", {"content": "a"}, {"content": "a"}),
    "Solution": ("ITILSolution", {"content": "a"}, {"content": "a"}),
    "TicketTask": ("TicketTask", {"content": "a"}, {"content": "a"}),
    "TicketValidation": (
        "TicketValidation",
        {"requested_approver_type": "User", "requested_approver_id": 2},
        {"users_id_validate": 2},
    ),
}


@pytest.mark.parametrize("shape", BELOW)
def test_rows_below_a_ticket_have_the_shape_of_their_name(shape: str, glpi: GlpiServer) -> None:
    itemtype, new, flat = BELOW[shape]
    with clients.highlevel(glpi) as hl:
        ticket = hl.ticket.create({"name": "a", "content": "b"})["id"]
        hl.ticket.add_sub_item(ticket, itemtype, new)
        (entry,) = hl.ticket.get_sub_items(ticket, itemtype)
        (row,) = hl.ticket.get_sub_items(ticket, itemtype, unwrap=True)
    assert set(entry) == words.TimelineEntry.__required_keys__
    assert [*misfits(entry["item"], getattr(highlevel, shape)), *misfits(row, getattr(highlevel, shape))] == []
    with clients.legacy(glpi) as old:
        ticket = old.ticket.create({"name": "a", "content": "b"})["id"]
        old.ticket.add_sub_item(ticket, itemtype, flat)
        (row,) = old.ticket.get_sub_items(ticket, itemtype)
    assert [*misfits(row, getattr(legacy, itemtype))] == []


def test_answers_have_their_shape(glpi: GlpiServer) -> None:
    with clients.highlevel(glpi) as hl:
        answers: list[tuple[Any, Any]] = [(each, words.Member) for each in hl.ticket.team(1)]
        new = hl.ticket.create({"name": "a", "content": "b"})
        answers += [(new, words.Created), (hl.ticket.add_team_member(new["id"], 4, "assigned"), words.Membership)]
        answers += [(hl.ticket.update({"id": new["id"], "urgency": 4}), highlevel.Ticket)]
        untyped: Any = hl.ticket
        assert untyped.delete(new["id"]) is None
    with clients.legacy(glpi) as old:
        answers += [(each, words.Member) for each in old.ticket.team(1)]
        answers += [(old.ticket.search(forcedisplay=[2]) | {"content-range": None}, words.SearchAnswer)]
        told = [*old.ticket.update({"id": 1, "urgency": 4}), *old.ticket.delete(1), *old.ticket.restore(1)]
    wrong = [each for answer, shape in answers for each in misfits(answer, shape)]
    assert wrong == ["row: content-range is not in SearchAnswer"]
    assert told == [{"1": True, "message": ""}] * 3


def test_a_misfit_is_seen() -> None:
    row = {"id": 1, "name": None, "completename": "a"}
    assert [*misfits(row, words.EntityReference)] == ["row.name: None is no <class 'str'>"]
    assert [*misfits({"id": True, "x": 1}, words.Reference)] == [
        "row: no name",
        "row.id: True is no <class 'int'>",
        "row: x is not in Reference",
    ]


CLASSES: list[tuple[type, type]] = [
    *((typed, ItemProxy) for typed in (Items, HighLevelItems, LegacyItems)),
    *((typed, AsyncItemProxy) for typed in (AsyncItems, AsyncHighLevelItems, AsyncLegacyItems)),
]


@pytest.mark.parametrize(("typed", "plain"), CLASSES)
@pytest.mark.parametrize("verb", ["create", "update"])
def test_the_typed_verbs_take_what_the_plain_ones_take(typed: type, plain: type, verb: str) -> None:
    from typing import get_overloads

    wanted = [(each.name, each.kind, each.default) for each in parameters(getattr(plain, verb))]
    variants = get_overloads(getattr(typed, verb))
    assert len(variants) in (3, 4, 5)
    for each in variants:
        given = [(one.name, one.kind, one.default) for one in parameters(each)]
        needed = [
            name for name, _, default in given if default is inspect.Parameter.empty and name in ("key", "unique_by")
        ]
        assert len(needed) <= 1, "one of them makes it a create that can be found again"
        assert [(name, kind, None if name in needed else default) for name, kind, default in given] == wanted


@pytest.mark.parametrize(("typed", "plain"), CLASSES)
def test_the_other_typed_verbs_take_what_the_plain_ones_take(typed: type, plain: type) -> None:
    """But for the keywords of reads: those of one API are some of those that the plain verbs list."""
    seen = []
    for name in {*vars(typed), *vars(Items)} - {"create", "update"}:
        if name.startswith("_"):
            continue
        wanted = parameters(getattr(plain, name))
        have = parameters(getattr(typed, name))
        if have and have[-1].name == "query" and have[-1].kind is have[-1].VAR_KEYWORD:
            (keywords,) = get_args(get_type_hints(getattr(typed, name))["query"])
            assert keywords.__optional_keys__ < {each.name for each in wanted}
            have = have[:-1]
            wanted = [each for each in wanted if each.name not in keywords.__optional_keys__][: len(have)]
        assert [(each.name, each.kind, each.default) for each in have] == [
            (each.name, each.kind, each.default) for each in wanted
        ]
        seen.append(name)
    assert len(seen) >= (1 if typed in (Items, AsyncItems) else 14)


@pytest.mark.parametrize(("typed", "plain"), [(People, ItemProxy), (AsyncPeople, AsyncItemProxy)])
def test_the_typed_verbs_of_a_family_take_what_the_plain_ones_take(typed: type, plain: type) -> None:
    for name in ("team", "add_team_member"):
        have, wanted = (
            [(each.name, each.kind, each.default) for each in parameters(getattr(of, name))] for of in (typed, plain)
        )
        assert have == wanted


def parameters(of: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(of).parameters.values())


def test_clients_never_load_the_shapes() -> None:
    program = "from glpi_utils import *; GlpiOAuthClient('https://a.example', 'a', 'b', 'c', 'd').ticket"
    assert not [name for name in loaded_by(program) if name.startswith("glpi_utils.types")]
