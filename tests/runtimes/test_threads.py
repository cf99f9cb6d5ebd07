"""Threads that are told to go while others ask for them."""

from __future__ import annotations

import threading

import pytest

from glpi_utils import GlpiConnectionError
from glpi_utils._runtimes.blocking import run
from glpi_utils._runtimes.threads import WorkerThreads


def test_a_thread_that_is_just_being_started_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, start = WorkerThreads(), threading.Thread.start
    done: list[int] = []

    def dismissed_first(thread: threading.Thread) -> None:
        crew.dismiss(5)  # as where the collector finds the client to close
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", dismissed_first)
    work = crew.start(lambda: done.append(1))
    with pytest.raises(GlpiConnectionError, match="the client was closed"):
        run(work.result())


def test_who_dismisses_waits_until_a_thread_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, start = WorkerThreads(), threading.Thread.start
    troubles: list[BaseException] = []
    asked, go_on = threading.Event(), threading.Event()

    def dismiss() -> None:
        asked.set()
        try:
            crew.dismiss(5)
        except BaseException as trouble:
            troubles.append(trouble)

    other = threading.Thread(target=dismiss)

    def dismissed_meanwhile(thread: threading.Thread) -> None:
        monkeypatch.undo()
        other.start()
        assert asked.wait(30)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", dismissed_meanwhile)
    work = crew.start(lambda: go_on.wait(30))
    go_on.set()
    other.join(30)
    assert not troubles
    assert not other.is_alive()
    assert work.done


def test_work_for_threads_that_were_told_to_go_is_given_up() -> None:
    crew = WorkerThreads()
    crew.dismiss()
    done: list[int] = []
    work = crew.start(lambda: done.append(1))
    with pytest.raises(GlpiConnectionError, match="the client was closed"):
        run(work.result())
    assert not done
