"""Drives glpi-api or glpi-rest, which read one range of the legacy API: a loop over ranges stands around them.

Without a range GLPI gives 20 rows; the loop takes pages of 50, as the other rivals do by default.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from .clock import measure, order

told = order()
PAGE = told.page or 50
ROOT = f"{told.url}/apirest.php"


def glpi_api() -> tuple[Callable[[], object], Callable[..., list[Any]]]:
    """Log in by glpi-api; give what reads one and what reads a range."""
    api: Any = import_module("glpi_api").GLPI(url=ROOT, apptoken="app", auth=("user", "password"))
    return lambda: api.get_item("Ticket", 1), lambda **words: api.get_all_items("Ticket", **words)


def glpi_rest() -> tuple[Callable[[], object], Callable[..., list[Any]]]:
    """The same by glpi-rest."""
    api: Any = import_module("glpi_rest").GLPIClient(ROOT, "app", username="user", password="password")
    api.init_session()
    return lambda: api.get_item("Ticket", 1), lambda **words: api.get_items("Ticket", **words)


def everything(read: Callable[..., list[Any]]) -> list[Any]:
    """Read ranges until one comes short; past the end GLPI gives an empty one."""
    rows: list[Any] = []
    while True:
        page = read(range=f"{len(rows)}-{len(rows) + PAGE - 1}")
        rows += page
        if len(page) < PAGE:
            return rows


one, some = glpi_api() if "glpi-api" in sys.argv[2:] else glpi_rest()
measure(one, lambda: everything(some), told.expected)
