"""The legacy API, `/apirest.php`: how it says what is true."""

from glpi_utils.testing.legacy.endpoints import answer

__all__ = ["answer"]
