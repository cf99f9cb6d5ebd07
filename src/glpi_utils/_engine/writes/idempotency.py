"""Creating once: a key is looked up before, carried in the create, and looked for when the answer is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.keyed_creates import KeyedCreate, Sub
from ..._wire import Operation
from ...exceptions import GlpiAPIError, GlpiError, GlpiUnknownOutcomeError, GlpiValidationError
from ..lists.key_looks import look
from ..request.report import SENT, noted
from ..request.retry import Retry
from .claims import claimed
from .creation import Creation, Idempotency, Names, idempotency, unknown
from .lost_create import candidates
from .new_entities import made

if TYPE_CHECKING:
    from ..._dialects.dialect import Dialect
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

__all__ = ["Names", "created", "idempotency", "look", "once", "one_by_one", "rehearsed"]

Item = dict[str, Any]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 16.0
_NEAR = 1000
"""A create at the same moment has an id not further away than this."""


def rehearsed(
    dialect: Dialect, resource: Resource, sub: Sub | None, wanted: Idempotency | None, item: object, extra: Item
) -> Operation[Item]:
    """Build a create and send nothing: what is wrong with it is refused before the first request."""
    if wanted is None:
        return (
            dialect.create(resource, item, extra) if sub is None else dialect.add_sub_item(resource, *sub, item, extra)
        )
    if wanted.key is None:
        return dialect.matched(resource, sub, item, extra, wanted.names).operation
    return dialect.keyed(resource, sub, item, extra, wanted.key, False).operation


async def created(
    core: Core, resource: Resource, sub: Sub | None, item: object, extra: Item, wanted: Idempotency | None
) -> Any:
    """Create one item, once if that is wanted: then the answer says whether it was there before."""
    runtime = core.session.runtime
    began = runtime.now()
    if wanted is not None:
        mark = await _mark(core, resource, sub, item, extra, wanted)
        creation = Creation(core, mark, wanted, began + core.options.longest, item)
        alone = not wanted.looks_first or core.options.read_only
        answer: Item = await (once(creation, None) if alone else claimed(creation, once))
        return {**answer, "existing": answer.get("existing", False)}
    try:
        operation = rehearsed(core.dialect, resource, sub, None, item, extra)
        return await made(core, item, lambda: core.do(operation))
    except GlpiUnknownOutcomeError as lost:
        raise unknown(core, lost, None, lambda: candidates(core, resource, sub, item, began)) from None


async def one_by_one(
    core: Core, resource: Resource, rows: Sequence[object], extra: Item, wanted: Idempotency
) -> list[Any]:
    """Create each of a list by itself: each is looked for by itself. A key of the caller's names one item only."""
    from .many import each

    if wanted.key and wanted.looks_first:
        raise GlpiValidationError("a key names one item: create a list one by one, each with its own key")

    def work(row: object) -> Callable[[], Awaitable[Any]]:
        own = wanted if wanted.names else idempotency(core.session.runtime.draw, None, True, None)
        return lambda: created(core, resource, None, row, extra, own)

    return await each(core, [work(row) for row in rows])


async def _mark(
    core: Core, resource: Resource, sub: Sub | None, item: object, extra: Item, wanted: Idempotency
) -> KeyedCreate:
    dialect = core.dialect
    if wanted.key is None:
        return dialect.matched(resource, sub, item, extra, wanted.names)
    mark = dialect.keyed(resource, sub, item, extra, wanted.key, False)  # what is wrong is refused before any request
    if not dialect.needs_version(resource, sub):
        return mark
    version = await core.version()
    return dialect.keyed(resource, sub, item, extra, wanted.key, version.major >= 11)


async def once(creation: Creation, lost: GlpiUnknownOutcomeError | None) -> Item:
    """Look, create, and look again; where an earlier create is ``lost``, look for that one alone."""
    core, mark, wanted = creation.core, creation.mark, creation.wanted
    if lost is not None:
        return creation.existing(await _appeared(creation, lost))
    if wanted.looks_first and (rows := await look(core, mark, options=creation.options())):
        return creation.existing(rows)
    try:
        creation.answer = await made(core, creation.item, lambda: core.do(mark.operation, options=creation.options()))
    except GlpiUnknownOutcomeError as error:
        rows = await _appeared(creation, error)
        return mark.answer(int(rows[0]["id"]))
    except GlpiAPIError:
        if mark.unique and (rows := await look(core, mark, options=creation.options())):
            return creation.existing(rows)  # refused since another writer was here first
        raise
    if wanted.looks_first and mark.cheap and not mark.unique:
        return await _settled(creation, creation.answer)
    return creation.answer


async def _appeared(creation: Creation, lost: GlpiUnknownOutcomeError) -> list[Item]:
    """Look for what was sent, at once and with growing pauses: GLPI may be at it still."""
    core, wanted = creation.core, creation.wanted
    report, runtime, options = core.session.report, core.session.runtime, core.options
    end = min(runtime.now() + options.timeout, creation.deadline)
    pause = _FIRST_PAUSE
    report.debug("the answer to a create was lost (%s), looking for %s", lost.message, wanted.description)
    try:
        while True:
            left = end - runtime.now()
            quick = options._replace(retry=Retry(attempts=1), max_time=max(left, 1.0))
            try:
                if rows := await look(core, creation.mark, options=quick):
                    return rows
            except GlpiError as trouble:
                report.debug("looking for %s: %s", wanted.description, trouble.message)
            left = end - runtime.now()
            if left <= 0:
                raise creation.unknown(lost) from None
            await runtime.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)
    except GlpiError:
        raise
    except BaseException as stop:  # cancelled, Ctrl-C: whoever stops it decides, we only tell what is known
        noted(stop, f"a create with {wanted.description} {SENT}")
        raise


async def _settled(creation: Creation, answer: Item) -> Item:
    """Look once more after the create: of two writers at the same moment the later one finds both items."""
    number = int(answer["id"])
    try:
        rows = await look(creation.core, creation.mark, max(1, number - _NEAR), creation.options())
    except GlpiError as trouble:  # it is created, whatever this says
        description = creation.wanted.description
        creation.core.session.report.debug("a second look for %s: %s", description, trouble.message)
        return answer
    if not rows or int(rows[0]["id"]) == number:
        creation.several(rows)
        return answer
    return creation.existing(rows)
