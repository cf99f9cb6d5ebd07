"""Names in type hints that are imported only when somebody asks for the hints: importing a client stays quick."""

from __future__ import annotations

from typing import Any, ForwardRef

__all__ = ["hint"]


def hint(name: str, *more: str) -> Any:
    """Return what stands for a name in annotations, such as ``"datetime.tzinfo"``; with more names, for one of these.

    `typing.get_type_hints` follows it to the real thing. Checkers see the real import beside it.

    >>> from typing import get_type_hints
    >>> def zone(name: "tzinfo | None") -> None: ...
    >>> zone.__globals__["tzinfo"] = hint("datetime.tzinfo")
    >>> get_type_hints(zone)["name"]
    typing.Optional[datetime.tzinfo]
    """
    return ForwardRef(" | ".join(map(_expression, (name, *more))))


def _expression(name: str) -> str:
    module, _, attribute = name.rpartition(".")
    return f"__import__({module!r}, fromlist=[{attribute!r}]).{attribute}"
