"""What the server tells of itself: `getGlpiConfig`, `getFullSession`."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing import knowledge
from glpi_utils.testing.credentials import LegacySession
from glpi_utils.testing.legacy import hateoas, lists, profiles, quirks, rendering
from glpi_utils.testing.rights import ancestors
from glpi_utils.testing.world import World

LANGUAGES = {
    "en_GB": ["English", "en_GB.mo", "en-GB"],
    "en_US": ["English (US)", "en_US.mo", "en-GB"],
    "fr_FR": ["Français", "fr_FR.mo", "fr"],
    "de_DE": ["Deutsch", "de_DE.mo", "de"],
    "es_ES": ["Español (España)", "es_ES.mo", "es"],
}
LISTS = {
    "asset_types": sorted(hateoas.ASSETS),
    "document_types": sorted(hateoas.DOCUMENTED),
    "infocom_types": sorted(hateoas.FINANCED),
    "reservation_types": sorted(hateoas.RESERVABLE),
    "ticket_types": sorted(hateoas.TICKETED),
    "networkport_types": sorted(hateoas.NETWORKED),
    "contract_types": sorted(hateoas.CONTRACTED),
}
MEGABYTES = 2
"""`document_max_size`."""


def glpi_config(world: World, base: str) -> dict[str, Any]:
    """`getGlpiConfig`: open to every profile; the version stands here and nowhere else in this API."""
    ten = quirks.is_ten(world.version)
    known = knowledge.itemtypes(world.version)
    lists_of_types = {name: [itemtype for itemtype in types if itemtype in known] for name, types in LISTS.items()}
    if not ten:
        lists_of_types["assignable_types"] = sorted(rendering.ASSIGNABLE & set(known))
    return {
        **({} if ten else {"app_name": "GLPI"}),
        "languages": LANGUAGES,
        **({} if ten else {"main_languages": {"en": "en_GB", "fr": "fr_FR", "de": "de_DE", "es": "es_ES"}}),
        "glpitables": [],
        **lists_of_types,
        "version": world.version,
        "dbversion": f"{world.version}@embedded",
        "language": "en_GB",
        "list_limit": lists.LIST_LIMIT,
        "document_max_size": MEGABYTES,
        "url_base": base,
        "url_base_api": quirks.links_name_the_other_address(base, world.version),
        "enable_api": 1,
        "enable_api_login_credentials": 1,
        **({} if ten else {"enable_hlapi": 1}),
        "use_notifications": 0,
        "notifications_mailing": 0,
        "names_format": 0,
    }


def full_session(world: World, session: LegacySession) -> dict[str, Any]:
    """`getFullSession`: the PHP session, with "now" in the zone that this server writes dates in."""
    user = session.data.get("user", {})
    ten = quirks.is_ten(world.version)
    return {
        "valid_id": session.token,
        "glpi_currenttime": world.now(),
        "glpi_use_mode": 0,
        "glpiID": session.user,
        "glpiis_ids_visible": "0",
        "glpifriendlyname": rendering.person(user),
        "glpiname": user.get("name"),
        "glpirealname": user.get("realname"),
        "glpifirstname": user.get("firstname"),
        "glpidefault_entity": 0,
        "glpiextauth": 0,
        "glpiauthtype": user.get("authtype") or 1,
        **({"glpiroot": ""} if ten else {}),
        "glpi_plannings": [],
        "glpicrontimer": int(session.opened),
        **({} if ten else {"glpi_tabs": []}),
        "glpilanguage": "en_GB",
        "glpilist_limit": lists.list_limit(session),
        **_scope(world, session),
    }


def _scope(world: World, session: LegacySession) -> dict[str, Any]:
    """What of the session changes with profile and entity."""
    active = profiles.active_entities(session)
    entity = world.get("Entity", active["id"]) or {}
    mine = {str(one["id"]): one for one in profiles.my_profiles(world, session)}
    return {
        "glpiprofiles": {key: {"name": one["name"], "entities": one["entities"]} for key, one in mine.items()},
        "glpiactiveprofile": profiles.active_profile(world, session),
        "glpiactive_entity": active["id"],
        "glpiactive_entity_name": entity.get("completename"),
        "glpiactive_entity_recursive": active[profiles.FLAG],
        "glpiactiveentities": {str(one): one for one in session.entities},
        "glpiactiveentities_string": ",".join(f"'{one}'" for one in session.entities),
        "glpiparententities": ancestors(world, session.entities),
    }
