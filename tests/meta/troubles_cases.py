"""What the library says in each trouble that docs/when-something-goes-wrong.md tells of: how to bring it about."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from glpi_utils import F, GlpiAPI, GlpiError, GlpiOAuthClient
from glpi_utils.testing import GlpiServer

TICKET = {"name": "Printer on fire", "content": "Third floor."}
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def highlevel(glpi: GlpiServer, **options: Any) -> Any:
    """Return a client of the High-Level API that tries once."""
    login = {"client_id": glpi.client_id, "client_secret": glpi.client_secret, "username": "glpi", "password": "glpi"}
    keywords: dict[str, Any] = {"url": glpi.url, **login, "retries": 0, **options}
    return GlpiOAuthClient(**keywords)


def legacy(glpi: GlpiServer, **options: Any) -> Any:
    """Return a client of the legacy API that tries once."""
    keywords: dict[str, Any] = {"url": glpi.url, "username": "glpi", "password": "glpi", "retries": 0, **options}
    return GlpiAPI(**keywords)


class Case(NamedTuple):
    """A trouble: `before` acts on the server, `client` is made, `call` fails or warns."""

    before: Callable[[GlpiServer], object] = lambda _: None
    client: Callable[[GlpiServer], Any] = highlevel
    call: Callable[[Any], object] = lambda api: api.ticket.count()
    version: str = "11.0.6"

    def said(self, glpi: GlpiServer) -> str:
        """Return `Class: message` of the error, or of the warning where there is no error."""
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            self.before(glpi)
            try:
                api = self.client(glpi)
                with api:
                    self.call(api)
            except GlpiError as error:
                return f"{type(error).__name__}: {error}"
        (warning,) = warned
        return f"{warning.category.__name__}: {warning.message}"


def sql(statement: str) -> Callable[[GlpiServer], object]:
    """Return what changes a row of the server's database."""
    return lambda glpi: glpi.do(lambda world: world.sql(statement))


def refuses(path: str, status: int, **answer: Any) -> Callable[[GlpiServer], object]:
    """Return what makes the server answer one path with this."""
    return lambda glpi: glpi.faults.status(status, path=path, **answer)


def allows(**fields: Any) -> Callable[[GlpiServer], object]:
    """Return what changes all OAuth clients."""

    def change(glpi: GlpiServer) -> None:
        for client in glpi.world.credentials.clients.values():
            for name, value in fields.items():
                setattr(client, name, value)

    return change


def as_user(name: str, password: str, make: Callable[..., Any] = highlevel) -> Callable[[GlpiServer], Any]:
    """Return what makes a client of this user."""
    return lambda glpi: make(glpi, username=name, password=password)


def create(api: Any) -> object:
    """Create a ticket."""
    return api.ticket.create(TICKET)


