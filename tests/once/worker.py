"""A program that creates so many items with keys, and may be killed at any moment. It ends when all are there."""

from __future__ import annotations

from typing import Any

from glpi_utils import GlpiAPI, GlpiOAuthClient


def main(told: dict[str, Any]) -> None:
    make: Any = GlpiOAuthClient if told["api"] == "hl" else GlpiAPI
    with make(told["url"], **told["who"], retries=0) as api:
        items, sub = api.item(told["itemtype"]), told["sub"]
        for number in range(told["count"]):
            fields = {"content": f"Text of {number}", **({} if sub else {"name": f"item {number}"})}
            key = f"{told['run']}/Item_{number}"
            made = items.add_sub_item(told["parent"], sub, fields, key=key) if sub else items.create(fields, key=key)
            assert made["id"] > 0
