"""The trimmer: the same copies every time, no secret, cuts that are marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.recording import FOLDER
from tools import trim_recordings as trimmer


def hl(request: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    whole = {"method": "POST", "path": "/x", "headers": {}, "body": None} | request
    return {"note": "n", "request": whole, "response": {"status": 200, "headers": {}, "body": None} | response}


def source(folder: Path, **topics: Any) -> Path:
    """A folder of recordings in which every topic is empty but the ones given."""
    for api, names in trimmer.TOPICS.items():
        for name in names:
            rows = topics.get(f"{api}_{name}", [])
            path = folder / api / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(rows if api == "legacy" else {"exchanges": rows}), "utf-8")
    return folder


def trimmed(tmp_path: Path, **topics: Any) -> list[dict[str, Any]]:
    trimmer.trim(source(tmp_path / "in", **topics), tmp_path / "out")
    name = next(iter(topics))
    found: list[dict[str, Any]] = json.loads(
        (tmp_path / "out" / f"{name.replace('_', '/', 1)}.json").read_text("utf-8")
    )["exchanges"]
    return found


def test_only_compared_headers_are_kept_and_cookies_are_masked(tmp_path: Path) -> None:
    headers = {"Content-Type": "application/json", "Date": "now", "Set-Cookie": "glpi_x=secret", "Allow": "GET"}
    (one,) = trimmed(tmp_path, hl_errors=[hl({}, {"headers": headers, "body": {"a": 1}})])
    assert one["response"]["headers"] == {"Content-Type": "application/json", "Set-Cookie": "<cookie>", "Allow": "GET"}


def test_basic_credentials_are_named(tmp_path: Path) -> None:
    short, long = "Basic Z2xwaTpnbHBp", "Basic " + "QUJD" * 40
    one, other = trimmed(tmp_path, hl_errors=[hl({"headers": {"Authorization": value}}, {}) for value in (short, long)])
    assert one["request"]["headers"]["Authorization"] == "Basic <base64(glpi:glpi)>"
    assert other["request"]["headers"]["Authorization"] == "Basic <base64(<client_id>:<client_secret>)>"


@pytest.mark.parametrize("secret", ["eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", "0f" * 32, "Ab1" * 40])
def test_what_looks_like_a_secret_stops_it(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SystemExit, match="looks like a secret"):
        trimmed(tmp_path, hl_errors=[hl({}, {"headers": {"Content-Type": "application/json"}, "body": {"a": secret}})])


def test_pages_are_cut_to_their_title_and_rows_and_texts_to_a_mark(tmp_path: Path) -> None:
    page = {"headers": {"Content-Type": "text/html"}, "body": "<html><head><title>Oh</title></head>long</html>"}
    rows = {"headers": {"Content-Type": "application/json"}, "body": [{"id": n, "text": "x" * 900} for n in range(99)]}
    one, other = trimmed(tmp_path, hl_errors=[hl({}, page), hl({}, rows)])
    assert one["response"]["text"] == "<title>Oh</title>"
    assert len(other["response"]["body"]) == trimmer.ROWS_KEPT + 1
    assert other["response"]["body"][-1] == trimmer.MORE_ROWS
    assert other["response"]["body"][0] == {"id": 0, "text": "x" * trimmer.TEXT_KEPT + trimmer.MORE_TEXT}


def test_the_recorders_own_cuts_become_the_same_marks(tmp_path: Path) -> None:
    body = [{"id": 1}, {"id": 2, "...": "<row shortened>"}, "<trimmed>"]
    (one,) = trimmed(tmp_path, hl_errors=[hl({}, {"headers": {"Content-Type": "application/json"}, "body": body})])
    assert one["response"]["body"] == [{"id": 1}, {"id": 2, trimmer.MORE_KEYS: True}, trimmer.MORE_ROWS]


def test_the_options_of_an_item_are_a_topic_of_their_own(tmp_path: Path) -> None:
    rows = [
        {"name": n, "versions": ["10.0.17"], "request": {"method": "GET", "path": path, "headers": {}}, "response": {"status": 200, "headers": {}}}
        for n, path in (("plain", "/apirest.php/Computer/1"), ("logs", "/apirest.php/Computer/1?with_logs=true"))
    ]  # fmt: skip
    assert [one["note"] for one in trimmed(tmp_path, legacy_get_item=rows)] == ["plain"]
    options = json.loads((tmp_path / "out" / "legacy" / "get_item_with.json").read_text("utf-8"))
    assert [one["note"] for one in options["exchanges"]] == ["logs"]


def test_the_copies_in_the_repository_are_of_its_form_and_small() -> None:
    names = {f"{api}/{name}" for api, topics in trimmer.TOPICS.items() for name in topics} | {"legacy/get_item_with"}
    paths = sorted(FOLDER.glob("*/*.json"))
    assert {f"{path.parent.name}/{path.stem}" for path in paths} == names
    assert sum(path.stat().st_size for path in paths) < 3_000_000
    for path in paths:
        whole = json.loads(path.read_text("utf-8"))
        assert trimmer.dump(whole["api"], whole["topic"], whole["exchanges"]) == path.read_text("utf-8")
