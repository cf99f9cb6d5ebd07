"""Creating once: a key is looked up before, carried in the create, and looked for when the answer is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .._dialects.carrying import Mark, Sub, checked_key
from .._wire import Ask, ItemList
from ..exceptions import GlpiAPIError, GlpiError, GlpiUnknownOutcomeError, GlpiValidationError
from .core import warn
from .finding import candidates
from .report import noted
from .retry import Options, Retry

if TYPE_CHECKING:
    from .._dialects.dialect import Dialect
    from .core import Core

Item = dict[str, Any]
Names = str | Sequence[str]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 16.0
_NEAR = 1000
"""A create at the same moment has an id not further away than this."""


class Wish(NamedTuple):
    """How a create is to be found again: by the caller's key, by one made for the call, by fields of its own."""

    key: str | None = None
    names: tuple[str, ...] = ()
    looks_first: bool = True

    @property
    def told(self) -> str:
        """What it goes by, in words."""
        return f"the key {self.key!r}" if self.key else f"the same {' and '.join(self.names)}"


def wish(draw: Callable[[], float], key: str | None, once: bool, unique_by: Names | None) -> Wish | None:
    """Read what the caller said; None where the create goes without."""
    if sum((key is not None, bool(once), unique_by is not None)) > 1:
        raise GlpiValidationError("give one of key=, once=True and unique_by=")
    if key is not None:
        return Wish(checked_key(key))
    if unique_by is not None:
        names = (unique_by,) if isinstance(unique_by, str) else tuple(unique_by)
        if not names or not all(isinstance(each, str) for each in names):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise GlpiValidationError('unique_by takes the names of fields: unique_by=("serial",)')
        return Wish(names=names)
    if once:
        return Wish("once-" + "".join(f"{int(draw() * 16**8):08x}" for _ in range(4)), looks_first=False)
    return None


def rehearsed(
    dialect: Dialect, name: str, sub: Sub | None, wanted: Wish | None, item: object, extra: Item
) -> Ask[Item]:
    """Make a create and send nothing: what is wrong is refused before the server is asked anything."""
    if wanted is None:
        return dialect.create(name, item, extra) if sub is None else dialect.add_sub_item(name, *sub, item, extra)
    if wanted.key is None:
        return dialect.matched(name, sub, item, extra, wanted.names).ask
    return dialect.keyed(name, sub, item, extra, wanted.key, False).ask


async def created(core: Core, name: str, sub: Sub | None, item: object, extra: Item, wanted: Wish | None) -> Any:
    """Create one item, once if that is wanted."""
    runtime = core.session.runtime
    began = runtime.now()
    if wanted is not None:
        return await _once(core, await _mark(core, name, sub, item, extra, wanted), wanted, began)
    try:
        return await core.do(rehearsed(core.dialect, name, sub, None, item, extra))
    except GlpiUnknownOutcomeError as lost:
        raise _unknown(core, lost, None, lambda: candidates(core, name, sub, item, began)) from None


async def one_by_one(core: Core, name: str, rows: Sequence[object], extra: Item, wanted: Wish) -> list[Any]:
    """Create each of a list by itself: each is looked for by itself. A key of the caller's names one item only."""
    from .each import each

    if wanted.key and wanted.looks_first:
        raise GlpiValidationError("a key names one item: create a list one by one, each with its own key")

    def work(row: object) -> Callable[[], Awaitable[Any]]:
        own = wanted if wanted.names else wish(core.session.runtime.draw, None, True, None)
        return lambda: created(core, name, None, row, extra, own)

    return await each(core, [work(row) for row in rows])


async def _mark(core: Core, name: str, sub: Sub | None, item: object, extra: Item, wanted: Wish) -> Mark:
    dialect = core.dialect
    if wanted.key is None:
        return dialect.matched(name, sub, item, extra, wanted.names)
    mark = dialect.keyed(name, sub, item, extra, wanted.key, False)  # what is wrong is refused before any request
    if not dialect.needs_version(name, sub):
        return mark
    if core.version is None:
        core.version = await core.native.version(core)
    return dialect.keyed(name, sub, item, extra, wanted.key, core.version.major >= 11)


