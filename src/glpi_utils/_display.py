"""Texts of others in messages and logs: without control characters, and not without end."""

from __future__ import annotations

__all__ = ["MOST", "described", "shown"]

MOST = 2000
"""Characters that a message or a line of the log has at most."""
_TAIL = 500
_CUT = " […] "
_PLAIN = frozenset(" \xa0\u2009\u202f\u200c\u200d")
"""Spaces, and what joins letters in some scripts: Python does not count these as printable, but they do no harm."""


def shown(text: str, most: int = MOST) -> str:
    r"""Return the text with control characters escaped; where it is too long, its middle is left out.

    A server that sends terminal sequences, line breaks or marks that turn the direction of writing could otherwise
    change what a terminal shows, or forge lines of a log. The end of a message stays: it says which request
    it was and what to do next.

    >>> print(shown("Access denied\x1b[2J\nINFO all is well"))
    Access denied\x1b[2J\nINFO all is well
    >>> len(shown("a" * 100_000))
    2000
    """
    if len(text) <= most and text.isprintable():
        return text
    if len(text) <= 2 * most:
        text = _escaped(text)
        return text if len(text) <= most else _joined(text[:most], text[-_TAIL:], most)
    return _joined(_escaped(text[:most]), _escaped(text[-_TAIL:]), most)


def _joined(head: str, tail: str, most: int) -> str:
    tail = tail[-_TAIL:]
    return head[: most - len(_CUT) - len(tail)] + _CUT + tail


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign in _PLAIN else sign.encode("unicode_escape").decode() for sign in text
    )


def described(value: object) -> str:
    """Return how a refused argument is named: a number as it is, a text by its length alone, for it may be a secret.

    Arguments by position end up in one another's places: a token where a time-out belongs.

    >>> described(0.5), described("q56hqkniwot8wntb"), described([1])
    ('0.5', 'a text of 16 characters', 'a list')
    """
    if value is None or isinstance(value, bool | int | float):
        return f"{value!r:.40}"
    if isinstance(value, str | bytes):
        return f"a text of {len(value)} characters" if isinstance(value, str) else f"{len(value)} bytes"
    return f"a {type(value).__name__}"
