"""Read the columns of GLPI's tables off the rows that legacy recordings show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VERSIONS = ("10.0.17", "11.0.6")
# Parts of an item that are whole rows of another itemtype.
NESTED = {
    "_tickets": "Ticket",
    "_changes": "Change",
    "_problems": "Problem",
    "_notes": "Notepad",
    "_infocoms": "Infocom",
    "_contracts": "Contract_Item",
    "_logs": "Log",
}
# Names that a join put into a row.
FOREIGN = frozenset({"catname", "assocID"})

Values = dict[str, list[Any]]
Note = Callable[..., None]


def read(folder: Path, note: Note) -> None:
    """Tell `note(itemtype, column, kind, **more)` of every column that a recorded row has."""
    seen: dict[str, dict[str, Values]] = {}
    for itemtype, version, row in rows(folder):
        columns = seen.setdefault(itemtype, {}).setdefault(version, {})
        for name, value in row.items():
            if name[0] != "_" and name != "links" and name not in FOREIGN and not isinstance(value, list | dict):
                columns.setdefault(name, []).append(value)
    for itemtype, by_version in sorted(seen.items()):
        for name in dict.fromkeys(name for columns in by_version.values() for name in columns):
            values = [v for columns in by_version.values() for v in columns.get(name, [])]
            note(itemtype, name, kind_of(name, values), **details(name, values, by_version))


def details(name: str, values: list[Any], by_version: dict[str, Values]) -> dict[str, Any]:
    """What else is known of a column: the one version that has it, the digits after a decimal's point."""
    more: dict[str, Any] = {}
    having = [version for version in VERSIONS if name in by_version.get(version, {})]
    if len(having) == 1 and len(by_version) == len(VERSIONS):
        more["only"] = having[0]
    if kind_of(name, values) == "decimal":
        more["scale"] = max(len(str(value).partition(".")[2]) for value in values if value is not None)
    if all(value is None for value in values):
        more["guess"] = True
        if more_than_null(kind_of(name, values)):
            more["default"] = None
    return more


def more_than_null(kind: str) -> bool:
    """Whether a column of this kind holds 0 where nothing was given."""
    return kind in ("int", "bool", "decimal")


def rows(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every whole row in every answer, with its itemtype and the version that said it."""
    for file in sorted(folder.glob("*.json")):
        for entry in json.loads(file.read_text(encoding="utf-8")):
            itemtype = itemtype_of(entry["request"])
            if itemtype is None or "expand_dropdowns" in entry["request"]["path"]:
                continue
            body = entry["response"].get("body")
            for row in body if isinstance(body, list) else [body]:
                if isinstance(row, dict):
                    for version in entry["versions"]:
                        yield from whole(itemtype, version, row)


def whole(itemtype: str, version: str, row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The row, if it is one, and the rows nested in it."""
    if "id" in row and len(row) > 3:
        yield itemtype, version, row
    for key, nested in NESTED.items():
        part = row.get(key)
        if isinstance(part, dict):
            part = [part] if "id" in part else list(part.values())
        for inner in part or []:
            if isinstance(inner, dict) and "id" in inner:
                yield nested, version, inner


def itemtype_of(request: dict[str, Any]) -> str | None:
    """The itemtype whose rows a GET answers, None where it answers none."""
    match = re.search(r"(?:apirest\.php|api\.php/v1)/([^?]+)", request["path"])
    if request["method"] != "GET" or match is None:
        return None
    parts = match[1].strip("/").split("/")
    name = parts[2] if len(parts) > 2 else parts[0]
    if not re.fullmatch(r"[A-Z][A-Za-z_]+", name) or name in ("TicketFollowup", "Computer_Item", "Picture"):
        return None
    return name


def kind_of(name: str, values: list[Any]) -> str:
    """The kind of a column by its values, or by its name where all are null."""
    known = [value for value in values if value is not None and value != ""]
    if known and all(isinstance(value, int) for value in known):
        return "bool" if name != "use_mode" and re.match(r"(is|use|have)_", name) and set(known) <= {0, 1} else "int"
    texts = [str(value) for value in known]
    for kind, pattern in (
        ("datetime", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
        ("date", r"\d{4}-\d\d-\d\d"),
        ("decimal", r"-?\d+\.\d{2,4}"),
    ):
        if texts and all(re.fullmatch(pattern, text) for text in texts):
            return kind
    if texts:
        return "text"
    if name.endswith("_id") or "s_id_" in name:
        return "int"
    return "datetime" if looks_dated(name) else "text"


def looks_dated(name: str) -> bool:
    """A name that only dates have."""
    if name.endswith("_format"):
        return False
    return bool(re.search(r"(^|_)date($|_)|date$|^time_to_|_time_to_|^(begin|end|last_boot|last_login|lastup)$", name))
