"""Custom assets (GLPI 11): what either API calls the type that an administrator named."""

from __future__ import annotations

from typing import Final

from ..exceptions import GlpiValidationError

__all__ = ["class_of_path", "custom_class", "custom_path", "path_of_class"]

PARTS: Final = {"": "", "model": "Model", "type": "Type"}
_SPACE: Final = "glpi\\customasset\\"


def custom_path(name: object, part: object = "") -> str:
    """Return the path of a custom asset in the high-level API, by its system name.

    >>> custom_path("Drone"), custom_path("Drone", "model")
    ('Assets/Custom/Drone', 'Assets/Custom/DroneModel')
    """
    return f"Assets/Custom/{_checked(name)}{_part(part)}"


def custom_class(name: object, part: object = "") -> str:
    r"""Return the class of a custom asset, which the legacy API of GLPI 11 serves.

    >>> custom_class("Drone"), custom_class("Drone", "type")
    ('Glpi\\CustomAsset\\DroneAsset', 'Glpi\\CustomAsset\\DroneAssetType')
    """
    return f"Glpi\\CustomAsset\\{_checked(name)}Asset{_part(part)}"


def path_of_class(name: str) -> str | None:
    r"""Return the path for the class of a custom asset; None for another class.

    >>> path_of_class("Glpi\\CustomAsset\\DroneAssetModel"), path_of_class("Glpi\\Socket")
    ('Assets/Custom/DroneModel', None)
    """
    if not name.lower().startswith(_SPACE):
        return None
    own, middle, part = name[len(_SPACE) :].rpartition("Asset")
    return f"Assets/Custom/{own}{part}" if own and middle and part in PARTS.values() else None


def class_of_path(path: str) -> str | None:
    r"""Return the class of a custom asset for its path; None for another path, and where it may mean models or types.

    >>> class_of_path("Assets/Custom/Drone"), class_of_path("Assets/Custom/MyType"), class_of_path("Assets/Socket")
    ('Glpi\\CustomAsset\\DroneAsset', None, None)
    """
    folder, _, own = path.strip("/").rpartition("/")
    return custom_class(own) if folder.lower() == "assets/custom" and not own.endswith(("Model", "Type")) else None


def _checked(name: object) -> str:
    if not isinstance(name, str) or not (name.isascii() and name.isidentifier()):
        raise GlpiValidationError(
            f"a custom asset is named by its system name, letters and digits such as 'Drone', not {name!r:.60}"
        )
    return name


def _part(part: object) -> str:
    word = PARTS.get(part.lower()) if isinstance(part, str) else None
    if word is None:
        raise GlpiValidationError(f"part is 'model' or 'type', or left out for the assets themselves, not {part!r:.40}")
    return word
