"""What the schemas of 11.0.7 and later allow: lengths, ranges, patterns, what must be there. Names and numbers only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from glpi_utils.testing.high_level.schemas import Schema

Complaint = dict[str, Any]


class BrokenPattern(Exception):
    """A pattern that PHP cannot read: the server stumbles over it, whatever the value is."""


def complaints(schema: Schema, params: dict[str, Any], missing: Collection[str]) -> dict[str, list[Complaint]]:
    """Return what is wrong with the values of a body, by property; empty: nothing. `missing` are looked for."""
    by_property: dict[str, list[Complaint]] = {
        name: [{"error": "required", "message": "This field is required"}]
        for name in missing
        if params.get(name) in (None, "")
    }
    for name, value in params.items():
        entry = schema.fields.get(name)
        if (
            entry is not None
            and entry.limits
            and name not in by_property
            and (wrong := list(_wrong(entry.limits, value)))
        ):
            by_property[name] = wrong
    return by_property


def _wrong(limits: dict[str, Any], value: Any) -> Iterator[Complaint]:
    longest, pattern = limits.get("maxLength"), limits.get("pattern")
    if longest is not None and isinstance(value, str) and len(value.encode()) > longest:  # bytes, not characters
        yield _complaint("maxLength", f"be at most {longest} characters long", maxLength=longest)
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield from _out_of_range(limits.get("minimum"), limits.get("maximum"), value)
    if pattern is not None and isinstance(value, str):
        # GLPI puts slashes around it: "/^#.../" with more slashes is none, and "time" is looked for as a word.
        if pattern.startswith("/"):
            raise BrokenPattern(pattern)
        if not re.search(pattern, value):
            yield _complaint("pattern", f"match the pattern {pattern}", pattern=pattern)


def _out_of_range(least: float | None, most: float | None, value: float) -> Iterator[Complaint]:
    if least is not None and most is not None:
        if not least <= value <= most:
            yield _complaint("range", f"be between {least} and {most}", minimum=least, maximum=most)
    elif least is not None and value < least:
        yield _complaint("minimum", f"be at least {least}", minimum=least)
    elif most is not None and value > most:
        yield _complaint("maximum", f"be at most {most}", maximum=most)


def _complaint(error: str, must: str, **limits: Any) -> Complaint:
    return {"error": error, "message": f"This field must {must}", **limits}
