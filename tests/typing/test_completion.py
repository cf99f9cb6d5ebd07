"""An editor lists the keywords of a read: asked from pyright's language server, as editors do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """from glpi_utils import AsyncGlpiAPI, GlpiOAuthClient


async def main(api: GlpiOAuthClient, old: AsyncGlpiAPI) -> None:
    api.ticket.get_all({0})
    await old.ticket.get_all_pages({1})
    GlpiOAuthClient({2})
"""
WANTED = [
    {"filter=", "sort=", "limit=", "start=", "params=", "include_deleted=", "client_side="},
    {"filter=", "sort=", "limit=", "searchText=", "expand_dropdowns=", "page_size=", "concurrency="},
    {"url=", "api_version=", "timezone=", "max_time=", "read_only="},
]


class Editor:
    """Talks to a language server by its protocol: each message has a head with its length."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
        )
        self.last = 0

    def tell(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self._send(body)

    def _send(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        self.last += 1
        self.tell(method, params, id=self.last)
        while True:
            message = self._read()
            if message.get("id") == self.last and "method" not in message:
                return message["result"]
            if "id" in message:  # the server asks for its settings, or to be registered: it may do as it likes
                answer: Any = [{}] if message["method"] == "workspace/configuration" else None
                self._send(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": answer}).encode())

    def _read(self) -> Any:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        return json.loads(self.process.stdout.read(length))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, Path]]:
    folder = tmp_path_factory.mktemp("editor")
    settings = {"extraPaths": [str(ROOT / "src")], "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    server = shutil.which("basedpyright-langserver", path=str(Path(sys.executable).parent))
    assert server is not None
    editor = Editor([server, "--stdio"], folder)
    try:
        editor.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": {},
                "workspaceFolders": [{"uri": folder.as_uri(), "name": "a"}],
            },
        )
        editor.tell("initialized", {})
        yield editor, folder
    finally:
        editor.process.kill()
        editor.process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(WANTED)))
def test_the_keywords_are_listed(editor: tuple[Editor, Path], at: int) -> None:
    asked, folder = editor
    before, _, after = PROGRAM.partition(f"{{{at}}}")
    before, after = (text.format("", "", "") for text in (before, after))
    uri = (folder / f"program{at}.py").as_uri()
    document = {"uri": uri, "languageId": "python", "version": 1, "text": before + after}
    asked.tell("textDocument/didOpen", {"textDocument": document})
    lines = before.split("\n")
    place = {"line": len(lines) - 1, "character": len(lines[-1])}
    answer = asked.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
    labels = {each["label"] for each in answer["items"]}
    assert sorted(WANTED[at] - labels) == []
