"""What answers mean in both APIs alike: one item, rows, how many there are."""

from __future__ import annotations

from typing import Any, Final

from ..._wire import Response, UnexpectedAnswer
from .shapes import Item, is_id, is_object, is_objects

CREATED_AS_FOUND: Final = 302
"""11.0.6 behind php-fpm answers a create with 302 and the new item. A read that is answered so never comes here."""
_ANSWERED: Final = (200, 201, 206, 207, CREATED_AS_FOUND)


def anything(response: Response) -> Any:
    """Read JSON of any shape."""
    if response.status not in _ANSWERED:
        raise UnexpectedAnswer(f"HTTP {response.status} is not what was asked for")
    return response.data()


def item(response: Response) -> Item:
    """Read one item: an object, nothing else. The legacy API answers some wrong ids with a list."""
    answer = anything(response)
    if not is_object(answer):
        raise UnexpectedAnswer("the answer is no item")
    return answer


def created(response: Response) -> Item:
    """Read a create: an object that holds the id."""
    answer = anything(response)
    if not is_object(answer) or not is_id(answer.get("id")):
        raise UnexpectedAnswer("the answer does not hold the id of the new item")
    return answer


def rows(response: Response) -> list[Item]:
    """Read a list of objects."""
    answer = anything(response)
    if not is_objects(answer):
        raise UnexpectedAnswer("the answer is no list of items")
    return answer


def total(response: Response) -> int | None:
    """Return the count in Content-Range; None where there is none. Its end is off by one at the edges, in both APIs."""
    text = response.headers.get("content-range", "").rpartition("/")[2]
    return int(text) if text.isdigit() else None
