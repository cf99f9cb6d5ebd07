"""Drives glpi-utils 1.5.0 (MIT): the High-Level API, its own paging."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .clock import measure, measure_pages, order

told = order()
chosen = {"page_size": told.page, "filter": told.filter}
keywords: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
api: Any = import_module("glpi_utils.oauth").GlpiOAuthClient(told.url, "id", "secret", "user", "password")
with api:
    if told.way == "all":
        measure(lambda: api.ticket.get(1), lambda: api.ticket.get_all_pages(**keywords), told.expected)
    else:
        measure_pages(lambda: api.ticket.get(1), lambda: api.ticket.iter_pages(**keywords), told.expected)
