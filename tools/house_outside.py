"""The house rules about what lies outside of the library: the clock is the runtime's, the process is the user's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

CLOCK_OWNERS = ("_runtimes/", "testing/", "types/__main__.py")
"""May look at a clock; everything else asks the runtime, or the server's own Date."""
PROCESS_OWNERS = ("testing/", "types/__main__.py")
"""Programs of their own, and the server that tests start: they may set signals and the like."""

CLOCKS = frozenset({
    *("time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"),
    *("time.gmtime", "time.localtime", "time.ctime", "time.sleep", "email.utils.localtime", "email.utils.formatdate"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
})  # fmt: skip
PROCESS = frozenset({
    *("gc.disable", "gc.enable", "gc.set_threshold", "gc.freeze", "gc.unfreeze", "gc.collect", "gc.set_debug"),
    *("warnings.simplefilter", "warnings.filterwarnings", "warnings.resetwarnings", "warnings.catch_warnings"),
    *("logging.basicConfig", "logging.disable", "logging.setLoggerClass", "logging.captureWarnings"),
    *("signal.signal", "signal.setitimer", "signal.alarm", "signal.set_wakeup_fd", "locale.setlocale"),
    *("os.putenv", "os.unsetenv", "os.chdir", "os.umask", "os.environ.update", "os.environ.setdefault"),
    *("sys.setrecursionlimit", "sys.setswitchinterval", "sys.settrace", "sys.setprofile", "time.tzset"),
    *("socket.setdefaulttimeout", "threading.stack_size", "random.seed", "asyncio.set_event_loop_policy"),
})  # fmt: skip


def outside(inside: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each look at a clock and each change of the process."""
    names = _imported(tree)
    clock, process = not inside.startswith(CLOCK_OWNERS), not inside.startswith(PROCESS_OWNERS)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = _whole_name(node, names)
            if clock and name in CLOCKS:
                yield node.lineno, f"{name}: the clock is the runtime's"
            if process and name in PROCESS:
                yield node.lineno, f"{name}: this belongs to the process, not to a library"
        elif process and isinstance(node, ast.stmt) and _sets_environment(node, names):
            yield node.lineno, "os.environ: this belongs to the process, not to a library"


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, wherever it is imported."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                names[each.asname or each.name.partition(".")[0]] = (
                    each.name if each.asname else each.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _whole_name(node: ast.AST, names: dict[str, str]) -> str:
    """Return the dotted name, with what was imported in place of the local name."""
    if isinstance(node, ast.Attribute):
        head = _whole_name(node.value, names)
        return f"{head}.{node.attr}" if head else ""
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def _sets_environment(node: ast.stmt, names: dict[str, str]) -> bool:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    return any(isinstance(each, ast.Subscript) and _whole_name(each.value, names) == "os.environ" for each in targets)
