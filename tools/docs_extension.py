"""Prepare docstrings for the documentation's site: examples become blocks of code, public names become links."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

import griffe

import glpi_utils

_EXAMPLE = re.compile(r"(?:^[ ]*>>> .*\n?(?:^[ ]*(?:\.\.\.|[^\s>]).*\n?)*)+", re.MULTILINE)
_TWINS = ("glpi_utils._faces", "glpi_utils._item_faces")
_NAME = re.compile(r"(?<![`\w\[])`(\w+)`(?![`\w\]])")


def prepared(text: str) -> str:
    """Return a docstring as Markdown: each doctest in a fence of its own, `GlpiError` linked to its place."""
    parts, at = [], 0
    for example in _EXAMPLE.finditer(text):
        code = example.group().rstrip()
        parts += [_linked(text[at : example.start()]), f"\n```pycon\n{code}\n```\n"]
        at = example.end()
    return "".join([*parts, _linked(text[at:])])


def _linked(text: str) -> str:
    return _NAME.sub(lambda found: _link(found[1]) or found[0], text)


def _link(name: str) -> str:
    return f"[`{name}`][glpi_utils.{name}]" if name in glpi_utils.__all__ else ""


class Prepare(griffe.Extension):
    """Change each docstring when it is found."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Prepare the docstring of a module, class, function or attribute; blocking twins have theirs at run time."""
        text = obj.docstring.value if obj.docstring is not None else _of_twin(obj)
        if text:
            obj.docstring = griffe.Docstring(prepared(text), parent=obj)


def _of_twin(obj: griffe.Object) -> str:
    """Return the docstring that a method of a blocking client takes from its asynchronous twin."""
    if not obj.is_function or obj.name.startswith("_") or obj.module.path not in _TWINS or obj.parent is None:
        return ""
    owner = getattr(importlib.import_module(obj.module.path), obj.parent.name, None)
    return inspect.getdoc(getattr(owner, obj.name, None)) or ""
