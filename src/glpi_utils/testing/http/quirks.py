"""What stands in front of both APIs does in its own way: web server, PHP's memory, maintenance; one name each."""

from __future__ import annotations

import re

from glpi_utils.testing.http.wire import Answer, Req

HTML = ("Content-Type", "text/html; charset=UTF-8")
NGINX = "nginx/1.22.1"
LONGEST_REQUEST_LINE = 8192


def page(title: str) -> bytes:
    """GLPI's HTML pages, as far as a client may look at them: a title."""
    text = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n   <title>{title}</title>\n</head>\n<body></body>\n</html>\n'
    return text.encode()


def error_page(title: str) -> bytes:
    """The web server's own pages."""
    text = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        f"<hr><center>{NGINX}</center>\r\n</body>\r\n</html>\r\n"
    )
    return text.encode()


MAINTENANCE = Answer(200, (HTML, ("Cache-Control", "no-cache, private")), page("MAINTENANCE MODE - GLPI"))


def uri_too_long() -> Answer:
    """nginx: a request line of more than one 8 KB buffer."""
    return Answer(
        414, (("Content-Type", "text/html"), ("Connection", "close")), error_page("414 Request-URI Too Large")
    )


def trace_refused() -> Answer:
    """nginx: TRACE."""
    return Answer(405, (("Content-Type", "text/html"),), error_page("405 Not Allowed"))


def not_an_api(version: str, path: str = "") -> Answer:
    """A path outside the APIs: 10.0 answers 403 without a word, 11 a 404 page that sets a cookie; pages want a login."""
    if version.startswith("10."):
        return Answer(403, (HTML,))
    if path.startswith("/front/"):
        return Answer(403, (HTML,), page("Access denied - GLPI"))
    cookie = ("Set-Cookie", "glpi_40d1b2d83998fabacb726e5bc3d22129=0; path=/; HttpOnly")
    quiet = ("Cache-Control", "no-store, no-cache, must-revalidate, no-cache, private")
    return Answer(404, (HTML, cookie, quiet), page("Item not found - GLPI"))


def memory_exhausted(version: str, path: str, answer: Answer | None = None) -> Answer:
    """PHP ran out of memory: HL answers a 500 page, legacy 11 the whole JSON and then a page, legacy 10.0 nothing."""
    if not is_legacy(path):
        return Answer(500, (HTML,), page("Error - GLPI"))
    headers, body = ((HTML,), b"") if answer is None else (answer.headers, answer.body)
    if version.startswith("10."):
        return Answer(206, headers)
    return Answer(206, headers, body + page("Error - GLPI"))


def is_legacy(path: str) -> bool:
    """Check whether a path belongs to the legacy API; 11 serves it below /api.php/v1 too."""
    return path.startswith("/apirest.php") or re.match(r"/api\.php/+v1(/|$)", path) is not None


def maintained(req: Req) -> bool:
    """Check whether maintenance mode stops this request; a parameter steps around it."""
    return "skipMaintenance=1" not in req.query
