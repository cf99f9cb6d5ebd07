"""The dialect of the legacy API, ``/apirest.php`` (GLPI 9 to 12)."""

from .requests import Legacy

__all__ = ["Legacy"]
