"""What Python reads otherwise than it looks in a condition on fields, and what to write in its place."""

from __future__ import annotations

from typing import NoReturn

from ._spelling import did_you_mean, near_names


class FieldMistakes:
    """The part of a field that only mistakes reach: each raises an error with the right form."""

    __slots__ = ()
    _path: tuple[str, ...]

    def __call__(self, *values: object) -> NoReturn:
        *parents, name = self._path
        methods = [each for each in vars(type(self)) if not each.startswith("_")]
        meant = did_you_mean(near_names(name, methods)) or f"it has {', '.join(methods)}"
        raise TypeError(f"{'.'.join(['F', *parents])} has no method {name!r:.60}: {meant}")

    def __and__(self, other: object) -> NoReturn:
        raise TypeError(
            f"& and | bind more tightly than comparisons, so that {self!r} met {type(other).__name__} before it was "
            "compared: put each comparison in parentheses: (F.urgency >= 4) & (F.status == 1)"
        )

    __or__ = __rand__ = __ror__ = __and__

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{self!r} is compared, not set")

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} is a field, not a condition: compare it, as in {self!r} == 1 or {self!r}.is_null()")

    def __contains__(self, other: object) -> NoReturn:
        raise TypeError(f"write {self!r}.contains(…) or {self!r}.in_([…]); Python makes a bool of `in`")
