"""Fields that hold several rows, written: the groups of an asset, the categories of an article."""

from __future__ import annotations

from typing import Any, cast

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.high_level.schemas import Field, Schema


def write(call: Call, schema: Schema, id: int) -> None:
    """Replace what a list holds by what the body says, where this version does so."""
    for entry in schema.of("groups", "linked"):
        said = call.params.get(entry.name)
        if said is not None and not quirks.lists_are_dropped(call.version, entry.read):
            _replace(call, schema, entry, id, _ids(said))


def _ids(said: Any) -> list[int]:
    """5, {"id": 5} or a list of either; 0 stands for none."""
    several: list[Any] = list(cast("Any", said)) if isinstance(said, list) else [said]
    ids: list[int] = []
    for one in several:
        plain: Any = cast("dict[str, Any]", one).get("id") if isinstance(one, dict) else one
        try:
            ids.append(int(plain))
        except (TypeError, ValueError):
            raise answers.Stop(answers.crashed()) from None
    return [one for one in ids if one > 0]


def _replace(call: Call, schema: Schema, entry: Field, id: int, ids: list[int]) -> None:
    if entry.read == "groups":
        there = "groups_id"
        fixed: dict[str, Any] = {"itemtype": schema.itemtype, "items_id": id, "type": entry.type}
    else:
        there = entry.there
        fixed = {entry.here: id}
    where = " AND ".join(f'"{name}" = ?' for name in fixed)
    for row in call.world.select(entry.link, where, list(fixed.values())):
        call.world.purge(entry.link, row["id"], call.who)
    for one in ids:
        call.world.insert(entry.link, {**fixed, there: one}, call.who)
