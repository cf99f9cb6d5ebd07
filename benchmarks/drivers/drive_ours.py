"""Drives this library, blocking: the High-Level API, or the legacy one."""

from __future__ import annotations

import sys
from typing import Any

from glpi_utils import GlpiAPI, GlpiOAuthClient

from .clock import measure, measure_pages, order


def client(url: str) -> Any:
    """Make the client that was asked for; the legacy one logs in."""
    if "legacy" not in sys.argv[2:]:
        return GlpiOAuthClient(url, "id", "secret", "user", "password")
    api = GlpiAPI(url)
    api.login("user", "password")
    return api


def main() -> None:
    """Walk as ordered."""
    told = order()
    chosen = {"page_size": told.page, "concurrency": told.in_flight, "filter": told.filter}
    keywords: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    with client(told.url) as api:
        if told.shape:  # what a first list loads is measured with the start-up
            api.computer.get_all_pages(filter="id==1")
        if told.way == "all":
            measure(lambda: api.ticket.get(1), lambda: api.ticket.get_all_pages(**keywords), told.expected)
        else:
            measure_pages(lambda: api.ticket.get(1), lambda: api.ticket.iter_pages(**keywords), told.expected)


main()
