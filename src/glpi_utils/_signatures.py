"""Signatures that list the keywords of a ``**query``: `help()`, `inspect.signature` and editors show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from inspect import Signature

F = TypeVar("F", bound=Callable[..., Any])
COROUTINE: Final = 0x80  # inspect.CO_COROUTINE; inspect takes longer to import than all the rest here
_OR = re.compile(r" \| (?![^\[]*\])")
"""Between the types of a union, not of one within brackets."""


def takes(*keywords: type, defaults: Mapping[str, Any] | None = None) -> Callable[[F], F]:
    """Return a decorator: the function's ``**query`` takes the keys of these TypedDicts; what is not given is None.

    >>> from typing import TypedDict
    >>> class Part(TypedDict, total=False):
    ...     start: int
    ...     limit: int
    >>> @takes(Part, defaults={"start": 0})
    ... def read(name: str, **query: object) -> None: ...
    >>> import inspect
    >>> str(inspect.signature(read))
    "(name: 'str', *, start: 'int' = 0, limit: 'int' = None) -> 'None'"
    """

    def mark(function: F) -> F:
        function.__signature__ = _Later(lambda: _signature(function, keywords, defaults or {}))  # type: ignore[attr-defined]
        return function

    return mark


def _signature(function: Callable[..., Any], keywords: tuple[type, ...], defaults: Mapping[str, Any]) -> Signature:
    from inspect import Parameter, signature
    from types import FunctionType

    code, names = function.__code__, function.__globals__
    bare = FunctionType(code, names, function.__name__, function.__defaults__, function.__closure__)
    bare.__kwdefaults__, bare.__annotations__ = function.__kwdefaults__, function.__annotations__
    own = signature(bare)
    kinds: dict[str, str] = {}
    for each in keywords:
        for name, hint in each.__annotations__.items():
            kind = str(getattr(hint, "__forward_arg__", hint))
            parts = _OR.split(f"{kinds[name]} | {kind}" if name in kinds else kind)
            kinds[name] = " | ".join(sorted(dict.fromkeys(parts), key="None".__eq__))
    parameters = [each for each in own.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    only = Parameter.KEYWORD_ONLY
    more = [Parameter(name, only, default=defaults.get(name), annotation=kind) for name, kind in kinds.items()]
    return own.replace(parameters=[*parameters, *more])


class _Later:
    """A signature that is made when somebody looks at it: `inspect` takes longer to import than all the rest."""

    def __init__(self, make: Callable[[], Signature]) -> None:
        self._make = make
        self._made: Signature | None = None

    @property
    def whole(self) -> Signature:
        """The real one."""
        if self._made is None:
            self._made = self._make()
        return self._made

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride]
        return type(self.whole)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def __eq__(self, other: object) -> bool:
        return self.whole == other

    def __hash__(self) -> int:
        return hash(self.whole)

    def __str__(self) -> str:
        return str(self.whole)

    def __repr__(self) -> str:
        return repr(self.whole)
