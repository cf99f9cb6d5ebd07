"""Drives this library, asyncio: the High-Level API."""

from __future__ import annotations

import asyncio
from typing import Any

from glpi_utils import AsyncGlpiOAuthClient

from .clock import measure_async, order


async def main() -> None:
    """Walk as ordered."""
    told = order()
    chosen = {"page_size": told.page, "concurrency": told.in_flight, "filter": told.filter}
    keywords: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    async with AsyncGlpiOAuthClient(told.url, "id", "secret", "user", "password") as api:
        await measure_async(lambda: api.ticket.get(1), lambda: api.ticket.get_all_pages(**keywords), told.expected)


asyncio.run(main())
