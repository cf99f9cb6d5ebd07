"""Docstrings of public names say what the annotations do not: each parameter, what is returned, and an example."""

from __future__ import annotations

import builtins
import enum
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import glpi_utils
from glpi_utils import exceptions, filters, logger, testing
from glpi_utils._factory.options import ClientKeywords, ClientOptions
from glpi_utils._sync.items import ItemProxy
from glpi_utils._sync.pages import Pages, Rows
from tests.meta.test_doctests import EXAMPLES
from tests.meta.test_twins import CLIENTS

SECTION = re.compile(r"^(Args|Keyword Args|Attributes|Returns|Raises|Warns):\n((?:(?:    .*)?(?:\n|$))+)", re.MULTILINE)
ENTRY = re.compile(r"^    \*{0,2}(\w+)(?: \(.+?\))?: \S", re.MULTILINE)
VERBS = (*CLIENTS, ItemProxy)
NAMES = {
    **{name: getattr(glpi_utils, name) for name in glpi_utils.__all__ if name not in ("F", "__version__")},
    **{name: getattr(filters, name) for name in filters.__all__ if name != "F"},
    **{name: getattr(logger, name) for name in logger.__all__ if name != "Redactor"},
    **{each.__name__: each for each in (ItemProxy, Pages, Rows, ClientKeywords)},
}
DOUBLE = {name: getattr(testing, name) for name in testing.__all__ if name != "troubles"}
"""The embedded GLPI's classes."""
DRIVEN = {
    **{name: getattr(testing, name) for name in ("GlpiServer", "Faults", "Requests")},
    **{name: getattr(testing.troubles, name) for name in testing.troubles.__all__},
}
"""What of the embedded GLPI a test calls: the methods of these classes, and the kinds of trouble."""
MADE_BY_THE_LIBRARY = {
    "Fault",
    "ReadyFaults",
    "Requests",
    "ItemProxy",
    "Pages",
    "Rows",
    "EmptyHandler",
    "SensitiveFilter",
    "Every",
    "Some",
    "Filter",
    "Fields",
}
"""Classes that nobody makes by hand, or whose constructor takes nothing of its own."""


def sections(of: object) -> dict[str, list[str]]:
    """Return the sections of a docstring, each with the names that it tells of."""
    text = inspect.getdoc(of) or ""
    return {name: ENTRY.findall(body) for name, body in SECTION.findall(text + "\n")}


def described(of: object) -> set[str]:
    """Return the parameters that a docstring tells of."""
    own = sections(of)
    return {name for section in ("Args", "Attributes") for name in own.get(section, ())}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the public functions and methods."""
    for name, value in {**NAMES, **DRIVEN}.items():
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and not issubclass(value, enum.Enum) and not issubclass(value, dict):
            for part in dir(value):
                method = inspect.getattr_static(value, part)
                ours = str(getattr(method, "__module__", "")).startswith("glpi_utils")
                if not part.startswith("_") and inspect.isfunction(method) and ours:
                    yield f"{name}.{part}", method


def classes() -> Iterator[tuple[str, type]]:
    """Yield the public classes that are made by calling them."""
    for name, value in {**NAMES, **DOUBLE}.items():
        if name in MADE_BY_THE_LIBRARY or value is ClientKeywords or not inspect.isclass(value):
            continue
        if not issubclass(value, enum.Enum | BaseException):
            yield name, value


FUNCTIONS = dict(functions())


def parameters(of: Callable[..., Any]) -> set[str]:
    """Return what must be described: what stands in the source, whatever signature `help()` is shown."""
    code = inspect.unwrap(of).__code__
    named = code.co_argcount + code.co_kwonlyargcount
    extra = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    keywords = code.co_varnames[named + extra - 1] if code.co_flags & inspect.CO_VARKEYWORDS else ""
    refused = "Never" in str(of.__annotations__.get(keywords))
    elsewhere: set[str] = {keywords} if refused or "Keyword Args" in sections(of) else set()
    return set(code.co_varnames[: named + extra]) - {"self"} - elsewhere


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_parameter_of_a_function_is_described(name: str) -> None:
    assert described(FUNCTIONS[name]) == parameters(FUNCTIONS[name])


@pytest.mark.parametrize(("name", "owner"), list(classes()))
def test_each_parameter_of_a_constructor_is_described(name: str, owner: type) -> None:
    made: Any = vars(owner).get("__init__", owner.__new__)
    named = parameters(made) - {"_cls"}
    assert named <= described(owner)
    assert set(sections(owner).get("Args", ())) <= named


def test_each_keyword_of_constructors_is_described() -> None:
    assert set(sections(ClientKeywords)["Attributes"]) == set(ClientOptions._fields)


@pytest.mark.parametrize("name", exceptions.__all__)
def test_what_an_error_carries_is_described(name: str) -> None:
    kind = getattr(exceptions, name)
    if not issubclass(kind, exceptions.GlpiError | exceptions.GlpiWarning):
        return
    carried = {each for each in vars(kind("x")) if not each.startswith("_")}
    carried |= {each for base in kind.__mro__[:-3] for each in vars(base).get("__annotations__", ())}
    assert carried <= {each for base in kind.__mro__ for each in described(base)}


@pytest.mark.parametrize(
    "name", [name for name in FUNCTIONS if name.partition(".")[0] in {each.__name__ for each in VERBS}]
)
def test_what_a_verb_returns_is_said(name: str) -> None:
    verb = FUNCTIONS[name]
    nothing = inspect.signature(verb).return_annotation in (None, "None")
    assert nothing != ("Returns" in sections(verb))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_raised_exists(name: str) -> None:
    own = sections(FUNCTIONS[name])
    for each in [*own.get("Raises", ()), *own.get("Warns", ())]:
        kind = getattr(exceptions, each, None) or getattr(builtins, each, None)
        assert isinstance(kind, type), each
        assert issubclass(kind, BaseException)


def test_no_public_name_is_without_an_example() -> None:
    with_one = {example.name.rpartition(".")[2] for example in EXAMPLES}
    texts = {example.docstring for example in EXAMPLES}
    named = {name for name in {**NAMES, **DOUBLE} if name not in ("Every", "Some", "Comparison", "Pages", "Rows")}
    assert sorted(named - with_one) == []
    verbs = {
        name: verb for name, verb in FUNCTIONS.items() if name.partition(".")[0] in {each.__name__ for each in VERBS}
    }
    assert sorted(name for name, verb in verbs.items() if verb.__doc__ not in texts) == []


def test_the_reader_of_sections_sees_them() -> None:
    def example() -> None:
        """Do it.

        Args:
            one (int or str): The first,
                on two lines.
            **more: The rest.

        Returns:
            HL: This.
            Legacy: That.

        >>> 1
        1
        """

    assert sections(example) == {"Args": ["one", "more"], "Returns": ["HL", "Legacy"]}
