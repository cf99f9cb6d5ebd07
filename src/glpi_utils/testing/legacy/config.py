"""What the server tells of itself: `getGlpiConfig` with its languages, `getFullSession`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glpi_utils.testing.legacy import hateoas, profiles, quirks, rendering, row_ranges
from glpi_utils.testing.legacy.php_sessions import is_off
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import ancestors
from glpi_utils.testing.world.world import World

LANGUAGES: tuple[tuple[str, str, str], ...] = (
    ("ar_SA", "العربية السعودية", "ar"),
    ("ar_IQ", "العربية العراق", "ar"),
    ("ar_SY", "العربية سوريا", "ar"),
    ("az_AZ", "Azərbaycan dili", "az"),
    ("bg_BG", "Български", "bg"),
    ("bn_BD", "বাংলা (বাংলাদেশ)", "bn"),
    ("id_ID", "Bahasa Indonesia", "id"),
    ("ms_MY", "Bahasa Melayu", "ms"),
    ("ca_ES", "Català", "ca"),
    ("cs_CZ", "Čeština", "cs"),
    ("de_DE", "Deutsch", "de"),
    ("da_DK", "Dansk", "da"),
    ("et_EE", "Eesti", "et"),
    ("en_GB", "English", "en-GB"),
    ("en_US", "English (US)", "en-GB"),
    ("es_AR", "Español (Argentina)", "es"),
    ("es_EC", "Español (Ecuador)", "es"),
    ("es_CO", "Español (Colombia)", "es"),
    ("es_ES", "Español (España)", "es"),
    ("es_419", "Español (América Latina)", "es"),
    ("es_MX", "Español (Mexico)", "es"),
    ("es_VE", "Español (Venezuela)", "es"),
    ("eu_ES", "Euskara", "eu"),
    ("fr_FR", "Français", "fr"),
    ("gl_ES", "Galego", "gl"),
    ("el_GR", "Ελληνικά", "el"),
    ("he_IL", "עברית", "he"),
    ("hi_IN", "हिन्दी", "hi"),
    ("hr_HR", "Hrvatski", "hr"),
    ("hu_HU", "Magyar", "hu"),
)
_ONLY_IN_11 = ("ar_IQ", "ar_SY", "az_AZ", "bn_BD", "hi_IN")
_CHOSEN = {"en": "en_GB", "es": "es_ES"}


def _languages(*, ten: bool) -> dict[str, list[str]]:
    """Return all of them, as the configuration has them."""
    return {code: [name, f"{code}.mo", short] for code, name, short in LANGUAGES if not (ten and code in _ONLY_IN_11)}


def _main_languages() -> dict[str, str]:
    """Return for each language the variant that stands for it."""
    languages: dict[str, str] = {}
    for code, _, _ in LANGUAGES:
        language = code.split("_", maxsplit=1)[0]
        if language != "ar":
            languages.setdefault(language, _CHOSEN.get(language, code))
    return languages


LISTS = {
    "asset_types": sorted(hateoas.ASSETS),
    "document_types": sorted(hateoas.DOCUMENTED),
    "infocom_types": sorted(hateoas.FINANCED),
    "reservation_types": sorted(hateoas.RESERVABLE),
    "ticket_types": sorted(hateoas.TICKETED),
    "networkport_types": sorted(hateoas.NETWORKED),
    "contract_types": sorted(hateoas.CONTRACTED),
    "report_types": sorted(hateoas.ASSETS),
    "project_asset_types": sorted(hateoas.ASSETS),
    "unicity_types": sorted({*hateoas.ASSETS, "Budget", "Contact", "Contract", "Infocom", "Supplier", "User"}),
    "consumables_types": ["Group", "User"],
    "directconnect_types": ["Monitor", "Peripheral", "Phone", "Printer"],
}
BY_COLUMN = {
    "state_types": "states_id",
    "location_types": "locations_id",
    "linkuser_types": "users_id",
    "linkgroup_types": "groups_id",
    "linkuser_tech_types": "users_id_tech",
    "linkgroup_tech_types": "groups_id_tech",
}
"""Lists of the itemtypes that have a column."""
MEGABYTES = 2
"""`document_max_size`."""


def glpi_config(world: World, base: str) -> dict[str, Any]:
    """Answer `getGlpiConfig`: open to every profile; only here this API says its version."""
    ten = quirks.is_ten(world.version)
    known = knowledge.itemtypes(world.version)
    lists_of_types = {name: [itemtype for itemtype in types if itemtype in known] for name, types in LISTS.items()}
    if not ten:
        lists_of_types["assignable_types"] = sorted(rendering.ASSIGNABLE & set(known))
        lists_of_types["ruleimportasset_types"] = lists_of_types["asset_types"]
        lists_of_types["peripheralhost_types"] = ["Computer"]
    return {
        **({} if ten else {"app_name": "GLPI"}),
        "languages": _languages(ten=ten),
        **({} if ten else {"main_languages": _main_languages()}),
        "glpitables": [],
        **lists_of_types,
        **{name: with_column(known, column) for name, column in BY_COLUMN.items()},
        "link_types": lists_of_types["document_types"],
        "dictionnary_types": [itemtype for itemtype in sorted(known) if itemtype.endswith(("Model", "Type"))],
        "version": world.version,
        "dbversion": f"{world.version}@embedded",
        "language": "en_GB",
        "list_limit": row_ranges.LIST_LIMIT,
        "document_max_size": MEGABYTES,
        "url_base": base,
        "url_base_api": quirks.links_name_the_other_address(base, world.version),
        "enable_api": 1,  # else there is no answer
        "enable_api_login_credentials": int(not is_off(world, "enable_api_login_credentials")),
        **({} if ten else {"enable_hlapi": 1}),
        **_zone(world, "timezone"),
        "use_notifications": 0,
        "notifications_mailing": 0,
        "names_format": 0,
    }


def _zone(world: World, name: str) -> dict[str, Any]:
    """Return the zone that the server is set to; GLPI 10 leaves it out where it is set to none."""
    setting = world.select("Config", "name = 'timezone'", limit=1)
    return {name: setting[0]["value"]} if setting else {}


def with_column(known: Mapping[str, Itemtype], column: str) -> list[str]:
    """Return things, not links and not drop-downs, that have this column."""
    return sorted(name for name, kind in known.items() if column in kind.columns and kind.trash and "_" not in name)


def full_session(world: World, session: LegacySession) -> dict[str, Any]:
    """Answer `getFullSession`: the PHP session, with "now" in the zone that this server writes dates in."""
    user = session.data.get("user", {})
    ten = quirks.is_ten(world.version)
    return {
        "valid_id": session.token,
        "glpi_currenttime": world.now(),
        **_zone(world, "glpitimezone"),
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
        "glpilist_limit": row_ranges.list_limit(session),
        **_scope(world, session),
    }


def _scope(world: World, session: LegacySession) -> dict[str, Any]:
    """Return what of the session changes with profile and entity."""
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
