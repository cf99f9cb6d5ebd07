"""The languages that GLPI names in its configuration: code, own name, short code."""

from __future__ import annotations

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


def offered(*, ten: bool) -> dict[str, list[str]]:
    """All of them, as the configuration has them."""
    return {code: [name, f"{code}.mo", short] for code, name, short in LANGUAGES if not (ten and code in _ONLY_IN_11)}


def main() -> dict[str, str]:
    """For each language the variant that stands for it."""
    found: dict[str, str] = {}
    for code, _, _ in LANGUAGES:
        language = code.split("_", maxsplit=1)[0]
        if language != "ar":
            found.setdefault(language, _CHOSEN.get(language, code))
    return found
