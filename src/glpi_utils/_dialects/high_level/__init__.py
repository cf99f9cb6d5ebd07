"""The dialect of the High-Level API, ``/api.php`` (GLPI 11 and later)."""

from .requests import HighLevel

__all__ = ["HighLevel"]
