"""What neither the OpenAPI document nor the recordings say about HL's properties and routes, by hand; read by its neighbour."""

from __future__ import annotations

# Property -> column, for every schema unless a schema's own table below says otherwise.
COLUMN: dict[str, str] = {
    "resolution_date": "time_to_resolve",
    "date_solve": "solvedate",
    "date_close": "closedate",
    "take_into_account_date": "takeintoaccountdate",
    "take_into_account_duration": "takeintoaccount_delay_stat",
    "resolution_duration": "solve_delay_stat",
    "close_duration": "close_delay_stat",
    "internal_resolution_date": "internal_time_to_resolve",
    "internal_take_into_account_date": "internal_time_to_own",
    "external_id": "externalid",
    "source_item_id": "sourceitems_id",
    "source_of_item_id": "sourceof_items_id",
    "user": "users_id",
    "user_tech": "users_id_tech",
    "user_editor": "users_id_editor",
    "user_recipient": "users_id_recipient",
    "group": "groups_id",
    "group_tech": "groups_id_tech",
    "entity": "entities_id",
    "sla_ttr": "slas_id_ttr",
    "sla_tto": "slas_id_tto",
    "ola_ttr": "olas_id_ttr",
    "ola_tto": "olas_id_tto",
    "sla_level_ttr": "slalevels_id_ttr",
    "ola_level_ttr": "olalevels_id_ttr",
}

TASK = {"duration": "actiontime", "planned_begin": "begin", "planned_end": "end"}
ITIL = {"user_editor": "users_id_lastupdater"}
VALIDATION = {
    "requester": "users_id",
    "approver": "users_id_validate",
    "requested_approver_type": "itemtype_target",
    "requested_approver_id": "items_id_target",
    "submission_comment": "comment_submission",
    "approval_comment": "comment_validation",
    "approval_date": "validation_date",
}

