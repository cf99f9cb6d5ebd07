"""`python -m glpi_utils.types` against the embedded GLPI, and documents that no GLPI would give."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.types.__main__ import main
from glpi_utils.types._server import server_module
from tests.types.fitting import misfits


@pytest.fixture
def environment(shared_glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> GlpiServer:
    monkeypatch.setenv("GLPI_OAUTH_CLIENT_SECRET", shared_glpi.client_secret)
    monkeypatch.setenv("GLPI_OAUTH_PASSWORD", shared_glpi.password)
    return shared_glpi


def loaded(path: Path) -> Iterator[ModuleType]:
    spec = spec_from_file_location("mytypes", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["mytypes"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["mytypes"]


@pytest.fixture
def mytypes(environment: GlpiServer, tmp_path: Path) -> Iterator[ModuleType]:
    told = ["--url", environment.url, "--client-id", environment.client_id, "--username", environment.username]
    assert main([*told, "-o", str(tmp_path / "mytypes.py")]) == 0
    yield from loaded(tmp_path / "mytypes.py")


def test_the_shapes_are_those_of_its_rows(mytypes: Any, environment: GlpiServer) -> None:
    client = mytypes.ServerClient(environment.url, environment.client_id, username=environment.username)
    with client as api:
        (custom,) = [shape for name, shape in vars(mytypes).items() if name.endswith("_MyType")]
        new = api.custom("MyType").create({"name": "a"})
        for shape, items in (
            (mytypes.Ticket, api.ticket),
            (mytypes.User, api.user),
            (custom, api.custom("MyType")),
        ):
            rows = items.get_all(limit=20)
            assert rows
            assert [each for row in rows for each in misfits(row, shape)] == []
        api.custom("MyType").delete({"id": new["id"]}, force_purge=True)
    assert "name" in mytypes.TicketWrite.__optional_keys__
    assert mytypes.TicketUpdate.__required_keys__ == {"id"}


def test_what_can_not_be_had_is_said(
    environment: GlpiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kept.py"
    path.write_text("kept")
    monkeypatch.setenv("GLPI_OAUTH_PASSWORD", "wrong")
    told = ["--url", environment.url, "--client-id", environment.client_id, "--username", environment.username]
    assert main([*told, "-o", str(path)]) == 1
    assert capsys.readouterr().err.startswith("error: ")
    assert path.read_text() == "kept"


def test_without_a_file_it_is_printed(environment: GlpiServer, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--url", environment.url, "--client-id", environment.client_id, "--username", environment.username]
    assert main(told) == 0
    assert "class ServerClient(GlpiOAuthClient):" in capsys.readouterr().out


EVIL = 'x\n"""; print(\'ran\') #'


def document(schema: str, field: str, path: str) -> dict[str, Any]:
    """A document of one list, whose names are anything."""
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}
    answer = {"200": {"content": {"application/json": {"schema": rows}}}}
    fields = {"id": {"type": "integer"}, field: {"type": "string"}}
    return {
        "info": {"version": EVIL},
        "components": {"schemas": {schema: {"type": "object", "properties": fields}}},
        "paths": {path: {"get": {"responses": answer}}},
    }


SCHEMAS = ["Link", "class", "3D", "a-b", "Glpi\\Thing", "Überfall"]
FIELDS = ["class", "2fa", "a-b", "it's", 'say "so"', EVIL, "__private", "a\\", "größe", "{x}"]


@pytest.mark.parametrize(
    ("schema", "field"), [*zip(SCHEMAS, FIELDS, strict=False), *(("Link", name) for name in FIELDS)]
)
def test_any_name_gives_a_module_that_runs_nothing(schema: str, field: str, tmp_path: Path) -> None:
    text = server_module(document(schema, field, f"/Assets/Custom/{EVIL}"), EVIL)
    (tmp_path / "odd.py").write_text(text, encoding="utf-8")
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and node.id == "print"]
    (module,) = loaded(tmp_path / "odd.py")
    shapes = [found for name, found in vars(module).items() if field in getattr(found, "__required_keys__", ())]
    assert len(shapes) >= 1
    assert json.dumps(sorted(shapes[-1].__required_keys__)) == json.dumps(sorted({"id", field}))
