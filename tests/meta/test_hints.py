"""`typing.get_type_hints` works for every public name, and what it costs is paid only by who asks."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from datetime import tzinfo
from ssl import SSLContext
from types import ModuleType
from typing import Any

import pytest

import glpi_utils
from glpi_utils import AsyncGlpiAPI, GlpiOAuthClient, GLPIVersion
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._factory.options import ClientKeywords
from glpi_utils._hints import hint
from glpi_utils._sync.items import ItemProxy

MODULES = (
    *("api", "aio", "oauth", "exceptions", "filters", "enums", "logger", "version"),
    *(
        "testing",
        "testing.faults.fault",
        "testing.faults.troubles",
        "testing.server.paced_workers",
        "testing.http.wire",
    ),
    *("types.highlevel", "types.legacy", "types.items", "types.words", "types.names_highlevel", "types.names_legacy"),
)
SPOKEN = ("__init__", "__call__", "__getitem__", "__iter__", "__enter__", "__aenter__", "__exit__", "__aexit__")


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    for name in names:
        found = getattr(module, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            yield f"{module.__name__}.{name}", found


def named() -> dict[str, Any]:
    found = dict(public(glpi_utils))
    for name in MODULES:
        found.update(public(importlib.import_module(f"glpi_utils.{name}")))
    return found | {"ItemProxy": ItemProxy, "AsyncItemProxy": AsyncItemProxy, "ClientKeywords": ClientKeywords}


def parts(owner: type) -> Iterator[tuple[str, Any]]:
    """The functions of a class: methods, static and class methods, what is behind properties."""
    for name, value in inspect.getmembers_static(owner):
        if name.startswith("_") and name not in SPOKEN:
            continue
        behind = value.__func__ if isinstance(value, staticmethod | classmethod) else value
        behind = behind.fget if isinstance(behind, property) else behind
        if inspect.isfunction(behind):
            yield name, behind


def test_every_public_name_has_hints_that_can_be_read() -> None:
    wrong: list[str] = []
    seen = 0
    for name, found in named().items():
        within = list(parts(found)) if inspect.isclass(found) and not typing.is_typeddict(found) else []
        for part, each in [("", found), *within]:
            seen += 1
            try:
                typing.get_type_hints(each)
            except Exception as problem:
                wrong.append(f"{name}.{part}: {problem!r}")
    assert wrong == []
    assert seen > 1500


def test_the_hints_are_the_real_things() -> None:
    made = typing.get_type_hints(GlpiOAuthClient.__init__)
    assert set(typing.get_args(made["verify_ssl"])) >= {bool, str, SSLContext}
    assert typing.get_type_hints(GlpiOAuthClient.get_version)["return"] is GLPIVersion
    assert set(typing.get_args(typing.get_type_hints(AsyncGlpiAPI.with_options)["timezone"])) >= {str, tzinfo}


def test_a_name_that_stands_for_nothing_is_seen() -> None:
    def wrong(name: Nobody) -> None: ...  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(NameError):
        typing.get_type_hints(wrong)
    assert typing.get_type_hints(_stands)["name"] == tzinfo | None


Zone = hint("datetime.tzinfo")


def _stands(name: Zone | None) -> None: ...  # type: ignore[valid-type]


def test_nothing_is_imported_for_hints_that_nobody_reads() -> None:
    program = (
        "import sys\nfrom glpi_utils import GlpiOAuthClient\nprint({'ssl', 'decimal', 'inspect'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
