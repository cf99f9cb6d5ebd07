"""A GLPI version that can be compared with others, with text and with numbers."""

from __future__ import annotations

from typing import Any

from .exceptions import GlpiValidationError

__all__ = ["GLPIVersion"]

_STAGES = {"dev": 0, "alpha": 1, "a": 1, "beta": 2, "b": 2, "rc": 3}
_Key = tuple[tuple[int, ...], tuple[int, str, int]]
_RELEASED = (9, "", 0)


class GLPIVersion:
    """A version of GLPI, such as ``11.0.6``, ``10.0.0-rc1`` or ``11``.

    It can be compared with others, with text and with numbers. Numbers that are missing count as 0. A pre-release
    comes before its release, in this order: dev, alpha, beta, rc.

    Args:
        version: Text, a number, or a version. A float is read as it is written (``11.1`` is 11.1.0), so use text where
            a number ends in zero.

    Raises:
        GlpiValidationError: It is no version. Comparing with a text that is no version raises it too.

    >>> server = GLPIVersion("11.0.6")
    >>> server >= "11.0.6", server < 11.1, server == GLPIVersion("11.0.6")
    (True, True, True)
    >>> server.major, server.minor, server.patch
    (11, 0, 6)
    >>> GLPIVersion("11.0.6-beta") < "11.0.6", GLPIVersion("11") == "11.0.0"
    (True, True)
    """

    __slots__ = ("_key", "_text")

    def __init__(self, version: str | float | GLPIVersion) -> None:
        text = _text(version)
        key = _key(text)
        if key is None:
            raise GlpiValidationError(f"no GLPI version: {version!r}; write one like 11.0.6")
        self._text = text
        self._key = key

    @property
    def major(self) -> int:
        """The first number."""
        return self._number(0)

    @property
    def minor(self) -> int:
        """The second number, 0 where there is none."""
        return self._number(1)

    @property
    def patch(self) -> int:
        """The third number, 0 where there is none."""
        return self._number(2)

    @property
    def is_prerelease(self) -> bool:
        """Whether it came before the release of that number."""
        return self._key[1] != _RELEASED

    def _number(self, place: int) -> int:
        numbers = self._key[0]
        return numbers[place] if place < len(numbers) else 0

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"GLPIVersion({self._text!r})"

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        key = _key_of(other)
        return NotImplemented if key is None else self._key == key

    def __lt__(self, other: object) -> bool:
        key = _key_to_order(other)
        return NotImplemented if key is None else self._key < key

    def __le__(self, other: object) -> bool:
        key = _key_to_order(other)
        return NotImplemented if key is None else self._key <= key

    def __gt__(self, other: object) -> bool:
        key = _key_to_order(other)
        return NotImplemented if key is None else self._key > key

    def __ge__(self, other: object) -> bool:
        key = _key_to_order(other)
        return NotImplemented if key is None else self._key >= key

    def __reduce__(self) -> tuple[Any, ...]:
        return GLPIVersion, (self._text,)


def _text(version: object) -> str:
    if isinstance(version, bool) or not isinstance(version, str | int | float | GLPIVersion):
        return ""
    try:
        text = str(version).strip()
    except ValueError:  # an int of more digits than Python prints
        return ""
    return "" if isinstance(version, float) and "e" in text else text


def _key_of(other: object) -> _Key | None:
    return other._key if isinstance(other, GLPIVersion) else _key(_text(other))  # pyright: ignore[reportPrivateUsage]


def _key_to_order(other: object) -> _Key | None:
    """As `_key_of`, but text that is no version is an error: "older than abc" has no answer."""
    key = _key_of(other)
    if key is None and isinstance(other, str):
        raise GlpiValidationError(f"cannot be compared with a GLPI version: {other!r}")
    return key


def _key(text: str) -> _Key | None:
    """The numbers without trailing zeros, then the stage; None when the text is no version."""
    numbers: list[int] = []
    rest = text
    while True:
        digits = len(rest) - len(rest.lstrip("0123456789"))
        if not 1 <= digits <= 9:
            return None
        numbers.append(int(rest[:digits]))
        rest = rest[digits:]
        if not (rest[:1] == "." and rest[1:2].isascii() and rest[1:2].isdigit()):
            break
        rest = rest[1:]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    stage = _stage(rest.partition("+")[0])
    return None if stage is None else (tuple(numbers), stage)


def _stage(suffix: str) -> tuple[int, str, int] | None:
    if not suffix:
        return _RELEASED
    word = suffix.lstrip("-._ ").lower()
    name = word.rstrip("0123456789")
    number = word[len(name) :]
    name = name.rstrip("-._ ")
    if not name[:1].isalpha() or not name.isprintable() or len(number) > 9:
        return None
    return _STAGES.get(name, 4), "" if name in _STAGES else name, int(number or 0)
