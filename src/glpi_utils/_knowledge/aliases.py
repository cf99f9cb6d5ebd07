"""The names by which people call itemtypes, and what each means in either API."""

from __future__ import annotations

from functools import cache
from typing import Final
from urllib.parse import quote

from .._spelling import near_names
from ..exceptions import GlpiUnsupportedError, GlpiValidationError
from .customs import class_of_path, path_of_class
from .routes import Route, find, known_class

__all__ = [
    "ALIASES",
    "class_name",
    "close_classes",
    "close_names",
    "hl_path",
    "legacy_itemtype",
    "names",
    "only_in_legacy",
    "resolve",
    "safe_path",
]

ALIASES: Final = {
    "ticket": "Ticket",
    "computer": "Computer",
    "monitor": "Monitor",
    "printer": "Printer",
    "networkequipment": "NetworkEquipment",
    "software": "Software",
    "user": "User",
    "group": "Group",
    "entity": "Entity",
    "location": "Location",
    "category": "ITILCategory",
    "problem": "Problem",
    "change": "Change",
    "project": "Project",
    "projecttask": "ProjectTask",
    "document": "Document",
    "contract": "Contract",
    "supplier": "Supplier",
    "contact": "Contact",
    "knowledgebase": "KnowbaseItem",
    "followup": "ITILFollowup",
    "solution": "ITILSolution",
    "task": "TicketTask",
    "validation": "TicketValidation",
    "log": "Log",
}
"""The 25 that every client has had from the beginning."""

SUB_ONLY: Final = (
    *(
        "ITILFollowup",
        "ITILSolution",
        "TicketTask",
        "ChangeTask",
        "ProblemTask",
        "TicketValidation",
        "ChangeValidation",
    ),
    "Document_Item",
)
"""The classes that the high-level API has only below a parent."""

LEGACY_ONLY: Final = (
    *("Log", "Cartridge", "Consumable", "TicketCost", "Ticket_User", "Group_Ticket", "Supplier_Ticket", "Group_User"),
    *("Profile_User", "NetworkName", "IPAddress", "Contract_Item", "Item_Disk"),
)
"""Classes of the legacy API that no schema of an 11.0.6 shows, or whose names stand for another path there."""

_FORBIDDEN: Final = frozenset("?#%\\")


@cache
def _first_meant() -> dict[str, str]:
    """Plain name -> class. An alias wins over a class of the legacy API, which wins over the name of a path."""
    known = dict(ALIASES)
    for each in (*LEGACY_ONLY, *SUB_ONLY):
        known.setdefault(_plain(each), each)
    return known


def _class(plain: str) -> str | None:
    return _first_meant().get(plain) or known_class(plain)


def _route(plain: str) -> Route | None:
    return find(_plain(ALIASES.get(plain, plain)))


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def resolve(name: str) -> str | None:
    """The class that ``api.<name>`` means: any case, with or without underscores. None: no such attribute.

    >>> resolve("ticket"), resolve("network_equipment"), resolve("KnowledgeBase"), resolve("tickets")
    ('Ticket', 'NetworkEquipment', 'KnowbaseItem', None)
    """
    return None if name.startswith("_") else _class(_plain(name))


def names() -> list[str]:
    """All names to offer as attributes, for ``dir()``."""
    from .routes_table import ATTRIBUTES

    return sorted({*ALIASES, *map(str.lower, LEGACY_ONLY), *ATTRIBUTES.split("\n")})


def close_names(name: str) -> list[str]:
    """The known names that look most like it, the best first."""
    return near_names(name, names(), plain=_plain)


def close_classes(name: str) -> list[str]:
    r"""The classes that the legacy API serves and whose names look most like it, the best first.

    >>> close_classes("Compter")[0], close_classes("Glpi\\Sockt")[0], close_classes("Zzz")
    ('Computer', 'Glpi\\Socket', [])
    """
    text = name.rpartition("\\")[2]
    near = (_class(_plain(each)) for each in close_names(text) if _in_legacy(_plain(each)))
    return [known for known in dict.fromkeys(near) if known and known != name]


def _in_legacy(plain: str) -> bool:
    route = _route(plain)
    return route is None or route.in_legacy


def hl_path(name: object) -> Route:
    """The route of an itemtype, by its name in any case, or by its path.

    >>> hl_path("Ticket").path, hl_path("assistance/ticket/").path, hl_path("Assets/Custom/MyType").path
    ('Assistance/Ticket', 'Assistance/Ticket', 'Assets/Custom/MyType')
    """
    text = _checked(name).strip("/")
    is_name = "/" not in text
    known = _route(_plain(text)) if is_name else find(text.lower())
    if known is not None:
        return known
    if is_name:
        _refuse_legacy(text)
        text = path_of_class(text.strip("\\")) or text
    custom = text.lower().startswith("assets/custom/") and text.count("/") == 2
    return Route(text.rpartition("/")[2], safe_path(text), trash=True, hl_is_deleted_field=custom)


