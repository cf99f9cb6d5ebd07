"""Every message that docs/when-something-goes-wrong.md quotes is one that the library gives, word for word."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import pytest

from glpi_utils.testing import GlpiServer
from tests.meta.troubles_cases import CASES, Case

PAGE = Path(__file__).resolve().parents[2] / "docs" / "when-something-goes-wrong.md"
QUOTED = {
    " ".join(block.split())
    for block in re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
}


def normal(said: str, port: int) -> str:
    """Return a message as the page has it: another address, another moment."""
    said = said.replace(f"127.0.0.1:{port}", "glpi.example.com").replace("127.0.0.1)", "203.0.113.7)")
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]{8}\+", "2026-11-30T21:33:15+", " ".join(said.split()))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_page_quotes_what_the_library_says(case: Case) -> None:
    with GlpiServer(version=case.version) as glpi:
        assert normal(case.said(glpi), glpi.port) in QUOTED


def test_a_certificate_that_nobody_knows(server_tls: ssl.SSLContext) -> None:
    with GlpiServer(ssl_context=server_tls) as glpi:
        assert normal(Case().said(glpi), glpi.port) in QUOTED


def test_the_page_quotes_nothing_else() -> None:
    assert len(QUOTED) == len(CASES) + 1
