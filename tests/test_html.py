"""Plain text to what GLPI keeps and back: nothing is lost, and nothing becomes a tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils import Html, html_to_text
from glpi_utils._html import to_html

PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")) | st.sampled_from(" \n<>&;\"'")
)


def visible(text: str) -> str:
    """What a reader sees: without blank lines around it and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


@given(PRINTABLE)
def test_plain_text_comes_back(text: str) -> None:
    assert html_to_text(to_html(text)) == visible(text)


@given(PRINTABLE)
def test_html_goes_as_it_is(text: str) -> None:
    assert to_html(Html(text)) == text
    assert isinstance(html_to_text(text), str)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (None, ""),
        ("", ""),
        ("no tags &amp; no lines", "no tags & no lines"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br />Two</p>", "One\nTwo"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>after", "- a\n- b\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<style>p {}</style><script>x</script><p>seen</p>", "seen"),
        ('<p>see <a href="x">this</a> <img src="cid:a"></p>', "see this"),
        ("&lt;p&gt;One&lt;br&gt;Two &amp;amp; three&lt;/p&gt;", "One\nTwo & three"),
        ("&#60;p&#62;One&#60;/p&#62;", "One"),
        ("<p>&lt;b&gt; is a tag</p>", "<b> is a tag"),
        ("no tags<!-- key:alarm-4711 -->", "no tags"),
    ],
)
def test_what_glpi_keeps_is_read(html: str | None, text: str) -> None:
    assert html_to_text(html) == text
