"""Who asks, and what that one may do: GLPI's standard profiles, as far as the recordings show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.itil import ACTORS, FOREIGN_KEY, LINK_PARENT, TASKS, VALIDATIONS
from glpi_utils.testing.world.rows import Rows

DROPDOWNS = frozenset(
    (
        "AutoUpdateSystem Blacklist BlacklistedMailContent BusinessCriticity CableStrand CableType DatabaseInstanceCategory "
        "DatabaseInstanceType DocumentCategory DocumentType Manufacturer NetworkPortFiberchannelType PCIVendor "
        "PlanningEventCategory RequestType SolutionType USBVendor UserCategory UserTitle ValidationStep "
        "VirtualMachineState VirtualMachineSystem VirtualMachineType DeviceBattery DeviceCamera DeviceCase DeviceControl "
        "DeviceDrive DeviceFirmware DeviceGeneric DeviceGraphicCard DeviceHardDrive DeviceMemory DeviceMotherboard "
        "DeviceNetworkCard DevicePci DevicePowerSupply DeviceProcessor DeviceSensor DeviceSimcard DeviceSoundCard"
    ).split()
)
OF_SUPERVISORS = frozenset(
    (
        "Cable Calendar Domain Glpi\\Socket Holiday ITILCategory ITILFollowupTemplate ITILValidationTemplate "
        "KnowbaseItemCategory Location SolutionTemplate State TaskCategory TaskTemplate"
    ).split()
)
PAPERS = frozenset("Budget Contact Contract Supplier".split())
_RULES = frozenset("Rule RuleAction RuleCriteria".split())
LOGS = frozenset(("Glpi\\Event",))
RECURRENT = frozenset(("TicketRecurrent", "RecurrentChange"))
CONFIGURED = frozenset(
    (
        "OAuthClient Webhook WebhookCategory QueuedWebhook AuthMail AuthLdapReplicate MailCollector NotImportedEmail "
        "FieldUnicity Link ManualLink CronTask CronTaskLog Plugin Notification NotificationTarget NotificationTemplate "
        "NotificationTemplateTranslation Notification_NotificationTemplate QueuedNotification SNMPCredential"
    ).split()
)
"""What only those who configure GLPI see; clients and webhooks were refused to a technician of 11.0.8."""
BY_MACHINES = frozenset(("Unmanaged", "Profile"))

BY_ANYBODY_ON_10 = frozenset(
    "Alert ImpactContext ImpactItem KnowbaseItem_Comment ObjectLock OlaLevel_Ticket SlaLevel_Ticket".split()
)
"""Types for which GLPI 10 names no right, so that its API refuses them to a super-admin too (seen on 10.0.19)."""
BY_TECHNICIANS = DROPDOWNS | OF_SUPERVISORS | PAPERS | _RULES | LOGS | BY_MACHINES | CONFIGURED
BY_SUPERVISORS = DROPDOWNS | _RULES | BY_MACHINES | CONFIGURED
BY_OBSERVERS = (
    (DROPDOWNS - {"DocumentType"}) | OF_SUPERVISORS | _RULES | LOGS | RECURRENT | BY_MACHINES | CONFIGURED | {"Entity"}
)
"""As an 11.0.6 answers each of them; a profile that only reads sees all but what machines find."""

Right = Literal["read", "create", "update", "delete", "purge"]

SELF_SERVICE, OBSERVER, ADMIN, SUPER_ADMIN, HOTLINER, TECHNICIAN, SUPERVISOR, READ_ONLY = range(1, 9)

_ALL: frozenset[Right] = frozenset(("read", "create", "update", "delete", "purge"))
_EDIT: frozenset[Right] = frozenset(("read", "create", "update", "delete"))
_ADD: frozenset[Right] = frozenset(("read", "create"))
_READ: frozenset[Right] = frozenset(("read",))
_NONE: frozenset[Right] = frozenset()

ITIL = tuple(FOREIGN_KEY)
TIMELINE = frozenset(("ITILFollowup", "ITILSolution", *TASKS.values(), *VALIDATIONS.values()))
SETTINGS = ("Config", "APIClient", "Profile", "Profile_User", "AuthLDAP", "Entity")
OWN_TICKETS = 'users_id_recipient=? OR id IN (SELECT tickets_id FROM "Ticket_User" WHERE users_id=? AND type<>2)'
OWN = {
    "Ticket": OWN_TICKETS,
    "User": "id=?",
    "ITILFollowup": "is_private=0 OR users_id=?",
    "Document": (
        "users_id=? OR id IN (SELECT documents_id FROM \"Document_Item\" WHERE itemtype='Ticket' AND items_id IN "
        f'(SELECT id FROM "Ticket" WHERE {OWN_TICKETS}))'
    ),
}
"""What Self-Service sees of an itemtype; every question mark is the user."""
# What a user always may read of himself or needs for a form.
HELPDESK_READ = ("KnowbaseItem", "KnowbaseItemCategory", "Reminder", "RSSFeed", "ValidatorSubstitute")


@dataclass(frozen=True, slots=True)
class Who:
    """The acting user: one profile and the entities that are active for the request."""

    user: int
    profile: int = SUPER_ADMIN
    entities: tuple[int, ...] = (0,)
    """Every active entity id, children already unfolded when recursive; the first is *the* active entity."""
    recursive: bool = True


SYSTEM = Who(user=0)
"""The double itself (sample data): no author is filled in."""


def granted(profile: int, itemtype: str) -> frozenset[Right]:
    """Return what a profile may do with an itemtype at all."""
    if profile in (ADMIN, SUPER_ADMIN):
        return _ALL if profile == SUPER_ADMIN or itemtype not in SETTINGS else _READ
    if profile == SUPERVISOR:
        return _NONE if itemtype in BY_SUPERVISORS else technician(itemtype, _ALL)
    if profile in (HOTLINER, TECHNICIAN):
        return _NONE if itemtype in BY_TECHNICIANS else technician(itemtype, _EDIT)
    if profile in (OBSERVER, READ_ONLY):
        return observer(itemtype, profile)
    if profile == SELF_SERVICE:
        return helpdesk(itemtype)
    return _NONE


def technician(itemtype: str, own: frozenset[Right]) -> frozenset[Right]:
    """Return the rights of who works on tickets and assets; only timeline entries and actors are purged."""
    if itemtype in ("Config", "APIClient", "AuthLDAP", "Profile_User"):
        return _NONE
    if itemtype in TIMELINE or itemtype in LINK_PARENT or itemtype == "Document_Item":
        return _ALL
    if itemtype in ("Entity", "Group", "User", "PlanningExternalEvent") or itemtype in RECURRENT:
        return _READ
    return own


def observer(itemtype: str, profile: int) -> frozenset[Right]:
    """Return the rights of who sees what technicians see, and asks for help."""
    if itemtype in ("Config", "APIClient", "AuthLDAP", "Profile_User"):
        return _NONE
    if profile == OBSERVER and itemtype in BY_OBSERVERS:
        return _NONE
    if profile == OBSERVER and (itemtype in ("Ticket", "ITILFollowup", "Document", "Document_Item")):
        return _ADD
    return _READ


def helpdesk(itemtype: str) -> frozenset[Right]:
    """Return the rights of Self-Service: own tickets and what is said about them."""
    if itemtype == "Ticket":
        return _EDIT
    if itemtype in ("ITILFollowup", "Document", "Document_Item"):
        return _ADD
    if (
        itemtype in ("TicketTask", "ITILSolution", "TicketValidation", *(link for link, _ in ACTORS["Ticket"].values()))
        or itemtype in HELPDESK_READ
    ):
        return _READ
    return _NONE


def may(world: Rows, who: Who, right: Right, itemtype: str, row: Mapping[str, Any] | None = None) -> bool:
    """Check whether `who` has `right` on an itemtype, or on one row of it when `row` is given.

    For "create" the row is what is to be written: its entity and its parent must be within reach.
    """
    if right not in granted(who.profile, itemtype) and not technicians_edit_users(world, who, right, itemtype):
        return False
    if itemtype in BY_ANYBODY_ON_10 and world.version.startswith("10."):
        return False
    if row is None:
        return itemtype != "Document" or right != "read" or who.profile != SELF_SERVICE  # only through a ticket
    if itemtype == "User" and right in ("delete", "purge") and row.get("id") == who.user:
        return False
    if right == "create":
        return may_create(world, who, itemtype, row)
    if (
        itemtype == "Ticket"
        and right in ("update", "delete")
        and who.profile == SELF_SERVICE
        and row.get("status") in (5, 6)
    ):
        return False  # what is solved is answered by a followup
    return sees(world, who, itemtype, row)


def technicians_edit_users(world: Rows, who: Who, right: Right, itemtype: str) -> bool:
    """Check whether a technician changes any user, a super-admin too: 11.0.8 allows it."""
    newer = itemtype == "User" and not quirks.before(world.version, "11.0.8")
    return newer and right == "update" and who.profile == TECHNICIAN


def may_create(world: Rows, who: Who, itemtype: str, row: Mapping[str, Any]) -> bool:
    """Check whether the entity that a new row names is active, and the ticket that it hangs on is seen."""
    entity = row.get("entities_id")
    if itemtype not in ("User", "Entity") and entity is not None and not within(entity, who):
        return False
    parent = parent_of(world, itemtype, row)
    return parent is None or sees(world, who, *parent)


def within(entity: Any, who: Who) -> bool:
    """Check whether an entity id is among the active ones."""
    return str(entity).isdigit() and int(entity) in who.entities


def sees(world: Rows, who: Who, itemtype: str, row: Mapping[str, Any]) -> bool:
    """Check whether an existing row is within reach."""
    parent = parent_of(world, itemtype, row)
    if parent is not None:
        return sees(world, who, *parent)
    where, args = visible(world, who, itemtype)
    return not where or bool(world.count(itemtype, f"id=? AND ({where})", (row["id"], *args)))


def parent_of(world: Rows, itemtype: str, row: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """Return the ticket, change or problem that a timeline row or an actor hangs on, if it is there."""
    if itemtype not in TIMELINE and itemtype not in LINK_PARENT:
        return None
    for parent, column in FOREIGN_KEY.items():
        key = row.get(column) or (row.get("items_id") if row.get("itemtype") == parent else None)
        parent_row = world.get(parent, int(str(key))) if str(key or "").isdigit() else None
        if parent_row is not None:
            return parent, parent_row
    return None


def visible(world: Rows, who: Who, itemtype: str) -> tuple[str, list[Any]]:
    """Return a condition over an itemtype's own columns that leaves only rows within reach; empty: every row.

    Rows of the active entities, rows that a recursive parent hands down, and for Self-Service the own tickets.
    """
    kind = world.itemtype(itemtype)
    where: list[str] = []
    args: list[Any] = []
    if itemtype == "Entity":
        where.append(f"id IN ({marks(who.entities)})")
        args += who.entities
    elif kind.entity:
        text = f"entities_id IN ({marks(who.entities)})"
        args += who.entities
        above = ancestors(world, who.entities) if "is_recursive" in kind.columns else []
        if above:
            text += f" OR (is_recursive=1 AND entities_id IN ({marks(above)}))"
            args += above
        where.append(text)
    if who.profile == SELF_SERVICE and itemtype in OWN:
        where.append(OWN[itemtype])
        args += [who.user] * OWN[itemtype].count("?")
    return " AND ".join(f"({part})" for part in where), args


def marks(values: tuple[int, ...] | list[int]) -> str:
    """Return as many question marks."""
    return ",".join("?" * len(values))


def ancestors(world: Rows, entities: tuple[int, ...]) -> list[int]:
    """Return the entities above these."""
    parents = {row["id"]: row["entities_id"] for row in world.sql('SELECT id, entities_id FROM "Entity"')}
    above_all: list[int] = []
    for entity in entities:
        above = parents.get(entity)
        while above is not None and above not in above_all and above not in entities:
            above_all.append(above)
            above = parents.get(above)
    return above_all


def entities_below(world: Rows, entity: int, order: str = "id") -> list[int]:
    """Return an entity and all below it, level by level."""
    above = {row["id"]: row["entities_id"] for row in world.select("Entity", order=order)}
    below = [entity]
    for parent in below:
        below.extend(row for row, over in above.items() if over == parent and row not in below)
    return below


def entities_of(world: Rows, profiles: list[dict[str, Any]], profile: int | None, order: str = "id") -> list[int]:
    """Return every entity where a profile holds for a user with these rows of Profile_User."""
    reached: dict[int, None] = {}
    for row in profiles:
        if row["profiles_id"] == profile:
            entity = row["entities_id"]
            reached.update(dict.fromkeys(entities_below(world, entity, order) if row["is_recursive"] else [entity]))
    return list(reached)
