"""What belongs to the whole process and not to a library: read so that two moments can be compared."""

from __future__ import annotations

import asyncio
import gc
import locale
import logging
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

OURS = "glpi_utils"


def state() -> dict[str, Any]:
    """Return the settings of the process, by name."""
    return {part: read() for part, read in PARTS.items()}


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the settings that are not the same, with both values."""
    return {part: (before[part], after[part]) for part in before if before[part] != after[part]}


def _collector() -> tuple[Any, ...]:
    return gc.isenabled(), gc.get_threshold(), gc.get_debug(), list(map(id, gc.callbacks))


def _warnings() -> tuple[Any, ...]:
    shown = warnings.showwarning, warnings.formatwarning
    theirs = [each for each in warnings.filters if not each[2].__module__.startswith("urllib3")]  # its own class
    return theirs, *shown


def _logging() -> tuple[Any, ...]:
    root = logging.getLogger()
    settings = logging.getLoggerClass(), logging.getLogRecordFactory(), logging.raiseExceptions, root.manager.disable
    return root.level, list(root.handlers), list(root.filters), settings, _loggers()


def _loggers() -> dict[str, Any]:
    found: dict[str, tuple[Any, ...]] = {}
    for name, each in logging.Logger.manager.loggerDict.items():
        if isinstance(each, logging.Logger) and name.partition(".")[0] != OURS:
            handlers = [one for one in each.handlers if not isinstance(one, logging.NullHandler)]
            found[name] = each.level, handlers, list(each.filters), each.propagate, each.disabled
    plain: tuple[Any, ...] = (logging.NOTSET, [], [], True, False)
    return {name: setting for name, setting in found.items() if setting != plain}


def _signals() -> dict[int, Any]:
    return {each: signal.getsignal(each) for each in signal.valid_signals()}


def _hooks() -> tuple[Any, ...]:
    traced = sys.gettrace(), sys.getprofile()
    return sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook, sys.breakpointhook, traced


def _limits() -> tuple[Any, ...]:
    mask = os.umask(0o22)
    os.umask(mask)
    threads = threading.stack_size()
    return sys.getrecursionlimit(), sys.getswitchinterval(), socket.getdefaulttimeout(), threads, mask, Path.cwd()


def _executor() -> object:
    """The default executor of the running event loop; None where there is no loop."""
    try:
        return getattr(asyncio.get_running_loop(), "_default_executor", None)
    except RuntimeError:
        return None


def _streams() -> tuple[Any, ...]:
    return sys.stdin, sys.stdout, sys.stderr, list(sys.path), list(sys.meta_path), list(sys.path_hooks)


PARTS: dict[str, Callable[[], Any]] = {
    "garbage collector": _collector,
    "warnings": _warnings,
    "logging": _logging,
    "signals": _signals,
    "hooks": _hooks,
    "locale": lambda: locale.setlocale(locale.LC_ALL),
    "environment": lambda: dict(os.environ),
    "limits": _limits,
    "streams": _streams,
    "default executor": _executor,
}