def upload(api: Any) -> object:
    """Upload a file of a type that GLPI does not take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.xyzzy")
        path.write_text("Third floor", encoding="utf-8")
        return api.upload_document(path, "Plan of the floor")


def maintain(glpi: GlpiServer) -> None:
    """Switch maintenance mode on."""
    glpi.maintenance = True


LOGIN_PAGE = (
    "<!DOCTYPE html><html><head><title>Authentication - GLPI</title></head>"
    '<body><form><input name="fieldb" type="password"></form></body></html>'
)
NO_TOKEN = {
    "status": "ERROR_UNAUTHENTICATED",
    "title": "You are not authenticated",
    "detail": "The Authorization header is missing or invalid",
}
NO_LOGIN = ["ERROR_LOGIN_PARAMETERS_MISSING", "parameter(s) login, password or user_token are missing"]
NO_SESSION = ["ERROR_SESSION_TOKEN_MISSING", "parameter session_token is missing or empty"]
NO_PASSWORDS = [
    "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED",
    "usage of initSession resource with credentials is disabled",
]
NO_TOKENS = ["ERROR_LOGIN_WITH_TOKEN_DISABLED", "usage of initSession resource with external token is disabled"]
ELSEWHERE = "https://glpi.example.com/api.php/token"

CASES: dict[str, Case] = {
    "refused": Case(lambda g: g.stop()),
    "proxy": Case(client=lambda g: highlevel(g, url="https://glpi.example.com", proxy="http://127.0.0.1:9")),
    "time-out": Case(
        lambda g: g.faults.hang(path="/Ticket"), call=lambda api: api.with_options(timeout=0.2).ticket.count()
    ),
    "redirect": Case(lambda g: g.faults.redirect(301, ELSEWHERE, path="token")),
    "redirect to a page": Case(lambda g: g.faults.redirect(302, "https://glpi.example.com/", path="/Ticket")),
    "no API": Case(client=lambda g: legacy(g, url=f"{g.url}/nowhere")),
    "no API at all": Case(client=lambda g: highlevel(g, url=f"{g.url}/nowhere")),
    "no High-Level API": Case(version="10.0.17"),
    "no such version": Case(client=lambda g: highlevel(g, api_version="2.3")),
    "login of the web server": Case(refuses("/initSession", 401, html="401 Authorization Required"), legacy),
    "page to log in at": Case(refuses("/Ticket", 200, html=LOGIN_PAGE), legacy),
    "too large": Case(refuses("/Ticket", 413, html="413 Request Entity Too Large"), call=create),
    "gateway": Case(refuses("/Ticket", 502, html="502 Bad Gateway")),
    "gateway, slow": Case(refuses("/Ticket", 504, html="504 Gateway Time-out")),
    "memory": Case(lambda g: g.faults.memory_limit(10), call=lambda api: api.ticket.get_all(limit=50)),
    "HTML around": Case(lambda g: g.faults.garbage(path="/Ticket"), call=lambda api: api.ticket.get(1)),
    "maintenance": Case(maintain),
    "High-Level API disabled": Case(sql("""UPDATE "Config" SET value='0' WHERE name='enable_hlapi'""")),
    "client secret": Case(client=lambda g: highlevel(g, client_secret="wrong")),
    "password": Case(client=lambda g: highlevel(g, password="wrong")),
    "grant": Case(allows(grants=("authorization_code",))),
    "scope of the client": Case(allows(scopes=("user",))),
    "scope of the call": Case(client=lambda g: highlevel(g, scope="user")),
    "address": Case(allows(allowed_ips="10.0.0.0/8")),
    "address, newer": Case(allows(allowed_ips="10.0.0.0/8"), version="11.0.8"),
    "token not accepted": Case(refuses("/Ticket", 401, json=NO_TOKEN)),
    "legacy password": Case(client=lambda g: legacy(g, password="wrong")),
    "legacy API disabled": Case(refuses("/initSession", 400, json=["ERROR", "API disabled"]), legacy),
    "passwords disabled": Case(refuses("/initSession", 400, json=NO_PASSWORDS), legacy),
    "tokens disabled": Case(refuses("/initSession", 400, json=NO_TOKENS), legacy),
    "user token": Case(client=lambda g: GlpiAPI(g.url, user_token="wrong")),
    "app token": Case(client=lambda g: legacy(g, app_token="wrong")),
    "no app token": Case(sql("""DELETE FROM "APIClient" WHERE app_token IS NULL OR app_token=''"""), legacy),
    "legacy address": Case(sql('UPDATE "APIClient" SET is_active=0'), legacy),
    "no credentials": Case(refuses("/initSession", 400, json=NO_LOGIN), legacy),
    "no session token": Case(refuses("/Ticket", 400, json=NO_SESSION), legacy),
    "right": Case(client=as_user("post-only", "postonly"), call=lambda api: api.computer.get_all()),
    "entity": Case(call=lambda api: api.with_options(entity=999).ticket.count()),
    "column": Case(
        client=legacy, call=lambda api: api.create_item("Group_Ticket", {"tickets_id": 1, "group_id": 1, "type": 2})
    ),
    "incomplete": Case(
        lambda g: g.faults.empty_list(path="/Ticket", count="true"), call=lambda api: api.ticket.get_all_pages()
    ),
    "rows that are false": Case(
        lambda g: g.faults.false_rows(path="/Ticket"), legacy, lambda api: api.ticket.get_all_pages()
    ),
    "misspelt filter": Case(call=lambda api: api.ticket.get_all(filter=F.urgncy >= 4)),
    "word in a filter": Case(call=lambda api: api.ticket.get_all(filter=F.urgency >= "severe")),
    "team": Case(call=lambda api: api.ticket.get_all(filter=F.team.id == 4)),
    "legacy filter": Case(client=legacy, call=lambda api: api.ticket.get_all(filter=F.urgency >= 4)),
    "names in search": Case(
        client=legacy,
        call=lambda api: api.search("Ticket", criteria=[{"field": "name", "searchtype": "contains", "value": "x"}]),
    ),
    "unknown outcome": Case(lambda g: g.faults.drop_after(method="POST", path="/Ticket"), call=create),
    "302 without a body": Case(lambda g: g.faults.create_status(302, body=False), call=create),
    "groups": Case(
        client=lambda g: highlevel(g, legacy="never"),
        call=lambda api: api.computer.update({"id": 1, "group": [1]}),
        version="11.0.8",
    ),
    "mail addresses": Case(
        client=lambda g: highlevel(g, legacy="never"),
        call=lambda api: api.user.create({"username": "new.user", "emails": ["new.user@example.org"]}),
    ),
    "status": Case(call=lambda api: api.change.update({"id": 1, "status": 3})),
    "due date": Case(call=lambda api: api.ticket.update({"id": 1, "time_to_resolve": "2026-12-01 08:00:00"})),
    "document": Case(
        client=lambda g: highlevel(g, legacy="never"),
        call=lambda api: api.ticket.add_sub_item(5, "Document", {"documents_id": 1}),
    ),
    "file type": Case(client=legacy, call=upload),
    "zone": Case(call=lambda api: api.ticket.create({**TICKET, "date": NOON})),
    "other zone": Case(
        client=lambda g: highlevel(g, timezone="Asia/Tokyo"),
        call=lambda api: api.ticket.create({**TICKET, "date": NOON}),
    ),
    "too many": Case(lambda g: g.faults.too_many(retry_after=3600, path="/Ticket")),
}
