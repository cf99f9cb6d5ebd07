"""What can go wrong with a request: when it strikes, and the kinds of trouble there are."""

from glpi_utils.testing.faults.fault import Fault, Faults, Fired
from glpi_utils.testing.faults.ready import ReadyFaults

__all__ = ["Fault", "Faults", "Fired", "ReadyFaults"]
