"""Making what is missing of a path in a tree: level by level, each looked for by its name and its parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._dialects.shared import ids
from ..._dialects.shared.matching import fold
from ..._dialects.shared.names import NAME, exact, folded, parts_of
from ...exceptions import GlpiAmbiguousNameError, GlpiError, GlpiUnknownOutcomeError, GlpiValidationError
from ..lists.list_part import list_part
from ..names.trees import above, trusted
from .claims import claimed
from .creation import Creation, Idempotency
from .idempotency import once, rehearsed
from .new_entities import come_into_view
from .validation import Write, checked

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
_WANTED = Idempotency(names=("name", "parent"), looks_first=False)
_INDEXED = ("Entity", "Location", "State")
"""Types of which GLPI's database refuses two with the same name and parent, whatever the accents."""
_ROWS = 200
_OF_ALL_LEVELS = ("entity", "entities_id", "is_recursive")


class Level(NamedTuple):
    """One item of a path: its name, the item that it hangs below, and its fields."""

    name: str
    parent: int | None
    fields: Item


async def grown(core: Core, resource: Resource, path: object, item: Mapping[str, Any], validate: str | None) -> Item:
    """Return the item at the end of a path, made where it was not there, with the ids of what was made."""
    names, fields = parts_of(path), ids.new(item, "ensure")
    name, parent = core.dialect.identity(resource, "").fields[NAME], core.dialect.parent_field(resource)
    if wrong := sorted({name, parent} & fields.keys()):
        raise GlpiValidationError(f"ensure(): the path says the {wrong[0]}: leave it out of the fields")
    rehearsal = partial(rehearsed, core.dialect, resource, None, None)
    write = Write(core, resource, None, "create", validate, rehearsal)
    leaf, _ = await checked(write, {name: names[-1], **fields}, {})
    common = {each: leaf[each] for each in _OF_ALL_LEVELS if each in leaf}
    await trusted(core)
    row, names = await _top(core, resource, names)
    made: list[int] = []
    for at, each in enumerate(names):
        own = leaf if at == len(names) - 1 else {name: each, **common}
        below = {} if row is None else {parent: int(row["id"])}
        try:
            row = await _level(core, resource, Level(each, below.get(parent), {**own, **below}))
        except GlpiError as error:
            raise _told(error, made) from None
        made += [] if row["existing"] else [int(row["id"])]
    return {**(row or {}), "made": made}


async def _top(core: Core, resource: Resource, names: list[str]) -> tuple[Item | None, list[str]]:
    """Return what the first level hangs below, and the levels below that: of entities it is the root, named or not."""
    if resource.itemtype != "Entity":
        return None, names
    root = await core.do(core.dialect.get(resource, 0, {}))
    named = folded(NAME, str(root.get("name"))) == folded(NAME, names[0])
    return {**root, "existing": True}, names[1:] if named else names


def _told(error: GlpiError, made: Sequence[int]) -> GlpiError:
    """Return an error that also says what was made above."""
    if made:
        error.message = f"{error.message}. Above it {', '.join(map(str, made))} {'were' if made[1:] else 'was'} made"
        error.args = (error.message, *error.args[1:])
    return error


async def _level(core: Core, resource: Resource, level: Level) -> Item:
    """Return one level, made where it was not there."""

    def holds(row: Item) -> bool:
        return folded(NAME, core.dialect.candidate(resource, row, "").texts[NAME][0]) == folded(NAME, level.name)

    mark = core.dialect.branch(resource, level.fields, level.name, level.parent, holds)
    deadline = core.session.runtime.now() + core.options.longest
    creation = Creation(core, mark, _WANTED, deadline, level.fields)

    async def work(creation: Creation, lost: GlpiUnknownOutcomeError | None) -> Item:
        row = await _there(core, resource, level)
        return creation.existing([row]) if row is not None else await once(creation, lost)

    answer = await (work(creation, None) if core.options.read_only else claimed(creation, work))
    if resource.itemtype == "Entity" and not answer.get("existing"):
        await come_into_view(core, [{"entities_id": answer["id"]}], core.session.view.entities_set)
    return {**answer, "existing": answer.get("existing", False)}


async def _there(core: Core, resource: Resource, level: Level) -> Item | None:
    """Return what hangs there under this name; None where nothing does."""
    rows = await list_part(
        core, resource, core.dialect.children(resource, level.name, level.parent), _ROWS, counts=False
    )
    entity = level.fields.get("entity", level.fields.get("entities_id"))
    seen = await above(core, entity) if resource.itemtype != "Entity" and entity is not None else None
    names = {row["id"]: core.dialect.candidate(resource, row, "") for row in rows}
    fitting = [row for row in rows if seen is None or core.dialect.is_seen_in(row, seen)]
    for form in (exact, folded):
        same = [row for row in fitting if form(NAME, names[row["id"]].texts[NAME][0]) == form(NAME, level.name)]
        if len(same) == 1:
            row: Item = same[0]
            return row
        if same:
            raise _several(core, resource, level, [names[row["id"]] for row in same])
    accented = [row for row in fitting if fold(names[row["id"]].texts[NAME][0]) == fold(level.name)]
    if accented and resource.itemtype in _INDEXED:
        other = names[accented[0]["id"]]
        raise GlpiValidationError(
            f"{level.name!r} cannot be made beside {other.full_name!r} ({other.id}): GLPI refuses two that differ by accents alone"
        )
    return None


def _several(core: Core, resource: Resource, level: Level, candidates: Sequence[Any]) -> GlpiAmbiguousNameError:
    rows = [{"id": each.id, "name": each.full_name, "entity": each.entity} for each in candidates]
    shown = ", ".join(str(row["id"]) for row in rows[:5])
    return core.session.report.clean(
        GlpiAmbiguousNameError(
            f"{level.name!r:.80} is the name of {len(rows)} {resource.itemtype} there: {shown}; nothing was made",
            candidates=rows,
        )
    )