SCHEMA_COLUMN: dict[str, dict[str, str]] = {
    "Ticket": ITIL,
    "Change": ITIL,
    "Problem": ITIL,
    "Note": {"user_editor": "users_id_lastupdater"},
    "TicketTask": TASK,
    "ChangeTask": TASK,
    "ProblemTask": TASK,
    "TicketValidation": VALIDATION,
    "ChangeValidation": VALIDATION,
    "Solution": {"approver": "users_id_approval", "approval_followup": "itilfollowups_id"},
    "User": {
        "username": "name",
        "date_password_change": "password_last_update",
        "default_profile": "profiles_id",
        "default_entity": "entities_id",
    },
    "Budget": {"date_begin": "begin_date", "date_end": "end_date"},
    "Infocom": {
        "date_buy": "buy_date",
        "date_use": "use_date",
        "date_order": "order_date",
        "date_delivery": "delivery_date",
        "date_inventory": "inventory_date",
        "date_warranty": "warranty_date",
        "date_decommission": "decommission_date",
        "amortization_type": "sink_type",
        "amortization_time": "sink_time",
        "amortization_coeff": "sink_coeff",
        "invoice_number": "bill",
    },
    "KBArticle": {
        "content": "answer",
        "views": "view",
        "date_begin": "begin_date",
        "date_end": "end_date",
    },
    "KBArticleComment": {"parent": "parent_comment_id"},
    "KBArticleTranslation": {"content": "answer"},
    "KBArticleRevision": {"content": "answer"},
    "ITILCategory": {
        "ticket_incident_template": "tickettemplates_id_incident",
        "ticket_request_template": "tickettemplates_id_demand",
        "is_incident_visible": "is_incident",
        "is_request_visible": "is_request",
        "is_change_visible": "is_change",
        "is_problem_visible": "is_problem",
        "is_helpdesk_visible": "is_helpdeskvisible",
    },
    "TaskCategory": {"is_helpdesk_visible": "is_helpdeskvisible"},
    "TaskTemplate": {"duration": "actiontime"},
    "State": {"is_visible_helpdesk": "is_helpdesk_visible"},
    "CloseTime": {"date_begin": "begin_date", "date_end": "end_date"},
    "DocumentType": {"extension": "ext"},
    "ApprovalStep": {"min_required_approval_percent": "minimal_required_validation_percent"},
    **{
        key: {"date_begin": "begin_date", "date_end": "end_date", "date_next_creation": "next_creation_date"}
        for key in ("RecurringTicket", "RecurringChange")
    },
    "ExternalEvent": {"date_begin": "begin", "date_end": "end", "is_background": "background"},
    "ExternalEventTemplate": {"is_background": "background"},
    **{
        key: {"rating": "satisfaction", "rating_scaled_5": "satisfaction_scaled_to_5"}
        for key in ("TicketSatisfaction", "ChangeSatisfaction")
    },
    "Reservation": {"date_begin": "begin", "date_end": "end"},
    "RSSFeed": {"refresh_interval": "refresh_rate"},
    "LDAPDirectory": {"connection_filter": "condition", "rootdn_password": "rootdn_passwd"},
    **{key: {"time": "number_time", "time_unit": "definition_time"} for key in ("SLA", "OLA")},
    **{key: {"operator": "match"} for key in ("SLALevel", "OLALevel")},
    **{key: {"rack_units": "required_units"} for key in ("PDUModel", "PassiveDCEquipmentModel")},
    "DCRoom": {"rows": "vis_rows", "cols": "vis_cols"},
    "OSInstallation": {"date_install": "install_date"},
    "Rack": {"measured_power": "mesured_power"},
    "RackItem": {"position_horizontal": "hpos"},
    "NetworkPortAggregate": {"network_port_list": "networkports_id_list"},
    "DashboardItem": {"unique_key": "gridstack_id", "card": "card_id"},
    "Camera": {
        "flash": "flashunit",
        "lens_facing": "lensfacing",
        "focal_length": "focallength",
        "sensor_size": "sensorsize",
    },
    **{key: {"frequency": "frequence"} for key in ("Memory", "Processor")},
    "BatteryItem": {"date_manufacture": "manufacturing_date"},
    "RequestType": {"is_visible_ticket": "is_ticketheader", "is_visible_followup": "is_itilfollowup"},
    "Cable": {
        "socketmodel_endpoint_a": "socketmodels_id_endpoint_a",
        "socketmodel_endpoint_b": "socketmodels_id_endpoint_b",
    },
    "Reminder": {
        "date_begin": "begin",
        "date_end": "end",
        "date_view_begin": "begin_view_date",
        "date_view_end": "end_view_date",
    },
    "NetworkPort": {
        **{
            f"if_{name}": "if" + name.replace("_", "")
            for name in (
                "mtu speed internal_status connection_status last_change in_bytes out_bytes in_errors out_errors "
                "status alias"
            ).split()
        },
        "if_description": "ifdescr",
        "port_duplex": "portduplex",
    },
    "NetworkPortAlias": {"aliased_network_port": "networkports_id_alias"},
    "ApprovalSubstitute": {"substitute": "users_id_substitute"},
}

