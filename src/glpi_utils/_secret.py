"""A value that is shown only by an explicit call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MASK", "Secret", "names_a_secret"]

MASK = "********"

_ENDINGS = ("password", "passwd", "passphrase", "secret", "token", "authorization", "cookie", "api_key", "apikey")
_NAMES = frozenset({"code", "code_verifier", "pwd"})


def names_a_secret(name: object) -> bool:
    """Check whether the value under this name (of a key, a header, a variable) is a secret.

    >>> names_a_secret("App-Token"), names_a_secret("GLPI_PASSWORD"), names_a_secret("token_type")
    (True, True, False)
    """
    if isinstance(name, bytes):
        name = name.decode("latin-1")
    if not isinstance(name, str):
        return False
    plain = name.lower().replace("-", "_").rstrip("0123456789")
    return plain in _NAMES or plain.endswith(_ENDINGS)


class Secret:
    """Text that no ``repr``, ``str``, format, ``vars``, pickle or traceback of locals gives away.

    >>> password = Secret("correct horse")
    >>> password, f"{password}", password == Secret("correct horse")
    (Secret('********'), '********', True)
    >>> password.reveal()
    'correct horse'
    """

    __slots__ = ("_give",)

    def __init__(self, value: str) -> None:
        self._give: Callable[[], str] = lambda: value  # a closure: no attribute, slot or __dict__ holds the text

    @classmethod
    def of(cls, value: str | Secret | None) -> Secret | None:
        """Wrap a text; a `Secret` stays as it is, None and what is empty are None."""
        if isinstance(value, Secret):
            return value or None
        return cls(value) if value else None

    def reveal(self) -> str:
        """Return the text."""
        return self._give()

    def __bool__(self) -> bool:
        return bool(self._give())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        from hmac import compare_digest

        mine, theirs = (each.reveal().encode("utf-8", "surrogatepass") for each in (self, other))
        return compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return hash(self._give())

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled; hand it over by reveal()")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        self.__reduce__()
