"""The rules of creating at once, of writing back and of links, taken away one by one."""

from __future__ import annotations

from tests.mutations.writes import BOOK, LEGACY, MOMENTS, SERVERS, Change

BACK, LINKS = "tests/writing/test_read_change_write.py", "tests/writing/test_link_rows.py"
BOTH, ENDS = "tests/writing/test_rules_both.py", "tests/once/test_at_once_ends.py"
CLAIMS = "glpi_utils._engine.writes.claims"

ONCE_AND_BACK: dict[str, tuple[str, Change, str]] = {
    "what is as it was is sent": (
        BOOK,
        ("return self.rules.row is not None and unchanged(name, value, self.rules.row)", "return False"),
        f"{BACK}::test_a_ticket_is_read_changed_and_written_back[hl-11.0.6]",
    ),
    "of what is wrong the first alone is named": (
        BOOK,
        ('raise GlpiValidationError("; ".join(problems))', "raise GlpiValidationError(problems[0])"),
        f"{BACK}::test_all_that_was_changed_in_vain_is_refused_in_one_message[legacy-11.0.6]",
    ),
    "items are read for nothing": (
        BOOK,
        ("if fixed and self.rules.reads", "if self.rules.reads"),
        f"{BACK}::test_without_fields_of_glpis_own_nothing_is_read[hl-11.0.6]",
    ),
    "another zone than the server's is taken": (
        MOMENTS,
        ("if here.utcoffset() == moment.utcoffset():", "if True:"),
        f"{SERVERS}::test_a_zone_that_is_not_the_servers_is_refused_before_anything_is_written[strict]",
    ),
    "empty items are made": (
        "glpi_utils._engine.writes.validation",
        ('if write.verb == "create" and not checked_row.item:', "if False:"),
        f"{BOTH}::test_nor_one_whose_fields_are_all_left_out[hl-11.0.6]",
    ),
    "links may lack their ends": (
        LEGACY,
        ("if not instead or _is_none(there, instead):", "if False:"),
        f"{LINKS}::test_all_that_is_lacking_stands_in_one_message[11.0.6]",
    ),
    "links take names that are no columns": (
        LEGACY,
        ("if is_link(book.owner):", "if False:"),
        f"{LINKS}::test_a_link_takes_its_columns_and_nothing_else[11.0.6]",
    ),
    "what was refused for a new entity is not repeated": (
        "glpi_utils._engine.writes.new_entities",
        ("if not wanted:", "if True:"),
        "tests/writing/test_new_entities.py::test_what_was_refused_is_sent_once_more_and_no_more[11.0.6]",
    ),
    "another user's refusal is one's own": (
        CLAIMS,
        ("or self.user != _user(core):", "or False:"),
        f"{ENDS}::test_a_refusal_is_for_the_same_user_alone[hl-11.0.6-sync-another]",
    ),
    "what was sent and lost is sent again": (
        CLAIMS,
        ("_lost(creation) if before is not None and before.unknown else None", "None"),
        f"{ENDS}::test_what_is_unknown_is_unknown_to_all[hl-11.0.6-sync-another]",
    ),
}
"""Each was seen to fail its test for the reason that its name says."""
