"""Where each itemtype lives in the high-level API (11.0.6), and how it behaves there."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ROUTES", "Route"]


class Route(NamedTuple):
    """One itemtype: the name of its class in GLPI and its path, percent-encoded, below the version.

    ``names`` are the other names that mean it, such as the last part of its path where that differs.
    """

    itemtype: str
    path: str
    names: tuple[str, ...] = ()
    has_id: bool = True
    trash: bool = False
    """A delete puts it into the trash first."""
    hl_is_deleted_field: bool = False
    """The trash can be seen (``is_deleted``), filtered and undone. A trashed project looks like any other."""
    self_referencing: bool = False
    """It has a parent of its own kind: in one page with its child the parent's row comes mutilated (11.0.6)."""


def _with_trash(folder: str, *itemtypes: str) -> tuple[Route, ...]:
    return tuple(Route(each, f"{folder}/{each}", trash=True, hl_is_deleted_field=True) for each in itemtypes)


def _without_trash(folder: str, *itemtypes: str) -> tuple[Route, ...]:
    return tuple(Route(each, f"{folder}/{each}") for each in itemtypes)


def _trees(folder: str, *itemtypes: str) -> tuple[Route, ...]:
    return tuple(Route(each, f"{folder}/{each}", self_referencing=True) for each in itemtypes)


def _renamed(folder: str, **itemtypes: str) -> tuple[Route, ...]:
    """Path names that differ from the class."""
    return tuple(Route(itemtype, f"{folder}/{name}", names=(name,)) for name, itemtype in itemtypes.items())


def _components(**itemtypes: str) -> tuple[Route, ...]:
    return tuple(Route(itemtype, f"Components/{name}", names=(name,)) for name, itemtype in itemtypes.items())


_DROPDOWNS: Final = (
    *_trees("Dropdowns", "ITILCategory", "Location", "State", "TaskCategory", "BusinessCriticity", "DocumentCategory"),
    *_without_trash(
        "Dropdowns", "AutoUpdateSystem", "CableStrand", "CableType", "Calendar", "DatabaseInstanceCategory"
    ),
    *_without_trash("Dropdowns", "DatabaseInstanceType", "DocumentType", "Manufacturer", "NetworkPortFiberchannelType"),
    *_without_trash("Dropdowns", "PCIVendor", "RequestType", "SolutionTemplate", "SolutionType", "TaskTemplate"),
    *_without_trash("Dropdowns", "USBVendor", "VirtualMachineState", "VirtualMachineType", "WifiNetwork"),
    *_renamed(
        "Dropdowns",
        ApprovalStep="ValidationStep",
        CloseTime="Holiday",
        DeniedMailContent="BlacklistedMailContent",
        DenyList="Blacklist",
        EventCategory="PlanningEventCategory",
        FollowupTemplate="ITILFollowupTemplate",
        ValidationTemplate="ITILValidationTemplate",
        VirtualMachineModel="VirtualMachineSystem",
    ),
)

_COMPONENTS: Final = _components(
    Battery="DeviceBattery",
    Camera="DeviceCamera",
    Case="DeviceCase",
    Controller="DeviceControl",
    Drive="DeviceDrive",
    Firmware="DeviceFirmware",
    GenericDevice="DeviceGeneric",
    GraphicCard="DeviceGraphicCard",
    HardDrive="DeviceHardDrive",
    Memory="DeviceMemory",
    NetworkCard="DeviceNetworkCard",
    PCIDevice="DevicePci",
    PowerSupply="DevicePowerSupply",
    Processor="DeviceProcessor",
    Sensor="DeviceSensor",
    SIMCard="DeviceSimcard",
    SoundCard="DeviceSoundCard",
    Systemboard="DeviceMotherboard",
)

ROUTES: Final[tuple[Route, ...]] = (
    *_with_trash("Assistance", "Ticket", "Change", "Problem"),
    *_renamed(
        "Assistance",
        RecurringTicket="TicketRecurrent",
        RecurringChange="RecurrentChange",
        ExternalEvent="PlanningExternalEvent",
    ),
    *_with_trash("Assets", "Appliance", "Cable", "Certificate", "Computer", "Enclosure", "Monitor", "NetworkEquipment"),
    *_with_trash("Assets", "PassiveDCEquipment", "PDU", "Peripheral", "Phone", "Printer", "Rack", "Unmanaged"),
    Route("Software", "Assets/Software", trash=True, hl_is_deleted_field=True, self_referencing=True),
    # in the legacy API the short names are classes of their own: the single cartridge, the single consumable
    Route("CartridgeItem", "Assets/Cartridge", names=("Cartridge",), trash=True),
    Route("ConsumableItem", "Assets/Consumable", names=("Consumable",), trash=True),
    Route("Glpi\\Socket", "Assets/Socket", names=("Socket",)),
    Route("User", "Administration/User", trash=True, hl_is_deleted_field=True),
    Route("Group", "Administration/Group", self_referencing=True),
    Route("Entity", "Administration/Entity", self_referencing=True),
    *_without_trash("Administration", "Profile", "UserCategory", "UserTitle"),
    Route("ValidatorSubstitute", "Administration/ApprovalSubstitute", names=("ApprovalSubstitute",)),
    Route("Glpi\\Event", "Administration/EventLog", names=("EventLog", "Event")),
    *_with_trash("Management", "Budget", "Cluster", "Contact", "Contract", "Database", "DatabaseInstance", "Document"),
    *_with_trash("Management", "Domain", "Line", "Supplier"),
    Route("Datacenter", "Management/DataCenter", trash=True, hl_is_deleted_field=True),
    # Assets/SoftwareLicense is gone in API 3.0
    Route("SoftwareLicense", "Management/License", names=("License",), trash=True, hl_is_deleted_field=True),
    Route("Project", "Project", trash=True),
    Route("ProjectTask", "Project/Task", self_referencing=True),
    Route("KnowbaseItem", "Knowledgebase/Article", names=("KBArticle",)),
    Route(
        "KnowbaseItemCategory",
        "Knowledgebase/Category",
        names=("KnowledgebaseCategory", "KBCategory"),
        self_referencing=True,
    ),
    *_without_trash("Tools", "Reminder", "RSSFeed"),
    Route("AuthLDAP", "Setup/LDAPDirectory", names=("LDAPDirectory",)),
    Route("Config", "Setup/Config", has_id=False),
    *_DROPDOWNS,
    *_COMPONENTS,
)
