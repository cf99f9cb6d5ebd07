"""What answers of the legacy API mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from ..._wire import Page, Response, UndecodableBody, UnexpectedAnswer
from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiError, GlpiNotFoundError, GlpiPartialError
from ..shared.errors import advised, plain, refusal
from ..shared.json_answers import anything, created, item, rows, total
from ..shared.shapes import Item, as_array, is_array, is_id, is_object, is_objects

__all__ = [
    "anything",
    "changed",
    "created",
    "created_many",
    "found_count",
    "found_ids",
    "gone",
    "item",
    "lapsed",
    "page",
    "refused",
    "rows",
    "search",
]

_AUTH = {
    "ERROR_SESSION_TOKEN_INVALID": "the session has ended: call login()",
    "ERROR_SESSION_TOKEN_MISSING": "call login() first; if you did, a proxy strips or changes the header Session-Token",
    "ERROR_GLPI_LOGIN": "check the user name and the password, and that the user is active and has a profile",
    "ERROR_GLPI_LOGIN_USER_TOKEN": "check the user's API token (Preferences > Remote access keys)",
    "ERROR_LOGIN_PARAMETERS_MISSING": "no credentials arrived: an empty password, or a proxy strips Authorization",
    "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED": "GLPI takes only user_token here (Setup > General > API)",
    "ERROR_LOGIN_WITH_TOKEN_DISABLED": "GLPI takes no user_token here (Setup > General > API)",
    "ERROR_WRONG_APP_TOKEN_PARAMETER": "check app_token (Setup > General > API > API clients)",
    "ERROR_APP_TOKEN_PARAMETERS_MISSING": "pass app_token= (Setup > General > API > API clients)",
    "ERROR_NOT_ALLOWED_IP": "no active API client allows this address (Setup > General > API > API clients)",
}
_ADVICE = {
    "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM": "no such itemtype; names are case-sensitive from GLPI 11 on (Ticket)",
    "ERROR_FIELD_NOT_FOUND": "searchText takes columns of the itemtype's own table",
    "ERROR_RANGE_EXCEED_TOTAL": "the list is shorter than that",
}


def lapsed(response: Response) -> bool:
    """Check whether a session has ended, of a request that carried its token. Nothing was executed.

    From 11.0.7 on GLPI says that no token came where it cannot open the one that did (another server's, after a new
    installation); 11.0.6 answers a malformed one with a 500 page.
    """
    code = {401: b"ERROR_SESSION_TOKEN_INVALID", 400: b"ERROR_SESSION_TOKEN_MISSING"}.get(response.status)
    return code is not None and code in response.body


def refused(response: Response) -> GlpiAPIError:
    """Read ``["CODE", message]``; the message may be text, null, or a list of rows."""
    reply = response.data()
    if not is_array(reply) or not reply or not str(reply[0]).startswith("ERROR"):
        raise UndecodableBody("not an answer of GLPI's API")
    code, message = str(reply[0]), reply[1] if len(reply) > 1 else None
    if is_array(message):
        return _all_refused(response, code, message)
    if code == "ERROR_GLPI_UPDATE" and message is None:
        return refusal(response, "no such item to update", code, kind=GlpiNotFoundError)
    advice = _AUTH.get(code) or _ADVICE.get(code, "")
    text = _text(message) or "GLPI gave no reason (a missing right, a duplicate or a missing parent)"
    kind = GlpiAuthError if code in _AUTH else None
    return refusal(response, advised(text, advice), code, kind=kind, detail=message)


def _text(message: Any) -> str:
    return plain(re.sub(r"; view documentation in your browser at .*$", "", str(message or ""), flags=re.DOTALL))


def _all_refused(response: Response, code: str, rows: Sequence[Any]) -> GlpiAPIError:
    results = [_row_error(row, response.status, code) for row in rows]
    text = f"all {len(results)} rows were refused: {results[0]}" if results else "GLPI refused, without a reason"
    return GlpiPartialError(f"{text} (HTTP {response.status}, {code})", response.status, code, results=results)


def _row_error(row: Any, status: int, code: str) -> GlpiError:
    message = row.get("message") if is_object(row) else row
    return GlpiAPIError(_text(message) or "GLPI gave no reason", status, code)


def page(start: int) -> Callable[[Response], Page]:
    """Read rows of a list that begin at ``start``; an empty list has no Content-Range."""

    def read(response: Response) -> Page:
        items = rows(response)
        counted = total(response)
        if counted is None and (items or response.status == 206):
            raise UndecodableBody("rows came without Content-Range")
        return Page(items, start, counted or 0)

    return read


def found_ids(column: str) -> Callable[[Response], Page]:
    """Read the ids of a search from a column, where they come as numbers or their text."""

    def read(response: Response) -> Page:
        result = _search_result(response)
        rows = as_array(result.get("data"))
        if not is_objects(rows):
            raise UnexpectedAnswer("the answer is no result of a search")
        ids = [int(row[column]) for row in rows if str(row.get(column, "")).isdigit()]
        return Page([{"id": each} for each in ids], 0, result["totalcount"] if ids or not rows else 0)

    return read


def found_count(response: Response) -> int:
    """Read how many rows a search finds."""
    return int(_search_result(response)["totalcount"])


def search(response: Response) -> Item:
    """Read the result of a search; its rows are objects, in a list or by their ids, none where nothing was found.

    A search that GLPI breaks on has ``false`` in their place.
    """
    result = _search_result(response)
    data = result.setdefault("data", [])  # GLPI leaves the key out when nothing was found
    if not is_objects(list(data.values()) if is_object(data) else data):
        raise UnexpectedAnswer("the answer holds something else in the place of rows")
    return result


def _search_result(response: Response) -> Item:
    result = anything(response)
    if not is_object(result) or not is_id(result.get("totalcount")):
        raise UnexpectedAnswer("the answer is no result of a search")
    return result


def created_many(count: int) -> Callable[[Response], list[Item]]:
    """Read a bulk create: one row each, in order; 207 tells which were refused."""

    def read(response: Response) -> list[Item]:
        outcomes = _bulk(response)
        if len(outcomes) != count:
            raise UnexpectedAnswer(f"{count} rows were sent, {len(outcomes)} answered")
        results = [
            row if is_id(row.get("id")) else _row_error(row, response.status, "ERROR_GLPI_ADD") for row in outcomes
        ]
        return _all_or_partial(results, response)

    return read


def changed(ids: Sequence[int]) -> Callable[[Response], list[Item]]:
    """Read an update or delete of these ids: ``[{"5": true, "message": ""}]``, missing ones left out (207)."""

    def read(response: Response) -> list[Item]:
        by_id = {key: row for row in _bulk(response) for key in row if key != "message"}
        results: list[Item | GlpiError] = []
        for number in ids:
            row = by_id.get(str(number))
            if row is None and response.status != 207:
                raise UnexpectedAnswer(f"the answer does not tell about item {number}")
            if row is None:
                results.append(GlpiNotFoundError(f"item {number}: no such item", response.status))
            else:
                results.append(row if row[str(number)] is True else _row_error(row, response.status, "ERROR"))
        return _all_or_partial(results, response)

    return read


def gone(status: int, code: str) -> bool | None:
    """Check whether the refusal of a repeated delete means that the first one did it; None where it does not say."""
    return status == 404 or (None if code == "ERROR_GLPI_DELETE" else False)


def _bulk(response: Response) -> list[Item]:
    answer = anything(response)
    if response.status == 207 and is_array(answer) and len(answer) == 2:
        answer = answer[1]
    if not is_objects(answer):
        raise UnexpectedAnswer("the answer is no list of results")
    return answer


def _all_or_partial(results: list[Item | GlpiError], response: Response) -> list[Item]:
    bad = [each for each in results if isinstance(each, GlpiError)]
    if not bad:
        return [each for each in results if not isinstance(each, GlpiError)]
    raise GlpiPartialError(
        f"{len(bad)} of {len(results)} rows were refused, the first: {bad[0]}; .results has the outcome of each",
        response.status,
        bad[0].error_code,
        results=results,
    )
