"""Looking up one name: the candidates, the one that is meant, what else may have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._dialects.shared.names import KEY, LOGIN, NAME, Candidate, Name, picked
from ..._dialects.shared.query import Listing
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiAmbiguousNameError, GlpiError, GlpiNotFoundError
from ...filters import Comparison
from ..lists.gather import gathered
from ..lists.key_looks import keyed_rows
from ..lists.list_part import list_part
from ..lists.walks import walks
from .templates import without_templates

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
_ROWS = 200
_SHOWN = 5


async def looked_up(core: Core, resource: Resource, name: Name, *, trashed: bool = False) -> int:
    """Return the id of the one item that a name means."""
    version = (await core.session.prefix(core.options.longest)).removeprefix("v")
    rows = await _rows(core, resource, name, version, trashed=trashed)
    every = {row["id"]: core.dialect.candidate(resource, row, version) for row in rows}
    if name.by == KEY:
        every = {number: each._replace(texts={KEY: (name.text,)}) for number, each in every.items()}
    candidates = [each for each in every.values() if not each.template]
    chosen = picked(name, [each for each in candidates if each.trashed is trashed])
    if chosen and core.dialect.hides_templates(resource, version):
        chosen = await without_templates(core, resource, chosen)
    if len(chosen) == 1:
        return chosen[0].id
    if chosen:
        raise await _ambiguous(core, resource, name, chosen)
    elsewhere = (
        picked(name, candidates) if trashed or candidates else await _in_the_trash(core, resource, name, version)
    )
    raise await _missing(core, resource, name, elsewhere, version, trashed=trashed)


async def _in_the_trash(core: Core, resource: Resource, name: Name, version: str) -> list[Candidate]:
    """Return what is in the trash under a name that nothing else has."""
    if name.by == KEY or not core.dialect.keeps_trash_apart:
        return []
    try:
        rows = await _rows(core, resource, name, version, trashed=True)
    except GlpiError:
        return []
    return [
        each for each in picked(name, [core.dialect.candidate(resource, row, version) for row in rows]) if each.trashed
    ]


async def _rows(core: Core, resource: Resource, name: Name, version: str, *, trashed: bool) -> list[Item]:
    if name.by == KEY:
        return await keyed_rows(core, resource, name.text)
    rows: list[Item] = []
    for lookup in core.dialect.lookups(resource, name, version, trashed=trashed):
        if not isinstance(lookup, Listing):
            rows += (await core.do(lookup)).items
            continue
        part = await list_part(core, resource, lookup, _ROWS, counts=False)
        rows += part if len(part) < _ROWS else await gathered(walks(core, resource, lookup))
    return rows


async def _ambiguous(core: Core, resource: Resource, name: Name, chosen: list[Candidate]) -> GlpiAmbiguousNameError:
    chosen.sort(key=lambda each: each.id)
    entities = {each.entity: await _entity(core, each.entity) for each in chosen[:_SHOWN]}
    rows = [
        {"id": each.id, "name": each.full_name, "entity": entities.get(each.entity, each.entity)} for each in chosen
    ]
    shown = ", ".join(f"{row['id']} ({row['name']}, {row['entity']})" for row in rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} others" if len(rows) > _SHOWN else ""
    return core.session.report.clean(
        GlpiAmbiguousNameError(
            f"{name.written!r:.80} is the name of {len(rows)} {resource.itemtype}: {shown}{more}. Give the id",
            candidates=rows,
        )
    )


async def _entity(core: Core, entity: Any) -> Any:
    """Return the full name of an entity that a row names by its id."""
    if not isinstance(entity, int):
        return entity
    try:
        row = await core.do(core.dialect.get(core.dialect.resource("Entity"), entity, {}))
    except GlpiError:
        return entity
    return row.get("completename") or entity


async def _missing(
    core: Core, resource: Resource, name: Name, elsewhere: list[Candidate], version: str, *, trashed: bool
) -> GlpiNotFoundError:
    where = " in the trash" if trashed else ""
    text = f"there is no {resource.itemtype} {name.written!r:.80}{where}, or none that you may see"
    if elsewhere:
        ids = ", ".join(str(each.id) for each in elsewhere[:_SHOWN])
        text += f"; {ids} {'is not' if trashed else 'is'} in the trash"
    elif meant := did_you_mean([repr(each) for each in await _closest(core, resource, name, version)], before="; "):
        text += meant
    return core.session.report.clean(GlpiNotFoundError(text, 404, "ERROR_ITEM_NOT_FOUND"))


async def _closest(core: Core, resource: Resource, name: Name, version: str) -> list[str]:
    """Return the names that look most like one that nothing has, as far as they begin alike."""
    fields = core.dialect.identity(resource, version).fields
    field = fields.get(LOGIN) or fields.get(NAME)
    if name.by == KEY or not field:
        return []
    last = name.text.rpartition(">")[2].strip()
    known: dict[str, str] = {}
    for begin in (last[:2], last[:1]):
        try:
            keywords = {"filter": Comparison((field,), "startswith", begin)}
            rows = await list_part(core, resource, core.dialect.listing(resource, keywords), _ROWS, counts=False)
        except GlpiError:
            continue
        for row in rows:
            each = core.dialect.candidate(resource, row, version)
            if not each.trashed and not each.template:
                known |= {text: each.full_name for kind in (LOGIN, NAME) for text in each.texts.get(kind, ())}
        if near := near_names(last, known, plain=str.casefold):
            return list(dict.fromkeys(known[each] for each in near))
    return []