async def _once(core: Core, mark: Mark, wanted: Wish, began: float) -> Item:
    if wanted.looks_first and (found := await look(core, mark)):
        return _existing(mark, found, wanted)
    try:
        answer = await core.do(mark.ask)
    except GlpiUnknownOutcomeError as lost:
        return await _lost(core, mark, wanted, began, lost)
    except GlpiAPIError:
        if mark.unique and (found := await look(core, mark)):  # refused since another writer was here first
            return _existing(mark, found, wanted)
        raise
    if wanted.looks_first and mark.cheap and not mark.unique:
        return await _settled(core, mark, answer, wanted)
    return answer


async def look(core: Core, mark: Mark, low: int | None = None, options: Options | None = None) -> list[Item]:
    """Read the rows that carry a mark, the oldest first."""
    found: dict[int, Item] = {}
    for ask_from in mark.looks:
        start = 0
        while True:
            page = await core.do(ask_from(start, low), options=options)
            found |= {int(row["id"]): row for row in page.items if mark.holds(row)}
            start += len(page.items)
            if not page.items or page.total is None or start >= page.total:
                break
    return [found[number] for number in sorted(found)]


async def _lost(core: Core, mark: Mark, wanted: Wish, began: float, lost: GlpiUnknownOutcomeError) -> Item:
    """Look for what was sent, at once and with growing pauses: GLPI may be at it still."""
    report, runtime, options = core.session.report, core.session.runtime, core.options
    end = min(runtime.now() + options.timeout, began + options.longest)
    pause = _FIRST_PAUSE
    report.debug("the answer to a create was lost (%s), looking for %s", lost.message, wanted.told)
    try:
        while True:
            left = end - runtime.now()
            quick = options._replace(retry=Retry(attempts=1), max_time=max(left, 1.0))
            try:
                if found := await look(core, mark, options=quick):
                    return mark.answer(int(found[0]["id"]))
            except GlpiError as trouble:
                report.debug("looking for %s: %s", wanted.told, trouble.message)
            left = end - runtime.now()
            if left <= 0:
                raise _unknown(core, lost, wanted, lambda: _rows(core, mark)) from None
            await runtime.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)
    except GlpiError:
        raise
    except BaseException as stop:  # cancelled, Ctrl-C: whoever stops it decides, we only tell what is known
        noted(stop, f"a create with {wanted.told} was sent, its outcome is unknown")
        raise


async def _settled(core: Core, mark: Mark, answer: Item, wanted: Wish) -> Item:
    """Look once more after the create: of two writers at the same moment the later one finds both items."""
    number = int(answer["id"])
    try:
        found = await look(core, mark, max(1, number - _NEAR))
    except GlpiError as trouble:  # it is created, whatever this says
        core.session.report.debug("a second look for %s: %s", wanted.told, trouble.message)
        return answer
    if not found or int(found[0]["id"]) == number:
        _several(found, wanted)
        return answer
    return _existing(mark, found, wanted)


def _existing(mark: Mark, found: Sequence[Item], wanted: Wish) -> Item:
    """Give the item that is there already, and say so."""
    _several(found, wanted)
    first = found[0]
    return {**first, **mark.answer(int(first["id"])), "existing": True}


def _several(found: Sequence[Item], wanted: Wish) -> None:
    if len(found) < 2:
        return
    first, *others = (str(row["id"]) for row in found)
    warn(f"{len(found)} items have {wanted.told}: {first}, the oldest, is taken; look after {', '.join(others)[:200]}")


async def _rows(core: Core, mark: Mark) -> ItemList:
    found = await look(core, mark)
    return ItemList(found, len(found), complete=True)


def _unknown(
    core: Core, lost: GlpiUnknownOutcomeError, wanted: Wish | None, finder: Callable[[], Any]
) -> GlpiUnknownOutcomeError:
    """Give the error again, with what helps to look for the item."""
    more = f" It was looked for by {wanted.told}, and was not there yet." if wanted else ""
    if wanted and wanted.key:
        more += " Creating again with this key is safe once the server is at rest."
    error = GlpiUnknownOutcomeError(
        lost.message + more,
        lost.status_code,
        lost.error_code,
        key=wanted.key if wanted else None,
        finder=core.session.runtime.handed(finder),
    )
    return core.session.report.clean(error)
