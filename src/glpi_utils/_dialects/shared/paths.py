"""Checking a path before it becomes part of a URL."""

from __future__ import annotations

from urllib.parse import quote

from ...exceptions import GlpiValidationError

_FORBIDDEN = set("?#%\\\r\n\t\0")


def clean(path: object) -> str:
    """Return a path without its outer slashes, percent-encoded; refuse what would leave the API or end the path."""
    if not isinstance(path, str) or not path.strip("/ "):
        raise GlpiValidationError(f"a path must be text such as 'Assistance/Ticket', not {path!r:.80}")
    text = path.strip().strip("/")
    if any(sign in _FORBIDDEN or ord(sign) < 32 for sign in text) or any(
        part in ("", ".", "..") for part in text.split("/")
    ):
        raise GlpiValidationError(
            f"{path!r:.80} is no path: it may not hold '..', '//', '?', '#', '%', a backslash or control characters"
        )
    return quote(text, safe="/@:!$&'()*+,;=-._~")
