"""Misspelt keywords and methods: refused with what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..._spelling import did_you_mean, near_names


def refuse_unknown(unknown: Iterable[str], of: Callable[..., object], more: Iterable[str] = ()) -> None:
    """Raise TypeError for a keyword that ``of`` does not take, as Python does, with those that look most like it.

    ``more``: keywords that it takes beside those of its signature.
    """
    for name in unknown:
        import inspect

        named = inspect.signature(of).parameters.values()
        known = sorted({*(each.name for each in named if each.kind is not each.VAR_KEYWORD), *more} - {"self"})
        near = near_names(name, known)
        meant = did_you_mean([repr(each) for each in near]) or f"it takes {', '.join(known)}"
        raise TypeError(f"{of.__name__}() got an unexpected keyword argument {name!r:.60}; {meant}")


_WORDS = {
    "add": "create", "all": "get_all_pages", "delete_all": "delete", "edit": "update", "fetch": "get", "filter": "get_all",
    "find": "get_all", "find_all": "get_all_pages", "get_one": "get", "insert": "create", "iter": "iter_items",
    "list": "get_all", "list_all": "get_all_pages", "modify": "update", "new": "create", "purge": "delete",
    "put": "update", "query": "search", "read": "get", "remove": "delete", "save": "update", "set": "update",
    "close_session": "logout", "connect": "authenticate", "disconnect": "logout", "kill_session": "logout", "me": "whoami",
}  # fmt: skip
"""Verbs of other libraries, and ours for the same."""


def near_methods(owner: type, name: str) -> list[str]:
    """Return the public methods of a class that a name probably means, the best first."""
    methods = [each for each in dir(owner) if not each.startswith("_")]
    word = _WORDS.get(name.lower())
    if word in methods:
        return [word]
    return near_names(name.lower(), methods, plain=lambda each: each.replace("_", ""), cutoff=0.75)


def no_method(owner: type, name: str) -> AttributeError:
    """Return the error for a method that items do not have, with those that were probably meant."""
    near = [] if name.startswith("_") else near_methods(owner, name)
    meant = did_you_mean([f"{each}()" for each in near], before="; ")
    return AttributeError(f"{owner.__name__!r} object has no attribute {name!r}{meant}", name=name)
