"""The e-mail addresses of oneself."""

from __future__ import annotations

import re
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer

_BASE = "/Administration/User/Me/Email"


def listed(call: Call) -> Answer:
    """All of one's addresses."""
    return answers.json([_shown(row) for row in _rows(call)])


def default(call: Call) -> Answer:
    """The address that is used."""
    row = next((row for row in _rows(call) if row["is_default"]), None)
    return answers.json(_shown(row)) if row else answers.not_found()


def read(call: Call) -> Answer:
    """One address."""
    row = next((row for row in _rows(call) if row["id"] == call.id), None)
    return answers.json(_shown(row)) if row else answers.not_found()


def add(call: Call) -> Answer:
    """A new address; there is no way to remove one."""
    address = call.params.get("email")
    if not isinstance(address, str):
        return answers.invalid_parameters(messages=["Missing parameter: email"])
    for row in _rows(call):
        if row["email"] == address:
            title = "The provided email address is already associated with this user"
            answer = answers.error(409, "ERROR_ALREADY_EXISTS", title)
            return answers.add_headers(answer, (("Location", f"{_BASE}/{row['id']}"),))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        why = "The provided email address does not appear to be formatted as an email address"
        return answers.invalid_parameters(messages=[f"Invalid parameter: email. {why}"])
    values = {"users_id": call.who.user, "email": address, "is_default": int(bool(call.params.get("is_default")))}
    made = call.world.insert("UserEmail", values, call.who)
    href = f"{_BASE}/{made}"
    status = quirks.status_of_a_create(call.version)
    return answers.json({"id": made, "href": href}, status, (("Location", href),))


def _rows(call: Call) -> list[dict[str, Any]]:
    return call.world.select("UserEmail", "users_id = ?", [call.who.user])


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "email": row["email"],
        "is_default": row["is_default"],
        "_links": {"self": {"href": f"{_BASE}/{row['id']}"}},
    }


ROUTES = (
    (_BASE, {"GET": listed, "POST": add}),
    (f"{_BASE}/{{id}}", {"GET": read}),
    ("/Administration/User/Me/Emails/Default", {"GET": default}),
)
