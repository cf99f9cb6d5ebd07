"""Asking the search engine about tickets that a name finds."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.testing.legacy.asking import Caller


def criteria(*parts: tuple[Any, ...], at: str = "criteria") -> str:
    """`(field, searchtype, value[, link])` as a query string."""
    names = ("field", "searchtype", "value", "link")
    return "&".join(
        f"{at}[{number}][{name}]={quote(str(value))}"
        for number, part in enumerate(parts)
        for name, value in zip(names, part, strict=False)
    )


MINE = (1, "contains", "^seek-")


def found(glpi: Caller, *parts: tuple[Any, ...], more: str = "", status: int = 200) -> list[int]:
    query = criteria(MINE, *parts)
    page = glpi.ask("GET", f"search/Ticket?{query}&forcedisplay[0]=2&sort=2&range=0-99{more}", status=status)
    return [row["2"] for row in page.get("data", [])]
