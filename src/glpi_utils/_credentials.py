"""Checks credentials where they are passed in: a value that cannot be sent is refused before any request."""

from __future__ import annotations

from ._secret import Secret
from ._wire import fits_a_header
from .exceptions import GlpiValidationError

__all__ = ["secret", "text", "token"]


def text(name: str, value: object) -> str | None:
    """Return a text, None for an empty one; raise `GlpiValidationError`, without the value, where it is none."""
    if not (value is None or isinstance(value, str)):
        raise GlpiValidationError(f"{name} must be text, not {type(value).__name__}")
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        pass
    else:
        return value or None
    raise GlpiValidationError(f"{name} holds half a character (a lone surrogate), which cannot be sent")


def secret(name: str, value: object) -> Secret | None:
    """Return a text as a `Secret`."""
    return Secret.of(text(name, value.reveal() if isinstance(value, Secret) else value))


def token(name: str, value: object) -> Secret | None:
    """Return a secret that is sent in a header as it is."""
    kept = secret(name, value)
    if kept is not None and not fits_a_header(kept.reveal()):
        raise GlpiValidationError(
            f"{name} holds a line break or another character that no header can carry "
            "(was it read from a file? .strip() removes the line break at the end)"
        )
    return kept
