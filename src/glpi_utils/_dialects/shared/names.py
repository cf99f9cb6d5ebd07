"""Names of items: what a text means where an item is meant, and which of several candidates it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from ..._wire import Operation, Page
from ...exceptions import GlpiValidationError
from . import ids
from .ids import ME, Me
from .oneself import is_me
from .query import Listing
from .shapes import Item, is_object
from .values import NULLS

PATH, NAME, LOGIN, EMAIL, SERIAL, INVENTORY, KEY = "path", "name", "login", "email", "serial", "inventory", "key"
_TRIED: Final = {NAME: (PATH, NAME, LOGIN, EMAIL)}
"""What a plain text is compared with, one after the other; the other kinds name one alone."""
_PREFIXED: Final = r"(?is)(id|name|login|email|serial|inventory|key):(.*)"
_TITLED: Final = frozenset(
    """
    Ticket Change Problem TicketRecurrent RecurrentChange PlanningExternalEvent PlanningRecall KnowbaseItem Reminder
    RSSFeed ProjectTask TicketTask ChangeTask ProblemTask ITILFollowup ITILSolution TicketValidation ChangeValidation
    Document Notepad Log Glpi\\Event QueuedNotification QueuedWebhook NotImportedEmail
    """.split()
)
"""Types whose names are titles, which any number of items may have alike."""
_NUMBER: Final = re.compile(r"-?\d+", re.ASCII)
_OF_A_TREE: Final = r"\s*>\s*"


class Name(NamedTuple):
    """What was written to name an item."""

    by: str
    """What it is compared with: "name" stands for the full path, the name, and of users the login and the mail address."""
    text: str
    written: str
    """As it was written, for messages."""


class Candidate(NamedTuple):
    """An item that a name may mean."""

    id: int
    texts: Mapping[str, Sequence[str]]
    """By kind what it is called."""
    entity: Any = None
    trashed: bool = False
    template: bool = False

    @property
    def full_name(self) -> str:
        """What tells it from others, as far as a name does."""
        return next((texts[0] for kind in (PATH, NAME, LOGIN) if (texts := self.texts.get(kind))), "")


class Identity(NamedTuple):
    """By which fields the items of a type are named, by kind; "" in place of a field that the type lacks."""

    fields: Mapping[str, str]
    titled: bool = False
    """Whether its names are titles, by which no item is named."""

    def kinds(self) -> tuple[str, ...]:
        """Return the prefixes that this type takes beside ``id:`` and ``name:``."""
        return tuple(kind for kind in (LOGIN, EMAIL, SERIAL, INVENTORY, KEY) if self.fields.get(kind))

    def takes(self, name: Name) -> bool:
        """Check whether items of this type are named so."""
        return any(self.fields.get(kind) for kind in _TRIED.get(name.by, (name.by,)))


Lookup = Listing | Operation[Page]
"""Where candidates are: a list of the type itself, or another request whose rows are like those."""


def is_titled(itemtype: str) -> bool:
    """Check whether the names of a type are titles."""
    return itemtype in _TITLED


def is_name(value: Any) -> bool:
    """Check whether what was written in place of an item is a name: no number, no digits, not oneself, no word for nothing.

    >>> is_name("5"), is_name("me"), is_name("pc-003"), is_name({"id": 5, "name": "pc"}), is_name({"name": "2026"})
    (False, False, True, False, True)
    """
    if is_object(value):
        value = value["id"] if "id" in value else "?" if isinstance(value.get("name"), str) else None
    return isinstance(value, str) and not is_me(value) and value not in NULLS and _NUMBER.fullmatch(value) is None


def meant(value: Any, itemtype: str, identity: Identity) -> int | Me | Name:
    """Return the id that was written in place of an item, oneself, or the name that is to be looked up.

    >>> user = Identity({"login": "name", "email": "email"})
    >>> meant("5", "User", user), meant("login:10234", "User", user).by, meant({"name": "2026"}, "User", user).text
    (5, 'login', '2026')
    """
    if is_object(value):
        if "id" not in value and isinstance(value.get("name"), str):
            return _named(value["name"], value["name"])
        value = value.get("id", value)
    if not isinstance(value, str):
        return ids.checked(value, itemtype)
    text = value.strip()
    if is_me(text) and itemtype == "User":
        return ME
    if (text.isascii() and text.isdigit()) or is_me(text):
        return ids.checked(value, itemtype)
    match = re.fullmatch(_PREFIXED, text)
    kind = match[1].lower() if match else ""
    if match is None or not (kind in ("id", "name") or kind in identity.kinds()):
        return _named(value, value)
    if kind == "id":
        return ids.checked(match[2].strip(), itemtype)
    return _named(match[2], value, kind)


def _named(text: str, written: str, by: str = NAME) -> Name:
    if not text.strip():
        raise GlpiValidationError(f"an item is named by its id or a name, not by {written!r:.60}")
    return Name(by, unicodedata.normalize("NFC", text.strip()), written)


def parts_of(path: object) -> list[str]:
    """Return the names in a full path, the highest first.

    >>> parts_of("HQ > Floor 3"), parts_of(["R>D", "Room"])
    (['HQ', 'Floor 3'], ['R>D', 'Room'])
    """
    names = (
        path.split(">") if isinstance(path, str) else cast("list[Any]", path if isinstance(path, list | tuple) else [])
    )
    if not names or not all(isinstance(each, str) and each.strip() for each in names):
        raise GlpiValidationError(
            f'a path is text, "HQ > Floor 3", or a list of names, none of them empty, not {path!r:.60}'
        )
    return [unicodedata.normalize("NFC", str(each).strip()) for each in names]


def exact(kind: str, text: str) -> str:
    """Return a text as it is compared at first: spaces around the signs of a path do not matter.

    >>> exact("path", "HQ>Floor 3"), exact("name", " HQ>Floor 3 ")
    ('HQ > Floor 3', 'HQ>Floor 3')
    """
    text = unicodedata.normalize("NFC", text.strip())
    return re.sub(_OF_A_TREE, " > ", text) if kind == PATH else text


def folded(kind: str, text: str) -> str:
    """Return a text as it is compared at last: without case; accents differ.

    >>> folded("name", "ÉTAGE") == folded("name", "e\u0301tage"), folded("name", "Etage") == folded("name", "Étage")
    (True, False)
    """
    return unicodedata.normalize("NFC", exact(kind, text).casefold())


def picked(name: Name, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that a name means: those of the first comparison that any of them meets."""
    forms: tuple[Callable[[str, str], str], ...] = (exact, folded)
    for form in forms:
        for kind in _TRIED.get(name.by, (name.by,)):
            wanted = form(kind, name.text)
            met = [each for each in candidates if any(form(kind, text) == wanted for text in each.texts.get(kind, ()))]
            if met:
                return met
    return []


