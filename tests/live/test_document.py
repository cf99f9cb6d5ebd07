"""The server's own document: asked for once per session, and never the end of a call that only doubted."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from glpi_utils import AsyncGlpiOAuthClient, GlpiAPI, GlpiAuthError, GlpiOAuthClient, GlpiPermissionError
from glpi_utils._dialects.high_level.document import Document, alike, inner, read
from glpi_utils._engine.request.server_document import document, has, server_knows
from glpi_utils._runtimes.blocking import run
from glpi_utils.testing import GlpiServer, troubles
from tests.live.making import core_of, highlevel

SAID = {
    "info": {"version": "2.3.0"},
    "components": {
        "schemas": {
            "Ticket": {
                "x-itemtype": "Ticket",
                "properties": {
                    "id": {"type": "integer", "format": "int64", "readOnly": True, "description": "A sentence"},
                    "status": {"type": "object", "properties": {"id": {"type": "integer", "enum": [1, 2]}}},
                    "user": {"type": "object", "x-itemtype": "User", "x-full-schema": "User", "properties": []},
                    "team": {"type": "array", "items": {"type": "object", "properties": {"role": {"type": "string"}}}},
                },
            },
            "CustomAsset_Drone": {"properties": {"serial": {"type": "string"}}},
        }
    },
    "paths": {
        "/Assistance/Ticket/": {
            "get": {
                "responses": {
                    "206": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Ticket"}}
                            }
                        }
                    }
                }
            },
            "post": {},
        }
    },
}


def test_it_keeps_names_and_types_and_no_sentences() -> None:
    found = Document(SAID)
    ticket = found.schemas["Ticket"]
    assert found.version == "2.3.0"
    assert ticket["id"] == {"type": "integer", "format": "int64", "readOnly": True}
    assert ticket["user"] == {"type": "object", "itemtype": "User", "schema": "User"}
    assert inner(ticket["team"]) == {"role": {"type": "string"}}
    assert found.methods == {"Assistance/Ticket": frozenset({"get", "post"})}
    assert found.itemtypes == {"Ticket": "Ticket"}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("Ticket", "Ticket"),
        ("ticket", "Ticket"),
        ("Assistance/Ticket", "Ticket"),
        ("/assistance/ticket/", "Ticket"),
        ("Assets/Custom/Drone", "CustomAsset_Drone"),
        ("Custom_drone", "CustomAsset_Drone"),
        ("CustomAsset_Drone", "CustomAsset_Drone"),
        ("Assets/Custom/Plane", None),
        ("Plane", None),
    ],
)
def test_a_schema_by_name_or_path_in_any_case(name: str, schema: str | None) -> None:
    assert Document(SAID).schema_of(name) == schema


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("id", True),
        ("status.id", True),
        ("status.name", False),
        ("team.role", True),
        ("nosuch", False),
        ("nosuch.id", False),
        ("user.name", None),
        ("user", True),
    ],
)
def test_a_property_part_by_part(name: str, known: bool | None) -> None:
    assert has(Document(SAID).schemas["Ticket"], name) is known


def test_what_hangs_below_a_path() -> None:
    paths = [
        "/Assets/Computer/{id}",
        "/Assets/Computer/{id}/Infocom",
        "/Assets/Computer/{id}/Component/Battery",
        "/Assets/{asset_itemtype}/{asset_id}/OSInstallation",
        "/Assets/{asset_itemtype}/{asset_id}/OSInstallation/{id}",
        "/Assets/Monitor/{id}/Volume",
        "/Assets/Computer/Me/Picture",
    ]
    found = Document({"paths": {path: {"get": {}} for path in paths}})
    assert found.below("Assets/Computer") == ["Infocom", "Component/Battery", "OSInstallation"]
    assert found.below("assets/monitor") == ["OSInstallation", "Volume"]


@pytest.mark.parametrize(
    ("told", "asked", "same"),
    [
        ("Infocom", "infocom", True),
        ("{language}/Revision", "fr_FR/revision", True),
        ("{language}/Revision", "Revision", False),
        ("Component/Battery", "Component/Memory", False),
    ],
)
def test_a_path_that_the_document_tells_of(told: str, asked: str, same: bool) -> None:
    assert alike(told, asked) is same


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"paths": {}}', b'{"paths": 1, "components": []}'])
def test_what_is_no_document_is_none(body: bytes) -> None:
    assert read(body) is None


def test_once_for_all_that_doubt_and_all_that_are_derived(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        cores = [core_of(api), core_of(api.with_options(timeout=9))] * 4
        with ThreadPoolExecutor(8) as pool:
            said = list(pool.map(lambda core: run(server_knows(core, "Ticket", "urgency")), cores))
        assert said == [True] * 8
        assert run(server_knows(core_of(api), "Ticket", "itilcategories_id")) is False
        assert run(server_knows(core_of(api), "Assistance/Ticket", "status.id")) is True
        assert run(server_knows(core_of(api), "Nothing", "status.id")) is None
        assert run(document(core_of(api))).version == "2.2.0"
    assert len(glpi.seen("GET", "doc.json")) == 1


def test_the_document_is_that_of_the_version_in_use(glpi: GlpiServer) -> None:
    with highlevel(glpi, api_version="2.0") as api:
        assert run(server_knows(core_of(api), "Ticket", "date_solve")) is False
    with highlevel(glpi) as api:
        assert run(server_knows(core_of(api), "Ticket", "date_solve")) is True
    assert [seen.path.rpartition("/api.php/")[2] for seen in glpi.seen("GET", "doc.json")] == [
        "v2.0/doc.json",
        "v2.2/doc.json",
    ]


def test_a_refusal_is_an_answer_for_the_session(glpi: GlpiServer) -> None:
    glpi.faults.add(troubles.status(403, {"status": "ERROR_RIGHT_MISSING", "title": "no"}, path="doc.json"))
    with highlevel(glpi) as api:
        assert [run(server_knows(core_of(api), "Ticket", "urgency")) for _ in range(3)] == [None] * 3
        with pytest.raises(GlpiPermissionError):
            run(document(core_of(api)))
        assert api.ticket.get(1)["id"] == 1
    assert len(glpi.seen("GET", "doc.json")) == 1


def test_what_broke_is_asked_again_later_and_not_at_once(glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = glpi.faults.add(troubles.status(502, path="doc.json"))
    with highlevel(glpi) as api:
        core = core_of(api)
        assert run(server_knows(core, "Ticket", "urgency")) is None
        asked = len(glpi.seen("GET", "doc.json"))
        glpi.faults.remove(fault)
        assert run(server_knows(core, "Ticket", "urgency")) is None
        assert len(glpi.seen("GET", "doc.json")) == asked
        now = core.session.runtime.now
        monkeypatch.setattr(core.session.runtime, "now", lambda: now() + 61)
        assert run(server_knows(core, "Ticket", "urgency")) is True


def test_a_login_that_fails_is_not_tried_twice(glpi: GlpiServer) -> None:
    with highlevel(glpi, password="wrong") as api, pytest.raises(GlpiAuthError):
        run(server_knows(core_of(api), "Ticket", "urgency"))
    assert len(glpi.seen("POST", "token")) == 1


def test_the_legacy_api_has_none(glpi: GlpiServer) -> None:
    with GlpiAPI(glpi.url, username=glpi.username, password=glpi.password) as api:
        assert run(server_knows(core_of(api), "Ticket", "urgency")) is None
    assert glpi.seen("GET", "doc.json") == []


def test_tasks_share_it_and_one_that_goes_takes_nothing_with_it(glpi: GlpiServer) -> None:
    async def story() -> None:
        settings = (glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password)
        async with AsyncGlpiOAuthClient(*settings) as api:
            tasks = [asyncio.create_task(server_knows(core_of(api), "Ticket", "urgency")) for _ in range(5)]
            await asyncio.sleep(0)
            tasks[0].cancel()
            assert await asyncio.gather(*tasks[1:]) == [True] * 4

    asyncio.run(story())
    assert len(glpi.seen("GET", "doc.json")) == 1


def test_forgotten_sentences_make_it_small(glpi: GlpiServer) -> None:
    import tracemalloc

    with GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password) as api:
        core = core_of(api)
        api.whoami()
        tracemalloc.start()
        try:
            run(server_knows(core, "Ticket", "urgency"))
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert held < 1_500_000


def test_equal_documents_are_read_once_and_few_are_kept() -> None:
    def body(number: int) -> bytes:
        schemas = {f"Thing{number}": {"properties": {"id": {"type": "integer"}}}}
        return json.dumps({"paths": {}, "components": {"schemas": schemas}}).encode()

    first = read(body(0))
    assert first is not None
    assert read(body(0)) is first
    assert [one.schemas.keys() for n in range(1, 5) if (one := read(body(n)))] == [{f"Thing{n}"} for n in range(1, 5)]
    again = read(body(0))
    assert again is not None
    assert again is not first, "it made room for four others"
    assert again.schemas == first.schemas
