"""What came with API 2.3 below items: costs, volumes, links to articles and contracts, a project's team and tickets."""

from __future__ import annotations

from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.api_call import Call, row_id
from glpi_utils.testing.high_level.handlers.rows_below import Below, Entry
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

SINCE = "2.3"


class Loose(Below):
    """Rows whose owner is looked at when one is read, and never when one is changed or removed."""

    def read(self, call: Call) -> Answer:
        """GET on one row of this owner."""
        super().row(call, answers.not_found())
        return row_pages.read(call, self.schema, f"id=={call.id}")

    def row(self, call: Call, otherwise: Answer) -> dict[str, Any]:
        """Return the row that the path names, whatever it hangs on."""
        itemtype = call.schema(self.schema).itemtype
        row = call.row(itemtype, call.id, answers.not_found())
        call.require("read", itemtype)
        return row


class Costs(Loose):
    """Costs: their owner is not looked at on GET either, and no sign stands between a filter and the owner's."""

    without_owner = answers.not_found()
    read = Below.read

    def listed(self, call: Call) -> Answer:
        """GET on the collection: `name==a` is asked for as `name==aticket.id==3`."""
        schema = call.schema(self.schema)
        ((column, owner),) = self.tie(call).items()
        above = next(entry.name for entry in schema.of("join") if entry.column == column)
        params = {**call.params, "filter": f"{row_pages.text_of(call.params)}{above}.id=={owner}"}
        return row_pages.search(call, schema, params).answer()


class OfProjects(Loose):
    """A project's team and what it is linked to: a new row is told without its address."""

    def made(self, call: Call) -> Answer:
        """Add a row."""
        made = super().made(call)
        number = row_id(str(made.header("Location")).rsplit("/", 1)[-1])
        return answers.json({"id": number, "href": "/"}, made.status, (("Location", "/"),))

    def delete(self, call: Call) -> Answer:
        """DELETE: a ticket, change or problem is named by its own id, a member by that of the row."""
        itemtype = self.link.get("itemtype")
        if itemtype is not None:
            tie = {**self.tie(call), "items_id": call.id}
            where = " AND ".join(f'"{column}" = ?' for column in tie)
            rows = call.world.select(call.schema(self.schema).itemtype, where, list(tie.values()))
            if not rows:
                return answers.not_found()
            call.attributes["id"] = str(rows[0]["id"])
        return super().delete(call)


def pending_reason(call: Call, parent: str) -> Answer:
    """Return why a ticket waits: one row, and not which reason it is."""
    schema = call.schema("PendingReason_Item")
    owner = call.owner
    rows = call.world.select(schema.itemtype, "itemtype = ? AND items_id = ?", [parent, owner], limit=1)
    if not rows:
        return answers.not_found()
    return row_pages.read(call, "PendingReason_Item", f"id=={rows[0]['id']}", filtered=False)


def _kind(path: str) -> type[Loose]:
    if path.endswith("/Cost"):
        return Costs
    return OfProjects if path.startswith(("Project/{}", "Project/Task/")) else Loose


def _routes() -> list[Entry]:
    made: list[Entry] = []
    for path, entry in knowledge.below().items():
        whole = f"/{path.replace('{}', '{owner}')}"
        if entry["schema"] == "PendingReason_Item":
            one = partial(pending_reason, parent=entry["owner"])
            made.append((whole.replace("{owner}", r"{owner:\d+}"), {"GET": one}, SINCE))
            continue
        rows = _kind(path)(whole, entry["owner"], entry["schema"], entry["link"])
        for (place, verbs, since), kept in zip(rows.routes(SINCE), (entry["list"], entry["item"]), strict=True):
            if kept:
                made.append((place, {name: verb for name, verb in verbs.items() if name in kept}, since))
    return made


ROUTES = _routes()
