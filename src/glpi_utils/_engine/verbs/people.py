"""People of an item as a caller writes them: by id, login, mail address, "me", "group:Network", "supplier:ACME"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..._dialects.shared.shapes import is_object
from ..._knowledge.children import team_type
from ...exceptions import GlpiNotFoundError, GlpiPermissionError, GlpiValidationError
from ..names.resolving import Wanted, related_id, related_ids

if TYPE_CHECKING:
    from ..request.core import Core

MAIL: Final = "mailto"
_OF_KINDS: Final = {"group": "Group", "supplier": "Supplier", "user": "User"}


class Person(NamedTuple):
    """Somebody who is named: the kind, and an id or a name of this kind; of "mailto" the address."""

    kind: str
    value: Any


class Member(NamedTuple):
    """Somebody who is there: the kind and the id; of "mailto" the address."""

    kind: str
    id: int
    address: str = ""

    @property
    def written(self) -> str:
        """How a caller may write it."""
        return f"mailto:{self.address}" if self.kind == MAIL else f"{self.kind} {self.id}"


def people(value: object, word: str) -> list[Person]:
    """Return one or several people as they are meant; what names nobody is refused."""
    return [_person(each, word) for each in listed(value)]


def listed(value: object) -> Sequence[object]:
    """Return one or several as a list."""
    return value if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownVariableType]


def _person(value: object, word: str) -> Person:
    if is_object(value):
        kind = team_type(value.get("type", "User"))
        if "id" not in value and "name" not in value:
            raise GlpiValidationError(f'{word}: {value!r:.60} names nobody: {{"type": "Group", "id": 3}}')
        return Person(kind, value["id"] if "id" in value else {"name": value["name"]})
    if isinstance(value, str):
        prefix, sign, rest = value.strip().partition(":")
        if sign and prefix.lower() == MAIL:
            if word != "requester":
                raise GlpiValidationError(f"{word}: only a requester may be without account, not {value!r:.60}")
            if not is_address(rest.strip()):
                raise GlpiValidationError(f"{word}: {value!r:.60} holds no mail address")
            return Person(MAIL, rest.strip())
        if sign and prefix.lower() in _OF_KINDS:
            return Person(_OF_KINDS[prefix.lower()], rest.strip())
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise GlpiValidationError(f"{word}: nobody is named by {value!r:.60}: give an id, a login, or a list of these")
    return Person("User", value)


def is_address(text: str) -> bool:
    """Check for a mail address, as far as GLPI looks at one."""
    name, at, host = text.rpartition("@")
    return bool(name and at and host) and text.isprintable() and not any(sign.isspace() for sign in text)


async def members(core: Core, named: Sequence[Person], *, there: bool = True) -> list[Member]:
    """Return those who are named; whose name nobody has, or several have, is refused. Nothing is written.

    ``there``: refuse ids of nobody too, which GLPI drops from a create without a word, and digits that are also a name.
    Who may not read users learns it afterwards.
    """
    wanted = [Wanted(core.dialect.resource(each.kind), each.value) for each in named if each.kind != MAIL]
    numbers = iter(await related_ids(core, wanted))
    for resource, value in wanted if there else ():
        if isinstance(value, str) and value.strip().isdigit():
            await related_id(core, resource, value, digits_are_ids=False)
        if is_object(value) or isinstance(value, int) or value.strip().isdigit():
            await _require(core, resource, value)
    every = [Member(MAIL, 0, each.value) if each.kind == MAIL else Member(each.kind, next(numbers)) for each in named]
    return list(dict.fromkeys(every))


async def _require(core: Core, resource: Any, value: Any) -> None:
    number = await related_id(core, resource, value)
    try:
        await core.do(core.dialect.get(resource, number, {}))
    except GlpiNotFoundError as missing:
        text = f"there is no {resource.itemtype} {number}, or none that you may see"
        raise core.session.report.clean(GlpiNotFoundError(text, missing.status_code, missing.error_code)) from None
    except GlpiPermissionError:
        pass  # GLPI's team tells afterwards
