"""What is no JSON: the pages of the documentation and the schema of GraphQL."""

from __future__ import annotations

from functools import partial

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

_GRAPHQL = {"int": "Int", "bool": "Boolean", "decimal": "Float"}


def page(_: Call, title: str) -> Answer:
    """A page with nothing on it but its title."""
    text = f'<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{title}</title></head></html>'
    return Answer(200, answers.HTML, text.encode())


def graphql_schema(call: Call) -> Answer:
    """The schemas as GraphQL's types, sent as if they were a page."""
    types: list[str] = []
    for name in sorted(knowledge.schemas()):
        lines = [
            f"  {entry.name}: {_GRAPHQL.get(entry.kind, 'String')}"
            for entry in call.schema(name).of("column", "hidden")
        ]
        types.append("\n".join((f"type {name} {{", *lines, "}")))
    return Answer(200, answers.HTML, "\n\n".join(types).encode())


PUBLIC = (
    ("/doc", {"GET": partial(page, title="GLPI API Documentation")}),
    ("/getting-started", {"GET": partial(page, title="API Getting Started - GLPI")}),
    ("/swagger-oauth-redirect", {"GET": partial(page, title="Swagger UI: OAuth2 Redirect")}),
)


def locales(_: Call) -> Answer:
    """What the interface's texts are called: of English nothing but its name."""
    return answers.json({"": {"language": "en_GB", "plural-forms": "nplurals=2; plural=(n != 1);"}})


SINCE = (("/locales", {"GET": locales}, "2.3"),)
ROUTES = (("/GraphQL/Schema", {"GET": graphql_schema}),)
