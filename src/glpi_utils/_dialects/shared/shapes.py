"""Telling the shape of decoded JSON, typed: what is not of that shape is empty, or None."""

from __future__ import annotations

from typing import Any, TypeGuard


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Tell a JSON object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Tell a JSON array."""
    return isinstance(value, list)


def is_objects(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    """Tell an array of nothing but objects."""
    return is_array(value) and all(isinstance(each, dict) for each in value)


def is_id(value: Any) -> TypeGuard[int]:
    """Tell an id: a number, and not true or false."""
    return isinstance(value, int) and not isinstance(value, bool)


def as_object(value: Any) -> dict[str, Any]:
    """Give an object, or an empty one."""
    return value if is_object(value) else {}


def as_array(value: Any) -> list[Any]:
    """Give an array, or an empty one."""
    return value if is_array(value) else []
