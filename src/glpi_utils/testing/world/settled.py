"""What GLPI settles by itself in a write, whatever it is given (seen on 10.0 and 11.0.6, by both APIs)."""

from __future__ import annotations

from glpi_utils.testing.world.column_values import Refusal, Row

_NOT_CREATED = {
    **dict.fromkeys(("Ticket", "Change", "Problem"), ("users_id_recipient",)),
    **dict.fromkeys(("TicketValidation", "ChangeValidation"), ("submission_date", "users_id")),
    "Notepad": ("users_id",),
    "Item_OperatingSystem": ("entities_id",),
    "PlanningExternalEvent": ("date", "begin", "end"),
    **dict.fromkeys(("TicketRecurrent", "RecurrentChange"), ("next_creation_date",)),
}
_NOT_CHANGED = ("date_mod", "users_id_lastupdater")
_STAYS = frozenset({"itemtype_target", "items_id_target", "submission_date", "users_id"})
_DIGITS = {
    "DeviceHardDrive": ("cache",),
    "DeviceMemory": ("frequence",),
    "DeviceProcessor": ("frequence", "frequency_default"),
    "DatabaseInstance": ("port",),
    "Phone": ("number_line",),
    "Printer": ("memory_size",),
}
_STANDS_FOR_NOTHING = {
    ("PlanningExternalEvent", "name"): "Without title",
    ("KnowbaseItem", "name"): "New item",
    ("Rack", "bgcolor"): "#FEC95C",
}
_NEVER_ZERO = {("Glpi\\Socket", "items_id"), ("ProjectTask", "projects_id"), ("User", "profiles_id")}
_MANDATORY = {
    ("ValidationStep", "name"): "The name field is mandatory",
    ("ITILValidationTemplate", "validationsteps_id"): "Invalid approval step",
}


def created(itemtype: str, values: Row) -> Row:
    """Return what is left of the columns of a new row."""
    dropped = (*_NOT_CREATED.get(itemtype, ()), "users_id_lastupdater")
    return _formed(itemtype, {name: value for name, value in values.items() if name not in dropped})


def changed(itemtype: str, values: Row, version: str) -> Row:
    """Return what is left of the changes of a row; who is asked for an approval may be changed on 10."""
    is_approval = itemtype in ("TicketValidation", "ChangeValidation") and not version.startswith("10.")
    made = {
        name: value
        for name, value in values.items()
        if name not in _NOT_CHANGED and not (is_approval and name in _STAYS)
    }
    for name, value in list(made.items()):
        key = (itemtype, name)
        if value in ("", 0, "0") and key in _MANDATORY:
            raise Refusal(_MANDATORY[key])
        if value == "" and key in _STANDS_FOR_NOTHING:
            made[name] = _STANDS_FOR_NOTHING[key]
        if value in (0, "0") and key in _NEVER_ZERO:
            del made[name]
    return _formed(itemtype, made)


def _formed(itemtype: str, made: Row) -> Row:
    """Return the values with the digits alone of some texts, and without a MAC address that is none."""
    for name in _DIGITS.get(itemtype, ()):
        if isinstance(made.get(name), str) and made[name]:
            made[name] = "".join(sign for sign in made[name] if sign in "0123456789") or "0"
    if itemtype == "DeviceNetworkCard" and made.get("mac_default") and not _is_mac(str(made["mac_default"])):
        del made["mac_default"]
    return made


def _is_mac(text: str) -> bool:
    parts = text.replace("-", ":").split(":")
    return len(parts) == 6 and all(
        0 < len(part) < 3 and not set(part.lower()) - set("0123456789abcdef") for part in parts
    )
