"""The verb that moves assets to another entity, with what is linked to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from ..._caller import warn
from ..._dialects.shared.shapes import is_object
from ..._knowledge.capabilities import with_verb
from ...exceptions import (
    GlpiAPIError,
    GlpiError,
    GlpiNotAppliedError,
    GlpiPermissionError,
    GlpiUnknownOutcomeError,
    GlpiUnsupportedError,
)
from ..names.resolving import item_id
from ..writes.many import settled
from ..writes.together import together
from .of_one_type import OfOneType

Item = dict[str, Any]
_AT_ONCE: Final = 20
"""How many items one request moves: GLPI does it all before it answers."""
_READ_AT_ONCE: Final = 8


class AsyncTransfer(OfOneType):
    """The part of the items' verbs that concerns moving to another entity. The High-Level API alone has it."""

    async def transfer(self, ids: Any, entity: int | str, *, options: Mapping[str, int] | None = None) -> Any:
        """Transfer assets to another entity, with what is linked to them. What is there already is left as it is.

        Everything is kept: financial data, volumes, installations, documents, contracts, components, ports, history. What
        is linked and has an entity of its own (tickets, connected monitors, documents, contracts, certificates) moves
        along; where other items have it too, GLPI copies it.

        Args:
            ids: The id or the name of an asset, or a list of these.
            entity: The id or the name of the entity.
            options: GLPI's own options, where something is not to be kept: ``{"keep_ticket": 1}`` (0 deletes the tickets,
                1 unlinks them, 2 keeps them), ``{"keep_history": 0}``. See Administration > Rules > Transfer in GLPI.

        Returns:
            ``{"id": 5, "entity": 3, "unchanged": False}``, read back; for a list a list of these. ``unchanged`` is True
                where the asset was in that entity already.

        Raises:
            GlpiNotFoundError: There is no such asset or entity. Nothing was moved.
            GlpiValidationError: There is no such option. Nothing was sent.
            GlpiNotAppliedError: GLPI answered that it is done, and the asset is where it was.
            GlpiPartialError: Of a list some were not moved; ``results`` has the outcome of each.
            GlpiUnknownOutcomeError: The answer was lost, and the asset is where it was. Transfer it again: what has moved
                meanwhile stays.
            GlpiUnsupportedError: This is a legacy client, or items of this type belong to no entity.

        >>> api.computer.transfer(1, 0)["entity"]
        0
        """
        self._require("transfer")
        core, dialect = self._core, self._core.dialect
        chosen = dialect.transfer_options(options or {})
        several = isinstance(ids, list | tuple)
        wanted: Sequence[Any] = cast("Sequence[Any]", ids) if several else [ids]
        target = await item_id(core, dialect.resource("Entity"), entity)
        numbers = [await item_id(core, self._resource, each) for each in wanted]
        there = await self._entities(numbers)
        moving = [number for number, place in there.items() if place != target]
        outcomes: dict[int, Item | GlpiError] = {}
        for at in range(0, len(moving), _AT_ONCE):
            outcomes |= await self._move(moving[at : at + _AT_ONCE], target, chosen)
        unchanged = {"entity": target, "unchanged": True}
        results = [outcomes.get(number) or {"id": number, **unchanged} for number in numbers]
        if not several:
            (result,) = results
            if isinstance(result, GlpiError):
                raise result
            return result
        return settled(results)

    async def _move(self, numbers: Sequence[int], target: int, options: Item) -> dict[int, Item | GlpiError]:
        """Move some items, and return what became of each: where it is, or why it is not there."""
        core, problem = self._core, None
        try:
            await core.do(core.dialect.transfer(self._resource.itemtype, numbers, target, options))
        except (GlpiAPIError, GlpiUnknownOutcomeError) as error:
            if core.options.read_only and isinstance(error, GlpiPermissionError):
                raise
            problem = error
        try:
            there = await self._entities(numbers)
        except GlpiError as error:
            return dict.fromkeys(numbers, problem or self._unread(numbers, error))
        return {
            number: {"id": number, "entity": target, "unchanged": False}
            if place == target
            else problem or self._stayed(number, place, target)
            for number, place in there.items()
        }

    def _stayed(self, number: int, place: int, target: int) -> GlpiNotAppliedError:
        text = (
            f"GLPI answered that {self._resource.itemtype} {number} was transferred, but it is in entity {place}, not {target}: "
            f"you may not change it, or entity {target} is not one of yours"
        )
        result = {"id": number, "entity": place, "unchanged": False}
        return self._core.session.report.clean(GlpiNotAppliedError(text, id=number, result=result))

    def _unread(self, numbers: Sequence[int], error: GlpiError) -> GlpiNotAppliedError:
        shown = f"{self._resource.itemtype} {', '.join(map(str, numbers))}"
        text = f"GLPI answered that {shown} moved, which could not be read back: {error.message}. Transfer again: what has moved stays"
        return self._core.session.report.clean(GlpiNotAppliedError(text, id=numbers[0]))

    async def _entities(self, numbers: Sequence[int]) -> dict[int, int]:
        """Read in which entity each item is."""
        single = list(dict.fromkeys(numbers))
        places: list[int] = []
        for at in range(0, len(single), _READ_AT_ONCE):
            reads = [partial(self._entity, number) for number in single[at : at + _READ_AT_ONCE]]
            places += await together(self._core, reads)
        return dict(zip(single, places, strict=True))

    async def _entity(self, number: int) -> int:
        row = await self._core.do(self._core.dialect.get(self._resource, number, {}))
        entity: Any = row.get("entity")
        if not is_object(entity):
            raise GlpiUnsupportedError(
                f"{self._resource.itemtype} {number} belongs to no entity: it cannot be transferred"
            )
        return int(entity["id"])


def warn_of_moves(itemtype: str, rows: Sequence[Item]) -> None:
    """Warn of changes that give an asset another entity, and leave behind what is linked to it."""
    moved = [row for row in rows if "entity" in row or "entities_id" in row]
    if moved and itemtype in with_verb("transfer"):
        warn(
            f"{itemtype} {moved[0].get('id')} gets another entity by update(): what is linked to it (documents, contracts, "
            f"tickets, connected items) stays behind. transfer() takes it along (GlpiOAuthClient, GLPI 11)"
        )
