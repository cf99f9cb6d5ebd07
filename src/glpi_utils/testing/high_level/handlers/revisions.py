"""What an article was before, by language; the empty language is the article's own."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.high_level import answers, row_pages
from glpi_utils.testing.high_level.call import Call, row_id
from glpi_utils.testing.http.wire import Answer

_BASE = "/Knowledgebase/Article/{owner}"


def listed(call: Call) -> Answer:
    """All of one article and language."""
    return row_pages.listed(call, "KBArticleRevision", row_pages.only_ids(row["id"] for row in _rows(call)))


def read(call: Call) -> Answer:
    """One, by its number."""
    number = row_id(call.attributes["revision"])
    row = next((row for row in _rows(call) if row["revision"] == number), None)
    if row is None:
        return answers.not_found()
    return row_pages.read(call, "KBArticleRevision", f"id=={row['id']}", filtered=False)


def _rows(call: Call) -> list[dict[str, Any]]:
    language = call.attributes.get("language") or str(call.params.get("language") or "")
    asked = [call.owner, language]
    return call.world.select("KnowbaseItem_Revision", "knowbaseitems_id = ? AND language = ?", asked)


ROUTES = tuple(
    (f"{_BASE}{language}/Revision{tail}", {"GET": handler}, "2.2")
    for language in ("", r"/{language:[A-Za-z]+_[A-Za-z]+}")
    for tail, handler in (("", listed), ("/{revision}", read))
)
