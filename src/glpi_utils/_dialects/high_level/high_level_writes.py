"""What a write means on the High-Level API: fields by the knowledge of the version in use, cleared as each kind needs it.

11.0.6 answers 200 and changes nothing where it does not understand: unknown and read-only fields, null, ISO dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..._knowledge.children import sub_at
from ..._knowledge.fields import Field, fields_of, legacy_name
from ..._knowledge.named_values import names_of
from ..._knowledge.relations import schema_at
from ..._knowledge.routes import Route
from ..._knowledge.writing import ENTITY, TEXTS_TOO, counted_in_bytes, forms_of, kept_for
from ...exceptions import GlpiUnsupportedError
from ..shared import moments, values
from ..shared.keyed_creates import Sub
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords, is_object
from ..shared.values import Wrong, plain
from ..shared.write_rules import (
    CREATES,
    DROPPED,
    Book,
    Checked,
    Doubt,
    NeedsDocument,
    Rules,
    kept,
    meant,
    parted,
    shown,
)
from .availability import NO_DOCUMENT
from .fields_elsewhere import elsewhere

_TEXTS: Final = ("text", "html")
_NUMBERS: Final = ("int", "relation", "number")


def checked(resource: Resource, sub: Sub | None, item: object, extra: Keywords, verb: str, rules: Rules) -> Checked:
    """Return what is to be sent, and what is doubtful; refuse what GLPI would drop or take for something else."""
    route = resource.route
    number, item_fields = parted(item, route.itemtype if sub is None else sub[1], verb)
    fields = {**item_fields, **extra} if extra else item_fields
    schema = schema_of(route, sub)
    if schema == "Document_Item" and verb == "add_sub_item" and rules.mode != "off":
        raise GlpiUnsupportedError(NO_DOCUMENT.format(itemtype=route.itemtype))
    lacking = sub is None and bool(route.verbs) and verb not in route.verbs  # refused by who makes the request
    known = fields_of(schema, rules.version) if rules.mode != "off" and not lacking else None
    if known is None:
        if rules.mode == "off" or lacking or None not in fields.values():
            return kept(schema, number, fields, {}, rules)
        return _described(route.path if sub is None else schema, schema, number, fields, verb, rules)
    book = Book(schema, rules)
    writer = _Writer(schema, rules, creates=verb in CREATES)
    for field_name, value in fields.items():
        field = known.get(field_name)
        if book.has(field_name, value):
            continue
        if rules.beside and (there := elsewhere(schema, field_name, value, verb in CREATES, rules)) is not None:
            book.put_elsewhere(field_name, there, shown=field is not None)
        elif field is None:
            _unknown(book, known, field_name, value, creates=verb in CREATES)
        elif field_name == "team" and field.kind == "list" and not field.writable:
            book.complain(_TEAM.format(schema=schema), fixed=True)
            book.sent[field_name] = value
        else:
            book.take(field_name, value, field, writer)
    return book.checked(number, {})


def _described(path: str, schema: str, number: Item, fields: Item, verb: str, rules: Rules) -> Checked:
    """Clear fields of a type that is not known, such as a custom asset, by the kinds that the server's document tells."""
    creates = verb in CREATES
    if rules.described is None and not creates:
        raise NeedsDocument(path)
    properties, book = rules.described or {}, Book(schema, rules)
    writer = _Writer(schema, rules, creates=creates)
    for name, value in fields.items():
        if value is not None:
            book.keep(name, value)
        elif creates or name in properties:
            book.take(
                name,
                value,
                Field(name, _kind(properties.get(name, {})), target=str(properties.get(name, {}).get("itemtype"))),
                writer,
            )
        else:
            book.complain(
                f"{schema}.{name} cannot be None: null changes nothing, and how to clear it the server does not tell"
            )
            book.sent[name] = value
    return book.checked(number, {})


def _kind(details: Item) -> str:
    """Return the kind of a field from what a document tells of it."""
    if details.get("format") in _FORMATS:
        return _FORMATS[details["format"]]
    if details.get("type") == "object":
        return "relation" if "itemtype" in details else "object"
    return _TYPES.get(str(details.get("type")), "list")


_FORMATS: Final = {"date-time": "datetime", "date": "date"}
_TYPES: Final = {"string": "text", "integer": "int", "number": "number", "boolean": "bool"}

_TEAM: Final = (
    "{schema}.team is not written with the item, GLPI would ignore it: "
    'create it, then add_team_member(id, 5, "requester"), or "assigned", "observer"'
)


def schema_of(route: Route, sub: Sub | None) -> str:
    """Name the schema of the rows of a route, or of what hangs off them."""
    if sub is None:
        return route.schema or schema_at(route.path)
    sub_route = sub_at(route, sub[1])
    return sub_route.schema or schema_at(sub_route.name)


