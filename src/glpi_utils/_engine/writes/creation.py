"""One create that can be found again: what identifies it, how far it is, how much time it has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._dialects.shared.keyed_creates import KeyedCreate, checked_key
from ..._wire import ItemList
from ...exceptions import GlpiTimeoutError, GlpiUnknownOutcomeError, GlpiValidationError
from ..lists.key_looks import look

if TYPE_CHECKING:
    from ..request.core import Core
    from ..request.retry import Options

Item = dict[str, Any]
Names = str | Sequence[str]


class Idempotency(NamedTuple):
    """What identifies the item of a create: the caller's key, a key made for the call, or fields of the item."""

    key: str | None = None
    names: tuple[str, ...] = ()
    looks_first: bool = True

    @property
    def description(self) -> str:
        """What identifies the item, in words."""
        return f"the key {self.key!r}" if self.key else f"the same {' and '.join(self.names)}"


def idempotency(draw: Callable[[], float], key: str | None, once: bool, unique_by: Names | None) -> Idempotency | None:
    """Read the caller's keywords; None where the create has no key and no fields to be found by."""
    if sum((key is not None, bool(once), unique_by is not None)) > 1:
        raise GlpiValidationError("give one of key=, once=True and unique_by=")
    if key is not None:
        return Idempotency(checked_key(key))
    if unique_by is not None:
        names = (unique_by,) if isinstance(unique_by, str) else tuple(unique_by)
        if not names or not all(isinstance(each, str) for each in names):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise GlpiValidationError('unique_by takes the names of fields: unique_by=("serial",)')
        return Idempotency(names=names)
    if once:
        return Idempotency("once-" + "".join(f"{int(draw() * 16**8):08x}" for _ in range(4)), looks_first=False)
    return None


class Creation:
    """A create that can be found again."""

    __slots__ = ("answer", "core", "deadline", "item", "mark", "wanted")

    def __init__(self, core: Core, mark: KeyedCreate, wanted: Idempotency, deadline: float, item: object) -> None:
        self.core, self.mark, self.wanted, self.deadline, self.item = core, mark, wanted, deadline, item
        self.answer: Item | None = None
        """The server's answer to the create; None before it came."""

    @property
    def left(self) -> float:
        """The seconds that the call still has."""
        return self.deadline - self.core.session.runtime.now()

    def options(self) -> Options:
        """Return the options for the next request: it ends when the whole call does."""
        left = self.left
        if left <= 0:
            raise GlpiTimeoutError("the time allowed for the call (max_time) is over")
        return self.core.options._replace(max_time=left)

    def several(self, rows: Sequence[Item]) -> None:
        """Warn where more than one item is what the create would make."""
        if len(rows) < 2:
            return
        from ..._caller import warn

        first, *others = (str(row["id"]) for row in rows)
        advice = f"{first}, the oldest, is taken; look after {', '.join(others)[:200]}"
        warn(f"{len(rows)} items have {self.wanted.description}: {advice}")

    def existing(self, rows: Sequence[Item]) -> Item:
        """Return the item that is there already, and say so."""
        self.several(rows)
        first = rows[0]
        return {**first, **self.mark.answer(int(first["id"])), "existing": True}

    def unknown(self, lost: GlpiUnknownOutcomeError) -> GlpiUnknownOutcomeError:
        """Return the error of a lost answer again, with what helps to look for the item."""
        return unknown(self.core, lost, self.wanted, self._rows)

    async def _rows(self) -> ItemList:
        rows = await look(self.core, self.mark)
        return ItemList(rows, len(rows), complete=True)


def unknown(
    core: Core, lost: GlpiUnknownOutcomeError, wanted: Idempotency | None, finder: Callable[[], Any]
) -> GlpiUnknownOutcomeError:
    """Return the error again, with what helps to look for the item."""
    more = f" It was looked for by {wanted.description}, and was not there yet." if wanted else ""
    if wanted is None:
        more = (
            " find() of this error looks for it; a create with key= or once=True looks by itself, and makes one item."
        )
    if wanted and wanted.key:
        more += " Creating again with this key is safe once the server is at rest."
    error = GlpiUnknownOutcomeError(
        lost.message.removesuffix(more) + more,
        lost.status_code,
        lost.error_code,
        key=wanted.key if wanted else None,
        finder=core.session.runtime.handed(finder),
    )
    return core.session.report.clean(error)
