"""The shapes that ship are those of real answers, of the names of clients and of the tool that made them."""

from __future__ import annotations

import inspect
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import GlpiOAuthClient
from glpi_utils._engine.items import AsyncItemProxy
from glpi_utils._item_faces import ItemProxy
from glpi_utils._knowledge.aliases import ALIASES, hl_path, names
from glpi_utils._knowledge.fields import fields_of
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils.exceptions import GlpiAPIError, GlpiUnsupportedError
from glpi_utils.testing import GlpiServer
from glpi_utils.types import highlevel, legacy, names_highlevel, names_legacy, words
from glpi_utils.types._naming import attributes
from glpi_utils.types.items import AsyncItems, Items
from tests.faces import clients
from tests.meta.test_import import loaded_by
from tests.types.fitting import misfits
from tools.make_types import FOLDER, made

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests/recordings"
NAME = "openapi-11.0.6.json"
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
DOCUMENT = os.environ.get("GLPI_TEST_OPENAPI") or next(
    (str(found) for pattern in ("*", "*/*") for found in ROOT.parent.glob(f"{pattern}/{NAME}")), None
)


@pytest.mark.skipif(DOCUMENT is None, reason=f"no {NAME} at hand (GLPI_TEST_OPENAPI names it)")
def test_the_files_are_what_the_tool_makes() -> None:
    assert DOCUMENT is not None
    for name, text in made(json.loads(Path(DOCUMENT).read_text(encoding="utf-8"))):
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
        assert set(shape.__annotations__) == {at for at, each in known.items() if each.writable and at != "id"}, name


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
def test_every_route_gives_rows_of_its_shape(glpi: GlpiServer) -> None:
    """Of each type that there is none of, one is made."""
    seen: set[str] = set()
    wrong: list[str] = []
    with clients.highlevel(glpi) as api:
        for route in all_routes():
            shape = getattr(highlevel, route.schema, None)
            if shape is None or "list" not in route.verbs:
                continue
            try:
                rows = api.item(route.path).get_all(limit=5) or _made(api, route)
            except GlpiAPIError:  # as on an 11.0.6, which can not read some lists
                continue
            seen |= {shape.__name__} if rows else set()
            wrong += [f"{shape.__name__}: {each}" for row in rows for each in misfits(row, shape)]
    assert wrong == []
    assert len(seen) > 90


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


def test_a_misfit_is_seen() -> None:
    row = {"id": 1, "name": None, "completename": "a"}
    assert [*misfits(row, words.EntityReference)] == ["row.name: None is no <class 'str'>"]
    assert [*misfits({"id": True, "x": 1}, words.Reference)] == [
        "row: no name",
        "row.id: True is no <class 'int'>",
        "row: x is not in Reference",
    ]


@pytest.mark.parametrize(("typed", "plain"), [(Items, ItemProxy), (AsyncItems, AsyncItemProxy)])
@pytest.mark.parametrize("verb", ["create", "update"])
def test_the_typed_verbs_take_what_the_plain_ones_take(typed: type, plain: type, verb: str) -> None:
    from typing import get_overloads

    wanted = [(each.name, each.kind, each.default) for each in parameters(getattr(plain, verb))]
    variants = get_overloads(getattr(typed, verb))
    assert len(variants) == 3
    for each in variants:
        assert [(one.name, one.kind, one.default) for one in parameters(each)] == wanted


def parameters(of: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(of).parameters.values())


def test_clients_never_load_the_shapes() -> None:
    program = "from glpi_utils import *; GlpiOAuthClient('https://a.example', 'a', 'b', 'c', 'd').ticket"
    assert not [name for name in loaded_by(program) if name.startswith("glpi_utils.types")]
