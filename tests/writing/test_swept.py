"""No write of any field of any type raises a false alarm; `tests.writing.swept` writes each in all ways, here in one."""

from __future__ import annotations

import pytest

from tests.writing.swept import swept

LEAST = {"hl": (95, 800), "legacy": (235, 2300)}
"""So many types and fields there are at least."""
DIFFERENCES = 4
"""So many fields, at least, have a value that the embedded GLPI settles by itself, as the real one does."""


@pytest.mark.filterwarnings("ignore:.* gets another entity by update:glpi_utils.GlpiWarning")
@pytest.mark.parametrize("api", ["hl", "legacy"])
def test_no_false_alarm_and_nothing_missed(api: str) -> None:
    found = swept(api, "11.0.6", times=1)
    assert found.false_alarms == set()
    assert found.missed == set()
    assert found.unseen == set()
    assert (found.types, found.fields) >= LEAST[api]
    assert found.writes > 2 * found.fields
    assert found.created > 0.9 * found.types
    assert len(found.differences) >= DIFFERENCES, found.differences
