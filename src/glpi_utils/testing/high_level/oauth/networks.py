"""The addresses from which an OAuth client may be used."""

from __future__ import annotations


def allows(rule: str, address: str) -> bool:
    """Check whether a list with commas has an address; of a prefix length only whole bytes count."""
    parts = [part.strip() for part in rule.split(",") if part.strip()]
    return not parts or any(_matches(part, address) for part in parts)


def _matches(part: str, address: str) -> bool:
    network, slash, bits = part.partition("/")
    if not slash or not bits.isdecimal():
        return network == address
    whole = int(bits) // 8
    return network.split(".")[:whole] == address.split(".")[:whole]
