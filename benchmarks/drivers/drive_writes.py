"""Drives creates that are looked at and creates that are not, and the same pages read by both, in turn, in one process."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from glpi_utils import GlpiAPI, GlpiOAuthClient

TICKET = {
    "highlevel": {
        "name": "Printer on fire",
        "content": "<p>Third floor, the one by the window</p>",
        "type": 1,
        "urgency": 4,
        "impact": 3,
        "category": 12,
        "location": 7,
        "entity": 0,
        "request_type": 1,
        "date": "2026-01-31 10:00:00",
    },
    "legacy": {
        "name": "Printer on fire",
        "content": "<p>Third floor, the one by the window</p>",
        "type": 1,
        "urgency": 4,
        "impact": 3,
        "itilcategories_id": 12,
        "locations_id": 7,
        "entities_id": 0,
        "requesttypes_id": 1,
        "date": "2026-01-31 10:00:00",
    },
}


def spent(work: Callable[[], object], times: int) -> float:
    """CPU seconds of this process for one call, user+sys."""
    gc.collect()
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def client(url: str, api: str, **options: Any) -> Any:
    """Make one."""
    if api == "highlevel":
        return GlpiOAuthClient(url, "id", "secret", "user", "password", **options)
    return GlpiAPI(url, username="user", password="password", **options)


def main() -> None:
    """Measure as ordered: the address, the API, the rounds, the calls of a round."""
    url, api, rounds, times = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    strict, off = client(url, api), client(url, api, validate="off")
    item = TICKET[api]
    dated = strict.with_options(dates=True)
    works: dict[str, Callable[[], object]] = {
        "create": lambda: strict.ticket.create(item),
        "create, off": lambda: off.ticket.create(item),
        "page": lambda: strict.ticket.get_all(limit=100),
        "page, dates": lambda: dated.ticket.get_all(limit=100),
    }
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        for name in works if turn % 2 == 0 else reversed(list(works)):
            found[name].append(spent(works[name], times if name.startswith("create") else max(1, times // 10)))
    print(json.dumps(found))


main()
