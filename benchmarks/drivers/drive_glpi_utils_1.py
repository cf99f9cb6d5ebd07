"""Drives glpi-utils 1.5.0 (MIT): the High-Level API, its own paging."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .clock import measure, measure_pages, order

told = order()
keywords: dict[str, Any] = {} if told.page is None else {"page_size": told.page}
api: Any = import_module("glpi_utils.oauth").GlpiOAuthClient(told.url, "id", "secret", "user", "password")
with api:
    if told.way == "all":
        measure(lambda: api.ticket.get(1), lambda: api.ticket.get_all_pages(**keywords), told.total)
    else:
        measure_pages(lambda: api.ticket.get(1), lambda: api.ticket.iter_pages(**keywords), told.total)
