"""The tables of `_knowledge` are what the tool makes of the OpenAPI document, wherever that is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.documents import NAMES, OPENAPI
from tools.knowledge.corrections import Corrections, words
from tools.knowledge.document import Document
from tools.make_knowledge import KNOWLEDGE, main, tables

with_the_document = pytest.mark.skipif(not OPENAPI, reason=f"no {NAMES} at hand (GLPI_TEST_OPENAPI names their folder)")


def read() -> Document:
    """Both documents."""
    older, newer = OPENAPI
    return Document.at(newer, older)


@with_the_document
def test_the_tables_are_what_the_tool_makes(tmp_path: Path) -> None:
    assert main([*map(str, OPENAPI), str(tmp_path)]) == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert made
    for name, text in made.items():
        assert text == (KNOWLEDGE / name).read_text(encoding="utf-8"), f"make {name} again: see tools/make_knowledge.py"


@with_the_document
def test_no_sentence_of_the_document_is_in_the_tables() -> None:
    wholes = [json.loads(path.read_text(encoding="utf-8")) for path in OPENAPI]
    sentences = {text.strip() for whole in wholes for text in _descriptions(whole) if text.count(" ") > 2}
    assert len(sentences) > 50
    made = " ".join(tables(read(), Corrections.read()).values())
    assert [sentence for sentence in sentences if sentence in made] == []


def _descriptions(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for each in node for text in _descriptions(each)]
    if not isinstance(node, dict):
        return []
    own = [node["description"]] if isinstance(node.get("description"), str) else []
    return own + [text for each in node.values() for text in _descriptions(each)]


@with_the_document
def test_every_correction_is_about_something_that_the_document_has() -> None:
    """A correction that nothing needs any more is taken out."""
    document, corrections = read(), Corrections.read()
    for section in ("writable", "readonly", "dropped", "values", "longest", "columns", "since", "until"):
        for entry in corrections.of(section):
            for schema, names in _about(entry):
                assert schema in document.schemas, f"{section}: no schema {schema}"
                assert set(names) <= set(document.schemas[schema]["properties"]), f"{section}: {schema}"


@with_the_document
def test_every_correction_of_a_route_is_about_a_path_of_the_document() -> None:
    document, corrections = read(), Corrections.read()
    for section in ("trash", "broken", "second", "self"):
        for entry in corrections.of(section):
            known = {path.removesuffix("/{id}") for path in document.paths}  # some routes have no list of their own
            assert set(words(entry.get("paths"))) <= known, section
    for entry in corrections.of("class"):
        assert {key for key in entry if key != "reason"} <= set(document.paths)
    for section in ("since_path", "until_path"):
        for entry in corrections.of(section):
            for start in words(entry["starts"]):
                assert [path for path in document.paths if path.startswith(start)], f"{section}: {start}"
    for entry in corrections.of("unknown_rows"):
        assert all(path in document.paths and not document.rows(path) for path in entry["paths"])
    for entry in corrections.of("elsewhere"):
        for path, above in entry["paths"].items():
            assert path in document.paths
            assert [each for each in document.paths if each.startswith(f"{above}/{{")]
    for entry in corrections.of("replaced"):
        assert set(words(entry["names"])) <= set(document.schemas[entry["schema"]]["properties"])


@with_the_document
def test_the_newer_document_takes_nothing_away_but_what_one_server_made() -> None:
    """The tables are made of the newer one, with what the older lacks as new in 2.3."""
    document = read()
    older = document.older
    assert older is not None
    assert set(older.schemas) <= set(document.schemas)
    for schema, found in older.schemas.items():
        assert set(found["properties"]) <= set(document.schemas[schema]["properties"]), schema
    gone = {path for path in older.paths if path not in document.paths}
    assert gone == set()
    for path in older.paths:
        assert older.verbs(path) == document.verbs(path), path


def _about(entry: dict[str, Any]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = [(schema, []) for schema in words(entry.get("schemas"))]
    for key in ("properties", "of"):
        for schema, names in entry.get(key, {}).items():
            if isinstance(names, dict) and schema.isdecimal():
                found += [(inner, words(text)) for inner, text in names.items()]
            else:
                found.append((schema, list(names) if isinstance(names, dict) else words(names)))
    return found


def test_a_correction_without_a_reason_is_refused() -> None:
    with pytest.raises(SystemExit, match="no reason"):
        Corrections({"values": [{"properties": {"Ticket": "priority"}, "values": [1]}]})


def small(**properties: Any) -> Document:
    return Document(
        {"components": {"schemas": {"Thing": {"x-itemtype": "A\\Thing", "properties": properties}}}, "paths": {}}
    )


def test_corrections_outdo_the_document() -> None:
    document = small(
        name={"type": "string"}, team={"type": "array", "items": {}}, level={"type": "integer", "enum": [1]}
    )
    corrections = Corrections(
        {
            "readonly": [{"reason": "r", "properties": {"Thing": "team"}}],
            "values": [{"reason": "r", "properties": {"Thing": "level"}, "values": [1, 2]}],
            "longest": [{"reason": "r", "length": 9, "every": "name"}],
            "columns": [{"reason": "r", "of": {"Thing": {"level": "lvl"}}}],
            "since": [{"reason": "r", "version": "2.1", "schemas": "Thing", "properties": {"Thing": "level"}}],
        }
    )
    block = tables(document, corrections)["fields_table.py"].partition("FIELDS: Final = {\n")[2]
    assert block.replace('    "Thing": """', "").splitlines() == [
        "A/Thing since=2.1",
        "name text longest=9",
        "team list ro",
        'level int since=2.1 ints=1|2 column=lvl""",',
        "}",
    ]
