"""What both dialects do before a write: each field as its kind needs it, and what is wrong named or warned of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from ..._display import described
from ..._spelling import did_you_mean, near_names
from ..._wire import NOTHING
from ...exceptions import GlpiValidationError
from . import ids
from .moments import NeedsZone, written
from .shapes import Item, Keywords
from .unchanged import unchanged
from .values import Wrong, moment

MODES: Final = ("strict", "warn", "off")
CREATES: Final = frozenset({"create", "add_sub_item"})
DROPPED: Final = object()
"""The value of a field that is left out."""
_SECRET: Final = ("passw", "token", "secret", "pin", "puk")

_MEANWHILE: Final = "the item was changed since it was read: read it again, or send only the fields that you change"


class Rules(NamedTuple):
    """How strictly a write is looked at: the mode, the server's zone, and which High-Level API is spoken ("2.2").

    ``version``, which the client speaks, decides which fields there are; ``newer`` decides how the server behaves.
    """

    mode: str = "strict"
    zone: tzinfo | None = None
    version: str = "2.2"
    newer: bool = False
    """Whether the server is GLPI 11.0.7 or later: it lists version 2.3, whatever is spoken to it."""
    described: Mapping[str, Item] | None = None
    """What the server's own document tells of a type that is not known; None before it was asked."""
    reads: bool = False
    """Whether the item that is changed may be read first, where the write holds fields that cannot be written."""
    row: Mapping[str, Any] | None = None
    """The item as it is; None before it was read."""
    beside: bool = False
    """Whether fields that this API does not write may go by the other."""


class NeedsDocument(Exception):
    """A field of a type that is not known is to be cleared, and its kind decides how; ``path`` is where its rows are."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NeedsRow(Exception):
    """A change holds fields that cannot be written: those that the item has already do no harm, so it is to be read."""


class Doubt(NamedTuple):
    """A field that the knowledge lacks; the server's own document may have it."""

    schema: str
    name: str
    message: str


class Elsewhere(NamedTuple):
    """A field that the other API alone writes: its column there, the value for that, and why this API does not."""

    column: str
    value: Any
    why: str


class Checked(NamedTuple):
    """What is sent, what the server's document must say, and what is told to the caller."""

    item: Item
    extra: Item
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    elsewhere: Mapping[str, Elsewhere] = NOTHING
    """What goes by the other API, by the names of the fields."""


def mode_of(value: object) -> str:
    """Check how strictly writes are looked at."""
    if value not in MODES:
        raise GlpiValidationError(f"validate must be one of {', '.join(map(repr, MODES))}, not {value!r:.40}")
    return str(value)


def verify_of(value: object) -> bool | str:
    """Check how writes are held against what GLPI made of them."""
    if value is True or value is False or value == "answer":
        return "answer" if value == "answer" else bool(value)
    raise GlpiValidationError(
        f"verify must be True, False or 'answer', not {described(value)}: whether writes are held against what GLPI made "
        "of them (certificates: verify_ssl)"
    )


def parted(item: object, itemtype: str, verb: str) -> tuple[Item, Item]:
    """Return the id of what is changed, as a dict of its own, and the fields."""
    if verb in CREATES:
        return {}, ids.new(item, verb)
    number, fields = ids.split(item, itemtype, verb)
    return {"id": number}, fields


class Book:
    """Goes through the fields of one write and keeps what comes of it."""

    __slots__ = ("_refused", "_unzoned", "doubts", "elsewhere", "owner", "rules", "sent", "warnings")

    def __init__(self, owner: str, rules: Rules) -> None:
        self.owner, self.rules = owner, rules
        self.sent: Item = {}
        self.elsewhere: dict[str, Elsewhere] = {}
        self.doubts: list[Doubt] = []
        self.warnings: list[str] = []
        self._refused: list[str] = []
        self._unzoned = False

    def has(self, name: str, value: Any) -> bool:
        """Check whether the item is known to have this value already, so that the field is left out."""
        return self.rules.row is not None and unchanged(name, value, self.rules.row)

    def keep(self, name: str, value: Any) -> None:
        """Put a value down as it is: its field is not known. Moments go to the server's clock."""
        if isinstance(value, datetime) and (self.rules.zone or self.rules.mode != "off"):
            self.take(name, value, self.rules.zone, _written)
        else:
            self.sent[name] = value

    def put_elsewhere(self, name: str, there: Elsewhere, *, shown: bool) -> None:
        """Put down what goes by the other API; where rows show the field, the item is read first: it may have the value."""
        if shown and self.rules.reads and self.rules.row is None:
            raise NeedsRow
        self.elsewhere[name] = there

    def take(self, name: str, value: Any, field: Any, rule: Callable[[Any, Any], Any]) -> None:
        """Put down what a rule makes of a value; what it refuses is raised, or told where the mode is "warn"."""
        try:
            made = rule(field, value)
        except NeedsZone:
            self._unzoned = True  # other mistakes are reported first: to learn the zone takes a request
            return
        except Wrong as why:
            self.complain(f"{self.owner}.{name} cannot be {shown(name, value)}: {why}", fixed=why.fixed)
            made = value if why.nearest is None else why.nearest
        if made is not DROPPED:
            self.sent[name] = made

    def complain(self, message: str, *, fixed: bool = False) -> None:
        """Refuse in the end, all in one message, or tell where the mode is "warn".

        ``fixed``: the field takes no value at all in this verb.
        """
        if fixed and self.rules.reads and self.rules.row is None:
            raise NeedsRow
        (self._refused if self.rules.mode == "strict" else self.warnings).append(message)

    def checked(self, number: Item, extra: Item) -> Checked:
        """Return the checked write, or refuse it with all that is wrong in one message."""
        if self._refused:
            late = any(each.startswith(f"{self.owner}.date_mod ") for each in self._refused) and self.rules.row
            problems = [*self._refused, _MEANWHILE] if late else self._refused
            raise GlpiValidationError("; ".join(problems))
        if self._unzoned:
            raise NeedsZone
        return Checked({**number, **self.sent}, extra, tuple(self.doubts), tuple(self.warnings), self.elsewhere)


def _written(zone: tzinfo | None, value: Any) -> str:
    return moment(value, zone, written)


def kept(owner: str, number: Item, fields: Mapping[str, Any], extra: Keywords, rules: Rules) -> Checked:
    """Return the fields as they are, of a type that is not known or where nothing is to be looked at."""
    book = Book(owner, rules)
    for name, value in fields.items():
        book.keep(name, value)
    checked = book.checked(number, dict(extra))
    return checked._replace(warnings=()) if rules.mode == "off" else checked


def secret(name: str) -> bool:
    """Check for a field that may hold a secret by its name."""
    return any(word in name.lower() for word in _SECRET)


def shown(name: str, value: Any) -> str:
    """Show a value in a message, unless it may be secret."""
    return "this" if secret(name) else f"{value!r:.60}"


def meant(name: str, known: Iterable[str]) -> str:
    """Return the question whether a known field with a similar name was meant."""
    return did_you_mean(near_names(name, known), before="; ")
