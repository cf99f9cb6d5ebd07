"""Telling the shape of decoded JSON, typed: what is not of that shape is empty, or None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

Item = dict[str, Any]
Keywords = Mapping[str, Any]


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Check for a JSON object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Check for a JSON array."""
    return isinstance(value, list)


def is_objects(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    """Check for an array of nothing but objects."""
    return is_array(value) and all(isinstance(each, dict) for each in value)


def is_id(value: Any) -> TypeGuard[int]:
    """Check for an id: a number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def as_object(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one."""
    return value if is_object(value) else {}


def as_array(value: Any) -> list[Any]:
    """Return an array, or an empty one."""
    return value if is_array(value) else []
