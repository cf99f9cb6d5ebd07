"""Which fields of high-level rows hold an object (a relation, a status), and which cannot be filtered by (11.0.6)."""

from __future__ import annotations

from typing import Final

from .fields import fields_of
from .routes import Route

__all__ = ["by_id", "named_by", "never_zero", "rows_at", "schema_at", "unfilterable"]

_WITH_A_COMPUTED_STATUS: Final = frozenset({"Ticket", "Change", "Problem"})
_HIDDEN: Final = frozenset({("User", "password2"), ("LDAPDirectory", "rootdn_password")})
_CUSTOM: Final = "Custom_"
_NAMING: Final = ("name", "complete_name", "completename", "designation", "email", "serial")
"""The names of the parts that name an item, the usual one first."""


def schema_at(path: str) -> str:
    """Name the rows below a path.

    >>> schema_at("Assistance/Ticket"), schema_at("Timeline/Followup"), schema_at("Assets/Custom/Drone")
    ('Ticket', 'Followup', 'Custom_Drone')
    """
    folder, _, last = path.rpartition("/")
    return f"{_CUSTOM}{last}" if folder.lower().endswith("custom") else last


def rows_at(route: Route) -> str:
    """Name the schema of a route's rows; its path, as the server's document has it, where that is not known.

    >>> from .aliases import hl_path
    >>> rows_at(hl_path("ITILCategory")), rows_at(hl_path("Assets/Custom/Drone")), rows_at(hl_path("Plugin/X/Ticket"))
    ('ITILCategory', 'Custom_Drone', 'Plugin/X/Ticket')
    """
    custom = route.path.lower().startswith("assets/custom/")
    return route.schema or (schema_at(route.path) if custom else route.path)


def by_id(schema: str, name: str) -> bool:
    """Check for a field that holds an object with an id, so that it is compared by that.

    >>> by_id("Ticket", "status"), by_id("Ticket", "type"), by_id("Computer", "type"), by_id("Computer", "name")
    (True, False, True, False)
    """
    field = (fields_of(schema, "2.99") or {}).get(name)
    if field is not None:
        return field.kind in ("relation", "object", "list") and "id" in field.parts and name != "team"
    if name == "state":
        return schema.startswith(_CUSTOM)
    from .fields_table import OBJECTS

    return name in OBJECTS and (schema, name) != ("Validation", "status")  # of whichever ITIL object


def named_by(schema: str, name: str) -> tuple[str, str]:
    """Return the part of an object that names it and can be filtered by, and since when; "" where there is none.

    >>> named_by("Ticket", "category"), named_by("BatteryItem", "battery"), named_by("Solution", "approval_followup")
    (('name', '2.0'), ('designation', '2.0'), ('', '2.1'))
    """
    fields = fields_of(schema, "2.99")
    if fields is None:
        return "name", "2.0"
    field = fields.get(name)
    if field is None:
        return "", "2.0"
    parts = [each for each in _NAMING if each in field.parts and not unfilterable(schema, (name, each))]
    return parts[0] if parts else "", field.since


def never_zero(schema: str, name: str) -> bool:
    """Check whether a relation is null where nothing is related; an entity is not, since 0 is the root.

    >>> never_zero("Ticket", "category"), never_zero("Ticket", "entity"), never_zero("Entity", "parent")
    (True, False, False)
    """
    return "entit" not in name and schema != "Entity" and by_id(schema, name)


def unfilterable(schema: str, path: tuple[str, ...]) -> str:
    """Return why the server cannot filter by a field; "" where it can.

    >>> unfilterable("Ticket", ("status", "id"))
    ''
    """
    if path[0] == "team":
        return (
            "the server answers 500 to every filter by team. GLPI's search engine finds people exactly, by the legacy API: "
            "GlpiAPI(...).ticket.search_rows(F.assigned == 4), F.requester, F.observer_group"
        )
    if (schema, path[0]) in _HIDDEN:
        return "the server answers 500 to every filter and order by it: it is never read"
    if (schema, path[0]) == ("State", "visibilities"):
        return "the server shows as true what it has no row of, and filters and sorts by that row"
    computed = path in (("filepath",), ("picture",)) or (
        path == ("status", "name") and schema in _WITH_A_COMPUTED_STATUS
    )
    return "the server computes it after the query (a mapped property)" if computed else ""
