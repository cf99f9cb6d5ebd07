"""A loop written by hand with aiohttp and orjson: so many requests at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import orjson

from .clock import Order, measure_async, order


class Loop:
    """The session, its token, and the walk."""

    def __init__(self, told: Order, session: aiohttp.ClientSession) -> None:
        self.told, self.session = told, session
        self.root, self.page = f"{told.url}/api.php", told.page or 500
        self.headers = {"Accept": "application/json"}

    async def get_one(self) -> Any:
        """Log in and read one ticket."""
        fields = {"grant_type": "password", "username": "user", "password": "password", "client_id": "id"}
        async with self.session.post(f"{self.root}/token", json=fields) as answer:
            said = orjson.loads(await answer.read())
        self.headers["Authorization"] = f"Bearer {said['access_token']}"
        async with self.session.get(f"{self.root}/v2.2.0/Assistance/Ticket/1", headers=self.headers) as answer:
            return orjson.loads(await answer.read())

    async def fetch(self, start: int) -> tuple[list[Any], int]:
        """Read a page; give its rows and how many there are in all."""
        url = f"{self.root}/v2.2.0/Assistance/Ticket?sort=id&start={start}&limit={self.page}"
        async with self.session.get(url, headers=self.headers) as answer:
            answer.raise_for_status()
            return orjson.loads(await answer.read()), int(answer.headers["Content-Range"].rpartition("/")[2])

    async def everything(self) -> list[Any]:
        """Make one list: so many workers take the next page each."""
        rows, total = await self.fetch(0)
        found: dict[int, list[Any]] = {}
        starts = iter(range(self.page, total, self.page))

        async def work(starts: Iterator[int]) -> None:
            for start in starts:
                found[start] = (await self.fetch(start))[0]

        await asyncio.gather(*(work(starts) for _ in range(self.told.in_flight or 1)))
        for start in sorted(found):
            rows += found[start]
        return rows


async def main() -> None:
    """Walk as ordered."""
    told = order()
    connector = aiohttp.TCPConnector(limit=told.in_flight or 1)
    async with aiohttp.ClientSession(connector=connector) as session:
        loop = Loop(told, session)
        await measure_async(loop.get_one, loop.everything, told.expected)


asyncio.run(main())
