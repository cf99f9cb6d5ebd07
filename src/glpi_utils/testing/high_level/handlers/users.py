"""Users by name, oneself, what they use and manage, their preferences and e-mail addresses."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, quirks, reading, row_pages, writing
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.handlers import collections
from glpi_utils.testing.http.wire import Answer

_NAME = r"{username:\w+}"  # a dash or a dot in it: no such route
_BASE = "/Administration/User"
_ITEMTYPES = ("Computer", "Monitor", "NetworkEquipment", "Peripheral", "Phone", "Printer", "Software")


def me(call: Call) -> Answer:
    """Return the user who asks, whatever the rights on users are."""
    return answers.json(reading.rows(call.world, call.schema("User"), [call.who.user])[0])


def by_name(call: Call) -> Answer:
    """Return a user by login."""
    only = f'username=="{call.attributes["username"]}"'
    return row_pages.read(call, "User", only)


def update_by_name(call: Call) -> Answer:
    """Change a user by login."""
    call.attributes["id"] = str(_user(call, answers.failed("update")))
    return collections.update(call, "User")


def delete_by_name(call: Call) -> Answer:
    """Delete a user by login."""
    call.attributes["id"] = str(_user(call, answers.failed("delete")))
    return collections.delete(call, "User")


def picture(_: Call) -> Answer:
    """Crash: no user has a picture here, and the server stumbles over that."""
    return answers.crashed()


def preferences(call: Call) -> Answer:
    """Return what a user has chosen; what was never chosen is null."""
    missing = 'RSQL query is missing a value in filter for property "id"'
    user = _user(call, answers.error(400, "ERROR_INVALID_PARAMETER", missing))
    row = call.row("User", user, answers.not_found())
    if user != call.who.user and not call.may("read", "User", row):
        return answers.forbidden()
    return answers.json(reading.rows(call.world, call.schema("UserPreferences"), [user])[0])


def choose(call: Call) -> Answer:
    """Change preferences; one's own need no right."""
    user = _user(call, answers.failed("update"))
    row = call.row("User", user, answers.forbidden())
    return writing.update(call, call.schema("UserPreferences"), user, row, own=user == call.who.user)


def items_of(call: Call, column: str) -> Answer:
    """Return what a user uses or manages."""
    items: list[dict[str, Any]] = []
    user = _user(call, answers.crashed())
    for itemtype in _ITEMTYPES:
        if call.may("read", itemtype):
            rows = call.world.select(itemtype, f"{column} = ?", [user])
            items.extend({"_itemtype": itemtype, "id": row["id"], "name": row["name"]} for row in rows)
    return row_pages.Page(items, 0, row_pages.DEFAULT_LIMIT, len(items)).answer()


def _user(call: Call, otherwise: Answer) -> int:
    if "id" in call.attributes:
        return call.id
    name = call.attributes.get("username")
    if name is None:
        return call.who.user
    rows = call.world.select("User", "name = ?", [name], limit=1)
    if not rows:
        raise answers.Stop(otherwise)
    return int(rows[0]["id"])


USED, MANAGED = partial(items_of, column="users_id"), partial(items_of, column="users_id_tech")

_EMAILS = "/Administration/User/Me/Email"


def emails(call: Call) -> Answer:
    """Return all of one's addresses."""
    return answers.json([_shown_email(row) for row in _emails(call)])


def default_email(call: Call) -> Answer:
    """Return the address that is used."""
    row = next((row for row in _emails(call) if row["is_default"]), None)
    return answers.json(_shown_email(row)) if row else answers.not_found()


def email(call: Call) -> Answer:
    """Return one address."""
    row = next((row for row in _emails(call) if row["id"] == call.id), None)
    return answers.json(_shown_email(row)) if row else answers.not_found()


def add_email(call: Call) -> Answer:
    """Add an address; there is no way to remove one."""
    address = call.params.get("email")
    if not isinstance(address, str):
        return answers.invalid_parameters(messages=["Missing parameter: email"])
    for row in _emails(call):
        if row["email"] == address:
            title = "The provided email address is already associated with this user"
            answer = answers.error(409, "ERROR_ALREADY_EXISTS", title)
            return answers.add_headers(answer, (("Location", f"{_EMAILS}/{row['id']}"),))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        why = "The provided email address does not appear to be formatted as an email address"
        return answers.invalid_parameters(messages=[f"Invalid parameter: email. {why}"])
    values = {"users_id": call.who.user, "email": address, "is_default": int(bool(call.params.get("is_default")))}
    made = call.world.insert("UserEmail", values, call.who)
    href = f"{_EMAILS}/{made}"
    status = quirks.status_of_a_create(call.version)
    return answers.json({"id": made, "href": href}, status, (("Location", href),))


def _emails(call: Call) -> list[dict[str, Any]]:
    return call.world.select("UserEmail", "users_id = ?", [call.who.user])


def _shown_email(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "email": row["email"],
        "is_default": row["is_default"],
        "_links": {"self": {"href": f"{_EMAILS}/{row['id']}"}},
    }


ROUTES = (
    (f"{_BASE}/Me", {"GET": me}),
    (f"{_BASE}/username/{_NAME}", {"GET": by_name, "PATCH": update_by_name, "DELETE": delete_by_name}),
    *(
        route
        for whose in ("Me", f"username/{_NAME}", "{id}")
        for route in (
            (f"{_BASE}/{whose}/Picture", {"GET": picture}),
            (f"{_BASE}/{whose}/UsedItem", {"GET": USED}),
            (f"{_BASE}/{whose}/ManagedItem", {"GET": MANAGED}),
        )
    ),
    *((f"{_BASE}/{whose}/Preference", {"GET": preferences, "PATCH": choose}, "2.1") for whose in ("Me", "{id}", _NAME)),
    (_EMAILS, {"GET": emails, "POST": add_email}),
    (f"{_EMAILS}/{{id}}", {"GET": email}),
    (f"{_BASE}/Me/Emails/Default", {"GET": default_email}),
)
