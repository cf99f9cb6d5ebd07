"""The words of the house: identifiers and first words of docstrings that stay out, and what stands in their place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

NAMES = {
    "Ask": "Operation",
    "Sending": "WireRequest",
    "Opened": "ResponseStream",
    "Unread": "UndecodableBody",
    "Unkept": "UnexpectedAnswer",
    "Act": "Action",
    "Wish": "Idempotency",
    "Mark": "KeyedCreate",
    "Means": "WalkContext",
    "Crew": "WorkerThreads",
    "Gate": "FairSemaphore",
    "stunted": "truncated",
    "mended": "reread",
    "took": "accept",
    "whose": "resolve_me",
    "the_only": "singleton_id",
    "sure": "require_known_fields",
    "doubted": "unverified",
    "having": "guarded_by_version",
}
"""What a class, a function or a method is not called, with the word that is used."""
OPENINGS = {
    "Give": "Return",
    "Tell": "Return, or Check whether",
    "Say": "Return",
    "Ask": "Build the request for",
    "See": "Check whether",
}
"""What a docstring does not begin with, and with what it does."""
FILLERS = frozenset({"asked", "found", "given", "said", "told"})
"""What no variable and no parameter is called: a noun says what the value is, such as row, match or keywords."""
SPLIT = re.compile(r"\bcan not\b", re.IGNORECASE)
Defined = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def words(inside: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield each word of a file that another stands for."""
    for node in ast.walk(tree):
        if _bound(node) in FILLERS and not inside.startswith("testing/"):
            yield getattr(node, "lineno", 1), f"{_bound(node)}: name it by a noun that says what the value is"
        if isinstance(node, Defined) and node.name in NAMES:
            yield node.lineno, f"{node.name}: the word is {NAMES[node.name]}"
        if isinstance(node, Defined | ast.Module):
            first = (ast.get_docstring(node) or "").partition(" ")[0]
            if first in OPENINGS:
                yield getattr(node, "lineno", 1), f"a docstring begins with {OPENINGS[first]}, not with {first}"
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not inside.startswith("testing/")
            and SPLIT.search(node.value)
        ):
            yield node.lineno, "cannot is one word"


def _bound(node: ast.AST) -> str | None:
    """Return the name that a variable or a parameter is bound to; None for anything else."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler):
        return node.name
    return None
