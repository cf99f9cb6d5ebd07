"""Which scope a path asks for."""

from __future__ import annotations


def wanted(path: str) -> frozenset[str]:
    """One of these is needed; `path` is below the version."""
    low = path.lower().rstrip("/")
    if low == "/administration/user/me/emails/default":
        return frozenset({"email", "user"})
    if low == "/administration/user/me" or low.startswith("/administration/user/me/"):
        return frozenset({"user"})
    if low.startswith("/status"):
        return frozenset({"status"})
    if low.startswith("/graphql"):
        return frozenset({"graphql"})
    return frozenset({"api"})
