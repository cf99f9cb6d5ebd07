"""The word "me" in fields and filters: it stands for one's own id where the id of a user belongs, elsewhere for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from ..._knowledge.fields import fields_of
from ..._knowledge.relations import by_id
from ...filters import Comparison
from .narrowing import COMPARES, any_value, with_values
from .shapes import is_array, is_object

Path = tuple[str, ...]
IsUser = Callable[[Path], bool]
"""Checks whether the id of a user stands at a path of a row."""

_COLUMN: Final = re.compile(r"_?users_id(?:_(?!.*notif)\w+)?")
"""How GLPI calls columns that hold the id of a user, and the fields of a create that do (_users_id_requester)."""
_TYPED: Final = {
    "items_id": "itemtype",
    "items_id_target": "itemtype_target",
    "requested_approver_id": "requested_approver_type",
}
"""Ids of an item whose type another field names."""


def is_me(value: object) -> bool:
    """Check whether a value is the word that stands for one's own id."""
    return isinstance(value, str) and value.lower() == "me"


def is_column_of_users(itemtype: str, path: Path) -> bool:
    """Check whether a column of the legacy API holds the id of a user.

    >>> is_column_of_users("Ticket", ("users_id_recipient",)), is_column_of_users("Ticket", ("id",))
    (True, False)
    """
    return len(path) == 1 and (_COLUMN.fullmatch(path[0]) is not None or (itemtype, path[0]) == ("User", "id"))


def is_property_of_users(schema: str, path: Path) -> bool:
    """Check whether a property of the High-Level API holds a user, or the id of one.

    >>> is_property_of_users("Ticket", ("user_recipient", "id")), is_property_of_users("Ticket", ("user_recipient", "name"))
    (True, False)
    >>> is_property_of_users("Custom_Drone", ("user_tech",)), is_property_of_users("User", ("id",))
    (True, True)
    """
    first = path[0]
    if path == ("id",):
        return schema == "User"
    if path[1:] not in ((), ("id",)):
        return False
    known = fields_of("CommonAsset" if schema.startswith("Custom_") else schema, "2.99")
    field = None if known is None else known.get(first)
    if field is not None:
        return field.target == "User" or (len(path) == 1 and _COLUMN.fullmatch(first) is not None)
    return known is None and (first == "user" or first.startswith("user_")) and by_id(schema, first)


def item_names_me(item: object, is_user: IsUser) -> bool:
    """Check whether a field of an item, one that holds the id of a user, says "me"."""
    return is_object(item) and any(_says_me(value) and _of_user(item, name, is_user) for name, value in item.items())


def item_with_id(item: Any, is_user: IsUser, id: int) -> Any:
    """Return an item with an id in place of each "me"."""
    if not item_names_me(item, is_user):
        return item
    return {
        name: _with_id(value, id) if _says_me(value) and _of_user(item, name, is_user) else value
        for name, value in item.items()
    }


def filter_names_me(condition: Any, is_user: IsUser) -> bool:
    """Check whether a filter, or one of a list, compares the id of a user with "me"."""
    return any_value(condition, lambda each, value: is_me(value) and _compares(each, is_user))


def filter_with_id(condition: Any, is_user: IsUser, id: int) -> Any:
    """Return a filter, or a list of them, with an id in place of each "me"."""
    return with_values(condition, lambda each, value: id if is_me(value) and _compares(each, is_user) else value)


def _compares(each: Comparison, is_user: IsUser) -> bool:
    return each.operator in COMPARES and is_user(each.path)


def _of_user(item: Mapping[str, Any], name: str, is_user: IsUser) -> bool:
    return is_user((name,)) or (name in _TYPED and item.get(_TYPED[name]) == "User")


def _says_me(value: Any) -> bool:
    if is_array(value):
        return any(map(_says_me, value))
    return is_me(value.get("id") if is_object(value) else value)


def _with_id(value: Any, id: int) -> Any:
    if is_array(value):
        return [_with_id(each, id) for each in value]
    if is_object(value):
        return {**value, "id": id} if is_me(value.get("id")) else value
    return id if is_me(value) else value
