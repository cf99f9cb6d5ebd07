"""Which version of the API a path asks for."""

from __future__ import annotations

import re

LISTED = ("1.0.0", "2.0.0", "2.1.0", "2.2.0")
NEWEST = "2.2.0"

_PREFIX = re.compile(r"^/v(\d+(?:\.\d+)*)(?=/|$)", re.IGNORECASE)


def resolve(path: str) -> tuple[str, str]:
    """The version and the rest of a path below `/api.php`.

    A listed version matches by prefix, the highest wins; an unlisted number silently means the newest.
    """
    match = _PREFIX.match(path)
    if match is None:
        return NEWEST, path
    rest = path[match.end() :]
    if rest in {"", "/"}:
        return normal(match[1]), path  # `/v2` and `/v2/` are not the root page
    return normal(match[1]), rest


def normal(asked: str) -> str:
    """The highest listed version that begins with what was asked."""
    if asked == "0":  # PHP takes "0" for empty
        return NEWEST
    return max((listed for listed in LISTED if listed.startswith(asked)), default=NEWEST)


def at_least(version: str, since: str) -> bool:
    """Whether `version` (2.1.0) offers what came with `since` (2.0)."""
    return [int(part) for part in version.split(".")[:2]] >= [int(part) for part in since.split(".")[:2]]
