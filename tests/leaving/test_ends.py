"""Ctrl-C and the end of the interpreter, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from glpi_utils.testing import GlpiServer
from tests.leaving.measuring import AT_ONCE, hang, hanging

START = """
import sys, time, threading
from glpi_utils import GlpiAPI, GlpiOAuthClient, AsyncGlpiAPI, AsyncGlpiOAuthClient
url, kind, client_id, secret = sys.argv[1:]
who = {"username": "glpi", "password": "glpi", "timeout": 30}
def make(modern, legacy):
    return modern(url, client_id, secret, **who) if kind == "hl" else legacy(url, **who)
"""
CTRL_C = {
    "blocking": START
    + """
api = make(GlpiOAuthClient, GlpiAPI)
try:
    api.ticket.get_all_pages()
except KeyboardInterrupt:
    print("stopped", time.time(), flush=True)
    time.sleep(0.9)
    print("threads", len([each for each in threading.enumerate() if each is not threading.main_thread()]))
""",
    "asyncio": START
    + """
import asyncio
async def main():
    await make(AsyncGlpiOAuthClient, AsyncGlpiAPI).ticket.get_all_pages()
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("stopped", time.time(), flush=True)
    print("threads", len([each for each in threading.enumerate() if each.name.startswith("glpi")]))
""",
}
EXITS = {
    "blocking": START
    + """
api = make(GlpiOAuthClient, GlpiAPI)
pages = api.ticket.iter_pages(100)
next(pages)
time.sleep(0.3)
print("stopped", time.time(), flush=True)
""",
    "asyncio": START
    + """
import asyncio
async def main():
    global api, pages
    api = make(AsyncGlpiOAuthClient, AsyncGlpiAPI)
    pages = api.ticket.iter_pages(100)
    await pages.__anext__()
    await asyncio.sleep(0.3)
    print("stopped", time.time(), flush=True)
asyncio.run(main())
""",
}
NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")


def start(glpi: GlpiServer, program: str, kind: str) -> subprocess.Popen[str]:
    hang(glpi)
    words = [
        sys.executable,
        "-W",
        "error",
        "-c",
        program,
        glpi.url,
        kind,
        glpi.client_id,
        glpi.client_secret,
    ]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stopped(out: str) -> float:
    return float(next(line.split()[1] for line in out.splitlines() if line.startswith("stopped")))


@NOT_ON_WINDOWS
@pytest.mark.slow
@pytest.mark.parametrize("waiting", CTRL_C)
@pytest.mark.parametrize("kind", ["hl", "legacy"])
def test_ctrl_c(glpi: GlpiServer, kind: str, waiting: str) -> None:
    process = start(glpi, CTRL_C[waiting], kind)
    hanging(glpi)
    time.sleep(0.1)
    sent = time.time()
    os.kill(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert "threads 0" in out
    assert stopped(out) - sent < AT_ONCE


@pytest.mark.slow
@pytest.mark.parametrize("waiting", EXITS)
@pytest.mark.parametrize("kind", ["hl", "legacy"])
def test_the_end_of_the_interpreter(glpi: GlpiServer, kind: str, waiting: str) -> None:
    process = start(glpi, EXITS[waiting], kind)
    out, said = process.communicate(timeout=60)
    ended = time.time()
    assert (process.returncode, said) == (0, "")
    assert ended - stopped(out) < AT_ONCE
