"""The bytes of an answer, framed as nginx and PHP-FPM frame it, whole or broken off."""

from __future__ import annotations

from email.utils import formatdate
from http import HTTPStatus

from glpi_utils.testing.faults.fault import Cut
from glpi_utils.testing.http import quirks
from glpi_utils.testing.http.wire import Answer

NO_BODY = (204, 304)


def framed(answer: Answer, method: str, keep: bool, chunked: bool = True) -> bytes:
    """Return the bytes of an answer, chunked as PHP-FPM's are behind nginx."""
    bodiless = method == "HEAD" or answer.status in NO_BODY
    length = answer.header("Content-Length") is not None
    extra: list[tuple[str, str]] = []
    if answer.status not in NO_BODY and not length:
        extra.append(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(answer.body))))
    if answer.header("Connection") is None:
        extra.append(("Connection", "keep-alive" if keep else "close"))
    head = head_of(answer, extra)
    if bodiless:
        return head
    if length or not chunked:
        return head + answer.body
    size = len(answer.body)
    return head + (b"%x\r\n%b\r\n" % (size, answer.body) if size else b"") + b"0\r\n\r\n"


def head_of(answer: Answer, extra: list[tuple[str, str]]) -> bytes:
    """Return status line and headers."""
    try:
        reason = HTTPStatus(answer.status).phrase
    except ValueError:
        reason = ""
    lines = [f"HTTP/1.1 {answer.status} {reason}", f"Server: {quirks.NGINX}", f"Date: {formatdate(usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in (*answer.headers, *extra)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def broken(cut: Cut, method: str) -> bytes:
    """Return the bytes of an answer whose body breaks off."""
    assert cut.answer is not None
    body = cut.answer.body
    announced = ("Content-Length", str(len(body))) if cut.length else ("Transfer-Encoding", "chunked")
    bodiless = cut.answer.status in NO_BODY
    head = head_of(cut.answer, [*([] if bodiless else [announced]), ("Connection", "keep-alive")])
    if method == "HEAD" or bodiless:
        return head
    return head + (b"" if cut.length else b"%x\r\n" % len(body)) + body[: cut.keep]
