"""Misspelt keywords and methods: refused with what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..._knowledge.aliases import resolve
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiError


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
    "find": "get_all", "find_all": "get_all_pages", "get_by_id": "get", "get_one": "get", "insert": "create", "iter": "iter_items",
    "list": "get_all", "list_all": "get_all_pages", "modify": "update", "new": "create", "purge": "delete",
    "put": "update", "query": "search", "read": "get", "remove": "delete", "save": "update", "set": "update",
    "close_session": "logout", "connect": "authenticate", "disconnect": "logout", "kill_session": "logout", "me": "whoami",
}  # fmt: skip
"""Verbs of other libraries, and ours for the same."""


def near_methods(owner: type, name: str) -> list[str]:
    """Return the public methods of a class that a name probably means, the best first."""
    methods = [each for each in dir(owner) if not each.startswith("_")]
    verb, _, rest = name.lower().rpartition("_")
    same = [word for word in (_WORDS.get(name.lower()), f"{_WORDS.get(verb)}_{rest}") if word in methods]
    if same:
        return same
    return near_names(name.lower(), methods, plain=lambda each: each.replace("_", ""), cutoff=0.75)


def of_items(items: type, name: str) -> str:
    """Return the call that a name of a verb and an itemtype means, such as "create_ticket"; "" for any other name."""
    parts = name.lower().split("_")
    for at in range(1, len(parts)):
        verb, named = "_".join(parts[:at]), "_".join(parts[at:])
        single = next(
            (each for each in (named, named.removesuffix("s"), f"{named.removesuffix('ies')}y") if resolve(each)), ""
        )
        method = _WORDS.get(verb, verb)
        if single and hasattr(items, method):
            return f"api.{single}.{'get_all' if method == 'get' and single != named else method}()"
    return ""


def no_method(owner: type, name: str) -> AttributeError:
    """Return the error for a method that items do not have, with those that were probably meant."""
    near = [] if name.startswith("_") else near_methods(owner, name)
    meant = did_you_mean([f"{each}()" for each in near], before="; ")
    return AttributeError(f"{owner.__name__!r} object has no attribute {name!r}{meant}", name=name)


def offered(names: Iterable[str], itemtype: Callable[[], str]) -> list[str]:
    """Return the names of what items have, without the verbs that a type is known to lack."""
    from ..._knowledge.capabilities import has_verb

    try:
        known = itemtype()
    except GlpiError:  # it is no name of a type, as the first call will say
        return list(names)
    return [name for name in names if has_verb(known, name) is not False]
