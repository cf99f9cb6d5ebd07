"""What an article was before, by language; the empty language is the article's own."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.call import Call, row_id
from glpi_utils.testing.http.wire import Answer

_BASE = "/Knowledgebase/Article/{owner}"


def listed(call: Call) -> Answer:
    """All of one article and language."""
    only = f"id=in=({','.join(str(row['id']) for row in _rows(call)) or '0'})"
    params = {**call.params, "filter": row_pages.both(call.params, only)}
    return row_pages.search(call.world, call.who, call.schema("KBArticleRevision"), params).answer()


def read(call: Call) -> Answer:
    """One, by its number."""
    number = row_id(call.attributes["revision"])
    row = next((row for row in _rows(call) if row["revision"] == number), None)
    if row is None:
        return answers.not_found()
    return answers.json(row_pages.one(call.world, call.who, call.schema("KBArticleRevision"), {}, f"id=={row['id']}"))


def _rows(call: Call) -> list[dict[str, Any]]:
    language = call.attributes.get("language") or str(call.params.get("language") or "")
    asked = [row_id(call.attributes["owner"]), language]
    return call.world.select("KnowbaseItem_Revision", "knowbaseitems_id = ? AND language = ?", asked)


ROUTES = tuple(
    (f"{_BASE}{language}/Revision{tail}", {"GET": handler}, "2.2")
    for language in ("", r"/{language:[A-Za-z]+_[A-Za-z]+}")
    for tail, handler in (("", listed), ("/{revision}", read))
)
