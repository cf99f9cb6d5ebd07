"""Every example in a docstring of the library is run, with `api` a client of an embedded GLPI."""

from __future__ import annotations

import doctest
import importlib
import io
import pkgutil
from collections.abc import Iterator

import pytest

import glpi_utils
from glpi_utils import GlpiOAuthClient, testing
from glpi_utils.testing import GlpiServer

NOT_HERE = ("glpi_utils.testing", "glpi_utils.types")
"""Of the embedded GLPI the public names have examples."""
MUST_HAVE = {
    *("glpi_utils", "oauth", "api", "aio", "_factory.settings", "version", "logger"),
    *(
        "_engine.verbs.client",
        "_engine.verbs.items",
        "_engine.verbs.search",
        "_engine.verbs.sub_items",
        "_engine.verbs.team",
        "_engine.verbs.discovery",
    ),
    *("_sync.client", "_sync.items"),
    *("_knowledge.aliases", "_knowledge.children", "_knowledge.fields", "_knowledge.routes", "_knowledge.subs"),
}
"""Modules whose examples cannot all be lost without notice."""


def modules() -> Iterator[str]:
    yield "glpi_utils"
    for found in pkgutil.walk_packages(glpi_utils.__path__, "glpi_utils."):
        if not found.name.startswith(NOT_HERE):
            yield found.name


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    for name in glpi_utils.__all__:  # what says that it is there is looked for there
        getattr(glpi_utils, name)
    found = [test for name in modules() for test in finder.find(importlib.import_module(name), name)]
    for name in sorted({*testing.__all__} - {"troubles"}):
        found += finder.find(getattr(testing, name), f"glpi_utils.testing.{name}", module=False, globs={})
    return [test for test in found if test.examples]


FOUND = examples()
EXAMPLES = list({test.docstring: test for test in FOUND}.values())
"""Each once: the blocking clients have the texts of the asynchronous ones."""
HAVE = {test.globs["__name__"].removeprefix("glpi_utils.") for test in FOUND if "__name__" in test.globs}


@pytest.fixture
def client(glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[GlpiOAuthClient]:
    told = {
        "GLPI_URL": glpi.url,
        "GLPI_OAUTH_CLIENT_ID": glpi.client_id,
        "GLPI_OAUTH_CLIENT_SECRET": glpi.client_secret,
        "GLPI_OAUTH_USERNAME": glpi.username,
        "GLPI_OAUTH_PASSWORD": glpi.password,
        "GLPI_USER": glpi.username,
        "GLPI_PASSWORD": glpi.password,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with GlpiOAuthClient() as api:
        yield api


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda test: test.name.removeprefix("glpi_utils."))
def test_an_example(example: doctest.DocTest, client: GlpiOAuthClient) -> None:
    example.globs = {**example.globs, "api": client}
    told = io.StringIO()
    failed, tried = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=told.write)
    assert tried > 0
    assert failed == 0, told.getvalue()


def test_no_module_has_lost_its_examples() -> None:
    assert sorted(MUST_HAVE - HAVE) == []


def test_every_verb_has_an_example() -> None:
    """But for the client's own short forms, which name the verb of the items."""
    from glpi_utils._engine.verbs.client import AsyncClient
    from glpi_utils._engine.verbs.items import AsyncItemProxy

    with_one = {test.name.rpartition(".")[2] for test in EXAMPLES}
    verbs = {name for name in dir(AsyncItemProxy) if not name.startswith("_")}
    assert sorted(verbs - with_one) == []
    short = {f"{verb}_item" for verb in ("get", "create", "update", "delete")} | {"get_all_items"}
    own = {name for name in dir(AsyncClient) if not name.startswith("_")} - verbs - short
    assert {"item", "whoami", "request", "with_options", "get_version", "authenticate", "login"} <= own & with_one
