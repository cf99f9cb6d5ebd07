"""What the shapes of items are made of: links, dates, and what a create gives."""

from __future__ import annotations

from datetime import date
from typing import Literal, NotRequired, TypeAlias, TypedDict

__all__ = ["Created", "EntityReference", "Flag", "Id", "Link", "Moment", "Reference"]


class Id(TypedDict):
    """Another item, as it may be written on the High-Level API. What is read (`Reference`) fits too."""

    id: int


class Reference(TypedDict):
    """Another item, as the High-Level API shows it."""

    id: int
    name: str


class EntityReference(TypedDict):
    """An entity, as the High-Level API shows it."""

    id: int
    name: str
    completename: str


class Created(TypedDict):
    """What a create gives: the new id, with ``href`` (High-Level API) or ``message`` (legacy API)."""

    id: int
    href: NotRequired[str]
    message: NotRequired[str]
    existing: NotRequired[bool]


Flag: TypeAlias = bool | Literal[0, 1]
"""Yes or no, to be written."""

Link: TypeAlias = int | Id
"""Another item, to be written: its id, or ``{"id": 5}``."""

Moment: TypeAlias = str | date
"""A date or time, to be written: text as GLPI has it, a `date` or a `datetime` (which is a date)."""
