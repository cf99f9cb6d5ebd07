"""Drives glpi-python-client: the High-Level API, its own paging, rows as its models."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .clock import measure, order

told = order()
keywords: dict[str, Any] = {} if told.page is None else {"batch_size": told.page}
api: Any = import_module("glpi_python_client").GlpiClient(
    glpi_api_url=f"{told.url}/api.php/v2",
    server_timezone="UTC",
    client_id="id",
    client_secret="secret",
    username="user",
    password="password",
)
measure(
    lambda: api.get_ticket(1),
    lambda: [row for page in api.iter_search_tickets(**keywords) for row in page],
    told.expected,
)
