"""Cuts secrets out of text, known ones in whatever form they stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ._secret import Secret, names_a_secret

__all__ = ["Redactor"]

TOKENS_KEPT: Final = 64 * 4  # a JWT and its three parts
_Cut = Callable[[str], str]
_Known = dict[str, _Cut | None]
_Given = str | bytes | Secret | None


class Redactor:
    """Takes secrets as they become known and cuts each out of any text, in every form it may take.

    Forms: plain, URL-encoded (once or more, wholly or in part), as JSON, PHP, Python or HTML
    escape it, and the base64 of ``login:password``. User-info in a URL, a JWT, the value of an
    ``Authorization`` or of ``access_token=…`` are cut out even when nobody knew them.

    A value that is short (under 6 characters), a number of under 8 digits or a common word
    ("glpi", GLPI's own default password) would turn every message into stars. It is cut out only
    where it stands as a secret, as in ``password=glpi`` or ``"password": "glpi"``, and in its
    encoded forms where those are 6 characters or longer.

    >>> redactor = Redactor()
    >>> redactor.add("tops3cret!", "glpi")
    >>> redactor.clean("glpi refused tops3cret%21, password=glpi")
    'glpi refused ********, password=********'
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        lasting: _Known = {}
        passing: _Known = {}
        self._known: Callable[[], tuple[_Known, _Known]] = lambda: (
            lasting,
            passing,
        )  # a closure, as in `Secret`; each step on a dict is atomic

    def __repr__(self) -> str:
        return "Redactor(…)"

    def __reduce__(self) -> str:
        raise TypeError("a redactor holds secrets and is not pickled")

    def add(self, *values: _Given) -> None:
        """Hide these for ever."""
        lasting, _ = self._known()
        for value in _texts(values):
            lasting.setdefault(value)

    def add_login(self, login: _Given, password: _Given) -> None:
        """Hide a password (or a client's secret) and what HTTP Basic makes of it and its login."""
        self.add(password)
        for name in [*_texts([login])] or [""]:
            for word in _texts([password]):
                self.add(*_basic(f"{name}:{word}"))

    def add_headers(self, headers: Mapping[str, str]) -> None:
        """Hide what a user's own headers hold, where their names say that it is secret."""
        for name, value in headers.items():
            if names_a_secret(name) and isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                self.add(value, *_within(name, value))

    def add_tokens(self, *values: _Given) -> None:
        """Hide tokens that others will replace (the latest 64), a JWT's three parts also one by one."""
        _, passing = self._known()
        for value in _texts(values):
            parts = value.split(".")
            for each in (value, *(parts if len(parts) == 3 else ())):
                if each:
                    passing[each] = passing.pop(each, None)
        for oldest in list(passing)[:-TOKENS_KEPT]:
            passing.pop(oldest, None)

    def clean(self, text: str) -> str:
        """The text without any of them."""
        from . import _redaction

        cuts: list[tuple[int, _Cut]] = []
        for known in self._known():
            for value, cut in list(known.items()):
                if cut is None:
                    cut = known[value] = _redaction.cut(value)  # noqa: PLW2901
                cuts.append((len(value), cut))
        for _, cut in sorted(cuts, key=lambda pair: -pair[0]):  # the longest first: one may hold another
            text = cut(text)
        return _redaction.cut_unknown(text)


def _within(name: str, value: str) -> Iterator[str]:
    if name.lower() == "cookie":
        yield from (pair.partition("=")[2].strip() for pair in value.split(";"))
    else:
        yield value.rpartition(" ")[2]  # Bearer …


def _texts(values: Iterable[_Given]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Secret):
            yield from _texts([value.reveal()])
        elif isinstance(value, bytes):
            yield from _texts([value.decode("utf-8", "replace")])
        elif value:
            yield value


def _basic(pair: str) -> Iterator[str]:
    from binascii import b2a_base64

    for charset in ("utf-8", "latin-1"):
        encoded = b2a_base64(pair.encode(charset, "replace"), newline=False).decode().rstrip("=")
        yield from (encoded, encoded.replace("+", "-").replace("/", "_"))
