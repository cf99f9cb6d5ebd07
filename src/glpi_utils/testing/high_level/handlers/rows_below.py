"""Rows that hang on one item, with a path below it: versions, installations, project tasks, notes, revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages, writing
from glpi_utils.testing.high_level.api_call import Call, row_id
from glpi_utils.testing.high_level.schemas import Schema
from glpi_utils.testing.http.wire import Answer

Entry = tuple[str, Mapping[str, Any], str]


class Below:
    """One kind of rows below items of one itemtype."""

    without_owner = answers.forbidden()
    """What a new row below nothing is answered with."""

    def __init__(self, path: str, owner: str, schema: str, link: Mapping[str, str | None]) -> None:
        self.path = path
        self.owner = owner
        self.schema = schema
        self.link = link
        """Column -> its fixed value; None: the owner's id."""

    def tie(self, call: Call) -> dict[str, Any]:
        """Return the columns that tie a row to its owner."""
        return {column: call.owner if value is None else value for column, value in self.link.items()}

    def listed(self, call: Call) -> Answer:
        """GET on the collection."""
        schema = call.schema(self.schema)
        where = " AND ".join(f'"{column}" = ?' for column in self.tie(call))
        own = {row["id"] for row in call.world.select(schema.itemtype, where, list(self.tie(call).values()))}
        return self.page(call, schema, own).answer()

    def page(self, call: Call, schema: Schema, own: set[int]) -> row_pages.Page:
        """Return the rows of the owner that the filter leaves."""
        texts = [*row_pages.texts_of(call.params), row_pages.only_ids(sorted(own))]
        return row_pages.search(call, schema, {**call.params, "filter": texts})

    def create(self, call: Call) -> Answer:
        """POST on the collection."""
        call.row(self.owner, call.owner, self.without_owner)
        return self.made(call)

    def made(self, call: Call) -> Answer:
        """Add a row."""
        made = writing.create(call, call.schema(self.schema), self.tie(call))
        href = f"{self.path.format(owner=call.attributes['owner'])}/{made}"
        return writing.created(call, href, made)

    def read(self, call: Call) -> Answer:
        """GET on one row."""
        self.row(call, answers.not_found())
        return row_pages.read(call, self.schema, f"id=={call.id}")

    def update(self, call: Call) -> Answer:
        """PATCH on one row."""
        return writing.update(call, call.schema(self.schema), call.id, self.row(call, answers.forbidden()))

    def delete(self, call: Call) -> Answer:
        """DELETE on one row."""
        return writing.delete(call, call.schema(self.schema), call.id, self.row(call, answers.forbidden()))

    def row(self, call: Call, otherwise: Answer) -> dict[str, Any]:
        """Return the row that the path names, if it hangs on that owner."""
        row = call.world.get(call.schema(self.schema).itemtype, call.id)
        if row is None or any(row.get(column) != value for column, value in self.tie(call).items()):
            raise answers.Stop(otherwise)
        if not call.may("read", call.schema(self.schema).itemtype):
            raise answers.Stop(answers.forbidden())
        return row

    def growing(self, since: str) -> list[Entry]:
        """Return the collection, to look at and to add to."""
        return [(self._collection(), {"GET": self.listed, "POST": self.create}, since)]

    def reading(self, since: str) -> Entry:
        """Return the collection alone, to look at."""
        return self._collection(), {"GET": self.listed}, since

    def routes(self, since: str) -> list[Entry]:
        """Return both paths."""
        one = {"GET": self.read, "PATCH": self.update, "DELETE": self.delete}
        return [*self.growing(since), (self._collection() + "/{id}", one, since)]

    def _collection(self) -> str:
        return self.path.replace("{owner}", r"{owner:\d+}")


class Tasks(Below):
    """The tasks of a project: each has an address of its own elsewhere."""

    def made(self, call: Call) -> Answer:
        """Add a row."""
        made = writing.create(call, call.schema(self.schema), self.tie(call))
        return writing.created(call, f"/Project/Task/{made}", made)


class RackItems(Below):
    """What is built into a rack: machines and what carries them."""

    def create(self, call: Call) -> Answer:
        """POST; the rack need not be there, but the type is looked at, and the error has a shape of its own."""
        itemtype = call.params.get("itemtype", "")
        if itemtype not in RACKED:
            allowed = ", ".join(RACKED)
            return answers.json({"error": f"Invalid itemtype '{itemtype}'. Allowed values are: {allowed}"}, 400)
        return self.made(call)