_HAVE = {f"has_{name}": f"have_{name}" for name in "speaker subd bnc dvi pivot hdmi displayport".split()}
_COST = {"date_begin": "begin_date", "date_end": "end_date", "duration": "actiontime"}
# What came with API 2.3.
SCHEMA_COLUMN |= {
    "Monitor": {"has_microphone": "have_micro", **_HAVE},
    "Printer": {f"has_{name}": f"have_{name}" for name in "serial parallel usb wifi ethernet".split()},
    "Contract": {
        "number": "num",
        "date_begin": "begin_date",
        "notice_period": "notice",
        "renewal_period": "periodicity",
        "invoice_period": "billing",
        "renewal_type": "renewal",
    },
    "Certificate": {"is_selfsign": "is_autosign"},
    "Domain": {"date_domain_creation": "date_domaincreation"},
    "Document": {"checksum_sha1": "sha1sum", "is_import_denied": "is_blacklisted"},
    "Entity": {"city": "town", "phone": "phonenumber"},
    "Group": {
        "maybe_requester": "is_requester",
        "maybe_observer": "is_watcher",
        "maybe_assigned": "is_assign",
        "maybe_assigned_task": "is_task",
        "maybe_notified": "is_notify",
        "may_contain_items": "is_itemgroup",
        "may_contain_users": "is_usergroup",
        "maybe_manager": "is_manager",
        "mfa_enforced": "2fa_enforced",
    },
    "Profile": {"mfa_enforced": "2fa_enforced"},
    "ProjectTask": {"real_duration": "effective_duration", "auto_status": "auto_projectstates"},
    "Appliance": {"external_id": "externalidentifier"},
    "ApplianceType": {"external_id": "externalidentifier"},
    "Unmanaged": {"is_hub": "hub"},
    **dict.fromkeys(("TicketCost", "ChangeCost", "ProblemCost", "ContractCost", "ProjectCost"), _COST),
    "CalendarTimeRange": {"day_of_week": "day", "begin_time": "begin", "end_time": "end"},
    "AutomaticAction": {"min_hour": "hourmin", "max_hour": "hourmax", "last_run": "lastrun", "frequency": "frequency"},
    "EmailAuthServer": {"connection_string": "connect_string", "domain": "host"},
    "EmailCollector": {
        "password": "passwd",
        "max_filesize": "filesize_max",
        "accepted_folder": "accepted",
        "rejected_folder": "refused",
        "add_to_to_observer": "add_to_to_observer",
        "date_last_collect": "last_collect_date",
    },
    "Notification": {"allow_reply": "allow_response"},
    "QueuedNotification": {"expected_send_date": "send_time", "send_date": "sent_time"},
    "PlanningReminder": {"date": "when"},
    "Plugin": {"internal_name": "directory"},
    "Volume": {"mount_point": "mountpoint", "total_size": "totalsize", "free_size": "freesize"},
    "SNMPCredential": {"snmp_version": "snmpversion"},
    "ProjectTaskTeamMember": {"task": "projecttasks_id"},
    "Agent": {"remote_address": "remote_addr"},
    **{
        f"{name}Model": {"rack_units": "required_units"}
        for name in "Computer Enclosure Monitor NetworkEquipment Peripheral".split()
    },
}

TYPED_LINKS = ("Itil_Project", "Appliance_Item_Relation")
"""Tables between that name the itemtype of the other side as well."""
OF_A_PROJECT = ("Ticket", "Change", "Problem")
BY_ITEMTYPE = frozenset(
    "Contract_Item Certificate_Item Domain_Item Appliance_Item Item_Line Item_Project KnowbaseItem_Item".split()
)
"""Links whose owner stands in itemtype and items_id, also where the other side is of the same itemtype."""

# The itemtype of schemas of which the document does not say it.
SCHEMA_ITEMTYPE: dict[str, str] = {"UserPreferences": "User"}
SCHEMA_COLUMN["UserPreferences"] = {
    "name_format": "names_format",
    "show_new_tickets_on_home": "show_jobs_at_login",
    **{
        f"priority_color_{name}": f"priority_{number}"
        for number, name in enumerate(("verylow", "low", "medium", "high", "veryhigh", "major"), 1)
    },
    "private_followups_by_default": "followup_private",
    "private_tasks_by_default": "task_private",
    "default_requesttype": "default_requesttypes_id",
    "refresh_view_interval": "refresh_views",
    "home_list_limit": "display_count_on_home",
    **{f"duedate_color_{name}": f"duedate{name}_color" for name in ("ok", "warning", "critical")},
    **{f"duedate_threshold_{name}": f"duedate{name}_less" for name in ("warning", "critical")},
    **{f"duedate_threshold_{name}_unit": f"duedate{name}_unit" for name in ("warning", "critical")},
    "pdf_font": "pdffont",
    "show_new_item_after_creation": "backcreated",
    "default_task_state": "task_state",
    "default_task_state_planned": "planned_task_state",
    "autolock_mode": "lock_autolock_mode",
    "directunlock_notification": "lock_directunlock_notification",
    "default_homepage_tab": "default_central_tab",
    "timeline_action_button_layout": "timeline_action_btn_layout",
    "default_is_notifications_enabled": "is_notif_enable_default",
}

