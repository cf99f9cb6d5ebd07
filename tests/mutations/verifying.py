"""Outcome holds a write against what came of it, and what goes by the server, taken away one by one."""

from __future__ import annotations

Change = tuple[str, str]
CHECK, APPLIED, ALIKE = (
    "glpi_utils._engine.writes.verify",
    "glpi_utils._dialects.shared.applied",
    "glpi_utils._dialects.shared.alike",
)
VERIFIED, SAME, NEWER = (f"tests/writing/test_{each}.py" for each in ("verified", "alike", "newer_servers"))

VERIFYING: dict[str, tuple[str, Change, str]] = {
    "what was read back is not compared": (
        CHECK,
        ("if comparison.differs:", "if False:"),
        f"{VERIFIED}::test_reading_back_raises[hl-11.0.6-call]",
    ),
    "nobody warns of what the answer holds": (
        CHECK,
        ("if not comparison.differs:", "if True:"),
        f"{VERIFIED}::test_an_approval_answered_by_somebody_else_is_warned_of",
    ),
    "an item that was there is held against the create": (
        CHECK,
        ('if creates and result.get("existing"):', "if False:"),
        f"{VERIFIED}::test_an_item_that_is_there_already_is_not_held_against_the_create[hl-11.0.6]",
    ),
    "a row that was done but in part ends the list": (
        "glpi_utils._engine.writes.many",
        ("GlpiAPIError | GlpiNotAppliedError)", "GlpiAPIError)"),
        f"{VERIFIED}::test_each_of_a_list_is_looked_at[hl-11.0.6]",
    ),
    "secrets are compared": (APPLIED, (" or secret(name):", ":"), f"{SAME}::test_what_is_left_out"),
    "what follows from a status is a difference": (
        "glpi_utils._knowledge.unapplied",
        ("return empty and field in _LIFE and", "return False and"),
        f"{SAME}::test_what_follows_from_a_status_is_no_difference",
    ),
    "a row's offset is a difference": (
        ALIKE,
        ("    if sent[3] and there[3]:\n", "    if there[3]:\n"),
        f"{SAME}::test_moments_in_whatever_zone_rows_show_them",
    ),
    "whole numbers are compared roughly": (
        ALIKE,
        ("        return sent == there\n    exponent", "        return abs(sent - there) < 2\n    exponent"),
        f"{SAME}::test_whole_numbers_are_compared_exactly",
    ),
    "a token that is not opened is no lapsed session": (
        "glpi_utils._dialects.legacy.answers",
        (', 400: b"ERROR_SESSION_TOKEN_MISSING"}', "}"),
        "tests/engine/test_outcome.py::test_a_session_token_that_the_server_can_not_open",
    ),
    "a blank content is sent": (
        "glpi_utils._dialects.high_level.high_level_writes",
        ("if not value.strip() and not self._creates", "if not value and not self._creates"),
        f"{NEWER}::test_guards_that_the_server_lost_are_kept_here[hl-11.0.8-blank]",
    ),
    "a pin decides how the server behaves": (
        "glpi_utils._versions",
        ("any(version >= (2, 3) for version in _listed(listed))", "False"),
        f"{NEWER}::test_a_time_is_not_cleared[11.0.8-later-2.2]",
    ),
}
"""Each was seen to fail its test for the reason that its name says."""
