"""What one API does not have: the sentence that says so, and which client has it."""

from __future__ import annotations

from typing import Final

from ...exceptions import GlpiUnsupportedError

_SEARCH: Final = (
    "{}() asks GLPI's search engine, which the legacy API alone has (GlpiAPI, AsyncGlpiAPI): here use "
    "filter= of get_all(), get_all_pages() or search(), as in filter=F.status.in_([1, 2])"
)
_ABSENT: Final = {
    # of the High-Level API
    "user_token": "the High-Level API takes no user_token; GlpiAPI does",
    "set_active_profile": (
        "the High-Level API keeps no active profile: use api.with_options(profile=...); GlpiAPI has set_active_profile"
    ),
    "get_my_entities": "the High-Level API does not list one's entities: use api.entity; GlpiAPI has it",
    "set_active_entity": (
        "the High-Level API keeps no active entity: use api.with_options(entity=...); GlpiAPI has set_active_entity"
    ),
    "get_glpi_config": (
        "the High-Level API gives the configuration as a list: api.item('Setup/Config'); GlpiAPI has get_glpi_config"
    ),
    "upload_document": "the High-Level API of GLPI 11 cannot take files; GlpiAPI.upload_document can",
    "search_rows": _SEARCH.format("search_rows"),
    "search_options": _SEARCH.format("search_options"),
    # of the legacy API
    "get_api_versions": "the legacy API has no versions; GlpiOAuthClient has get_api_versions",
    "schema": (
        "the legacy API has no schemas: api.item(...).search_options() lists what can be searched and shown; "
        "GlpiOAuthClient has schema"
    ),
    "transfer": (
        "the legacy API has no transfer: GlpiOAuthClient (the High-Level API of GLPI 11) has it. update() changes the entity "
        "alone, what is linked stays behind"
    ),
    "legacy": "legacy= is for clients of the High-Level API: this one is a legacy session itself",
    "with_options": (
        "the legacy API keeps profile and entity in its session: use set_active_profile and set_active_entity; "
        "GlpiOAuthClient has them per call"
    ),
}


def absent(verb: str) -> GlpiUnsupportedError:
    """Return the error for what this API does not have.

    >>> absent("get_api_versions").message
    'the legacy API has no versions; GlpiOAuthClient has get_api_versions'
    """
    return GlpiUnsupportedError(_ABSENT[verb])
