"""A walk that failed is over: going on does not skip to the list's next part, which would look like its end."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from glpi_utils import GlpiConnectionError
from glpi_utils._engine.lists.pages import AsyncPages
from glpi_utils._engine.lists.walk import Walk
from glpi_utils._sync.pages import Pages, Rows


class Part:
    """One of two walks that make up a list; the first fails at its second page."""

    def __init__(self, *answers: list[dict[str, Any]] | BaseException | None) -> None:
        self.answers = list(answers)
        self.closed = False

    async def next(self) -> list[dict[str, Any]] | None:
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self) -> None:
        self.closed = True


def parts(failure: BaseException) -> tuple[list[Part], list[Walk]]:
    made = [Part([{"id": 1}], failure), Part([{"id": 2}])]
    return made, cast("list[Walk]", made)


@pytest.mark.parametrize("failure", [GlpiConnectionError("cut"), ZeroDivisionError(), KeyboardInterrupt()])
def test_blocking(failure: BaseException) -> None:
    made, walks = parts(failure)
    rows = Rows(Pages[dict[str, Any]](walks, 1))
    assert next(rows) == {"id": 1}
    with pytest.raises(type(failure)):
        next(rows)
    assert list(rows) == []
    assert all(each.closed for each in made)


@pytest.mark.parametrize("failure", [GlpiConnectionError("cut"), ZeroDivisionError()])
def test_asynchronous(failure: BaseException) -> None:
    made, walks = parts(failure)

    async def main() -> None:
        pages = AsyncPages[dict[str, Any]](walks, 1)
        assert await anext(pages) == [{"id": 1}]
        with pytest.raises(type(failure)):
            await anext(pages)
        assert [page async for page in pages] == []
        assert all(each.closed for each in made)

    asyncio.run(main())


def test_a_task_that_was_cancelled_may_go_on() -> None:
    _, walks = parts(asyncio.CancelledError())

    async def main() -> None:
        pages = AsyncPages[dict[str, Any]](walks, 1)
        assert await anext(pages) == [{"id": 1}]
        with pytest.raises(asyncio.CancelledError):
            await anext(pages)
        assert [page async for page in pages] == [[{"id": 2}]]

    asyncio.run(main())
