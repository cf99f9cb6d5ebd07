"""What the replay is held to: the topics, their shares, and the list of what is known not to match."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.recording import Recording
from tests.conformance.replay import Result

TOPICS = {
    "hl": {
        "oauth_authorize", "oauth_token", "oauth_refresh_and_validation", "oauth_expired_and_races", "errors", "ticket_crud",
        "ticket_timeline", "versions_and_routing", "listing", "rsql_filters", "filter_or_scope_11.0.6",
        "filter_wrapping_11.0.6", "timeline_or_filter_11.0.6", "self_join_hydration_bug",
        "headers_entity_profile_language", "other_gotchas", "version_detection_and_config", "itemtype_crud",
        "assets_infocom_notes_software_custom", "user_me_emails_pictures_prefs", "documents_and_files",
    },
    "hybrid": {"newer_create_delete_dates", "newer_filters"},
    "legacy": {
        "session", "app_token", "get_item", "add_update_delete", "timeline", "list_items", "sub_items", "misc",
        "profiles_entities", "lost_password", "search", "list_search_options", "get_item_with",
    },
    "11.0.8": {
        "assets_users_misc", "custom_assets", "dates_and_clearing", "documents", "errors", "filters", "graphql", "legacy_11.0.8",
        "new_routes_2_3", "team_and_timeline", "ticket_crud", "versions_and_session",
    },
}  # fmt: skip
OF_EACH = 0.90
OF_ALL = 0.95


@dataclass(frozen=True, slots=True)
class Known:
    """One exchange that is known not to match, and why."""

    recording: str
    number: int
    note: str
    reason: str


def known() -> dict[tuple[str, int], Known]:
    """`known.toml` by recording and number."""
    listed = tomllib.loads((Path(__file__).parent / "known.toml").read_text("utf-8")).get("mismatch", [])
    return {(one["recording"], one["number"]): Known(**one) for one in listed}


def complaint(recording: Recording, result: Result, listed: dict[tuple[str, int], Known]) -> str | None:
    """Why this result is not as it should be; None: it is alike, or known not to be."""
    entry = listed.get((recording.name, result.exchange.number))
    if entry is None:
        return None if result.alike else str(result)
    if entry.note != result.exchange.note or not entry.reason.strip():
        return f"known.toml: #{entry.number} of {recording.name} is {result.exchange.note!r}, and needs a reason"
    return f"known.toml lists {entry}, but it matches: take it off" if result.alike else None


def share(results: list[Result]) -> float:
    """The part that is alike."""
    return sum(result.alike for result in results) / len(results)
