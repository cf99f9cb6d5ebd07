"""What GLPI's high-level API does wrong, by version: one function each, named after what happens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def _before(version: str, fixed: str) -> bool:
    return [int(part) for part in version.split(".")] < [int(part) for part in fixed.split(".")]


def status_of_a_create(version: str) -> int:
    """Nginx with php-fpm turns "200 with a Location" into 302; 11.0.7 says 201 itself."""
    return 302 if _before(version, "11.0.7") else 201


def any_text_purges(version: str, force: Any) -> bool:
    """`force=false` purges up to 11.0.6: PHP takes any text but "" and "0" for true."""
    if _before(version, "11.0.7"):
        return bool(force) and force != "0"
    return str(force).lower() in {"1", "true", "on", "yes"}


def body_is_json(version: str, content_type: str) -> bool:
    """Up to 11.0.6 a charset in the Content-Type makes the server ignore the body in silence."""
    if _before(version, "11.0.7"):
        return content_type == "application/json"
    return content_type.split(";", maxsplit=1)[0].strip().lower() == "application/json"


def unknown_property_is_ignored(version: str) -> bool:
    """From 11.0.7 on a filter with an unknown property is dropped and the whole list comes back."""
    return not _before(version, "11.0.7")


def notempty_matches_nothing(version: str) -> bool:
    """Up to 11.0.6 `=notempty=` is compiled to `<> NULL`."""
    return _before(version, "11.0.7")


def zones_are_refused(version: str) -> bool:
    """Up to 11.0.6 only `YYYY-MM-DD HH:MM:SS` is taken on writes; later the offset is thrown away."""
    return _before(version, "11.0.7")


def page_needs_too_much_memory(rows: int, *, heavy: bool) -> bool:
    """128 MB hold 5000 tickets with their teams, 10000 they do not; `limit` itself has no maximum."""
    return heavy and rows > 7_500


def parents_that_lose_their_fields(rows: Iterable[dict[str, Any]], name: str = "parent") -> set[int]:
    """A row is cut to what a reference to it holds, when another row of the page refers to it.

    The server keys the records of a page by table and id, and the short record of the join overwrites the long one.
    """
    referred: set[int] = set()
    for row in rows:
        parent = row.get(name)
        if isinstance(parent, dict):
            referred.add(parent["id"])  # pyright: ignore[reportUnknownArgumentType]
    return referred
