"""What answers of the High-Level API mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._knowledge.children import TEAM_TYPES
from ..._wire import ItemList, Page, Response, UndecodableBody, UnexpectedAnswer
from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiUnsupportedError
from ..shared.errors import advised, plain, refusal
from ..shared.json_answers import anything, created, item, rows, total
from ..shared.shapes import as_array, as_object, is_array, is_object, is_objects

__all__ = ["created", "item", "lapsed", "nothing", "nothing_found", "page", "refused", "rows", "team"]

_ADVICE = {
    "You do not have the required scope(s) to access this endpoint.": (
        "the token lacks a scope: `api` for most paths, `user` for User/Me, `status`, `graphql`; "
        "tick it in Setup > OAuth clients and ask for it with scope="
    ),
    "The High-Level API is disabled": "switch it on in Setup > General > API",
}
_OAUTH_ADVICE = {
    "invalid_client": "check client_id and client_secret (Setup > OAuth clients)",
    "invalid_grant": "check username and password",
    "unauthorized_client": "tick the grant `Password` for this client in Setup > OAuth clients",
    "unsupported_grant_type": "the token request did not reach GLPI as it was sent; is a proxy changing bodies?",
}


def lapsed(response: Response) -> bool:
    """Check for a token that is no longer good: 401, or 400 "Invalid OAuth token" (never translated)."""
    if response.status == 401:
        return True
    return response.status == 400 and b'"Invalid OAuth token"' in response.body


def refused(response: Response) -> GlpiAPIError:
    """Read a JSON refusal: GLPI's status, title, detail, or OAuth's error, description, hint."""
    reply = response.data()
    if not is_object(reply):
        raise UndecodableBody("not an answer of GLPI's API")
    if isinstance(reply.get("error"), str) and "error_description" in reply:
        return _oauth(response, reply)
    code = reply.get("status")
    if not isinstance(code, str):  # a gateway's own JSON, such as {"title": "Bad Gateway", "status": 502}
        raise UndecodableBody("not an answer of GLPI's API")
    more = _messages(reply.get("additional_messages"))
    detail = reply.get("detail")
    text = ": ".join([plain(reply.get("title") or "the server refused"), *([_flat(detail)] if detail else []), *more])
    advice = _ADVICE.get(str(detail)) or _advice(response, code, detail)
    kind = GlpiAuthError if lapsed(response) else None
    return refusal(response, advised(text, advice), code, kind=kind, detail=detail, messages=more)


def _advice(response: Response, code: str | None, detail: Any) -> str:
    if response.status == 401:
        return (
            "GLPI gave a token and does not accept its user: it may be deactivated, in the trash, or no user at all "
            "(client_credentials); log in to the web interface as this user to see. If that works, the web server strips "
            "the header Authorization"
        )
    if response.status == 403 and code == "ERROR_RIGHT_MISSING" and detail is None:
        return "the user's profile lacks the right, or the OAuth client does not allow this address"
    return ""


def _messages(messages: Any) -> list[str]:
    rows = map(as_object, as_array(messages))
    return [plain(each["message"]) for each in rows if each.get("message")]


def _flat(detail: Any) -> str:
    if is_object(detail) and "error" in detail and isinstance(detail.get("message"), str):  # 11.0.7 and later
        counts = " (GLPI counts bytes)" if detail["error"] == "maxLength" else ""
        return plain(detail["message"]) + counts
    if is_object(detail):
        return ", ".join(f"{name}: {_flat(reason)}" for name, reason in detail.items())
    if is_array(detail):
        return ", ".join(map(_flat, detail))
    return plain(detail)


def _oauth(response: Response, reply: Mapping[str, Any]) -> GlpiAPIError:
    error = str(reply["error"])
    text = plain(reply.get("error_description") or error)
    hint = plain(reply["hint"]) if reply.get("hint") else None
    whole = f"{text} ({hint})" if hint else text
    full = advised(whole, _OAUTH_ADVICE.get(error))
    return refusal(response, full, error, kind=GlpiAuthError, detail=reply.get("error_description"), hint=hint)


def page(start: int) -> Callable[[Response], Page]:
    """Read rows of a list that begin at ``start``."""

    def read(response: Response) -> Page:
        return Page(rows(response), start, total(response))

    return read


def nothing_found(response: Response) -> None:
    """Read the answer to a filter that no row meets; rows show that the filter did not arrive."""
    if total(response) != 0 or rows(response):
        raise GlpiUnsupportedError(
            "something between here and GLPI drops the body of a GET, so that a filter of this length would be ignored: "
            "split it (for a list of ids: 500 at a time)"
        )


def team(response: Response) -> ItemList:
    """Read team members: a list, or, where the role asked for is not the first, an object keyed by number."""
    answer = anything(response)
    members = list(answer.values()) if is_object(answer) else answer
    if not is_objects(members):
        raise UnexpectedAnswer("the answer is no list of team members")
    for each in members:
        each.setdefault("type", _member_type(str(each.get("href"))))
    return ItemList(members, len(members), complete=True)


def _member_type(href: str) -> str | None:
    """Return the type of a member, User or Group, by its link, such as ``/front/user.form.php?id=4`` (11.0.6 gives no type)."""
    page = href.rpartition("/front/")[2].partition(".")[0]
    name = page or "".join(href.strip("/").split("/")[-2:-1])
    return next((each for each in TEAM_TYPES if each.lower() == name.lower()), None)


def nothing(response: Response) -> None:
    """Read an answer that carries nothing: 204, or an empty 200 or 201."""
    if response.status not in (200, 201, 202, 204):
        raise UnexpectedAnswer(f"HTTP {response.status} is no confirmation")
