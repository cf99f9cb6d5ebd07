"""An embedded GLPI for tests: `with GlpiServer() as glpi: …`. Nothing of the clients is imported here.

Its parts are loaded when they are asked for: pytest imports this package on every start, for the plugin.
"""

from __future__ import annotations

TYPE_CHECKING = False  # checkers take it for typing's
if TYPE_CHECKING:
    from glpi_utils.testing.faults import troubles
    from glpi_utils.testing.faults.fault import Fault, Faults, Fired
    from glpi_utils.testing.faults.ready import ReadyFaults
    from glpi_utils.testing.http.wire import Requests, Seen
    from glpi_utils.testing.server.server import GlpiServer

__all__ = ["Fault", "Faults", "Fired", "GlpiServer", "ReadyFaults", "Requests", "Seen", "troubles"]

_HOMES = {
    "Fault": "faults.fault",
    "Faults": "faults.fault",
    "Fired": "faults.fault",
    "GlpiServer": "server.server",
    "ReadyFaults": "faults.ready",
    "Requests": "http.wire",
    "Seen": "http.wire",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for (PEP 562)."""
    from importlib import import_module

    if name == "troubles":
        return import_module("glpi_utils.testing.faults.troubles")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"glpi_utils.testing.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
