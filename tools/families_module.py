"""Write `glpi_utils.types.families`: the items of each type with the verbs that it has."""

from __future__ import annotations

from collections.abc import Iterator

from glpi_utils.types._families import ANY, TYPED, Family, kinds

APIS = ("HighLevel", "Legacy")
LONGEST = 120
HEAD = '''"""The items of types with the verbs that each has, for checkers only. {by}"""

from __future__ import annotations

# mypy: disable-error-code="misc, override"
# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
from typing import Generic

{imports}

__all__ = [
{names}]
'''


def families_module(by: str) -> str:
    """Return the text of the module."""
    classes = list(_classes())
    known = [*(name for name, _ in classes), *(f"{waits}{api}Items" for waits in ("", "Async") for api in APIS)]
    names = "".join(f'    "{name}",\n' for name in sorted(known))
    head = HEAD.format(by=by, imports="\n".join(_imports()), names=names)
    return head + "".join(f"\n\n{text}\n" for _, text in classes)


def _classes() -> Iterator[tuple[str, str]]:
    for waits in ("", "Async"):
        for api in APIS:
            for label, families in sorted(kinds().items()):
                name = f"{waits}{api}{label}Items"
                if label:
                    yield name, _class(name, f"{waits}{api}Items", [_base(each, waits) for each in families], label)


def _class(name: str, items: str, bases: list[str], label: str) -> str:
    parents = ", ".join([f"{items}[Row, Write, Update]", *bases, "Generic[Row, Write, Update]"])
    what = "any type, with every verb" if label == ANY else f"a type with the verbs of {label}"
    return f'class {name}({parents}):\n    """The items of {what}."""'


def _base(family: Family, waits: str) -> str:
    return TYPED.get(family.name, family.name) if waits else TYPED.get(family.name, family.name).removeprefix("Async")


def _imports() -> Iterator[str]:
    """Give the imports, a line for each module, in the order of the modules."""
    wanted: dict[str, set[str]] = {
        "glpi_utils._wire": {"Row"},
        "glpi_utils.types.items": {f"{waits}{api}Items" for waits in ("", "Async") for api in APIS},
        "glpi_utils.types._async_items": {"Update", "Write"},
    }
    for family in kinds()[ANY]:
        own = TYPED.get(family.name)
        name, module = own or family.name, "glpi_utils.types._async_items" if own else family.module
        wanted.setdefault(module, set()).add(name)
        blocking = "glpi_utils.types._blocking_items" if own else "glpi_utils._sync.families"
        wanted.setdefault(blocking, set()).add(name.removeprefix("Async"))
    for module in sorted(wanted):
        line = f"from {module} import {', '.join(sorted(wanted[module]))}"
        names = "".join(f"    {name},\n" for name in sorted(wanted[module]))
        yield line if len(line) <= LONGEST else f"from {module} import (\n{names})"
