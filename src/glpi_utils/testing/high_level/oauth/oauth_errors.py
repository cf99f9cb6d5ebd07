"""Refusals in OAuth's own shape."""

from __future__ import annotations

_MALFORMED = (
    "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than "
    "once, or is otherwise malformed."
)


class Refused(Exception):
    """`error`, `error_description` and perhaps a `hint`."""

    def __init__(self, status: int, error: str, description: str, hint: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}
        if hint:
            self.body["hint"] = hint


def malformed(name: str, hint: str = "") -> Refused:
    """Return the refusal of a parameter that is missing or wrong."""
    return Refused(400, "invalid_request", _MALFORMED, hint or f"Check the `{name}` parameter")


def unsupported_grant() -> Refused:
    """Return the refusal of an unknown grant type, or of none."""
    return Refused(
        400,
        "unsupported_grant_type",
        "The authorization grant type is not supported by the authorization server.",
        "Check that all required parameters have been provided",
    )


def bad_client() -> Refused:
    """Return the refusal of an unknown client, or of a wrong secret."""
    return Refused(401, "invalid_client", "Client authentication failed")


def denied_address() -> Refused:
    """Return the refusal of a client that may not be used from there."""
    return Refused(
        401,
        "access_denied",
        "The resource owner or authorization server denied the request.",
        "Your IP address is not allowed to use this OAuth client.",
    )


def unauthorized_client() -> Refused:
    """Return the refusal of a grant that is not ticked on the client."""
    return Refused(
        400, "unauthorized_client", "The authenticated client is not authorized to use this authorization grant type."
    )


def bad_refresh(hint: str) -> Refused:
    """Return the refusal of a refresh token."""
    return Refused(400, "invalid_grant", "The refresh token is invalid.", hint)


def bad_scope(scope: str) -> Refused:
    """Return the refusal of a scope that was not granted before."""
    return Refused(
        400, "invalid_scope", "The requested scope is invalid, unknown, or malformed", f"Check the `{scope}` scope"
    )
