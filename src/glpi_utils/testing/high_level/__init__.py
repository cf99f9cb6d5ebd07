"""How GLPI's high-level API (`/api.php`) says what is true."""

from glpi_utils.testing.high_level.router import answer

__all__ = ["answer"]
