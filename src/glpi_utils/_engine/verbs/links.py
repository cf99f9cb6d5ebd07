"""The verbs on what a ticket is to other tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from ..._wire import ItemList
from ...exceptions import GlpiAPIError, GlpiError, GlpiUnknownOutcomeError, GlpiValidationError
from ..names.resolving import item_id
from .link_rows import linked, required, rows_with
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]
KINDS: Final = {"linked": 1, "duplicates": 2, "child of": 3, "parent of": 4}
_WORDS: Final = {number: word for word, number in KINDS.items()}
_FROM_THE_OTHER_SIDE: Final = {1: "linked", 2: "duplicated by", 3: "parent of", 4: "child of"}
_ITEM_LINKS: Final = {
    "Ticket": "Item_Ticket",
    "Change": "Change_Item",
    "Problem": "Item_Problem",
    "Project": "Item_Project",
}


class AsyncLinks(OfOneType):
    """The part of the items' verbs that concerns links. GLPI has them on the legacy API alone."""

    async def links(self, id: int | str) -> ItemList[Item]:
        """Read the links of a ticket to others.

        Args:
            id: The id of the ticket.

        Returns:
            An `ItemList` of dicts: ``id`` (of the link), ``ticket`` (the id of the other one), ``link``: what this one is
                to the other: "linked", "duplicates", "duplicated by", "child of", "parent of".

        Raises:
            GlpiNotFoundError: There is no such ticket, or you may not see it.
            GlpiUnsupportedError: Only tickets have links.

        >>> api.ticket.links(1)
        []
        """
        self._require("links")
        core, number = await linked(self._core, self._resource.itemtype, "links", id)
        return await _links(core, number)

    async def link(self, id: int | str, other: int | str, kind: str = "linked") -> Item:
        """Link a ticket to another one. A second call changes nothing.

        GLPI keeps one link between two tickets, and its "duplicates" replaces "linked". Who solves a ticket solves its
        duplicates along.

        Args:
            id: The id of the ticket.
            other: The id of the other ticket.
            kind: What the ticket is to the other one: "linked", "duplicates", "child of" or "parent of".

        Returns:
            The link, as `links` shows it, with ``existing``: True where it was there already.

        Raises:
            GlpiNotFoundError: There is no such ticket. Nothing was linked.
            GlpiValidationError: The kind is none of these, or both are the same ticket. Nothing was sent.
            GlpiAPIError: GLPI refuses it: the two are linked in another way already; the message says how.
            GlpiUnknownOutcomeError: The answer was lost, and the link is not there.

        >>> one, two = (api.ticket.create({"name": name, "content": "Room 12"})["id"] for name in ("One", "Two"))
        >>> api.ticket.link(one, two, "duplicates")["existing"], api.ticket.link(one, two, "duplicates")["existing"]
        (False, True)
        >>> [each["link"] for each in api.ticket.links(two)]
        ['duplicated by']
        """
        self._require("link")
        if kind not in KINDS:
            raise GlpiValidationError(f"a link is one of {', '.join(map(repr, KINDS))}, not {kind!r:.40}")
        core, number = await linked(self._core, self._resource.itemtype, "link", id)
        partner = await required(core, core.dialect.resource("Ticket"), other)
        if partner == number:
            raise GlpiValidationError(f"ticket {number} cannot be linked to itself")
        if present := await _link(core, number, partner, kind):
            return {**present, "existing": True}
        fields = {"tickets_id_1": number, "tickets_id_2": partner, "link": KINDS[kind]}
        try:
            await core.do(core.dialect.create(core.dialect.resource("Ticket_Ticket"), fields, {}))
        except GlpiUnknownOutcomeError:
            if (present := await _link(core, number, partner, kind)) is None:
                raise
            return {**present, "existing": False}
        except GlpiAPIError as refusal:
            raise await _explained(core, refusal, number, partner) from None
        present = await _link(core, number, partner, kind)
        if present is None:
            raise GlpiAPIError(f"GLPI answered that ticket {number} was linked to {partner}, and did not link them")
        return {**present, "existing": False}

    async def unlink(self, id: int | str, other: int | str) -> Sequence[Item]:
        """Remove the links between two tickets. Where there is none, nothing is done.

        Args:
            id: The id of the ticket.
            other: The id of the other ticket.

        Returns:
            The links that were removed, as `links` shows them.

        Raises:
            GlpiNotFoundError: There is no such ticket.

        >>> api.ticket.unlink(1, 2)
        []
        """
        self._require("unlink")
        core, number = await linked(self._core, self._resource.itemtype, "unlink", id)
        partner = await item_id(core, core.dialect.resource("Ticket"), other)
        gone = [each for each in await _links(core, number) if each["ticket"] == partner]
        for each in gone:
            await core.do(core.dialect.delete(core.dialect.resource("Ticket_Ticket"), each["id"], True, True))
        return gone


async def _links(core: Core, number: int) -> ItemList[Item]:
    shown = [
        {"id": row["id"], "ticket": row["tickets_id_2"], "link": _WORDS.get(row["link"], str(row["link"]))}
        for row in await rows_with(core, "Ticket_Ticket", {"tickets_id_1": number})
    ]
    shown += [
        {
            "id": row["id"],
            "ticket": row["tickets_id_1"],
            "link": _FROM_THE_OTHER_SIDE.get(row["link"], str(row["link"])),
        }
        for row in await rows_with(core, "Ticket_Ticket", {"tickets_id_2": number})
    ]
    shown.sort(key=lambda each: each["id"])
    return ItemList(shown, len(shown), complete=True)


async def _link(core: Core, number: int, partner: int, kind: str) -> Item | None:
    for each in await _links(core, number):
        if (each["ticket"], each["link"]) == (partner, kind):
            return each
    return None


async def _explained(core: Core, refusal: GlpiAPIError, number: int, partner: int) -> GlpiError:
    """Return the refusal of a link with how the two are linked: GLPI refuses it with an empty message."""
    present = [each["link"] for each in await _links(core, number) if each["ticket"] == partner]
    if not present:
        return refusal
    text = f"tickets {number} and {partner} are linked already, as {present[0]!r}, and GLPI takes no such link beside it: unlink() them"
    return core.session.report.clean(type(refusal)(text, refusal.status_code, refusal.error_code))