# Arrays: the rows that point here: property -> (itemtype, column).
CHILDREN: dict[tuple[str, str], tuple[str, str]] = {
    ("User", "emails"): ("UserEmail", "users_id"),
    ("KBArticle", "revisions"): ("KnowbaseItem_Revision", "knowbaseitems_id"),
    ("KBArticle", "translations"): ("KnowbaseItemTranslation", "knowbaseitems_id"),
    ("Project", "tasks"): ("ProjectTask", "projects_id"),
    ("Rule", "criteria"): ("RuleCriteria", "rules_id"),
    ("Rule", "actions"): ("RuleAction", "rules_id"),
    ("Rack", "items"): ("Item_Rack", "racks_id"),
    ("DatabaseInstance", "database"): ("Database", "databaseinstances_id"),
    ("CartridgeItem", "cartridges"): ("Cartridge", "cartridgeitems_id"),
    ("ConsumableItem", "consumables"): ("Consumable", "consumableitems_id"),
    **{
        (name, "costs"): (f"{name}Cost", f"{name.lower()}s_id")
        for name in "Ticket Change Problem Contract Project".split()
    },
    ("Calendar", "time_ranges"): ("CalendarSegment", "calendars_id"),
    ("Dashboard", "filters"): ("Glpi\\Dashboard\\Filter", "dashboards_dashboards_id"),
    ("Dashboard", "items"): ("Glpi\\Dashboard\\Item", "dashboards_dashboards_id"),
    ("Notification", "recipients"): ("NotificationTarget", "notifications_id"),
    ("NotificationTemplate", "translations"): ("NotificationTemplateTranslation", "notificationtemplates_id"),
    ("Project", "team"): ("ProjectTeam", "projects_id"),
    ("ProjectTask", "team"): ("ProjectTaskTeam", "projecttasks_id"),
}

# Arrays through a table between: property -> (link, column there, itemtype, column here).
LINKED: dict[tuple[str, str], tuple[str, str, str, str]] = {
    ("KBArticle", "categories"): (
        "KnowbaseItem_KnowbaseItemCategory",
        "knowbaseitemcategories_id",
        "KnowbaseItemCategory",
        "knowbaseitems_id",
    ),
    ("CartridgeItem", "printer_models"): (
        "CartridgeItem_PrinterModel",
        "printermodels_id",
        "PrinterModel",
        "cartridgeitems_id",
    ),
    ("Calendar", "close_times"): ("Calendar_Holiday", "holidays_id", "Holiday", "calendars_id"),
    **{
        ("Project", f"{name.lower()}s"): ("Itil_Project", "items_id", name, "projects_id")
        for name in ("Ticket", "Change", "Problem")
    },
    **{
        ("Appliance_Item", name.lower()): ("Appliance_Item_Relation", "items_id", target, "appliances_items_id")
        for name, target in (
            ("environment", "ApplianceEnvironment"),
            *((one.lower(), one) for one in ("Domain", "Location", "Network")),
        )
    },
}

# Routes that answer 403 to PATCH and DELETE of an unknown id; the others answer 404. Tried one by one on 11.0.6.
UNKNOWN_IS_403 = (
    "Rule/",
    "Administration/Entity",
    "Administration/Group",
    "Administration/Profile",
    "Administration/User/",
    "Administration/ApprovalSubstitute",
    "Administration/EventLog",
    "Knowledgebase/",
    "Project",
    "Components/",
    "Management/",
    "Tools/",
    "Setup/",
    "Assistance/RecurringTicket",
    "Assistance/RecurringChange",
    "Assistance/ExternalEvent",
    "Dropdowns/ApprovalStep",
    "Dropdowns/CloseTime",
    "Dropdowns/DeniedMailContent",
    "Dropdowns/DenyList",
    "Dropdowns/EventCategory",
    "Dropdowns/FollowupTemplate",
    "Dropdowns/ValidationTemplate",
    "Dropdowns/VirtualMachineModel",
    "Assets/Socket",
    "Assets/Software/",
    "Assets/Rack",
    "Assets/Enclosure",
    "Assets/PDU",
    "Assets/PassiveDCEquipment",
    "Assets/Cable",
    "Assets/Cartridge",
    "Assets/Consumable",
)
