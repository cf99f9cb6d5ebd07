"""The properties of the rows of the high-level API, by schema and by version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from .versions import KNOWN, numbers

__all__ = ["Field", "fields_of", "itemtype_of", "legacy_name", "schemas"]


class Field(NamedTuple):
    """One property of a schema."""

    name: str
    kind: str
    """One of int, number, bool, text, html, date, datetime, relation, object, list."""
    writable: bool = True
    since: str = "2.0"
    """The version of the API that has it first."""
    until: str = ""
    """The version that has it no more; "" for one that is still there."""
    target: str = ""
    """The schema that a relation, or each row of a list, is of; a class of GLPI where it has no schema."""
    values: tuple[int | str, ...] = ()
    """The only values that it takes; () where it takes any."""
    longest: int | None = None
    """How many characters it holds; None where there is no limit worth checking."""
    parts: tuple[str, ...] = ()
    """The names inside an object, or inside each row of a list."""
    column: str = ""
    """Its name in the legacy API."""
    written_from: str = ""
    """The version of the API from which on it may be written, where earlier ones drop it without a word."""
    drops: str = ""
    """The verb, "create" or "update", in which GLPI sets it by itself and drops what is given without a word.

    "below": in a create too, by the item below which the row is made; the legacy API needs it there.
    """


def fields_of(schema: str, version: str = KNOWN) -> Mapping[str, Field] | None:
    """Return the properties that a schema has in a version, by name; None for a schema that is not known.

    Custom assets and what plugins and newer servers add are not known. A version above 2.3 gives what
    is known to be there, which need not be all.

    >>> fields_of("Ticket")["category"].target, fields_of("Ticket", "2.0").get("sla_ttr"), fields_of("Custom_Drone")
    ('ITILCategory', None, None)
    """
    return _fields(schema, numbers(version))


@cache
def _fields(schema: str, version: tuple[int, int]) -> Mapping[str, Field] | None:
    known = _whole(schema)
    if known is None:
        return None
    fields = {
        name: field._replace(writable=True) if field.written_from and numbers(field.written_from) <= version else field
        for name, field in known.items()
        if numbers(field.since) <= version and not (field.until and numbers(field.until) <= version)
    }
    return fields or None


@cache
def legacy_name(schema: str, column: str) -> str | None:
    """Return the property by which a schema shows a column of the legacy API; None where that is not known.

    >>> legacy_name("Ticket", "itilcategories_id"), legacy_name("User", "name"), legacy_name("Ticket", "status")
    ('category', 'username', 'status')
    """
    for field in (_whole(schema) or {}).values():
        if field.column == column:
            return field.name
    return None


def itemtype_of(schema: str) -> str | None:
    r"""Return the class of the rows of a schema; None where it is not known, "" where they are of none.

    >>> itemtype_of("License"), itemtype_of("Socket"), itemtype_of("TeamMember"), itemtype_of("Nothing")
    ('SoftwareLicense', 'Glpi\\Socket', '', None)
    """
    lines = _lines(schema)
    return None if lines is None else _class(lines[0].partition(" ")[0])


def schemas() -> list[str]:
    """Name all schemas that are known."""
    from .fields_table import FIELDS

    return list(FIELDS)


def _lines(schema: str) -> list[str] | None:
    from .fields_table import FIELDS

    block = FIELDS.get(schema)
    return None if block is None else block.split("\n")


@cache
def _whole(schema: str) -> Mapping[str, Field] | None:
    """Return every property that a schema has in any version."""
    lines = _lines(schema)
    if lines is None:
        return None
    about = _details(lines[0].split()[1:])
    return {field.name: field for field in _read(lines[1:], about)}


def _read(lines: list[str], about: dict[str, str]) -> Iterator[Field]:
    for line in lines:
        name, kind, *words = line.split()
        details = about | _details(words)
        yield Field(
            name,
            kind,
            "ro" not in details,
            details.get("since", "2.0"),
            details.get("until", ""),
            _class(details.get("target", "-")),
            tuple(map(int, _list(details, "ints"))) or tuple(_list(details, "texts")),
            int(details["longest"]) if "longest" in details else None,
            tuple(_list(details, "parts")),
            details.get("column", name),
            details.get("ro", ""),
            details.get("drops", ""),
        )


def _details(words: list[str]) -> dict[str, str]:
    return {key: value for key, _, value in (word.partition("=") for word in words)}


def _list(details: dict[str, str], key: str) -> list[str]:
    return details[key].split("|") if key in details else []


def _class(text: str) -> str:
    return "" if text == "-" else text.replace("/", "\\")
