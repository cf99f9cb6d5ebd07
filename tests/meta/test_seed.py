"""The page that this library was asked for: every snippet runs as it stands there, every row of its table works."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from glpi_utils.testing.faults.troubles import expired_token
from tests.tls import URL

if TYPE_CHECKING:
    from glpi_utils import GlpiOAuthClient
    from glpi_utils.testing import GlpiServer

PAGE = Path(__file__).resolve().parents[1] / "seed" / "oauth2-high-level-api.txt"
TEXT = PAGE.read_bytes().decode("utf-8")
LINES = TEXT.split("\n")


def cut(first: str, last: str, below: str = "") -> str:
    """The lines from `first` to the next that is `last`, unchanged; looked for below the line that is `below`."""
    start = LINES.index(first, LINES.index(below) if below else 0)
    return "\n".join(LINES[start : LINES.index(last, start) + 1]) + "\n"


SYNC = cut("from glpi_utils.oauth import GlpiOAuthClient", '    print(f"{len(tickets)} tickets")')
ASYNC = cut("import asyncio", "asyncio.run(main())", below="Async")
LONG_RUN = cut("with GlpiOAuthClient(", "        process(page)", below="Automatic token refresh")
ENVIRONMENT = cut("export GLPI_URL=https://glpi.example.com", "export GLPI_OAUTH_PASSWORD=glpi")
FROM_ENVIRONMENT = cut("api = GlpiOAuthClient()   # reads all from env", "api.authenticate()")
CRUD = cut("# Read", 'api.item("Assets/Socket").get_all()')

TABLE = [
    line.split(" ", 2)
    for line in cut("ticket Assistance/Ticket", "ITILSolution Timeline/Solution (sub-item only)").splitlines()
]
ROUTES = [(row[0], row[1]) for row in TABLE if len(row) == 2]
SUB_ITEMS = [(row[0], row[1]) for row in TABLE if len(row) == 3]
BY_ITEM = [
    ("Ticket", "Assistance/Ticket"),
    ("Assets/Socket", "Assets/Socket"),
    ("Assets/Custom/MyType", "Assets/Custom/MyType"),
]


def run(code: str, **names: Any) -> dict[str, Any]:
    """Run a snippet as a program; what it leaves behind."""
    space = {"__name__": "__main__", **names}
    exec(compile(code, PAGE.name, "exec"), space)
    return space


def visible_tickets(glpi: GlpiServer) -> int:
    """The HL API lists the trash too."""
    return len(glpi.rows("Ticket"))


def test_the_page_is_the_page() -> None:
    assert (
        hashlib.sha256(PAGE.read_bytes()).hexdigest()
        == "a474c53cbdae1cfab585c1f04c8864bdb23ea1b3b7334548141ecd1ce42cdfa5"
    )


def test_every_line_of_code_on_the_page_is_in_a_snippet() -> None:
    code = [
        line
        for line in LINES
        if re.match(r"(from |import |with |async |await |export |api[ .=]|\w+ += |asyncio\.)", line)
    ]
    covered = SYNC + ASYNC + LONG_RUN + ENVIRONMENT + FROM_ENVIRONMENT + CRUD
    assert [line for line in code if line not in covered.splitlines()] == []
    assert len(code) > 15
    assert len(ROUTES) == 16
    assert len(SUB_ITEMS) == 3


def test_sync(named_glpi: GlpiServer, capsys: pytest.CaptureFixture[str]) -> None:
    left = run(SYNC)
    assert len(left["tickets"]) == visible_tickets(named_glpi) > 0
    assert capsys.readouterr().out == f"{visible_tickets(named_glpi)} tickets\n"


def test_async(named_glpi: GlpiServer, capsys: pytest.CaptureFixture[str]) -> None:
    run(ASYNC)
    names = [row["name"] for row in named_glpi.rows("Ticket")]
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(names)


@pytest.mark.parametrize("named_glpi", [3000], indirect=True)
def test_a_long_run_renews_its_token(named_glpi: GlpiServer) -> None:
    filled = LONG_RUN.replace('"..."', f'"{URL}"').replace('"x"', '"my-app"').replace('"y"', '"my-secret"')
    assert filled.count("\n") == LONG_RUN.count("\n")
    named_glpi.faults.add(expired_token(path="/Assistance/Ticket", times=1))
    named_glpi.faults.add(expired_token(path="/Assistance/Ticket", times=1, after=2))
    pages: list[list[dict[str, Any]]] = []
    run("from glpi_utils.oauth import GlpiOAuthClient\n" + filled, process=pages.append)
    assert sorted(row["id"] for page in pages for row in page) == sorted(row["id"] for row in named_glpi.rows("Ticket"))
    assert len(pages) == -(-visible_tickets(named_glpi) // 50)
    assert len(named_glpi.faults.log) == 2
    assert named_glpi.count("POST", "/token") == 3, "one login and a renewal for each time that the token ran out"


def test_environment(named_glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in ENVIRONMENT.splitlines():
        name, _, value = line.removeprefix("export ").partition("=")
        monkeypatch.setenv(name, value)
    left = run("from glpi_utils.oauth import GlpiOAuthClient\n" + FROM_ENVIRONMENT)
    with left["api"] as api:
        assert api.ticket.get(1)["id"] == 1


def test_full_crud(named_environment: dict[str, str], named_glpi: GlpiServer) -> None:
    from glpi_utils.oauth import GlpiOAuthClient

    before = visible_tickets(named_glpi)
    with GlpiOAuthClient() as api:
        left = run(CRUD, api=api)
    assert left["ticket"]["id"] == 1
    assert len(left["all"]) == before
    (row,) = [row for row in named_glpi.rows("Ticket") if row["id"] == left["new"]["id"]]
    assert (row["name"], row["content"], row["status"], row["is_deleted"]) == ("Test", "...", 2, 1)
    (followup,) = left["followups"]
    assert followup["type"] == "Followup"
    assert "Work in progress." in followup["item"]["content"]


def asked_since(glpi: GlpiServer, mark: int) -> set[str]:
    """What was asked for since then, without the version's prefix and without ids."""
    return {re.sub(r"/\d+(?=/|$)", "", re.sub(r"^/api\.php/v[0-9.]+/", "", seen.path)) for seen in glpi.requests[mark:]}


