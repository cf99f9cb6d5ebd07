"""What an HTML or empty answer is: the same for both APIs, since it is not GLPI's API that wrote it."""

from __future__ import annotations

import re

from ..._wire import Response

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_LOGIN = re.compile(
    rb"<input[^>]{1,500}type=[\"']?password|<title[^>]*>\s*(?:authentication|log ?in|sign ?in)\b", re.IGNORECASE
)


def is_page(response: Response) -> bool:
    """Check for an HTML page, by its type or its first character."""
    if "html" in response.content_type:
        return bool(response.body.strip())
    return response.body.lstrip()[:1] == b"<"


def is_empty(response: Response) -> bool:
    """Check for a body with nothing in it."""
    return not response.body.strip()


def title(response: Response) -> str:
    """Return the page's title, at most 100 characters, in place of the page itself."""
    match = _TITLE.search(response.body[:20_000])
    if not match:
        return "an HTML page" if is_page(response) else "an empty answer"
    import html

    text = html.unescape(re.sub(r"<[^>]+>|\s+", " ", match[1].decode("utf-8", "replace"))).strip()
    return f'an HTML page titled "{text[:100]}"' if text else "an HTML page"


def asks_to_log_in(response: Response) -> bool:
    """Check for a page that people log in at: GLPI's own, or one of a single sign-on in front of it."""
    return _LOGIN.search(response.body[:200_000]) is not None


def is_whole_page(response: Response) -> bool:
    """Check for a page that stands for itself; PHP's warnings around an answer are none: there the write was done."""
    body = response.body.rstrip()
    if body[-1:] in (b"]", b"}") or re.search(rb'\{"id":\s*\d+|\["ERROR', body):
        return False
    return re.search(rb"<!doctype|<html|<title", body[:20_000], re.IGNORECASE) is not None
