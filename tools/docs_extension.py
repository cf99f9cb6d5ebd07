"""Prepare docstrings for the documentation's site: examples become blocks of code, public names become links."""

from __future__ import annotations

import re
from typing import Any

import griffe

import glpi_utils

_EXAMPLE = re.compile(r"(?:^[ ]*>>> .*\n?(?:^[ ]*(?:\.\.\.|[^\s>]).*\n?)*)+", re.MULTILINE)
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
    return _NAME.sub(lambda match: _link(match[1]) or match[0], text)


def _link(name: str) -> str:
    return f"[`{name}`][glpi_utils.{name}]" if name in glpi_utils.__all__ else ""


class Prepare(griffe.Extension):
    """Change each docstring when it is found."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Prepare the docstring of a module, class, function or attribute."""
        if obj.docstring is not None:
            obj.docstring.value = prepared(obj.docstring.value)
