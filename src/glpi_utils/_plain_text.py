"""Plain text of HTML. It is loaded when it is first needed: the parser takes its time."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final


def html_to_text(html: str | None) -> str:
    r"""Return the plain text of what GLPI keeps as HTML: contents, solutions, comments.

    Line breaks, paragraphs and items of lists are lines of their own. HTML whose tags are encoded once more, as GLPI 10
    and its imports keep some, is read too. Pictures, scripts and styles are left out.

    Args:
        html: The HTML; None is an empty text.

    Returns:
        The text, without blank lines and spaces around it.

    >>> from glpi_utils import html_to_text
    >>> html_to_text("<p>Third floor<br>Room&nbsp;12</p><ul><li>smoke</li></ul>")
    'Third floor\nRoom 12\n- smoke'
    >>> html_to_text("&lt;p&gt;Third floor&lt;/p&gt;")
    'Third floor'
    """
    text = _COMMENT.sub("", html or "")
    if not _TAG.search(text):
        if not _ENCODED_TAG.search(text):
            return unescape(text).replace("\xa0", " ").strip()
        text = unescape(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text()


_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_NAMES: Final = "p|br|div|span|b|i|u|strong|em|ul|ol|li|a|table|tbody|tr|td|th|h[1-6]|img|pre|blockquote|hr|font|code"
_TAG: Final = re.compile(rf"</?(?:{_NAMES})\b[^<>]*>", re.IGNORECASE)
_ENCODED_TAG: Final = re.compile(
    rf"(?:&lt;|&#0*60;|&#x0*3c;)/?(?:{_NAMES})\b.*?(?:&gt;|&#0*62;|&#x0*3e;)", re.IGNORECASE | re.DOTALL
)
_LINES: Final = frozenset("p div ul ol table tr h1 h2 h3 h4 h5 h6 pre blockquote".split())
_HIDDEN: Final = frozenset(("script", "style", "head"))


class _Reader(HTMLParser):
    """Collects the text of HTML, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._hidden = self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self._kept += tag == "pre"
        if tag in ("br", "hr"):
            self._lines.append("")
        elif tag == "li":
            self._begin("- ")
        elif tag in ("td", "th"):
            self._lines[-1] += " " if self._lines[-1].strip() else ""
        elif tag in _LINES:
            self._begin("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._kept -= tag == "pre" and self._kept > 0
        if tag in _LINES or tag == "li":
            self._begin("")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._kept:
            first, *others = data.split("\n")
            self._lines[-1] += first
            self._lines += others
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        self._lines[-1] += text.lstrip(" ") if not self._lines[-1] or self._lines[-1].endswith(" ") else text

    def _begin(self, mark: str) -> None:
        """Begin a line, unless one is begun already."""
        if self._lines[-1].strip():
            self._lines.append(mark)
        else:
            self._lines[-1] = mark

    def text(self) -> str:
        """Return what was collected."""
        lines = [line.replace("\xa0", " ").rstrip() for line in self._lines]
        return "\n".join(lines).strip("\n")
