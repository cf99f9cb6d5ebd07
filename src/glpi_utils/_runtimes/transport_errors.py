"""What went wrong on the wire, in our own words: the texts of other libraries may hold URLs and secrets."""

from __future__ import annotations

from http.client import IncompleteRead
from socket import gaierror

from .._wire import Stage, TransportError

TRUST = "name the CA file with verify_ssl='/path/to/ca.pem' or in the variable SSL_CERT_FILE"
NO_CLIENT_CERTIFICATE = "CERTIFICATE_REQUIRED"
_OTHER_NAME = "use the name in url= that it is made for, or have it made for this one"
_NO_TRUST = {
    9: "it is not valid yet: is this machine's clock right?",
    10: "have it renewed on the server; is this machine's clock right?",
    62: _OTHER_NAME,
    64: _OTHER_NAME,
}
"""What helps where a CA file would not, by OpenSSL's number of the fault."""
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")


def connecting(problem: Exception, where: str) -> TransportError:
    """Return what kept us from getting a connection: nothing was sent."""
    from ssl import SSLCertVerificationError, SSLError

    root = _root(problem)
    if isinstance(root, SSLCertVerificationError) or type(root).__name__ == "CertificateError":
        why = getattr(root, "verify_message", "") or "it is not made for this name"
        next_step = _NO_TRUST.get(getattr(root, "verify_code", 62), f"to trust it, {TRUST}")
        return TransportError(Stage.CERTIFICATE, f"the certificate of {where} was refused: {why}; {next_step}")
    if refused := _refused_by_proxy(root):
        return TransportError(Stage.UNREACHED, f"the proxy did not connect us to {where}: it answered {refused}")
    if isinstance(root, TimeoutError):
        return TransportError(Stage.UNREACHED, f"no connection to {where} within the time-out", timed_out=True)
    if isinstance(root, gaierror):
        return TransportError(Stage.UNREACHED, f"the name of {where} was not found: {root.strerror}")
    if isinstance(root, SSLError):
        reason = root.reason or "broken off"
        plain = " (does it speak http:// and no TLS on this port?)" if reason in _NO_TLS else ""
        return TransportError(Stage.UNREACHED, f"the TLS handshake with {where} failed: {reason}{plain}")
    if isinstance(root, ValueError):
        return TransportError(Stage.UNREACHED, f"the address of {where} is malformed")
    return TransportError(Stage.UNREACHED, f"no connection to {where}: {_words(root)}")


def sending(problem: Exception, where: str) -> TransportError:
    """Return what broke after the request was, or may have been, under way."""
    root = _root(problem)
    if NO_CLIENT_CERTIFICATE in str(root):  # TLS 1.3 tells it only after the handshake
        return TransportError(Stage.CERTIFICATE, f"{where} asks for a client certificate: give it with cert=")
    if isinstance(root, TimeoutError):
        return TransportError(Stage.SENT, f"no answer from {where} within the time-out", timed_out=True)
    return TransportError(Stage.SENT, f"the answer of {where} broke off or cannot be read: {_words(root)}")


def crowded(where: str) -> TransportError:
    """Return the error that says that no place among the requests in flight was free in time: nothing was sent."""
    reason = f"too many requests were in flight to send another to {where} within the time allowed (max_time)"
    return TransportError(Stage.UNREACHED, reason, timed_out=True)


def unsendable(where: str) -> TransportError:
    """Return the error that says that the request itself breaks the rules of HTTP."""
    return TransportError(
        Stage.UNSENDABLE, f"the request to {where} was not sent: its URL or a header holds a forbidden character"
    )


def too_large(where: str, most: int) -> TransportError:
    """Return the error that says that the answer is larger than is allowed."""
    return TransportError(
        Stage.OVERSIZED,
        f"the answer of {where} is larger than max_response_size={most} bytes and was not read to its end: "
        "ask for less (limit=, page_size=), or create the client with a larger max_response_size",
    )


def _root(problem: BaseException) -> BaseException:
    """Find what lies under the wrappings of urllib3 and aiohttp."""
    for _ in range(8):
        inner = getattr(problem, "certificate_error", None) or getattr(problem, "os_error", None) or problem.__cause__
        if not isinstance(inner, Exception) or isinstance(problem, IncompleteRead):
            break
        problem = inner
    return problem


def _refused_by_proxy(root: BaseException) -> int | None:
    status = getattr(root, "status", None)  # aiohttp
    if isinstance(status, int):
        return status
    parts = str(root).rpartition("Tunnel connection failed: ")  # http.client
    return int(parts[2][:3]) if parts[1] and parts[2][:3].isdigit() else None


_TEXTS = {
    "ConnectionRefusedError": "connection refused",
    "ConnectionResetError": "connection reset",
    "BrokenPipeError": "connection closed",
    "RemoteDisconnected": "connection closed without an answer",
    "ServerDisconnectedError": "connection closed without an answer",
    "Cut": "connection closed in the middle of the head",
    "IncompleteRead": "connection closed in the middle of the body",
    "ClientPayloadError": "the body is cut or coded wrongly",
    "TransferEncodingError": "the body is cut or coded wrongly",
    "ContentLengthError": "connection closed in the middle of the body",
    "BadCoding": "the body is compressed wrongly",
    "ContentEncodingError": "the body is compressed wrongly",
}


def _words(root: BaseException) -> str:
    for kind in type(root).__mro__:
        if kind.__name__ in _TEXTS:
            return _TEXTS[kind.__name__]
    text = root.strerror if isinstance(root, OSError) else None
    return type(root).__name__ if not text or text.startswith("[SSL") else text.rstrip(".")
