"""A forked child must not use what its parent opened: every living runtime gets notice of the fork."""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Forked(Protocol):
    """What is called in a forked child."""

    def forked(self) -> None:
        """Forget what the parent opened, without disturbing it."""
        ...


_living: WeakSet[Forked] = WeakSet()


def watch(runtime: Forked) -> None:
    """Notify this runtime, as long as it lives, when it finds itself in a forked child."""
    _living.add(runtime)


def _in_the_child() -> None:
    for runtime in list(_living):
        runtime.forked()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_in_the_child)
