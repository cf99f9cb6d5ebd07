"""What both dialects answer to, so that the engine need not know which one it speaks."""

from __future__ import annotations

from typing import Protocol

from .protocols.addressing import Addressing, Names
from .protocols.naming import Naming
from .protocols.reading import Files, Lists, SubItems
from .protocols.writing import KeyedCreates, SubItemWrites, Team, Transfers, Writes


class Dialect(
    Addressing, Names, Naming, Lists, SubItems, Files, Writes, SubItemWrites, KeyedCreates, Team, Transfers, Protocol
):
    """All that an API can do. Pure: every method returns a value and waits for nothing.

    A capability that only one API has is an attribute that is None in the other, as `search_engine` is. A single verb that
    the API lacks raises `GlpiUnsupportedError`, naming the client that has it.
    """