def sought(name: Name, identity: Identity) -> list[tuple[str, str, str]]:
    """Return what is looked for: the kind of each comparison, its field, and the text.

    The full path of an item without a parent is its name, so a path is looked for only where a text has the sign for it.
    """
    kinds = _TRIED.get(name.by, (name.by,))
    left_out = {PATH: ">" not in name.text, EMAIL: name.by == NAME and "@" not in name.text}
    return [
        (kind, field, exact(kind, name.text))
        for kind in kinds
        if (field := identity.fields.get(kind)) and not left_out.get(kind)
    ]


def paths_of(itemtype: str, path: str) -> Sequence[str]:
    """Return what a full path may be written as: that of an entity also without the root, of which there is one.

    >>> paths_of("Entity", "Root entity > HQ > Floor"), paths_of("Location", "HQ > Floor")
    (('Root entity > HQ > Floor', 'HQ > Floor'), ('HQ > Floor',))
    """
    below = path.partition(">")[2].strip()
    return (path, below) if below and itemtype == "Entity" else (path,)


def texts_of(row: Item, identity: Identity) -> dict[str, Sequence[str]]:
    """Return what a row is called, by kind."""
    return {
        kind: (text,) for kind, field in identity.fields.items() if isinstance(text := row.get(field), str) and text
    }
