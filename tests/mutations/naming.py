"""The rules of names, and what a write may go by: taken away one by one."""

from __future__ import annotations

from tests.mutations.writes import Change

NAMES = "glpi_utils._dialects.shared.names"
RULE = "tests/properties/test_names.py::test_twins"
MAILS = "tests/behaviour/test_notify.py"

NAMING: dict[str, tuple[str, Change, str]] = {
    "case does not matter from the beginning": (
        NAMES,
        ("= (exact, folded)", "= (folded,)"),
        RULE,
    ),
    "a name comes before a path": (
        NAMES,
        ("NAME: (PATH, NAME, LOGIN, EMAIL)", "NAME: (NAME, PATH, LOGIN, EMAIL)"),
        RULE,
    ),
    "the first of several is meant": (
        NAMES,
        ("            if met:\n                return met\n", "            if met:\n                return met[:1]\n"),
        RULE,
    ),
    "a transfer asks to keep nothing": (
        "glpi_utils._dialects.high_level.transfer",
        ("return {**_DEFAULTS, **options}", "return {**options}"),
        "tests/behaviour/test_transferring.py::test_nothing_linked_is_lost_unless_asked[sync-hl-11.0.6]",
    ),
    "mails are not kept back": (
        "glpi_utils._engine.verbs.notifying",
        ('{**item, "_disablenotif": True}', "{**item}"),
        f"{MAILS}::test_no_mail_of_a_ticket_and_a_followup[sync-hl-11.0.6]",
    ),
}
"""Each was seen to fail its test for the reason that its name says."""
