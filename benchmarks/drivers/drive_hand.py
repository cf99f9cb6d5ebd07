"""A loop written by hand with urllib3 and orjson: sequential, or on a pool of threads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import orjson
import urllib3

from .clock import measure, measure_pages, order

TOLD = order()
PAGE, THREADS = TOLD.page or 500, TOLD.in_flight or 1
POOL = urllib3.PoolManager(maxsize=THREADS)
ROOT = f"{TOLD.url}/api.php"
FILTER = f"&filter={quote(TOLD.filter)}" if TOLD.filter else ""
HEADERS = {"Accept": "application/json"}


def log_in() -> None:
    """Fetch a token."""
    fields = {"grant_type": "password", "username": "user", "password": "password", "client_id": "id"}
    said = orjson.loads(POOL.request("POST", f"{ROOT}/token", json=fields).data)
    HEADERS["Authorization"] = f"Bearer {said['access_token']}"


def get_one() -> Any:
    """Log in and read one ticket."""
    log_in()
    return orjson.loads(POOL.request("GET", f"{ROOT}/v2.2.0/Assistance/Ticket/1", headers=HEADERS).data)


def fetch(start: int) -> tuple[list[Any], int]:
    """Read a page; give its rows and how many there are in all."""
    url = f"{ROOT}/v2.2.0/Assistance/Ticket?sort=id&start={start}&limit={PAGE}{FILTER}"
    answer = POOL.request("GET", url, headers=HEADERS)
    if answer.status not in (200, 206):
        raise RuntimeError(answer.status)
    return orjson.loads(answer.data), int(answer.headers["Content-Range"].rpartition("/")[2])


def pages() -> Iterator[list[Any]]:
    """Read one page after the other."""
    rows, total = fetch(0)
    yield rows
    for start in range(PAGE, total, PAGE):
        yield fetch(start)[0]


def everything() -> list[Any]:
    """Make one list."""
    if THREADS == 1:
        return [row for page in pages() for row in page]
    rows, total = fetch(0)
    with ThreadPoolExecutor(THREADS) as pool:
        for page, _ in pool.map(fetch, range(PAGE, total, PAGE)):
            rows += page
    return rows


if TOLD.way == "all":
    measure(get_one, everything, TOLD.expected)
else:
    measure_pages(get_one, pages, TOLD.expected)
