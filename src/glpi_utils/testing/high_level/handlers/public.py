"""What needs no token (versions, `/token`, `/status/all`, pages), more of the status, texts for browsers."""

from __future__ import annotations

from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.oauth import token_endpoint
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

_LEGACY = (
    "The low-level API which is closely tied to the GLPI source code. While not as user friendly as the high-level "
    "API, it is more powerful and allows to do some things that are not possible with the high-level API. It has no "
    "promise of stability between versions so it may change without warning."
)
_SERVICES = ("all", "db", "cas", "ldap", "imap", "mail_collectors", "crontasks", "filesystem", "plugins")


def welcome(call: Call) -> Answer:
    """Answer `/`: the versions of the API, not that of GLPI; a cookie for who is not logged in."""
    versions: list[dict[str, Any]] = []
    listed = quirks.listed_versions(call.version)
    for version in listed:
        major, minor, _ = version.split(".")
        entry: dict[str, Any] = {"api_version": major, "version": version}
        if major == "1":
            entry |= {"description": _LEGACY, "endpoint": f"{call.req.base}/api.php/v1"}
        else:
            entry["endpoint"] = f"{call.req.base}/api.php/v{major}.{minor}"
            if version != listed[-1] and quirks.older_versions_are_marked(call.version):
                entry["deprecated"] = True
        versions.append(entry)
    answer = answers.json({"message": "Welcome to GLPI API", "api_versions": versions})
    if "authorization" in call.req.headers:
        return answer
    return answers.add_headers(answer, (("Set-Cookie", "glpi_0=0; path=/; HttpOnly"),))


def token(call: Call) -> Answer:
    """Answer `/token`."""
    return token_endpoint.token(call.world, call.req, call.params)


def status_all(_: Call) -> Answer:
    """Answer `/status/all`: all is well."""
    return answers.json(_status())


def status(_: Call) -> Answer:
    """Answer `/status`: the services."""
    return answers.json({name: {"href": f"/status/{name}"} for name in _SERVICES})


def status_of(call: Call) -> Answer:
    """Answer `/status/{service}`; a service that is not there has an empty list."""
    service = call.attributes["service"].lower()
    return answers.json(_status()[service] if service in _SERVICES[1:] else [])


def _status() -> dict[str, Any]:
    fine, none = {"status": "OK"}, {"status": "NO_DATA"}
    return {
        "glpi": fine,
        "db": {**fine, "main": fine, "replicas": {**none, "servers": []}},
        "cas": none,
        "ldap": {**none, "servers": []},
        "imap": {**none, "servers": []},
        "mail_collectors": {**none, "servers": []},
        "crontasks": {**fine, "stuck": [], "status_msg": "RUNNING: 0, STUCK: 0, TOTAL: 48"},
        "filesystem": {**fine, "session_dir": fine},
        "plugins": none,
    }


_GRAPHQL = {"int": "Int", "bool": "Boolean", "decimal": "Float"}


def page(_: Call, title: str) -> Answer:
    """Return a page with nothing on it but its title."""
    text = f'<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{title}</title></head></html>'
    return Answer(200, answers.HTML, text.encode())


def graphql_schema(call: Call) -> Answer:
    """Return the schemas as GraphQL's types, sent as if they were a page."""
    types: list[str] = []
    for name in sorted(knowledge.schemas()):
        lines = [
            f"  {entry.name}: {_GRAPHQL.get(entry.kind, 'String')}"
            for entry in call.schema(name).of("column", "hidden")
        ]
        types.append("\n".join((f"type {name} {{", *lines, "}")))
    return Answer(200, answers.HTML, "\n\n".join(types).encode())


def locales(_: Call) -> Answer:
    """Return what the interface's texts are called: of English nothing but its name."""
    return answers.json({"": {"language": "en_GB", "plural-forms": "nplurals=2; plural=(n != 1);"}})


PUBLIC = (
    ("/", {"GET": welcome}),
    ("/token", {"POST": token}),
    ("/status/all", {"GET": status_all}),
    ("/doc", {"GET": partial(page, title="GLPI API Documentation")}),
    ("/getting-started", {"GET": partial(page, title="API Getting Started - GLPI")}),
    ("/swagger-oauth-redirect", {"GET": partial(page, title="Swagger UI: OAuth2 Redirect")}),
)
ROUTES = (
    ("/status", {"GET": status}),
    ("/status/{service:[a-z_]+}", {"GET": status_of}),
    ("/GraphQL/Schema", {"GET": graphql_schema}),
    ("/locales", {"GET": locales}, "2.3"),
)
