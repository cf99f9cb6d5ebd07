"""What importing costs: the heavy libraries are loaded when they are first needed, not before."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    *(
        "aiohttp",
        "asyncio",
        "urllib3",
        "ssl",
        "socket",
        "orjson",
        "json",
        "http.client",
        "email",
        "sqlite3",
        "threading",
    ),
    *("concurrent.futures", "logging", "urllib.request", "tomllib", "typing", "dataclasses", "re", "inspect"),
)
NEVER = ("aiohttp", "asyncio", "urllib3")


def loaded_by(program: str) -> set[str]:
    """The modules that a fresh interpreter has after a program, without those that it had before."""
    whole = f"import sys\nbefore = set(sys.modules)\n{program}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", whole], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_package_loads_next_to_nothing() -> None:
    assert loaded_by("import glpi_utils") & set(HEAVY) == set()


@pytest.mark.parametrize(
    "program",
    [
        "from glpi_utils.oauth import GlpiOAuthClient",
        "from glpi_utils.oauth import AsyncGlpiOAuthClient",
        "from glpi_utils import GlpiAPI, GlpiOAuthClient, GlpiError, GLPIVersion",
        "from glpi_utils import *",
        "from glpi_utils import GlpiOAuthClient; GlpiOAuthClient('https://glpi.example.com', 'a', 'b', 'c', 'd')",
        "from glpi_utils import GlpiAPI; GlpiAPI('https://glpi.example.com')",
    ],
)
def test_a_client_loads_no_http_library_and_no_event_loop(program: str) -> None:
    assert loaded_by(program) & set(NEVER) == set()


def test_the_measure_sees_what_is_loaded() -> None:
    assert loaded_by("import asyncio") >= {"asyncio"}


def test_a_public_name_loads_only_its_own() -> None:
    loaded = loaded_by("from glpi_utils import GlpiError")
    assert "glpi_utils.exceptions" in loaded
    assert "glpi_utils.oauth" not in loaded


def test_the_embedded_glpi_is_not_loaded_by_the_clients() -> None:
    loaded = loaded_by("from glpi_utils import *")
    assert not [name for name in loaded if name.startswith("glpi_utils.testing")]
