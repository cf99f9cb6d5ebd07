"""Fields of a write that the other API alone writes: they go by the legacy session, right after the item itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ...exceptions import GlpiError, GlpiNotAppliedError
from ..request.report import noted

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..._dialects.shared.write_rules import Checked
    from ..request.core import Core

Item = dict[str, Any]
Call = Callable[[], Awaitable[Any]]


class Apart:
    """What of one row goes by the legacy session, checked there and not sent yet; of most rows nothing does."""

    def __init__(self, core: Core, resource: Resource, names: Sequence[str], columns: Item, verify: object) -> None:
        self._core, self._resource, self._verify = core, resource, verify
        self._names, self._columns = names, columns

    async def creation(self, make: Call) -> Any:
        """Create the item, then write these fields; an item that was there already is left as it is."""
        made = await make()
        if self._columns and not made.get("existing"):
            remedy = f"Do not create it again: use update({{'id': {made['id']}, {self._names[0]!r}: ...}})"
            await self._write(int(made["id"]), "was created", made, remedy)
        return made

    async def change(self, item: Item, change: Call, read: Call) -> Any:
        """Change the item, then these fields; the row that comes back is read after both."""
        if not self._columns:
            return await change()
        result = await change() if len(item) > 1 else None
        await self._write(int(item["id"]), "was updated" if result is not None else "is as it was", result, "Repeat it")
        return await read()

    async def _write(self, number: int, made: str, result: Any, remedy: str) -> None:
        from ..writes.verify import Check

        core, sent = self._core, {"id": number, **self._columns}
        what = f"{self._resource.itemtype} {number} {made}"
        try:
            send = partial(core.do, core.dialect.update(self._resource, sent, {}))
            await Check(core, self._resource, None, self._verify).change(sent, send)
        except GlpiError as error:
            text = f"{what}, but not its {' and '.join(self._names)}: {error.message}. {remedy}"
            ignored = dict.fromkeys(self._names, error)
            raise core.session.report.clean(
                GlpiNotAppliedError(
                    text, error.status_code, error.error_code, id=number, result=result, ignored=ignored
                )
            ) from error
        except BaseException as stop:  # cancelled, Ctrl-C
            noted(stop, f"{what}; {' and '.join(self._names)} may be missing")
            raise


async def apart(
    core: Core, resource: Resource, rows: Sequence[Checked], validate: str | None, verify: object
) -> Sequence[Apart]:
    """Open the legacy session where a row needs it, and check there what goes by it, before anything is written.

    Nothing comes back where no row needs it.
    """
    first = next(((name, each) for row in rows for name, each in row.elsewhere.items()), None)
    if first is None or core.options.read_only:  # the write itself is refused then
        return []
    from ..writes.validation import Write, each_checked

    legacy = await core.legacy_core(first[0], first[1].why)
    there = legacy.dialect.resource(resource.itemtype)
    parts: list[Apart] = []
    for row in rows:
        write = Write(legacy, there, None, "update", validate, partial(legacy.dialect.update, there))
        columns = {"id": 1, **{each.column: each.value for each in row.elsewhere.values()}}
        (sent,), _ = await each_checked(write, [columns], {})
        sent.pop("id")
        parts.append(Apart(legacy, there, list(row.elsewhere), sent, verify))
    return parts