def _unknown(book: Book, known: Mapping[str, Field], name: str, value: Any, *, creates: bool) -> None:
    """A legacy column's name is known to be wrong; of any other the server's document is asked."""
    schema = book.owner
    here = legacy_name(schema, name)
    what = f"{schema} has no field {name!r} ({shown(name, value)})"
    book.keep(name, value)
    if here is not None and here in known:
        shows = (
            "here it is"
            if _takes(known[here], creates=creates)
            else "GlpiAPI (the legacy API) writes it, here it can only be read, as"
        )
        book.complain(f"{what}: that is the legacy API's name, {shows} {here!r}; GLPI would ignore it")
    elif name.startswith(("_users_id_", "_groups_id_", "_suppliers_id_")):
        book.complain(f'{what}: here members are added by add_team_member(id, 5, "requester"); GLPI would ignore it')
    else:
        writable = [each.name for each in known.values() if _takes(each, creates=creates)]
        book.doubts.append(Doubt(schema, name, f"{what}: GLPI would ignore it{meant(name, writable)}"))


def _takes(field: Field, *, creates: bool) -> bool:
    """Check whether what is given for a field arrives."""
    return field.writable and values.does_arrive(field.drops, creates=creates)


class _Writer:
    """Knows what each kind of field takes, and how it is cleared."""

    __slots__ = ("_bytes", "_clears_times", "_creates", "_forms", "_kept", "_schema", "_zone")

    def __init__(self, schema: str, rules: Rules, *, creates: bool) -> None:
        self._bytes: frozenset[str] = counted_in_bytes(schema) if rules.newer else frozenset()
        self._clears_times = not rules.newer
        self._creates, self._zone, self._schema = creates, rules.zone, schema
        self._kept, self._forms = kept_for(schema), forms_of(schema)

    def __call__(self, field: Field, value: Any) -> Any:
        """Return what is sent for a value; most are numbers and texts, and their fields take these."""
        if not field.writable:
            raise Wrong("it is read-only, GLPI would ignore it: leave it out", fixed=True)
        if field.drops and not (value is None and self._creates):
            values.arrives(field.drops, creates=self._creates)
        kind = field.kind
        if type(value) is int and kind in _NUMBERS:
            made: Any = value
        elif type(value) is str and kind in _TEXTS:
            made = values.text(value, field.longest, as_bytes=field.name in self._bytes)
            if not value.strip() and not self._creates and (why := self._kept.get(field.name)):
                raise Wrong(why)
            if field.name in self._forms:
                values.formed(value, self._forms[field.name])
        else:
            return self._other(field, plain(value))
        if field.values:
            values.among(made, field.values)
        return made

    def _other(self, field: Field, value: Any) -> Any:
        kind = field.kind
        if value is None:
            return self._cleared(field)
        if kind in ("datetime", "date"):
            return self._moment(kind, value, field)
        if kind == "bool":
            return values.yes(value)
        if kind in _TEXTS:
            made: Any = values.text(value, field.longest, as_bytes=field.name in self._bytes)
        elif (kind == "object" or not is_object(value)) and (
            names := names_of(self._schema, field.name, limited=bool(field.values))
        ):
            made = values.member(value, names)
        elif kind == "relation" or (kind == "object" and "id" in field.parts):
            made = values.related(value)
        elif kind == "int":
            made = value if field.name in TEXTS_TOO else values.whole(value)
        else:
            return values.number(value) if kind == "number" else value
        if field.values:
            values.among(made, field.values)
        return {"id": made} if is_object(value) else made

    def _moment(self, kind: str, value: Any, field: Field) -> Any:
        if value == "NULL" or (value == "" and kind == "date"):
            return self._cleared(field)
        return values.moment(value, self._zone, moments.written if kind == "datetime" else moments.day)

    def _cleared(self, field: Field) -> Any:
        """Return what clears a field; null itself changes nothing."""
        if self._creates:
            return DROPPED
        why = ENTITY if field.target == "Entity" else self._kept.get(field.name)
        if why:
            raise Wrong(why)
        kind = field.kind
        if kind in _TEXTS:
            return ""
        if kind == "datetime" and not self._clears_times:
            raise Wrong(
                "from GLPI 11.0.7 on this API cannot clear a time, in no version of the API; the legacy API does: "
                f"GlpiAPI's update({{'id': ..., {field.column!r}: None}})",
                fixed=True,  # harmless where it has none already, as in a row that was read and is written back
            )
        if kind in ("datetime", "date"):
            return "NULL"
        if kind in ("int", "number", "relation"):
            return 0
        raise Wrong("it takes True or False" if kind == "bool" else "it has no empty value")
