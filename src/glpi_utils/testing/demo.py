"""The demonstration: the library's first pages, run step by step on an embedded GLPI, saying what happens."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import redirect_stdout
from textwrap import dedent, indent
from typing import Any

from glpi_utils.testing.server.server import GlpiServer

_EXAMPLE = "https://glpi.example.com"

STEPS: tuple[tuple[str, str], ...] = (
    (
        "Who am I? The newcomer's first call.",
        """
        from glpi_utils.oauth import GlpiOAuthClient

        with GlpiOAuthClient(
            url="https://glpi.example.com",
            client_id="my-app",
            client_secret="my-secret",
            username="glpi",
            password="glpi",
        ) as api:
            me = api.whoami()
            print(me["user"]["name"], "as", me["profile"]["name"], "on GLPI", me["versions"]["glpi"])
        """,
    ),
    (
        "Every ticket: all of them, or an error.",
        """
        from glpi_utils.oauth import GlpiOAuthClient

        with GlpiOAuthClient(
            url="https://glpi.example.com",
            client_id="my-app",
            client_secret="my-secret",
            username="glpi",
            password="glpi",
        ) as api:
            api.authenticate()
            tickets = api.ticket.get_all_pages()
            print(f"{len(tickets)} tickets")
        """,
    ),
    (
        "The same with asyncio.",
        """
        import asyncio
        from glpi_utils.oauth import AsyncGlpiOAuthClient

        async def main():
            async with AsyncGlpiOAuthClient(
                url="https://glpi.example.com",
                client_id="my-app",
                client_secret="my-secret",
                username="glpi",
                password="glpi",
            ) as api:
                await api.authenticate()

                tickets = await api.ticket.get_all_pages()
                print(f"{len(tickets)} tickets; the first five:")

                async for page in api.ticket.iter_pages(page_size=5):
                    for ticket in page:
                        print(" ", ticket["id"], ticket["name"])
                    break

        asyncio.run(main())
        """,
    ),
    (
        "Settings from the environment; create, update, follow up, delete.",
        """
        from glpi_utils.oauth import GlpiOAuthClient

        api = GlpiOAuthClient()   # reads all from env
        api.authenticate()

        new = api.ticket.create({
            "name": "Test", "content": "...",
            "type": 1, "status": 1, "urgency": 3, "impact": 3, "priority": 3,
        })
        print("created", new)
        changed = api.ticket.update({"id": new["id"], "status": 2})
        print("its status is now", changed["status"]["name"])

        api.ticket.add_sub_item(new["id"], "ITILFollowup", {
            "content": "Work in progress.", "is_private": 0,
        })
        followups = api.ticket.get_sub_items(new["id"], "ITILFollowup")
        print("followed up:", followups[0]["item"]["content"])

        api.ticket.delete({"id": new["id"]})
        print("in the trash:", api.ticket.get(new["id"])["is_deleted"])
        api.close()
        """,
    ),
    (
        "A script that runs for hours: its token ends on the way, and is renewed without a word.",
        """
        from glpi_utils.oauth import GlpiOAuthClient

        def process(page):
            print(len(page), "tickets", end="; ")
            expire_tokens()   # what time does to a token, done here by the embedded GLPI

        with GlpiOAuthClient() as api:
            api.authenticate()
            for page in api.ticket.iter_pages(page_size=15):
                process(page)
        """,
    ),
    (
        "Every type of the route map by its name; what has none goes by its path.",
        """
        from glpi_utils.oauth import GlpiOAuthClient

        with GlpiOAuthClient() as api:
            for name in (
                "ticket problem change computer monitor printer networkequipment software user group entity "
                "contract supplier document category knowledgebase"
            ).split():
                print(name, getattr(api, name).count(), end=", ")
            print("sockets", len(api.item("Assets/Socket").get_all()), end=", ")
            print("custom assets", len(api.item("Assets/Custom/MyType").get_all()))
        """,
    ),
    (
        "What goes wrong is said before anything is sent, or in GLPI's own words.",
        """
        from glpi_utils import GlpiError, GlpiOAuthClient

        with GlpiOAuthClient() as api:
            for attempt in (
                lambda: api.ticket.get_all(fliter="status.id==1"),
                lambda: api.ticket.get(99999),
                lambda: api.with_options(read_only=True).ticket.delete({"id": 1}),
            ):
                try:
                    attempt()
                except GlpiError as error:
                    print(f"{type(error).__name__}: {str(error)[:110]}")
        """,
    ),
    (
        "The legacy API has the same interface.",
        """
        from glpi_utils import GlpiAPI

        with GlpiAPI(url="https://glpi.example.com") as api:
            api.login("glpi", "glpi")
            print(len(api.ticket.get_all_pages()), "tickets outside the trash, GLPI", api.version)
        """,
    ),
)


def main() -> int:
    """Run the steps; 0 where all went well."""
    began = time.perf_counter()
    with GlpiServer() as glpi:
        _say(f"An embedded GLPI {glpi.version} answers at {glpi.url} in place of {_EXAMPLE}.\n")
        os.environ.update(_environment(glpi))
        for number, (title, code) in enumerate(STEPS, 1):
            _step(number, title, dedent(code).strip(), glpi)
        seconds = time.perf_counter() - began
        _say(f"Done: {len(STEPS)} steps, {len(glpi.requests)} requests, {seconds:.1f} s. Your turn: README.md.")
    return 0


def _step(number: int, title: str, code: str, glpi: GlpiServer) -> None:
    _say(f"--- {number}. {title}\n{indent(code, '    ')}")
    before = len(glpi.requests)
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "__demo__", "expire_tokens": glpi.expire_tokens}
    with redirect_stdout(printed):
        exec(compile(code.replace(_EXAMPLE, glpi.url), f"<step {number}>", "exec"), names)  # noqa: S102  our own text, above
    _say(indent(printed.getvalue().rstrip(), ">>> ") + f"\n    ({len(glpi.requests) - before} requests)\n")


def _environment(glpi: GlpiServer) -> dict[str, str]:
    return {
        "GLPI_URL": glpi.url,
        "GLPI_OAUTH_CLIENT_ID": glpi.client_id,
        "GLPI_OAUTH_CLIENT_SECRET": glpi.client_secret,
        "GLPI_OAUTH_USERNAME": glpi.username,
        "GLPI_OAUTH_PASSWORD": glpi.password,
    }


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