def credentials(glpi: GlpiServer) -> tuple[str, str, str, str, str]:
    return glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password


@pytest.fixture(scope="module")
def api(shared_glpi: GlpiServer) -> Iterator[GlpiOAuthClient]:
    from glpi_utils.oauth import GlpiOAuthClient

    with GlpiOAuthClient(*credentials(shared_glpi)) as client:
        client.authenticate()
        client.ticket.get_all(limit=1)
        yield client


@pytest.mark.parametrize(("name", "path"), [*ROUTES, *BY_ITEM])
def test_a_route(name: str, path: str, api: GlpiOAuthClient, shared_glpi: GlpiServer) -> None:
    items = api.item(name) if (name, path) in BY_ITEM else getattr(api, name)
    mark = len(shared_glpi.requests)
    rows = items.get_all()
    assert rows, f"no rows on {path}"
    assert items.get(rows[0]["id"])["id"] == rows[0]["id"]
    assert asked_since(shared_glpi, mark) == {path}


@pytest.mark.parametrize(("name", "path"), SUB_ITEMS)
def test_a_sub_item(name: str, path: str, api: GlpiOAuthClient, shared_glpi: GlpiServer) -> None:
    parents = {row["tickets_id"] if "tickets_id" in row else row["items_id"] for row in shared_glpi.rows(name)}
    mark = len(shared_glpi.requests)
    rows = api.ticket.get_sub_items(min(parents), name)
    assert rows
    assert {row["type"] for row in rows} == {path.partition("/")[2]}
    assert asked_since(shared_glpi, mark) == {f"Assistance/Ticket/{path}"}


def test_every_route_async(shared_glpi: GlpiServer) -> None:
    from glpi_utils.oauth import AsyncGlpiOAuthClient

    async def main() -> list[tuple[str, Any, Any]]:
        seen = []
        async with AsyncGlpiOAuthClient(*credentials(shared_glpi)) as api:
            for name, path in [*ROUTES, *BY_ITEM]:
                items = api.item(name) if (name, path) in BY_ITEM else getattr(api, name)
                rows = await items.get_all()
                seen.append((name, rows[0]["id"], (await items.get(rows[0]["id"]))["id"]))
        return seen

    seen = asyncio.run(main())
    assert len(seen) == len(ROUTES) + len(BY_ITEM)
    assert all(listed == got for _, listed, got in seen)
