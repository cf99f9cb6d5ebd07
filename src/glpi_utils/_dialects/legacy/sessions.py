"""Sessions of the legacy API: opening and closing one, and what it remembers: profile and entities.

`answers.lapsed` recognises one that is over.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from ..._secret import Secret
from ..._wire import Kind, Operation, Request, Response, UnexpectedAnswer, fits_a_header
from ...exceptions import GlpiAuthError, GlpiPermissionError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from . import answers


class Account(NamedTuple):
    """Who logs in: by ``user_token``, which wins, or by user name and password."""

    username: str | None = None
    password: Secret | None = None
    user_token: Secret | None = None

    @property
    def complete(self) -> bool:
        """Whether one of the two ways is there."""
        return self.user_token is not None or bool(self.username and self.password is not None)


def login(account: Account) -> Operation[str]:
    """Build the request for a session token. Doing it twice is harmless: it opens two sessions."""
    request = Request("GET", "initSession", headers={"Authorization": _authorization(account)}, signed=False)
    return Operation(request, _session_token)


def _authorization(account: Account) -> str:
    if account.user_token is not None:
        return f"user_token {account.user_token.reveal()}"
    if account.username and account.password is not None:
        import base64

        pair = f"{account.username}:{account.password.reveal()}".encode()
        return f"Basic {base64.b64encode(pair).decode('ascii')}"
    raise GlpiAuthError(
        "not logged in: call login(username, password) or login(user_token=...), "
        "or set GLPI_USER_TOKEN, or GLPI_USER and GLPI_PASSWORD"
    )


def _session_token(response: Response) -> str:
    answer = answers.item(response)
    token = answer.get("session_token")
    if not isinstance(token, str) or not fits_a_header(token):
        raise UnexpectedAnswer("initSession gave no session_token that a header can carry")
    return token


def logout() -> Operation[bool]:
    """Build the request for the session to end; one that has ended already is no error."""
    return Operation(Request("GET", "killSession"), _ended)


def _ended(response: Response) -> bool:
    return bool(answers.anything(response))


def change_profile(id: object) -> Operation[bool]:
    """Build the request for another active profile; an unassigned one is a 404."""
    body = dumped({"profiles_id": ids.checked(id)})
    return Operation(
        Request("POST", "changeActiveProfile", headers=JSON_TYPE, body=body, kind=Kind.CHANGE),
        partial(_agreed, f"profile {id} cannot be made active"),
    )


def change_entity(id: object, is_recursive: bool) -> Operation[bool]:
    """Build the request for another active entity, `"all"` for all. A forbidden one is answered by 200 and ``false``."""
    fields: dict[str, Any] = {"is_recursive": bool(is_recursive)}
    if id != "all":  # as a value, "all" is cast to 0, the root: to get all, the key must be left out
        fields["entities_id"] = ids.checked(id, "Entity")
    return Operation(
        Request("POST", "changeActiveEntities", headers=JSON_TYPE, body=dumped(fields), kind=Kind.CHANGE),
        partial(_agreed, f"entity {id} cannot be made active: unknown, or not this user's"),
    )


def _agreed(otherwise: str, response: Response) -> bool:
    answer = answers.anything(response)
    if answer is False:
        raise GlpiPermissionError(otherwise, response.status, "ERROR_RIGHT_MISSING")
    if answer is not True:
        raise UnexpectedAnswer("the answer is neither true nor false")
    return True


def plain(endpoint: str, key: str | None = None, query: str = "") -> Operation[Any]:
    """Build the request for one of the session's own documents, such as getFullSession."""

    def read(response: Response) -> Any:
        document = answers.item(response)
        if key is None:
            return document
        if key not in document:
            raise UnexpectedAnswer(f"{endpoint} gave no {key}")
        return document

    return Operation(Request("GET", endpoint, query), read)
