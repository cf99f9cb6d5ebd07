"""Texts as GLPI keeps them, HTML, and as people write and read them."""

from __future__ import annotations

import re


class Html(str):
    """A text that is HTML already and goes to GLPI as it is. Other texts of the verbs are plain.

    Args:
        html: The HTML.

    >>> from glpi_utils import Html
    >>> new = api.ticket.add_followup(1, Html("<p>The <b>third</b> floor</p>"))
    """

    __slots__ = ()
    __module__ = "glpi_utils"  # where people import it from

    def __init__(self, html: str = "") -> None:  # the text itself holds it
        super().__init__()


def to_html(text: str) -> str:
    r"""Return a text as GLPI keeps it: plain text with its line breaks, HTML as it is.

    >>> to_html("a < b\nc"), to_html(Html("<b>x</b>"))
    ('<p>a &lt; b<br>c</p>', '<b>x</b>')
    """
    if isinstance(text, Html):
        return str(text)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n")
    spaced = re.sub(r"(?m)^ | (?= )", "&nbsp;", lines)  # else HTML shows one of several
    return f"<p>{spaced.replace(chr(10), '<br>')}</p>" if lines.strip() else ""
