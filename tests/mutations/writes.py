"""The rules of writing, taken away one by one: module, other lines, and the tests that must notice."""

from __future__ import annotations

Change = tuple[str, str]
HL, LEGACY = "glpi_utils._dialects.high_level.high_level_writes", "glpi_utils._dialects.legacy.legacy_writes"
VALUES, MOMENTS, BOOK = (
    "glpi_utils._dialects.shared.values",
    "glpi_utils._dialects.shared.moments",
    "glpi_utils._dialects.shared.write_rules",
)
HIGH, LOW = "tests/writing/test_rules_highlevel.py", "tests/writing/test_rules_legacy.py"
CLEARING, ZONES, DOUBTS = (f"tests/writing/test_{each}.py" for each in ("clearing", "zones", "doubts"))
SERVERS = "tests/writing/test_zones_of_servers.py"
RULE = f"{HIGH}::test_the_harm_and_the_rule"

WRITES: dict[str, tuple[str, Change, str]] = {
    "unknown fields are sent": (
        HL,
        ('book.doubts.append(Doubt(schema, name, f"{what}: GLPI would ignore it{meant(name, writable)}"))', "pass"),
        f"{RULE}[unknown]",
    ),
    "read-only fields are sent": (HL, ("if not field.writable:", "if False:"), f"{RULE}[read-only]"),
    "no name of the other API is proposed": (
        HL,
        ("if here is not None and here in known:", "if False:"),
        f"{RULE}[legacy name]",
    ),
    "legacy actors are unknown like all else": (
        HL,
        ('elif name.startswith(("_users_id_"', 'elif name.startswith(("_nobody_"'),
        f"{RULE}[legacy actor]",
    ),
    "a team is read-only like all else": (HL, ('elif field_name == "team" and', "elif False and"), f"{RULE}[team]"),
    "numbers out of range are sent": (VALUES, ("if value not in accepted:", "if False:"), f"{RULE}[enum]"),
    "names of relations are sent": (
        VALUES,
        ('raise Wrong("it takes the id or the name of the other item', 'return value\n    Wrong("'),
        f"{RULE}[no name of a relation]",
    ),
    "texts for numbers are sent": (
        VALUES,
        ('raise Wrong("it takes an integer")', "return value"),
        f"{RULE}[text for a number]",
    ),
    "what names no member is sent": (
        VALUES,
        ('    known = [f"{each.lower()} (', '    return value\n    known = [f"{each.lower()} ('),
        f"{RULE}[no name of an urgency]",
    ),
    "long names are sent": (VALUES, ("if size > longest:", "if False:"), f"{RULE}[long name]"),
    "bytes are counted as characters": (
        HL,
        ("counted_in_bytes(schema) if rules.newer else frozenset()", "frozenset()"),
        f"{HIGH}::test_lengths_are_characters_and_from_2_3_on_bytes_where_the_server_checks_them",
    ),
    "the texts null are sent": (VALUES, ("if value in NULLS:", "if False:"), f"{RULE}[text NULL]"),
    "words for dates are sent": (
        VALUES,
        ("    if not isinstance(value, date):\n", "    if not isinstance(value, date):\n        return original\n"),
        f"{RULE}[zero date]",
    ),
    "texts for yes and no are no": (
        VALUES,
        ('raise Wrong("it takes True or False")', "return False"),
        f"{RULE}[text for a bool]",
    ),
    "secrets are shown": (
        BOOK,
        ('return "this" if secret(name) else f', "return f"),
        f"{HIGH}::test_secrets_are_not_shown",
    ),
    "None is sent as null": (
        HL,
        (
            "        if value is None:\n            return self._cleared(field)",
            "        if value is None:\n            return None",
        ),
        f"{CLEARING}::test_none_clears_and_null_does_not[Ticket.date_solve]",
    ),
    "what would do harm is cleared": (
        HL,
        ('why = ENTITY if field.target == "Entity" else self._kept.get(field.name)', 'why = ""'),
        f"{CLEARING}::test_what_would_do_harm_is_not_cleared[Ticket-entity-0 is the root entity]",
    ),
    "what would do harm is cleared on the legacy API": (
        LEGACY,
        ("if column.kept:", "if False:"),
        f"{CLEARING}::test_what_would_do_harm_is_not_cleared_on_the_legacy_api[11.0.6-Ticket-content-mandatory]",
    ),
    "newer servers get NULL for a date": (
        HL,
        ('if kind == "datetime" and not self._clears_times:', "if False:"),
        f"{CLEARING}::test_from_version_2_3_on_dates_are_cleared_by_the_legacy_api",
    ),
    "a write goes by the version that was assumed": (
        "glpi_utils._engine.writes.validation",
        ("    await write.core.session.prefix(write.core.options.longest)  # the write would ask for it\n", ""),
        "tests/writing/test_newer_servers.py::test_a_time_is_not_cleared[11.0.8-at first-2.2]",
    ),
    "the server's own document is not asked": (
        "glpi_utils._engine.writes.validation",
        ("known = await server_knows(core, doubt.schema, doubt.name)", "known = False"),
        f"{DOUBTS}::test_what_a_newer_server_knows_is_sent",
    ),
    "unknown columns are sent without a word": (
        LEGACY,
        ('if column is None and not field.startswith(("_", "plugin_")):', "if False:"),
        f"{LOW}::test_a_name_that_is_not_known_is_sent_with_a_warning[11.0.6-urgencyy-Ticket has no column 'urgencyy' .*did you mean urgency]",
    ),
    "an offset is dropped": (
        MOMENTS,
        (
            "    if zone is None:\n        raise NeedsZone",
            "    if zone is None:\n        return moment.replace(tzinfo=None)",
        ),
        f"{HIGH}::test_moments_with_an_offset_are_never_sent",
    ),
    "an hour that comes twice is guessed at": (
        MOMENTS,
        ("if here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset():", "if False:"),
        f"{ZONES}::test_an_hour_that_the_clock_shows_twice_is_not_guessed_at[hl-11.0.6]",
    ),
    "an hour that never comes is sent": (
        MOMENTS,
        ("if zone is not None and _skipped(moment, zone):", "if False:"),
        f"{ZONES}::test_an_hour_that_never_comes_is_refused[hl-11.0.6]",
    ),
    "a zone is believed whatever the clock shows": (
        "glpi_utils._engine.request.server_zone",
        ("return zone if abs(here - named.shown) < _NEAR else None", "return zone"),
        f"{SERVERS}::test_a_zone_that_the_servers_clock_does_not_show_is_not_believed[11.0.6-hl]",
    ),
}
"""Each was seen to fail its test for the reason that its name says."""
