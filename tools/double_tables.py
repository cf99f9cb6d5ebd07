"""What neither the OpenAPI document nor the recordings say about GLPI's tables, by hand; read by its neighbour."""

from __future__ import annotations

# Have a trash although no schema shows it.
TRASH = (
    "Project Domain DCRoom Datacenter Unmanaged Line PDU Rack Enclosure PassiveDCEquipment Cable Cluster "
    "Certificate Appliance CartridgeItem ConsumableItem NetworkPort Database DatabaseInstance "
    "Item_Disk Item_RemoteManagement"
).split()

# Trees: the row that is above is named by this column.
TREE = {
    "Entity": "entities_id",
    "Location": "locations_id",
    "Group": "groups_id",
    "ITILCategory": "itilcategories_id",
    "TaskCategory": "taskcategories_id",
    "State": "states_id",
    "BusinessCriticity": "businesscriticities_id",
    "DocumentCategory": "documentcategories_id",
    "KnowbaseItemCategory": "knowbaseitemcategories_id",
    "SoftwareCategory": "softwarecategories_id",
    "SoftwareLicense": "softwarelicenses_id",
}

# Values that GLPI's database fills in where nothing (0, NULL) is not it.
DEFAULT: dict[str, dict[str, object]] = {
    "Ticket": {"status": 1, "type": 1, "urgency": 3, "impact": 3, "priority": 3, "global_validation": 1},
    "Change": {"status": 1, "urgency": 3, "impact": 3, "priority": 3, "global_validation": 1},
    "Problem": {"status": 1, "urgency": 3, "impact": 3, "priority": 3},
    "ITILFollowup": {"timeline_position": 1},
    "ITILSolution": {"status": 2, "itilfollowups_id": None},
    "TicketTask": {"timeline_position": 1, "state": 1},
    "ChangeTask": {"timeline_position": 1, "state": 0},
    "ProblemTask": {"timeline_position": 1, "state": 0},
    "TicketValidation": {"status": 2, "timeline_position": 1},
    "ChangeValidation": {"status": 2, "timeline_position": 1},
    "User": {"is_active": 1, "authtype": 1, "use_mode": 0},
    "ITILCategory": {
        "code": "",
        "is_helpdesk_visible": 1,
        "is_incident": 1,
        "is_request": 1,
        "is_change": 1,
        "is_problem": 1,
    },
    "Rule": {"is_active": 1},
    "Software": {"is_helpdesk_visible": 1, "is_valid": 1},
    "State": {"is_visible_helpdesk": 1},
    "Project": {"priority": 1},
    "Enclosure": {"orientation": None, "enclosuremodels_id": None},
    "PDU": {"pdumodels_id": None},
    "Rack": {"width": None, "height": None, "depth": None, "rackmodels_id": None, "bgcolor": "#FEC95C"},
    "SolutionType": {"is_recursive": 1, "is_incident": 1, "is_request": 1, "is_problem": 1, "is_change": 1},
    "TaskCategory": {"is_active": 1, "is_helpdesk_visible": 1},
    "Group": dict.fromkeys(
        "is_requester is_watcher is_assign is_task is_notify is_itemgroup is_usergroup is_manager".split(), 1
    ),
    "Profile": {"interface": "helpdesk"},
    "Glpi\\Socket": {"wiring_side": 1},
    "RequestType": {"is_active": 1, "is_ticketheader": 1, "is_itilfollowup": 1},
    "Ticket_User": {"type": 1, "use_notification": 1, "alternative_email": ""},
    "Change_User": {"type": 1, "use_notification": 0, "alternative_email": ""},
    "Problem_User": {"type": 1, "use_notification": 0, "alternative_email": ""},
    "Supplier_Ticket": {"type": 2, "use_notification": 1, "alternative_email": ""},
    "Change_Supplier": {"type": 2, "use_notification": 0, "alternative_email": ""},
    "Problem_Supplier": {"type": 2, "use_notification": 0, "alternative_email": ""},
    "Group_Ticket": {"type": 1},
    "Change_Group": {"type": 1},
    "Group_Problem": {"type": 1},
    "Group_Item": {"type": 1},
    "ItemVirtualMachine": {"uuid": ""},
    "Ticket_Ticket": {"link": 1},
}

_ACTOR = {"type": "int", "use_notification": "bool", "alternative_email": "text"}
_SECRETS = ("api_token", "personal_token", "cookie_token")

