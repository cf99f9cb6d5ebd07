"""The logger ``glpi_utils``, and hiding secrets from it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ._redactor import Redactor
from ._secret import MASK, names_a_secret

__all__ = ["EmptyHandler", "Redactor", "SensitiveFilter", "hide_sensitive", "library_logger", "mask_secret"]


def mask_secret(value: str | None, show_len: int = 4) -> str:
    """Return the first and the last characters of a secret, and nothing of a short one.

    It is meant for your own output. The library's own logs show no part of a secret.

    Args:
        value: The secret.
        show_len: The number of characters to show at either end. A secret of up to four times as many is masked whole.

    >>> mask_secret("q56hqkniwot8wntb3z1qarka5atf365taaa2uyjrn")
    'q56h********yjrn'
    >>> mask_secret("glpi")
    '********'
    """
    if not value or show_len <= 0 or len(value) <= 4 * show_len:
        return MASK
    return f"{value[:show_len]}{MASK}{value[-show_len:]}"


def hide_sensitive(data: Any) -> Any:
    """Return a copy of data with the values of secret keys masked, at any depth. The original is not changed.

    Args:
        data (any): Dicts, lists and tuples of any depth. A text of exactly 32 hexadecimal digits is masked under any
            key.

    >>> hide_sensitive({"login": "glpi", "password": "glpi", "rows": [{"App-Token": "q56h"}]})
    {'login': 'glpi', 'password': '********', 'rows': [{'App-Token': '********'}]}
    """
    return _Copy().of(data)


class _Copy:
    """Copies by a list of things to do instead of by recursion: depth has no limit, cycles stay cycles."""

    def __init__(self) -> None:
        self.done: dict[int, Any] = {}
        self.todo: list[tuple[Any, Any, Any]] = []  # put the copy of this, into that, under that key

    def of(self, data: Any) -> Any:
        root: list[Any] = [None]
        self.todo.append((data, root, 0))
        while self.todo:
            data, into, key = self.todo.pop()
            if into is None:  # a tuple's items are ready
                tuple_into, tuple_key, items = key
                tuple_into[tuple_key] = tuple(items)
            else:
                self._put(data, into, key)
        return root[0]

    def _put(self, data: Any, into: Any, key: Any) -> None:
        if id(data) in self.done:
            into[key] = self.done[id(data)]
        elif isinstance(data, Mapping):
            self._put_mapping(data, into, key)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(data, list):
            self._put_list(data, into, key)  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(data, tuple):
            self._put_tuple(data, into, key)  # pyright: ignore[reportUnknownArgumentType]
        else:
            into[key] = MASK if isinstance(data, str) and _is_hexadecimal(data) else data

    def _put_mapping(self, data: Mapping[Any, Any], into: Any, key: Any) -> None:
        copy: dict[Any, Any] = dict.fromkeys(data, MASK)  # all keys now: their order is kept
        into[key] = self.done[id(data)] = copy
        self.todo.extend((value, copy, each) for each, value in data.items() if not names_a_secret(each))

    def _put_list(self, data: list[Any], into: Any, key: Any) -> None:
        copy: list[Any] = [None] * len(data)
        into[key] = self.done[id(data)] = copy
        self.todo.extend((each, copy, at) for at, each in enumerate(data))

    def _put_tuple(self, data: tuple[Any, ...], into: Any, key: Any) -> None:
        items: list[Any] = [None] * len(data)
        self.todo.append((None, None, (into, key, items)))  # done after its items: the last added is the first done
        self.todo.extend((each, items, at) for at, each in enumerate(data))


def _is_hexadecimal(text: str) -> bool:
    return len(text) == 32 and not text.strip("0123456789abcdefABCDEF")


class SensitiveFilter(logging.Filter):
    """A filter of `logging` that masks secrets in the dicts, lists and tuples of a record's arguments.

    Every record passes. The library's own logger has one. Put it on the loggers and handlers of your program.

    >>> import logging
    >>> from glpi_utils import SensitiveFilter
    >>> record = logging.LogRecord("mine", 20, "", 1, "sent %s", ({"password": "glpi"},), None)
    >>> SensitiveFilter().filter(record), record.getMessage()
    (True, "sent {'password': '********'}")
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the arguments of a record.

        Args:
            record: The record; it is changed.

        Returns:
            True: every record passes.
        """
        if isinstance(record.args, Mapping):
            record.args = hide_sensitive(record.args)
        elif isinstance(record.args, tuple):
            record.args = tuple(
                hide_sensitive(each) if isinstance(each, Mapping | list | tuple) else each for each in record.args
            )
        return True


class EmptyHandler(logging.Handler):
    """A handler of `logging` that writes nothing: the library is silent until your program sets up logging.

    >>> import logging
    >>> from glpi_utils import EmptyHandler
    >>> any(isinstance(each, EmptyHandler) for each in logging.getLogger("glpi_utils").handlers)
    True
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Do nothing.

        Args:
            record: It is not written.
        """


def library_logger(name: str = "glpi_utils") -> logging.Logger:
    """Return a logger of this library. It is silent by default and has a `SensitiveFilter`.

    Args:
        name: The name of the logger.

    >>> library_logger().name
    'glpi_utils'
    """
    logger = logging.getLogger(name)
    if not any(isinstance(each, EmptyHandler) for each in logger.handlers):
        logger.addHandler(EmptyHandler())
    if not any(isinstance(each, SensitiveFilter) for each in logger.filters):
        logger.addFilter(SensitiveFilter())
    return logger


library_logger()
