"""The ways to read that are tried on servers that answer wrongly, each as one coroutine that gives rows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from glpi_utils import F
from glpi_utils._engine.verbs.client import AsyncClient

Row = dict[str, Any]
Read = Callable[[AsyncClient], Coroutine[Any, Any, list[Row]]]


class Uncounted(Exception):
    """A list says of itself that it was not held against a count."""


def done(work: Coroutine[Any, Any, list[Row]]) -> list[Row]:
    try:
        work.send(None)
    except StopIteration as end:
        rows: list[Row] = end.value
        return rows
    raise AssertionError("it waited for something")


def all_pages(name: str, size: int | None, **query: Any) -> Read:
    async def read(api: AsyncClient) -> list[Row]:
        found = await api.item(name).get_all_pages(size, **query)
        if not found.complete:
            raise Uncounted
        return list(found)

    return read


def part(name: str, size: int, **query: Any) -> Read:
    async def read(api: AsyncClient) -> list[Row]:
        return list(await api.item(name).get_all_pages(size, **query))

    return read


def pages(name: str, size: int, **query: Any) -> Read:
    async def read(api: AsyncClient) -> list[Row]:
        return [row async for page in api.item(name).iter_pages(size, **query) for row in page]

    return read


def items(name: str, size: int | None, **query: Any) -> Read:
    async def read(api: AsyncClient) -> list[Row]:
        return [row async for row in api.item(name).iter_items(size, **query)]

    return read


def page(name: str, **query: Any) -> Read:
    async def read(api: AsyncClient) -> list[Row]:
        return list(await api.item(name).get_all(**query))

    return read


async def searched(api: AsyncClient) -> list[Row]:
    return list(await api.ticket.search_rows(page_size=40))


async def followups(api: AsyncClient) -> list[Row]:
    return list(await api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True))


async def searched_part(api: AsyncClient) -> list[Row]:
    return list(await api.ticket.search_rows(start=10, limit=50))


async def found(api: AsyncClient) -> list[Row]:
    return list(await api.ticket.search(start=5, limit=80))


async def some_followups(api: AsyncClient) -> list[Row]:
    return list(await api.ticket.get_sub_items(1, "ITILFollowup", start=100, limit=100))


READS: dict[str, Read] = {
    "all tickets": all_pages("Ticket", None),
    "all tickets by 20": all_pages("Ticket", 20),
    "all tickets by 20, one by one": all_pages("Ticket", 20, concurrency=1),
    "pages of tickets": pages("Ticket", 30),
    "tickets": items("Ticket", 25),
}
PARTS: dict[str, Read] = {
    "tickets from the fifth on": items("Ticket", 20, start=5),
    "pages from the fifth on": pages("Ticket", 20, start=5),
    "all from the fifth on": part("Ticket", 20, start=5),
    "100 tickets": items("Ticket", 20, limit=100),
    "100 tickets at once": part("Ticket", 30, limit=100),
    "90 tickets from the fifth on": items("Ticket", 20, start=5, limit=90),
}
ONE_ANSWER: dict[str, Read] = {
    "one page": page("Ticket", limit=100),
    "one page from the fifth on": page("Ticket", start=5, limit=60),
    "one page of users": page("User", limit=15),
}
OF_LEGACY: dict[str, Read] = {
    "users": all_pages("User", None),
    "users by 4": all_pages("User", 4),
    "users one by one": items("User", 5),
    "narrowed users": all_pages("User", 3, searchText={"name": "."}),
    "narrowed tickets": all_pages("Ticket", 20, searchText={"name": "e"}),
    "falling tickets": all_pages("Ticket", 30, sort="id:desc"),
    "with the trash": all_pages("Ticket", 30, include_deleted=True),
    "search": searched,
    "followups": followups,
    "12 users": part("User", 4, limit=12),
    "falling users": part("User", 3, limit=12, sort="id:desc"),
    "100 tickets with the trash": part("Ticket", 30, limit=100, include_deleted=True),
    "search for 50": searched_part,
    "100 followups": some_followups,
}
OF_HIGHLEVEL: dict[str, Read] = {
    "users by 4": all_pages("User", 4),
    "filtered tickets": all_pages("Ticket", 20, filter=F.id >= 3),
    "40 assets": items("Assets/Global", 20, limit=40),
    "assets from the fifth on": part("Assets/Global", 20, start=5),
    "found tickets": found,
    "tickets by date": all_pages("Ticket", 20, sort="date"),
    "tickets by name": all_pages("Ticket", 20, sort="name"),
}
