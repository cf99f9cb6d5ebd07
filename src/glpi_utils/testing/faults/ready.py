"""The faults of a server with the ready troubles as methods: `glpi.faults.drop_after(method="POST", times=1)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

from glpi_utils.testing.faults import troubles
from glpi_utils.testing.faults.fault import Fault, Faults

P = ParamSpec("P")


class Arms(Generic[P]):
    """A maker of `troubles` that adds what it makes."""

    def __init__(self, make: Callable[P, Fault]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __get__(self, faults: Faults, owner: type[Faults]) -> Callable[P, Fault]:
        def arm(*args: P.args, **kwargs: P.kwargs) -> Fault:
            return faults.add(self.make(*args, **kwargs))

        arm.__doc__ = self.make.__doc__
        arm.__name__ = self.make.__name__
        return arm


class ReadyFaults(Faults):
    """The faults of a server, with a method for each kind of trouble: it makes the fault, arms it and returns it.

    >>> from glpi_utils.testing import GlpiServer
    >>> with GlpiServer() as glpi:
    ...     fault = glpi.faults.too_many(retry_after=0.05, times=2)
    >>> fault.name
    '429'
    """

    __module__ = "glpi_utils.testing"  # where people import it from

    latency = Arms(troubles.latency)
    status = Arms(troubles.status)
    too_many = Arms(troubles.too_many)
    maintenance = Arms(troubles.maintenance)
    redirect = Arms(troubles.redirect)
    memory_limit = Arms(troubles.memory_limit)
    expired_token = Arms(troubles.expired_token)
    revoked_token = Arms(troubles.revoked_token)
    drop_before = Arms(troubles.drop_before)
    drop_after = Arms(troubles.drop_after)
    late_commit = Arms(troubles.late_commit)
    truncated = Arms(troubles.truncated)
    garbage = Arms(troubles.garbage)
    create_status = Arms(troubles.create_status)
    stale_keep_alive = Arms(troubles.stale_keep_alive)
    hang = Arms(troubles.hang)
    other_rows = Arms(troubles.other_rows)
    cut_list = Arms(troubles.cut_list)
    empty_list = Arms(troubles.empty_list)
    false_rows = Arms(troubles.false_rows)
    repeated_page = Arms(troubles.repeated_page)
    range_exceeded = Arms(troubles.range_exceeded)
    filter_dropped = Arms(troubles.filter_dropped)
    byte_order_mark = Arms(troubles.byte_order_mark)
