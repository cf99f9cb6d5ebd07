"""What a create or an update of a user sets beside its fields: mail addresses, an authorisation, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.shapes import is_object
from ...exceptions import GlpiValidationError
from ..names.resolving import Wanted, related_ids
from .account_rows import AUTHORIZATION, EMAIL, MEMBERSHIP, authorization, by_default, rows_of
from .part import Mode
from .people import is_address, listed

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]


class AccountPart:
    """What all three have in common: a create takes none of them, and adds what is missing."""

    def fields(self) -> Item:
        """Return nothing."""
        return {}

    async def missing(self, id: int) -> None:
        """Return nothing: it is added."""


class Emails(AccountPart):
    """The mail addresses of a user; the first one is the default."""

    word, remedy = "emails", "emails= of update()"

    def __init__(self, core: Core, value: object) -> None:
        self._core = core
        self.wanted = texts(value)
        self._is_so = False

    async def prepare(self, id: int | None) -> None:
        """Open the legacy session, which alone takes addresses; a row that was read and is written back needs none."""
        users = self._core.dialect.resource("User")
        if id is not None and (field := self._core.dialect.field_for(users, "Email")):
            row = await self._core.do(self._core.dialect.get(users, id, {}))
            self._is_so = by_default(row[field]) == self.wanted
        if not self._is_so:
            await self._core.legacy_core("emails=")

    async def apply(self, id: int, mode: Mode) -> Sequence[str]:
        """Add those that are missing; an update removes the others and makes the first one the default."""
        if self._is_so:
            return self.wanted
        rows = await rows_of(self._core, "emails", id, EMAIL)
        present = await rows.read()
        missing = [each for each in self.wanted if each not in {row["email"] for row in present}]
        for address in missing:
            await rows.add({"email": address, "is_default": int(mode != "existing" and address == self.wanted[0])})
        if mode == "update":
            kept = {row["email"]: row for row in present if row["email"] in self.wanted}
            first = kept.get(self.wanted[0]) if self.wanted else None
            if first is not None and not first["is_default"]:
                await rows.change({"id": first["id"], "email": first["email"], "is_default": 1})
            await rows.remove([row for row in present if row["email"] not in kept])
        return self.wanted


class Authorization(AccountPart):
    """A profile in an entity."""

    word, remedy = "profile", "grant({id}, profile, entity)"

    def __init__(self, core: Core, profile: object, entity: object, recursive: object) -> None:
        if entity is None:
            raise GlpiValidationError(
                "profile= needs entity=: a user has a profile in an entity (0 is the root entity)"
            )
        if not isinstance(recursive, bool):
            raise GlpiValidationError(f"recursive must be True or False, not {recursive!r:.60}")
        self._core, self._recursive = core, recursive
        self._named = (("Profile", profile), ("Entity", entity))
        self._ids: list[int] = []

    async def prepare(self, id: int | None) -> None:
        """Look up profile and entity."""
        self._ids = await ids_of(await self._core.legacy_core("profile="), self._named)

    async def apply(self, id: int, mode: Mode) -> Item:
        """Add it, or make it recursive as asked; a user that was just made loses what GLPI's rules gave in its place."""
        rows = await rows_of(self._core, "grant", id, AUTHORIZATION)
        profile, entity = self._ids
        made = await rows.add({"profiles_id": profile, "entities_id": entity, "is_recursive": int(self._recursive)})
        if made["existing"] and bool(made["is_recursive"]) is not self._recursive:
            await rows.change({"id": made["id"], "is_recursive": int(self._recursive)})
        present = await rows.read()
        if mode == "new":
            await rows.remove([row for row in present if row["id"] != made["id"] and row["is_dynamic"]])
        (own,) = [row for row in present if row["id"] == made["id"]]
        return {**authorization(own), "existing": made["existing"]}


class Groups(AccountPart):
    """The groups of a user."""

    word, remedy = "groups", "add_to_group({id}, group)"

    def __init__(self, core: Core, value: object) -> None:
        self._core = core
        self._named = [("Group", each) for each in listed(value)]
        self._ids: list[int] = []

    async def prepare(self, id: int | None) -> None:
        """Look up the groups."""
        self._ids = await ids_of(await self._core.legacy_core("groups="), self._named)

    async def apply(self, id: int, mode: Mode) -> Sequence[int]:
        """Add the user to those that are missing; an update takes it out of the others."""
        rows = await rows_of(self._core, "add_to_group", id, MEMBERSHIP)
        present = await rows.read()
        there = {row["groups_id"] for row in present}
        for number in self._ids:
            if number not in there:
                await rows.add({"groups_id": number})
        if mode == "update":
            await rows.remove([row for row in present if row["groups_id"] not in self._ids])
        return self._ids


def account_parts(core: Core, _users: Resource, words: Mapping[str, Any]) -> Sequence[Emails | Authorization | Groups]:
    """Return the parts that the words of one user ask for."""
    parts: list[Emails | Authorization | Groups] = []
    if "profile" in words:
        parts.append(Authorization(core, words["profile"], words.get("entity"), words.get("recursive", False)))
    elif alone := [word for word in ("entity", "recursive") if word in words]:
        raise GlpiValidationError(
            f"{alone[0]}= belongs to profile=, which is not there; the entity that a user begins in is default_entity"
        )
    if "emails" in words:
        parts.append(Emails(core, words["emails"]))
    if "groups" in words:
        parts.append(Groups(core, words["groups"]))
    return parts


def texts(value: object) -> list[str]:
    """Return mail addresses; what is none is refused, since GLPI refuses it without a word."""
    addresses: list[str] = []
    several = listed(value)
    if all(is_object(each) and "email" in each for each in several):  # as the High-Level API shows them
        several = by_default(several)
    for each in several:
        if not isinstance(each, str) or not is_address(each):
            raise GlpiValidationError(f"emails: {each!r:.80} is no mail address")
        if each.casefold() not in {known.casefold() for known in addresses}:
            addresses.append(each)
    return addresses


async def ids_of(core: Core, named: Sequence[tuple[str, object]]) -> list[int]:
    """Return the ids of what is named, by itemtype."""
    return await related_ids(core, [Wanted(core.dialect.resource(itemtype), value) for itemtype, value in named])
