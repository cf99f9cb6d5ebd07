"""Which version of the API a path asks for."""

from __future__ import annotations

import re

from glpi_utils.testing.high_level import quirks

_PREFIX = re.compile(r"^/v(\d+(?:\.\d+)*)(?=/|$)", re.IGNORECASE)


def resolve(path: str, glpi: str) -> tuple[str, str]:
    """Return the version and the rest of a path below `/api.php` of this GLPI.

    A listed version matches by prefix, the highest wins; an unlisted number silently means the newest.
    """
    match = _PREFIX.match(path)
    if match is None:
        return quirks.listed_versions(glpi)[-1], path
    rest = path[match.end() :]
    if rest in {"", "/"}:
        return normal(match[1], glpi), path  # `/v2` and `/v2/` are not the root page
    return normal(match[1], glpi), rest


def normal(version: str, glpi: str) -> str:
    """Return the highest listed version that begins with what was asked."""
    listed = quirks.listed_versions(glpi)
    if version == "0":  # PHP takes "0" for empty
        return listed[-1]
    return max((one for one in listed if one.startswith(version)), default=listed[-1])


def at_least(version: str, since: str) -> bool:
    """Check whether `version` (2.1.0) offers what came with `since` (2.0)."""
    return [int(part) for part in version.split(".")[:2]] >= [int(part) for part in since.split(".")[:2]]
