"""What the legacy API of one GLPI version does otherwise than another, one function per oddity, named after it."""

from __future__ import annotations

import html
import re
from typing import Any

from glpi_utils.testing.legacy import php
from glpi_utils.testing.legacy.refusals import Fatal, Refused, SqlFailed
from glpi_utils.testing.world.quirks import since, until
from glpi_utils.testing.world.world import World

ports_name_their_opposite = since("11")
"""11: `with_networkports` says what a port is connected to."""


def is_ten(version: str) -> bool:
    """Check whether this is a 10.x, before the second API."""
    return version.split(".", maxsplit=1)[0] == "10"


# ------------------------------------------------------------------------------------------------------------ addresses
def links_name_the_other_address(base: str, version: str) -> str:
    """11 names `/api.php/v1` in links and errors, also where the request went to `/apirest.php`."""
    return f"{base}/apirest.php" if is_ten(version) else f"{base}/api.php/v1"


itemtypes_match_without_case = until("11")
"""10 takes `/computer/1`, 11 only `/Computer/1`."""

doubled_slashes_are_one = until("11")
"""10 takes `/Ticket//1` for `/Ticket/1`; for 11 the empty part is an unknown itemtype."""

ids_below_one_are_ids = since("11")
"""`/Ticket/0` and `/Ticket/-1`: 11 looks for a row (404), 10 answers the list."""

abstract_class_is_fatal = until("11")
"""`/CommonITILObject/1`: 10 dies of it, 11 finds no row."""


document_of_a_solution_is_fatal = until("11")
"""10 dies of a new document that names a solution as its item: it asks a solution that it has not read for its ticket."""


# --------------------------------------------------------------------------------------------------------------- errors
def payload_forbidden() -> Refused:
    """A GET with a body is refused before the configuration is read: the address in the text is empty."""
    message = "GET Request should not have json payload (http body)"
    text = f"{message}; view documentation in your browser at /#ERROR_JSON_PAYLOAD_FORBIDDEN"
    return Refused(400, "ERROR_JSON_PAYLOAD_FORBIDDEN", text)


def manifest_missing(version: str) -> Refused | Fatal:
    """A file without `uploadManifest`: 10 refuses the missing text as bad JSON, 11 stumbles over it."""
    return Refused(400, "ERROR_JSON_PAYLOAD_INVALID", "JSON payload seems not valid") if is_ten(version) else Fatal()


def malformed_token_is_fatal(token: str, version: str) -> bool:
    """PHP refuses to start a session with such an id; 11 turns its warning into a 500 when it has a legal length."""
    return not is_ten(version) and re.fullmatch(r"[A-Za-z0-9,_-]*_[A-Za-z0-9,_-]*", token) is not None


passwords_are_refused_beside_tokens = since("11.0.7")
"""Where GLPI takes no passwords, later servers refuse one also where a user token stands beside it."""

tokens_are_sealed = since("11.0.7")
"""From 11.0.7 on a session token is 120 letters of base64 that the server can open, good in the header alone.

11.0.7 itself answers 500 for odd ones; 11.0.8 takes what it cannot open for none.
"""

names_are_of_others_alone = since("11.0.7")
"""From 11.0.7 on `add_keys_names[]` gives names for foreign keys alone, and an empty list for none."""

a_list_says_its_end = since("11.0.7")
"""Without `range` the range that is told ends one too high, up to 11.0.6."""


def messages_are_escaped(text: str, version: str) -> str:
    """11 sends `You can&#039;t` where 10 sends the apostrophe."""
    return text if is_ten(version) else html.escape(text, quote=True).replace("&#x27;", "&#039;")


def sql_error(text: str, code: int, statement: str, version: str) -> str:
    """10 hands on the database's words, 11 adds the error number and the whole statement."""
    return text if is_ten(version) else f'MySQL query error: {text} ({code}) in SQL query "{statement}".'


# ---------------------------------------------------------------------------------------------------------------- texts
texts_are_sanitised = until("11")
"""10 keeps and returns `<`, `>` and `&` as numeric entities unless the caller asks it not to."""


def sanitised(text: str) -> str:
    """A text as 10 stores it."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def sanitised_deep(value: Any) -> Any:
    """`sanitised` for whatever holds texts."""
    if isinstance(value, str):
        return sanitised(value)
    if php.is_list(value):
        return [sanitised_deep(inner) for inner in value]
    if php.is_named(value):
        return {key: sanitised_deep(inner) for key, inner in value.items()}
    return value


login_texts_are_translated = until("11")
"""10 heeds Accept-Language before the login, 11 does not."""


# ---------------------------------------------------------------------------------------------------------------- items
groups_of_assets_are_lists = since("11")
"""11 keeps an asset's groups in a table of their own; the single item (not the list) shows them as lists."""


def names_carry_the_id(itemtype: str, version: str) -> bool:
    """10 writes "name (id)" when it names a ticket, problem or change."""
    return is_ten(version) and itemtype in ("Ticket", "Problem", "Change")


def links_are_called_as_their_item(itemtype: str, version: str) -> bool:
    """A message names a ticket's item by that item's own name; 11 those of changes and problems too."""
    return itemtype == "Item_Ticket" or not is_ten(version)


def link_is_fatal(world: World, itemtype: str, values: dict[str, Any]) -> bool:
    """An item of a ticket whose itemtype is none kills both; a ticket that is not there 10 alone, with the row written.

    So does a user for an entity that is not there; he is written by both.
    """
    if itemtype == "User":
        entity = values.get("_entities_id")
        return entity is not None and world.get("Entity", php.intval(entity)) is None
    if itemtype != "Item_Ticket":
        return False
    no_ticket = is_ten(world.version) and world.get("Ticket", php.intval(values.get("tickets_id", 0))) is None
    return no_ticket or world.columns(str(values.get("itemtype") or "")) is None


