"""Since which version of the API properties and routes are there, by hand; from the documents that an 11.0.6 gives for each."""

from __future__ import annotations

# The API version in which a property or a route came; all else is there since 2.0.
_ITIL_21 = (
    "user_recipient user_editor begin_waiting_date waiting_duration resolution_duration close_duration "
    "resolution_date date_solve date_close global_validation"
).split()
_TASK_21 = "uuid date date_creation date_mod planned_begin planned_end user_tech group_tech timeline_position"
FIELD_SINCE: dict[str, dict[str, str]] = {
    "Ticket": dict.fromkeys(
        [
            *_ITIL_21,
            *(
                "take_into_account_date take_into_account_duration sla_ttr sla_tto ola_ttr ola_tto sla_level_ttr "
                "ola_level_ttr sla_waiting_duration ola_waiting_duration ola_ttr_begin_date ola_tto_begin_date "
                "internal_resolution_date internal_take_into_account_date"
            ).split(),
        ],
        "2.1",
    ),
    "Change": dict.fromkeys(_ITIL_21, "2.1"),
    "Problem": dict.fromkeys(_ITIL_21, "2.1"),
    **{task: dict.fromkeys(_TASK_21.split(), "2.1") for task in ("ChangeTask", "ProblemTask")},
    "TicketTask": dict.fromkeys([*_TASK_21.split(), "source_item_id", "source_of_item_id"], "2.1"),
    **{name: {"timeline_position": "2.1"} for name in ("TicketValidation", "ChangeValidation", "Document_Item")},
    "Followup": dict.fromkeys("date source_item_id source_of_item_id timeline_position".split(), "2.1"),
    "ITILCategory": {
        "level": "2.1",
        **dict.fromkeys(
            (
                "user group code is_helpdesk_visible ticket_incident_template ticket_request_template change_template "
                "problem_template is_incident_visible is_request_visible is_change_visible is_problem_visible "
                "knowbase_category"
            ).split(),
            "2.2",
        ),
    },
    "TaskCategory": {
        **dict.fromkeys("completename parent level".split(), "2.1"),
        **dict.fromkeys("entity is_recursive is_helpdesk_visible date_creation date_mod".split(), "2.2"),
    },
    "License": dict.fromkeys("is_recursive completename level".split(), "2.1"),
    "SoftwareLicense": dict.fromkeys("completename level".split(), "2.1"),
    "NetworkPort": dict.fromkeys("itemtype items_id instantiation_type".split(), "2.2"),
    "Database": {"instance": "2.2"},
    "UserPreferences": {"timezone": "2.2"},
    "Solution": {
        **dict.fromkeys("status approver approval_followup date_creation date_mod date_approval".split(), "2.1"),
        "type": "2.2",
    },
    "User": {
        **dict.fromkeys(
            "location last_login default_profile default_entity authtype date_password_change".split(), "2.1"
        ),
        **dict.fromkeys(
            (
                "title category registration_number begin_date end_date nickname substitution_start_date "
                "substitution_end_date date_sync date_creation date_mod"
            ).split(),
            "2.2",
        ),
    },
}
ROUTE_SINCE = {
    **{f"Dropdowns/{name}": "2.0" for name in ("Calendar", "Location", "Manufacturer", "State")},
    "Dropdowns/": "2.2",
    "Management/DatabaseInstance": "2.2",
    "Knowledgebase/": "2.2",
    "Administration/EventLog": "2.2",
    "Administration/UserCategory": "2.2",
    "Administration/UserTitle": "2.2",
    "Administration/ApprovalSubstitute": "2.2",
    "Tools/": "2.1",
    "Setup/Config": "2.1",
}
"""By how a path begins; the first that fits."""
