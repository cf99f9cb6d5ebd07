"""A filter cut into tokens, with every trap of GLPI's own lexer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")
_CLOSES = {"(": ")", '"': '"', "'": "'"}
_ENDS_A_BARE_VALUE = frozenset(";,)")
_ESCAPED = ("\\", ";", "(", ")")
UNARY = frozenset({"=isnull=", "=notnull=", "=empty=", "=notempty="})


class Kind(Enum):
    """What a token is."""

    AND = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()
    PROPERTY = auto()
    OPERATOR = auto()
    VALUE = auto()
    NO_VALUE = auto()


_SIGNS = {";": Kind.AND, ",": Kind.OR, "(": Kind.OPEN, ")": Kind.CLOSE}


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its text."""

    kind: Kind
    text: str


class RsqlError(Exception):
    """A filter that the server refuses with 400."""

    def __init__(self, title: str, detail: dict[str, str] | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail


def tokens(text: str, *, newer: bool = False) -> list[Token]:
    """Return the tokens of a filter; `RsqlError` if it cannot be cut. `newer`: by the lexer that comes after 11.0.8."""
    lexer = _Newer(text) if newer else _Lexer(text)
    while lexer.at < len(text):
        lexer.step()
    tokens = lexer.tokens
    if sum(token.kind is Kind.OPEN for token in tokens) != sum(token.kind is Kind.CLOSE for token in tokens):
        raise RsqlError("RSQL query has one or more unclosed groups")
    return tokens


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self.awaits_value = False
        """Stays true behind an operator without a value: parentheses are then not seen until some value has ended."""

    def step(self) -> None:
        char = self.text[self.at]
        if char in "()":
            escaped = self.at > 0 and self.text[self.at - 1] == "\\"
            if not escaped and not self.awaits_value:
                self.tokens.append(Token(_SIGNS[char], char))
            self.at += 1
        elif char in ";,":
            self.tokens.append(Token(_SIGNS[char], char))
            self.at += 1
        elif char in _WORD:
            self._comparison()
        else:
            self.at += 1

    def _comparison(self) -> None:
        name = self._until("=!")
        self.tokens.append(Token(Kind.PROPERTY, name))
        if self.at >= len(self.text):
            raise RsqlError(f'RSQL query is missing an operator in filter for property "{name}"')
        first = self.text[self.at]
        self.at += 1
        operator = first + self._until("=")
        if self.at >= len(self.text):
            raise RsqlError(f'RSQL query has an incomplete operator in filter for property "{name}"')
        self.at += 1
        self.tokens.append(Token(Kind.OPERATOR, operator + "="))
        self._value(operator + "=")

    def _value(self, operator: str) -> None:
        if self.at >= len(self.text) or self.text[self.at] in _ENDS_A_BARE_VALUE:
            self.tokens.append(Token(Kind.NO_VALUE, ""))
            self.awaits_value = True
            return
        close = _CLOSES.get(self.text[self.at])
        if close is None:
            value = self._bare()
            ended = self.at < len(self.text)
        else:
            value, ended = self._enclosed(close)
        self.tokens.append(Token(Kind.VALUE, value))
        self.awaits_value = not ended

    def _bare(self) -> str:
        return self._until(";,)")

    def _enclosed(self, close: str) -> tuple[str, bool]:
        """Return a value up to the next closing sign: a backslash protects nothing, nor do quotes inside parentheses."""
        start = self.at
        end = self.text.find(close, start + 1)
        if end < 0:
            self.at = len(self.text)
            return self.text[start:], False
        self.at = end + 1
        return self.text[start : self.at], True

    def _until(self, signs: str) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in signs:
            self.at += 1
        return self.text[start : self.at]


class _Newer(_Lexer):
    """The lexer of GLPI's pull request 25318, rebuilt from its tests: what they leave open is as in the older one."""

    def _value(self, operator: str) -> None:
        if operator in UNARY:
            self.tokens.append(Token(Kind.NO_VALUE, ""))
            return
        super()._value(operator)
        self.awaits_value = False

    def _bare(self) -> str:
        """Return a value without quotes; a backslash takes a backslash, a semicolon or a parenthesis along."""
        kept: list[str] = []
        while self.at < len(self.text) and self.text[self.at] not in _ENDS_A_BARE_VALUE:
            if self.text[self.at] == "\\" and self.text[self.at + 1 : self.at + 2] in _ESCAPED:
                self.at += 1
            kept.append(self.text[self.at])
            self.at += 1
        return "".join(kept)