# Itemtypes that no schema describes, or columns that none shows: column -> kind.
EXTRA: dict[str, dict[str, str]] = {
    "PendingReason_Item": {"pendingreasons_id": "int"},
    "Ticket_User": {"tickets_id": "int", "users_id": "int", **_ACTOR},
    "Change_User": {"changes_id": "int", "users_id": "int", **_ACTOR},
    "Problem_User": {"problems_id": "int", "users_id": "int", **_ACTOR},
    "Group_Ticket": {"tickets_id": "int", "groups_id": "int", "type": "int"},
    "Change_Group": {"changes_id": "int", "groups_id": "int", "type": "int"},
    "Group_Problem": {"problems_id": "int", "groups_id": "int", "type": "int"},
    "Supplier_Ticket": {"tickets_id": "int", "suppliers_id": "int", **_ACTOR},
    "Change_Supplier": {"changes_id": "int", "suppliers_id": "int", **_ACTOR},
    "Problem_Supplier": {"problems_id": "int", "suppliers_id": "int", **_ACTOR},
    "Group_User": {"users_id": "int", "groups_id": "int", "is_dynamic": "bool", "is_manager": "bool"},
    "Group_Item": {"groups_id": "int", "itemtype": "text", "items_id": "int", "type": "int"},
    "Profile_User": {
        "users_id": "int",
        "profiles_id": "int",
        "entities_id": "int",
        "is_recursive": "bool",
        "is_dynamic": "bool",
        "is_default_profile": "bool",
    },
    "Profile": {"name": "text", "interface": "text", "is_default": "bool", "comment": "text"},
    "KnowbaseItem_KnowbaseItemCategory": {"knowbaseitems_id": "int", "knowbaseitemcategories_id": "int"},
    "CartridgeItem_PrinterModel": {"cartridgeitems_id": "int", "printermodels_id": "int"},
    "Contract_Item": {"contracts_id": "int", "items_id": "int", "itemtype": "text"},
    "User": {**dict.fromkeys(_SECRETS, "text"), "password": "text", "language": "text", "use_mode": "int"},
    "APIClient": {"app_token": "text"},
    "Entity": {"ancestors_cache": "text", "sons_cache": "text"},
    **{
        itemtype: {"is_template": "bool", "template_name": "text", "is_dynamic": "bool", "is_global": "bool"}
        for itemtype in ("Monitor", "Printer", "Phone", "Peripheral")
    },
    "NetworkEquipment": {"is_template": "bool", "template_name": "text", "is_dynamic": "bool"},
    "Config": {"context": "text", "name": "text", "value": "text"},
    "TicketValidation": {"entities_id": "int", "users_id_validate": "int"},
    "ChangeValidation": {"entities_id": "int", "users_id_validate": "int"},
    "TicketTask": {"taskcategories_id": "int", "tasktemplates_id": "int"},
    "Document": {"tag": "text", "link": "text", "is_blacklisted": "bool"},
    "Document_Item": {"documents_id": "int", "itemtype": "text", "items_id": "int", "users_id": "int"},
    "Change": {"is_recursive": "bool"},
    "Problem": {"is_recursive": "bool"},
    "Contract": {"num": "text", "begin_date": "date", "duration": "int", "is_recursive": "bool"},
    "Supplier": {"is_recursive": "bool", "email": "text", "phonenumber": "text", "address": "text"},
    "Group": {
        "is_recursive": "bool",
        "is_requester": "bool",
        "is_assign": "bool",
        "date_creation": "datetime",
        "date_mod": "datetime",
    },
    "RSSFeed": {"name": "text"},
    "Project": {"projects_id": "int", "users_id": "int", "date_creation": "datetime", "date_mod": "datetime"},
}

# There is such a thing in one of the two GLPI versions only.
ITEMTYPE_ONLY = {
    "Group_Item": "11.0.6",
    "ValidationStep": "11.0.6",
    "ITILValidationTemplate": "11.0.6",
    "Computer_Item": "10.0.17",
    "Glpi\\Asset\\Asset_PeripheralAsset": "11.0.6",
}
COLUMN_ONLY: dict[str, dict[str, str]] = {
    "TicketValidation": {"itemtype_target": "11.0.6", "items_id_target": "11.0.6"},
    "ChangeValidation": {"itemtype_target": "11.0.6", "items_id_target": "11.0.6"},
}

# The fields that somebody gave to the custom asset type, with their kinds.
CUSTOM_FIELDS = {"colour": "text", "weight": "decimal", "bought_on": "date", "is_loan": "bool"}

# Numbers that may be NULL although they have a default.
NULLABLE = frozenset({"ticket_tco"})

# Longer than the 255 characters of GLPI's short texts.
LONG_TEXT = frozenset(
    "content comment answer completename description value message comment_submission comment_validation "
    "ancestors_cache sons_cache address pictures picture rules text tooltip".split()
)
