"""What kind of value a property of the document holds."""

from __future__ import annotations

from tools.knowledge.document import Json

_TEXTS = {"html": "html", "date-time": "datetime", "date": "date"}


def kind_of(prop: Json) -> str:
    """One of the kinds of `_knowledge.fields.Field`."""
    kind = str(prop["type"])
    if kind == "array":
        return "list"
    if kind == "object":
        return "relation" if "x-itemtype" in prop else "object"
    if kind == "boolean":
        return "bool"
    values = values_of(prop)
    if values:
        return "int" if all(isinstance(value, int) for value in values) else "text"
    if kind in ("integer", "number"):
        return "number" if kind == "number" else "int"
    return _TEXTS.get(str(prop.get("format")), "text")


def values_of(prop: Json) -> tuple[int | str, ...]:
    """The only values that a property takes, its own or those of the number inside it; () where it takes any."""
    inner = prop.get("properties", {}).get("id", {})
    found = prop.get("enum") or ("x-itemtype" not in prop and inner.get("enum")) or ()
    return tuple(found)


def parts_of(prop: Json) -> tuple[str, ...]:
    """The names inside an object, or inside each of a list's."""
    inner = prop["items"] if prop["type"] == "array" else prop
    return tuple(inner.get("properties", ()))


def target_of(prop: Json) -> str:
    """The schema that a relation, or each of a list's rows, points to; its class where it has no schema."""
    inner = prop["items"] if prop["type"] == "array" else prop
    return str(inner.get("x-full-schema") or inner.get("x-itemtype") or "")
