"""GraphQL's own language, as far as reading needs it: queries cut into fields, what is wrong with their letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r"(?P<skip>[\s,\ufeff]+|#[^\n]*)|(?P<spread>\.\.\.)|(?P<sign>[!$&()\[\]{}:=@|])|(?P<name>[A-Za-z_]\w*)"
    r'|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>"(?:[^"\\\n]|\\.)*")'
)
END = "<EOF>"


class GraphqlError(Exception):
    """One error, and where it stands."""

    def __init__(self, message: str, at: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.body: dict[str, Any] = {"message": message}
        if at is not None:
            self.body["locations"] = [{"line": at[0], "column": at[1]}]


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind ("name", "number", "text", or itself), what it says, line and column."""

    kind: str
    text: str
    at: tuple[int, int]

    @property
    def shown(self) -> str:
        """As an error names it."""
        if self.kind == "text":
            return f"String {self.text}"
        return (
            f'Name "{self.text}"' if self.kind == "name" else f"Int {self.text}" if self.kind == "number" else self.text
        )


@dataclass(slots=True)
class Selected:
    """One field that is asked for."""

    name: str
    alias: str
    at: tuple[int, int]
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])
    inner: list[Selected] | None = None
    """None: no braces behind it."""


@dataclass(slots=True)
class Operation:
    """One query of a document."""

    kind: str
    at: tuple[int, int]
    fields: list[Selected]


def parse(text: str) -> list[Operation]:
    """Return the operations of a document; variables stand for nothing, as the server forgets them."""
    reader = _Reader(list(_tokens(text)))
    operations = [reader.operation()]
    while reader.now.kind != END:
        operations.append(reader.operation())
    return operations


def _tokens(text: str) -> Iterator[Token]:
    at, line, start = 0, 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise GraphqlError(
                f"Syntax Error: Cannot parse the unexpected character {text[at]!r}.", (line, at - start + 1)
            )
        kind = str(match.lastgroup)
        if kind != "skip":
            yield Token(match[0] if kind in {"sign", "spread"} else kind, match[0], (line, at - start + 1))
        line += match[0].count("\n")
        start = at + match[0].rindex("\n") + 1 if "\n" in match[0] else start
        at = match.end()
    yield Token(END, END, (line, len(text) - start + 1))


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def take(self, kind: str) -> Token:
        """Return the next word, if it is of this kind."""
        token = self.now
        if token.kind != kind:
            wanted = "Name" if kind == "name" else kind
            raise GraphqlError(f"Syntax Error: Expected {wanted}, found {token.shown}", token.at)
        self.place += 1
        return token

    def may(self, kind: str) -> bool:
        """Check whether the next word is of this kind; it is taken then."""
        here = self.now.kind == kind
        self.place += int(here)
        return here

    def operation(self) -> Operation:
        token = self.now
        if token.kind == "{":
            return Operation("query", token.at, self.selections())
        if token.text not in {"query", "mutation", "subscription"}:
            raise GraphqlError(f"Syntax Error: Unexpected {token.shown}", token.at)
        self.take("name")
        if self.now.kind == "name":
            self.take("name")
        if self.now.kind == "(":
            while self.now.kind not in {")", END}:
                self.place += 1
            self.take(")")
        return Operation(token.text, token.at, self.selections())

    def selections(self) -> list[Selected]:
        self.take("{")
        selections = [self.selected()]
        while not self.may("}"):
            selections.append(self.selected())
        return selections

    def selected(self) -> Selected:
        token = self.take("name")
        name = self.take("name").text if self.may(":") else token.text
        made = Selected(name, token.text, token.at)
        if self.may("("):
            while not self.may(")"):
                argument = self.take("name").text
                self.take(":")
                made.arguments[argument] = self.value()
        if self.now.kind == "{":
            made.inner = self.selections()
        return made

    def value(self) -> Any:
        token = self.now
        if self.may("$"):
            self.take("name")
            return None
        self.place += 1
        if token.kind in {"text", "number"}:
            return json.loads(token.text)
        if token.kind != "name":
            raise GraphqlError(f"Syntax Error: Unexpected {token.shown}", token.at)
        return {"true": True, "false": False, "null": None}.get(token.text, token.text)
