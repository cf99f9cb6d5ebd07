"""A call that does not fit its method: what is wrong with it in the user's words, and how the method is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ._signatures import COROUTINE
from ._spelling import did_you_mean, near_names
from .exceptions import GlpiValidationError

if TYPE_CHECKING:
    from inspect import Parameter

__all__ = ["example_of", "wrong_call"]

Method = Callable[..., Any]
_ANY_KEYWORD: Final = 0x08  # inspect.CO_VARKEYWORDS


def wrong_call(method: Method, positional: Sequence[object], keywords: Mapping[str, object]) -> GlpiValidationError:
    """Return the error for arguments that a method does not take; ``positional`` has no self.

    Of what was given only an id is shown: all else may be a secret.

    >>> def update(self, item, *, validate=None): ...
    >>> str(wrong_call(update, [3, {"urgency": 4}], {}))
    'update() takes the id among the fields, {"id": 3, ...}: update(item, *, validate=None)'
    """
    import inspect

    parameters = list(inspect.signature(method).parameters.values())[1:]
    call = _Call(method, parameters, positional, keywords)
    problem = next(filter(None, call.problems()), "was called in another way than it takes")
    example = "" if "=F." in problem else f": {example_of(method) or call.form}"
    return GlpiValidationError(f"{method.__name__}() {problem}{example}")


def example_of(method: Method) -> str:
    r"""Return the call of a method that its docstring shows; "" where none does.

    >>> def ping(self): "Ask.\n\n    >>> api.ping()['pong']\n    1"
    >>> example_of(ping)
    'api.ping()'
    """
    import ast

    for line in (method.__doc__ or "").splitlines():
        prompt, _, text = line.strip().partition(">>> ")
        if prompt or f".{method.__name__}(" not in text:
            continue
        tree = ast.parse(f"{text} pass" if text.endswith(":") else text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(f".{method.__name__}"):
                awaited = "await " if method.__code__.co_flags & COROUTINE else ""
                return f"{awaited}{ast.get_source_segment(text, node)}"
    return ""


class _Call(NamedTuple):
    """What a method takes, and what it was given."""

    method: Method
    parameters: Sequence[Parameter]
    positional: Sequence[object]
    keywords: Mapping[str, object]

    @property
    def form(self) -> str:
        """How the method is called, by its signature."""
        from inspect import Signature

        bare = [each.replace(annotation=each.empty) for each in self.parameters]
        return f"{self.method.__name__}{Signature(bare)}"

    @property
    def names(self) -> list[str]:
        """The parameters that may be given by position."""
        return [each.name for each in self.parameters if each.kind is each.POSITIONAL_OR_KEYWORD]

    def problems(self) -> Iterator[str]:
        """Yield each possible problem, "" where there is none; the first problem is reported."""
        if len(self.positional) > len(self.names):
            yield self._id_beside_the_fields()
            yield self._filter()
            names, number = ", ".join(self.names) or "nothing", len(self.positional)
            yield f"takes {names} by position, and got {number} argument{'s' if number > 1 else ''}"
        yield self._keyword()
        yield self._missing()

    def _id_beside_the_fields(self) -> str:
        for number, fields in zip(self.positional, self.positional[1:], strict=False):
            if isinstance(fields, Mapping) and "item" in self.names and isinstance(number, int | str):
                shown = number if isinstance(number, int) else 5
                return f'takes the id among the fields, {{"id": {shown}, ...}}'
        return ""

    def _filter(self) -> str:
        from .filters import Filter

        takes = any(each.name == "filter" for each in self.parameters)
        return (
            "takes a filter by name: filter=F.status == 1"
            if takes and isinstance(self.positional[-1], Filter | str)
            else ""
        )

    def _keyword(self) -> str:
        for name in self.names[: len(self.positional)]:
            if name in self.keywords:
                return f"was given {name} twice"
        known = [each.name for each in self.parameters]
        for name in self.keywords:
            if name not in known and not self.method.__code__.co_flags & _ANY_KEYWORD:
                meant = did_you_mean([f"{each}=" for each in near_names(name, known)])
                return f"takes no {name:.60}=; " + (meant or f"it takes {', '.join(known)}")
        return ""

    def _missing(self) -> str:
        needed = [each.name for each in self.parameters if each.default is each.empty]
        lacking = [name for name in needed if name in self.names[len(self.positional) :] and name not in self.keywords]
        fields = " (the fields in a dict)" if "item" in lacking and self.keywords else ""
        return f"lacks {' and '.join(lacking)}{fields}" if lacking else ""
