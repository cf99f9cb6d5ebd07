"""What GLPI's high-level API does wrong, by version: one function each, named after what happens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glpi_utils.testing.http.quirks import HTML, page
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.quirks import before, since, until


def listed_versions(version: str) -> tuple[str, ...]:
    """2.3 came with 11.0.7, 3.0 with 12; 12 has dropped 2.0 to 2.2."""
    if before(version, "11.0.7"):
        return ("1.0.0", "2.0.0", "2.1.0", "2.2.0")
    if before(version, "12"):
        return ("1.0.0", "2.0.0", "2.1.0", "2.2.0", "2.3.0")
    return ("1.0.0", "2.3.0", "3.0.0")


older_versions_are_marked = since("11.0.8")
"""From 11.0.8 on the list says `deprecated` of all versions but the newest."""


def is_gone(path: str, api: str) -> bool:
    """API 3.0 has neither Assets/SoftwareLicense (Management/License is the same) nor Knowledgebase/Category."""
    gone = ("/Assets/SoftwareLicense", "/Knowledgebase/Category")
    return api.startswith("3.") and any(f"/{path.lstrip('/')}/".startswith(f"{one}/") for one in gone)


def status_of_a_create(version: str) -> int:
    """Nginx with php-fpm turns "200 with a Location" into 302; 11.0.7 says 201 itself."""
    return 302 if before(version, "11.0.7") else 201


def any_text_purges(version: str, force: Any) -> bool:
    """`force=false` purges up to 11.0.6: PHP takes any text but "" and "0" for true."""
    if before(version, "11.0.7"):
        return bool(force) and force != "0"
    return str(force).lower() in {"1", "true", "on", "yes"}


def body_is_json(version: str, content_type: str) -> bool:
    """Up to 11.0.6 a charset in the Content-Type makes the server ignore the body in silence."""
    if before(version, "11.0.7"):
        return content_type == "application/json"
    return content_type.split(";", maxsplit=1)[0].strip().lower() == "application/json"


unknown_property_is_ignored = since("11.0.7")
"""From 11.0.7 on a filter with an unknown property is dropped and the whole list comes back."""

or_escapes_the_scope = until("12")
"""Up to 11 the leading branches of a top-level OR see rows outside the entity, the parent, the id asked for."""


def knows_operator(version: str, operator: str) -> bool:
    """`=notlike=` and `=notilike=` came with 11.0.7."""
    return operator not in {"=notlike=", "=notilike="} or not before(version, "11.0.7")


empty_order_is_an_error = since("11.0.7")
"""`sort=` without a name is a 500 on 11.0.8."""

notempty_matches_nothing = until("11.0.7")
"""Up to 11.0.6 `=notempty=` is compiled to `<> NULL`."""

zones_are_refused = until("11.0.7")
"""Up to 11.0.6 only `YYYY-MM-DD HH:MM:SS` is taken on writes; later PHP reads what it can, offsets thrown away."""

schemas_are_checked = since("11.0.7")
"""From 11.0.7 on a value that its schema does not allow is a 400 that says so for each property."""

words_mean_no = until("11.0.7")
"""Up to 11.0.6 a word for a boolean, "true" as well, is stored as no; later it is a 500."""

lists_become_a_word = since("11.0.7")
"""From 11.0.7 on a list or an object in place of a text is stored as PHP's word for it; before it is a 500."""

members_have_a_type = since("11.0.7")
"""From 11.0.7 on a member of a team says whether it is a User, a Group or a Supplier."""

members_come_once = since("11.0.7")
"""From 11.0.7 on a team is sorted by name as a whole, shows nobody twice, and its roles have no numbers in paths."""

teams_need_a_right = since("11.0.7")
"""From 11.0.7 on a team is seen by who sees the ticket and changed by who may assign; before, 11.0.6 shows any."""

session_tells_more = since("11.0.7")
"""From 11.0.7 on /session has the groups, and life cycles of statuses as JSON in a text."""


def lists_are_dropped(version: str, read: str) -> bool:
    """A list in a write is dropped without a word: an article's categories up to 11.0.6, an asset's groups up to 11.0.8."""
    return before(version, "11.0.9" if read == "groups" else "11.0.7")


steering_needs_a_right = since("11.0.8")
"""Up to 11.0.6 whoever may write a ticket sets its priority by this API and puts it in the trash (CVE-2026-53627)."""

address_is_looked_at_first = since("11.0.7")
"""From 11.0.7 on /token refuses an address that the client does not allow; before, only calls were refused."""


def file_is_missing(version: str, *, named: bool) -> Answer:
    """A document without a file: an empty 500; if it has a name all the same, a page from 11.0.7 on."""
    if not named:
        return Answer(500, (("Content-Type", "application/json"),))
    return Answer(200, (HTML,)) if before(version, "11.0.7") else Answer(500, (HTML,), page("Error - GLPI"))


graphql_kills_the_worker = until("11.0.7")
"""A stock 11.0.6 dies of the first query; 11.0.8 answers."""


def cannot_be_read(version: str, schema: str) -> bool:
    """Models of cartridges and consumables, SIM cards in use: the query names a column that is not there."""
    return version.startswith("11.") and schema in {"CartridgeItem", "ConsumableItem", "SIMCardItem"}


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
