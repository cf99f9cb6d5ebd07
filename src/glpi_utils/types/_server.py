"""From the document of one server to the source of a module of its own shapes and clients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from glpi_utils.types._naming import Kind, entries, own
from glpi_utils.types._writing import classes, imports, shapes_of

__all__ = ["server_module"]

HEAD = '''"""The items of {where}, GLPI's High-Level API {version}, for type checkers. Made by `python -m glpi_utils.types`.

`ServerClient` and `AsyncServerClient` are `GlpiOAuthClient` and `AsyncGlpiOAuthClient`, whose items have these shapes.
"""

# ruff: noqa
# fmt: off
# mypy: disable-error-code="overload-overlap, override, assignment"
# pyright: reportOverlappingOverload=false, reportIncompatibleMethodOverride=false
# pyright: reportIncompatibleVariableOverride=false, reportUninitializedInstanceVariable=false

from typing import TYPE_CHECKING, {typing}

from glpi_utils import AsyncGlpiOAuthClient, GlpiOAuthClient
{imports}
if TYPE_CHECKING:
    from typing import Literal, overload

    from glpi_utils.types.families import (
        {items},
    )

'''
KINDS = (
    Kind("ServerClient", "GlpiOAuthClient", "HighLevel", "", "The blocking client of this server."),
    Kind(
        "AsyncServerClient",
        "AsyncGlpiOAuthClient",
        "AsyncHighLevel",
        "",
        "The asynchronous client of this server.",
    ),
)


def server_module(document: Mapping[str, Any], where: str) -> str:
    """Write the module: the shapes of every item that the document has, and the clients that give them."""
    shapes = classes(shapes_of(document))
    known = list(entries(document))
    words, homes = imports(shapes + "\nAny: TypedDict")
    info: Mapping[str, Any] = document.get("info") or {"version": ""}
    version = re.sub(r"[^\w.]", "", str(info.get("version", "")))
    clients = "".join(f"\n\n{own(kind, known)}" for kind in KINDS)
    items = ",\n        ".join(sorted(set(re.findall(r"\w+Items(?=\[)", clients))))
    address = re.sub(r'[\\"\s]', "", where)
    head = HEAD.format(where=address, version=version, typing=", ".join(words), imports=homes, items=items)
    return head + shapes + clients