new_entities_are_active = until("11")
"""10 makes a new entity active at once, so that it can be a parent; 11 when the entities are set again."""


def plugged_in(world: World, itemtype: str, id: int) -> list[tuple[dict[str, Any], str, int]]:
    """10 keeps what is plugged into computers alone, 11 into any asset, under other names: link, itemtype, id."""
    if is_ten(world.version):
        rows = (
            world.select("Computer_Item", "computers_id = ? AND is_deleted = 0", [id]) if itemtype == "Computer" else []
        )
        kept = ("id", "computers_id", "itemtype", "items_id", "is_dynamic")
        return [({f"assoc_{name}": row[name] for name in kept}, row["itemtype"], row["items_id"]) for row in rows]
    where = "itemtype_asset = ? AND items_id_asset = ? AND is_deleted = 0"
    plugged: list[tuple[dict[str, Any], str, int]] = []
    for row in world.select("Glpi\\Asset\\Asset_PeripheralAsset", where, [itemtype, id]):
        sides = ("itemtype_asset", "items_id_asset", "itemtype_peripheral", "items_id_peripheral")
        link = {"assoc_id": row["id"], **{name: row[name] for name in sides}, "assoc_is_dynamic": row["is_dynamic"]}
        plugged.append((link, row["itemtype_peripheral"], row["items_id_peripheral"]))
    return plugged


head_is_empty = since("11")
"""11 answers HEAD with 200 and no header of use, whether the row exists or not; 10 as it would GET."""

list_with_path_id_is_fatal = until("11")
"""`PUT /Computer/1` with a list: 10 dies of it, 11 leaves the path's id out."""


webp_is_accepted = since("11")
"""11 takes pictures in WebP from the start."""

long_file_name_is_fatal = since("11")
"""A file whose name is too long for the file system: 10 says so in `upload_result`, 11 answers a 500 page."""


def deleting_script(version: str) -> str:
    """The script that the useless address for undoing an upload names."""
    return "apirest.php" if is_ten(version) else "index.php"


first_file_of_a_field_counts = until("11")
"""Of the files that come with a ticket 10 looks at the first of each field (`a[0]`, `b[0]`), 11 at all."""

refused_file_is_fatal = since("11")
"""A refused file that comes with a ticket: 11 answers a 500 page, and the ticket is there; 10 leaves the file out."""

linked_document_is_renamed = until("11")
"""10 calls a document that is uploaded onto a ticket "Document: Ticket - …", whatever name was given."""

download_needs_no_right = until("11")
"""10 sends a document's file while it loads the row, before it looks at rights."""

missing_file_is_fatal = since("11")
"""A document without a file: 10 sends an empty body, 11 a 500 page."""


# ---------------------------------------------------------------------------------------------------------------- lists
def zero_is_no_filter(value: Any, version: str) -> bool:
    """searchText: 10 takes "" and "0" for no filter, 11 only ""."""
    return value in ("", None) or (is_ten(version) and value in ("0", 0))


def direction(order: str, version: str) -> str:
    """`order=desc` in small letters is taken by both; 11 then sorts upwards all the same."""
    return order.upper() if is_ten(version) or order == "DESC" else "ASC"


def matched_text(column: str, value: str, version: str) -> str:
    """What a text filter looks at, as SQL: 10 its stored form, where no `<`, `>` or `&` stands by itself."""
    name = f'"{column}"'
    if not is_ten(version) or not re.search(r"[<>&#;]", value):
        return name
    return f"replace(replace(replace({name}, '&', '&#38;'), '<', '&#60;'), '>', '&#62;')"


def searched_text(column: str, value: str, version: str) -> tuple[str, str]:
    """The same for the search engine: of the value 10 turns only `&` into its stored form, so `<` finds nothing.

    A "6" is found in it, though. The whole name of a row in a tree is put together with a plain `>`.
    """
    if not is_ten(version) or not re.search(r"[<>&#;0-9]", value) or 'completename"' in column:
        return column, value
    stored = f"replace(replace(replace({column}, '&', '&#38;'), '<', '&#60;'), '>', '&#62;')"
    return stored, html.unescape(value) if re.search(r"&#\d+;", value) else value.replace("&", "&#38;")


def inverted_range(version: str) -> Refused | None:
    """`range=5-2`: 10's SQL fails and it owns up to that; 11 answers every row, with the range as it was asked."""
    if not is_ten(version):
        return None
    message = "An error occurred during the items search."
    return Refused(500, "ERROR_UNKNOWN", message, documented=True)


def memory_limit(rows: int, version: str) -> bool:
    """11 dies of 128 MB at about 20 000 tickets in one page, after it has sent Content-Range; 10 answers."""
    return not is_ten(version) and rows > 20_000


# --------------------------------------------------------------------------------------------------------------- search
def default_sort(version: str) -> list[int]:
    """10 sorts by column 1, 11 not at all (it says 0)."""
    return [1] if is_ten(version) else [0]


def unknown_sort(wanted: list[int], known: list[int], version: str) -> list[int]:
    """An unknown column is no error: 10 repeats its number, 11 says 0."""
    return wanted if is_ten(version) else (known or [0])


anchored_number_matches = until("11")
"""`contains ^5$` on a number: a match on 10, nothing on 11."""


def search_sql_error(text: str, version: str) -> SqlFailed | Fatal:
    """10 prints the database's words before its JSON error; 11 answers a 500 page."""
    return SqlFailed(text) if is_ten(version) else Fatal()
