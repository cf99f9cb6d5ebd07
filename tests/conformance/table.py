"""The table: how much of each topic is alike."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from tests.conformance.recording import Recording
from tests.conformance.replay import Result
from tests.conformance.verdict import OF_ALL, OF_EACH, share


def lines(outcome: Mapping[Recording, list[Result]]) -> list[str]:
    """The topics, then their sum."""
    made = [f"{'topic':<48}{'alike':>12}{'share':>9}  at least"]
    made += [_line(one.name, results, f"{OF_EACH:.0%}") for one, results in outcome.items()]
    if outcome:
        made.append(_line("all topics", list(chain.from_iterable(outcome.values())), f"{OF_ALL:.0%}"))
    return made


def _line(name: str, results: list[Result], bar: str) -> str:
    alike = sum(result.alike for result in results)
    return f"{name:<48}{f'{alike} of {len(results)}':>12}{share(results):>9.1%}  {bar}"