def only_in_legacy(name: object) -> bool:
    r"""Whether a name means a class that the legacy API serves and no path of the high-level API: known ones, plugins'.

    >>> [only_in_legacy(name) for name in ("Reservation", "PluginFooBar", "GlpiPlugin\\Foo\\Bar", "ITILFollowup", "log")]
    [True, True, True, True, True]
    >>> [only_in_legacy(name) for name in ("Ticket", "Assets/Socket", "Glpi\\CustomAsset\\DroneAsset", "Plugin", "Tickt")]
    [False, False, False, False, False]
    """
    text = name.strip(" /\\") if isinstance(name, str) else ""
    if "/" in text or not text.isprintable() or _route(_plain(text)) is not None or path_of_class(text):
        return False
    return _class(_plain(text)) is not None or _of_a_plugin(text)


def _of_a_plugin(name: str) -> bool:
    """Check for a class that is named as GLPI names those of plugins: "PluginFooBar", or below "GlpiPlugin"."""
    first, *others = name.split("\\")
    named = first == "GlpiPlugin" if others else first.startswith("Plugin") and first[6:7].isupper()
    return named and all(_is_word(part) for part in (first, *others))


def _refuse_legacy(name: str) -> None:
    itemtype = _class(_plain(name))
    if itemtype in SUB_ONLY:
        raise GlpiUnsupportedError(
            f"the high-level API has {itemtype} only below its parent: api.ticket.get_sub_items(id, {itemtype!r}); "
            "GlpiAPI has it on its own"
        )
    if itemtype == "Log":
        raise GlpiUnsupportedError("the high-level API has no Log; GlpiAPI (the legacy API) has it")


def safe_path(name: object) -> str:
    """A path of the high-level API as it stands, percent-encoded; what would leave the API is refused."""
    path = _checked(name).strip("/")
    if any(part in ("", ".", "..") for part in path.split("/")) or any(sign in _FORBIDDEN for sign in path):
        raise GlpiValidationError(f"{path!r:.80} is no path: it may not hold '..', '//', '?', '#', '%' or a backslash")
    try:
        return quote(path, safe="/@:!$&'()*+,;=-._~")
    except UnicodeError:
        raise GlpiValidationError("a path must be text that UTF-8 can hold") from None


def class_name(name: object) -> str:
    r"""The class that the legacy API knows: canonical where it is known (GLPI 11 minds the case), else as given.

    >>> class_name("knowledgebase"), class_name("Assets/Socket"), class_name("PluginFieldsContainer")
    ('KnowbaseItem', 'Glpi\\Socket', 'PluginFieldsContainer')
    """
    text = _checked(name)
    if "/" in text:
        route = find(text.strip("/").lower())
        if route is None and (custom := class_of_path(text)) is not None:
            return custom
        if route is None:
            raise GlpiValidationError(f"{text!r:.80} is a path of the high-level API; the legacy API takes an itemtype")
        return _served_by_legacy(route)
    text = text.strip("\\")
    known, route = _class(_plain(text)), _route(_plain(text))
    if known is not None and route is not None:
        _served_by_legacy(route)
    if known is None and not all(_is_word(part) for part in text.split("\\")):
        raise GlpiValidationError(
            f"{text!r:.80} is no itemtype: it is the name of a class, such as Ticket or Glpi\\Socket"
        )
    return known or text


def _served_by_legacy(route: Route) -> str:
    if not route.in_legacy:
        raise GlpiUnsupportedError(
            f"the legacy API has no {route.itemtype}: it is no class of GLPI; GlpiOAuthClient (the high-level API) has it"
        )
    return route.itemtype


def _is_word(part: str) -> bool:
    return part.isascii() and part.isidentifier()


def trash_of(itemtype: str) -> bool | None:
    """Whether a class has a trash; None where that is not known."""
    known = _route(_plain(itemtype))
    return None if known is None or not known.verbs else known.trash


def legacy_itemtype(name: object) -> str:
    """As `class_name`, percent-encoded for a path.

    >>> legacy_itemtype("socket")
    'Glpi%5CSocket'
    """
    return quote(class_name(name), safe="")


def _checked(name: object) -> str:
    if not isinstance(name, str) or not name.strip(" /"):
        raise GlpiValidationError(f"an itemtype must be text such as 'Ticket' or 'Assets/Socket', not {name!r:.80}")
    if not name.isprintable():
        raise GlpiValidationError(f"an itemtype may hold no control characters: {name!r:.80}")
    return name.strip()
