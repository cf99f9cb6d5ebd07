"""The patterns by which `Redactor` finds a secret; loaded when the first text is cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ._secret import MASK

__all__ = ["cut", "cut_unknown"]

SHORT: Final = 6
COMMON: Final = frozenset(
    # a password of this kind would cut words out of any message
    "access basic bearer change client computer connection content default entity example forbidden "
    "glpi-utils helpdesk invalid localhost message monitor network normal object password permission post-only postonly "
    "printer private problem profile public refresh request response secret server service session software status "
    "string super-admin supervisor support system technician ticket timeout token unknown username version "
    "administrator https".split()
)

_ALL_THE_SAME: Final = re.compile(r"[A-Za-z0-9_.-]*")
"""A text of only these signs has the same form everywhere."""

_QUOTE = r"""(?:\\*["'])"""
_IS = rf"{_QUOTE}?\s*(?:=>?|:|%(?:25)*3[dDaA])\s*(?:b?{_QUOTE})?"
_OF = rf"(?:{_IS}|{_QUOTE}\s*,\s*b?{_QUOTE})"
_SECRET_NAME = r"(?i:password|passwd|pwd|passphrase|secret|token|authorization|cookie)[\w-]{0,20}"
_NAMED_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_LETTER_ESCAPES = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f", "\v": "v", "\0": "0", "\a": "a"}


def cut(value: str) -> Callable[[str], str]:
    """Return the function that cuts this value out of a text."""
    weak = _weak(value)
    if not weak and _ALL_THE_SAME.fullmatch(value):
        return lambda text: text.replace(value, MASK)
    forms = re.compile("".join(map(_forms_of, value)))
    if not weak:
        return lambda text: forms.sub(MASK, text)
    paired = re.compile(rf"({_SECRET_NAME}{_IS}){forms.pattern}(?!\w)")

    def one(match: re.Match[str]) -> str:
        text = match.group()
        return text if text == value or len(text) < SHORT else MASK

    return lambda text: forms.sub(one, paired.sub(rf"\g<1>{MASK}", text))


def _weak(value: str) -> bool:
    return len(value) < SHORT or (len(value) < 8 and value.isdigit()) or value.lower() in COMMON


def _forms_of(sign: str) -> str:
    return re.escape(sign) if _same_everywhere(sign) else f"(?:{'|'.join(_alternatives(sign))})"


def _same_everywhere(sign: str) -> bool:
    return _ALL_THE_SAME.fullmatch(sign) is not None


def _alternatives(sign: str) -> Iterator[str]:
    code = ord(sign)
    yield r"\\+" if sign == "\\" else rf"\\*{re.escape(sign)}"
    for raw in _bytes_of(sign):
        yield "(?i:" + "".join(rf"%(?:25)*{byte:02x}" for byte in raw) + ")"
        yield r"(?i:" + "".join(rf"\\+x{byte:02x}" for byte in raw) + ")"
    units = sign.encode("utf-16-be", "surrogatepass")
    yield "(?i:" + "".join(rf"\\+u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2)) + ")"
    yield rf"(?i:\\+u{code:08x}|&(?:amp;)*#(?:0*{code}|x0*{code:x});)"
    if sign == " ":
        yield r"\+"
    if sign in _NAMED_ENTITIES:
        yield rf"&(?:amp;)*{_NAMED_ENTITIES[sign]};"
    if sign in _LETTER_ESCAPES:
        yield rf"\\+{_LETTER_ESCAPES[sign]}"


def _bytes_of(sign: str) -> Iterator[bytes]:
    yield sign.encode("utf-8", "surrogatepass")
    if 127 < ord(sign) < 256:
        yield sign.encode("latin-1")


_AUTHORIZATION: Final = (
    rf"(?i)(\b(?:proxy-)?authorization{_OF})"
    r"""(bearer\s+|basic\s+|user_token\s+)?[^\s"'\\,;)}\]]+"""
)
_TOKEN: Final = (
    r"(?i)((?:(?:access|refresh|session|user|app|api)[_-]token|client_secret|code_verifier)"
    rf"(?:{_QUOTE}?\s*(?:=|%(?:25)*3d)|{_QUOTE}\s*:)\s*(?:b?{_QUOTE})?)[\w.~%+/-]{{8,}}"
)
_UNKNOWN: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"""(?<=://)[^\s/?#"'<>]*@""", f"{MASK}@"),  # user-info in a URL
        (r"(?<![\w-])eyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]{6,}", MASK),  # a JWT
        (_AUTHORIZATION, rf"\g<1>\g<2>{MASK}"),  # as a header, a pair in a dict or a tuple
        (r"(?i)\b(bearer|basic|user_token)(\s+)[\w.~+/=-]{20,}", rf"\g<1>\g<2>{MASK}"),
        (_TOKEN, rf"\g<1>{MASK}"),  # in a query, a form, JSON
        (r"(?i)(\b(?:session|app)-token:\s*)[\w.~+/,-]+", rf"\g<1>{MASK}"),
        (rf"""(?i)(\b(?:set-)?cookie{_OF})[^\r\n"']+""", rf"\g<1>{MASK}"),
        (r"\b(glpi_[0-9a-f]{32}=)[\w,%-]+", rf"\g<1>{MASK}"),  # GLPI's session cookie
    )
)


def cut_unknown(text: str) -> str:
    """Cut out what can only be a secret, whoever made it."""
    for pattern, replacement in _UNKNOWN:
        text = pattern.sub(replacement, text)
    return text