class Systems(Below):
    """The operating systems of a machine; one that is not there crashes the server."""

    without_owner = answers.crashed()


def typed(path: str, owner: str, schema: str) -> Below:
    """Return rows that name the itemtype and the id of their owner."""
    return Below(path, owner, schema, of(owner))


def of(owner: str) -> dict[str, str | None]:
    """Return the columns that name an itemtype and an id."""
    return {"itemtype": owner, "items_id": None}


_SYSTEMS = "/Assets/{}/{{owner}}/OSInstallation"

ASSETS = (
    "Computer Monitor NetworkEquipment Peripheral Phone Printer SoftwareLicense Certificate Unmanaged Appliance"
).split()
RACKED = tuple("Computer Monitor NetworkEquipment Peripheral Enclosure PDU PassiveDCEquipment".split())
_WITH_SYSTEMS = (*ASSETS, "Software", "Rack", "Enclosure", "PDU", "PassiveDCEquipment", "Cable")
_BELOW = (
    (Below("/Assets/Software/{owner}/Version", "Software", "SoftwareVersion", {"softwares_id": None}), "2.0"),
    (RackItems("/Assets/Rack/{owner}/Item", "Rack", "RackItem", {"racks_id": None}), "2.0"),
    (
        Below("/Knowledgebase/Article/{owner}/Comment", "KnowbaseItem", "KBArticleComment", {"knowbaseitems_id": None}),
        "2.2",
    ),
    *(
        (typed(f"/Assets/{asset}/{{owner}}/SoftwareInstallation", asset, "SoftwareInstallation"), "2.2")
        for asset in ASSETS
    ),
    *((Systems(_SYSTEMS.format(asset), asset, "OSInstallation", of(asset)), "2.2") for asset in _WITH_SYSTEMS),
)

_NOTED = (
    "Appliance Budget CartridgeItem Certificate Change Cluster Computer ConsumableItem Contact Database DatabaseInstance "
    "DCRoom Domain DomainRecord Enclosure Entity Group Line Monitor NetworkEquipment Peripheral Phone Printer Problem "
    "Project ProjectTask Rack Software SoftwareLicense Supplier"
).split()
_WITHOUT_THE_RIGHT = frozenset(
    "Appliance Cluster DCRoom Database DatabaseInstance Domain DomainRecord Enclosure Rack".split()
)
"""GLPI has no right to write notes there, so not even a super-admin has it."""


class Notes(Below):
    """The notes of one itemtype; whether the item is there is not looked at."""

    def create(self, call: Call) -> Answer:
        """POST on the collection."""
        return answers.forbidden() if self.owner in _WITHOUT_THE_RIGHT else self.made(call)


_ARTICLE = "/Knowledgebase/Article/{owner}"


def revisions(call: Call) -> Answer:
    """Return all of one article and language."""
    return row_pages.listed(call, "KBArticleRevision", row_pages.only_ids(row["id"] for row in _revisions(call)))


def revision(call: Call) -> Answer:
    """Return one revision, by its number."""
    number = row_id(call.attributes["revision"])
    row = next((row for row in _revisions(call) if row["revision"] == number), None)
    if row is None:
        return answers.not_found()
    return row_pages.read(call, "KBArticleRevision", f"id=={row['id']}", filtered=False)


def _revisions(call: Call) -> list[dict[str, Any]]:
    language = call.attributes.get("language") or str(call.params.get("language") or "")
    key = [call.owner, language]
    return call.world.select("KnowbaseItem_Revision", "knowbaseitems_id = ? AND language = ?", key)


ROUTES: tuple[Entry, ...] = (
    *(
        *(entry for below, since in _BELOW for entry in below.routes(since)),
        *Tasks("/Project/{owner}/Task", "Project", "ProjectTask", {"projects_id": None}).growing("2.0"),
    ),
    *tuple(
        entry
        for noted in _NOTED
        for entry in Notes(f"/{noted}/{{owner}}/Note", noted, "Note", {"itemtype": noted, "items_id": None}).routes(
            "2.2"
        )
    ),
    *tuple(
        (f"{_ARTICLE}{language}/Revision{tail}", {"GET": handler}, "2.2")
        for language in ("", r"/{language:[A-Za-z]+_[A-Za-z]+}")
        for tail, handler in (("", revisions), ("/{revision}", revision))
    ),
)
