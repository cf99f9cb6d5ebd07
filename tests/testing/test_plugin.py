"""The pytest plugin as a user has it: pytest runs in a folder of its own, the fixtures come from the entry point."""

from __future__ import annotations

import sys
import textwrap

import pytest

from glpi_utils.testing import Fault, Faults, ReadyFaults, troubles

HEAVY = {"aiohttp", "urllib3", "sqlite3", "asyncio", "glpi_utils.testing.server.server", "glpi_utils.oauth"}
pytest_plugins = ["pytester"]


def run(pytester: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    """What pytest says of a file with this text."""
    pytester.makepyfile(test_mine=textwrap.dedent(text))
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "--strict-markers", "-q", *arguments)


def passed(pytester: pytest.Pytester, text: str) -> int:
    """How many tests passed; none may fail."""
    done = run(pytester, text)
    assert done.ret == 0, done.stdout.str() + done.stderr.str()
    return done.parseoutcomes()["passed"]


def test_the_three_fixtures(pytester: pytest.Pytester) -> None:
    story = """
        from glpi_utils import GlpiAPI, GlpiOAuthClient, GlpiUnknownOutcomeError
        import pytest

        seen = []
        closed = []

        @pytest.fixture(autouse=True)
        def watch(monkeypatch):
            close = GlpiOAuthClient.close
            monkeypatch.setattr(GlpiOAuthClient, "close", lambda client: (closed.append(client), close(client)))

        def test_a_fresh_server(glpi_server, glpi_api):
            assert type(glpi_api) is GlpiOAuthClient
            assert glpi_server.requests == []
            new = glpi_api.ticket.create({"name": "Printer", "content": "on fire"})
            assert glpi_server.rows("Ticket", id=new["id"])[0]["name"] == "Printer"
            assert glpi_server.count("POST") == 1
            seen.append((glpi_server, new["id"], glpi_api))

        def test_another_one_for_the_next_test(glpi_server, glpi_api):
            before, number, client = seen[0]
            assert glpi_server is not before and not before.running
            assert not glpi_server.rows("Ticket", id=number)
            assert closed == [client]

        def test_faults(glpi_faults, glpi_api, glpi_server):
            assert glpi_faults is glpi_server.faults
            glpi_faults.drop_after(method="POST", path="Assistance/Ticket", times=1)
            with pytest.raises(GlpiUnknownOutcomeError):
                glpi_api.ticket.create({"name": "Lost?", "content": "x"})
            assert [f.name for f in glpi_faults.log] == ["drop after"]
            assert len(glpi_server.rows("Ticket", name="Lost?")) == 1

        def test_the_server_alone_makes_no_client(glpi_server):
            assert glpi_server.running and glpi_server.requests == []
    """
    assert passed(pytester, story) == 4


def test_marks_of_test_class_and_module(pytester: pytest.Pytester) -> None:
    story = """
        from glpi_utils import GlpiAPI, GlpiOAuthClient
        import pytest

        pytestmark = pytest.mark.glpi(tickets=3)

        def test_the_module(glpi_server):
            assert (glpi_server.version, len(glpi_server.rows("Ticket"))) == ("11.0.6", 3)

        @pytest.mark.glpi(version="10.0.17", tickets=100)
        def test_a_10(glpi_server, glpi_api):
            assert type(glpi_api) is GlpiAPI
            assert str(glpi_api.version).startswith("10.0.17")
            assert len(glpi_api.ticket.get_all_pages()) == len(glpi_server.rows("Ticket", is_deleted=0))

        @pytest.mark.glpi(api="legacy")
        class TestLegacy:
            def test_an_11_through_its_legacy_api(self, glpi_server, glpi_api):
                assert type(glpi_api) is GlpiAPI
                assert (glpi_server.version, len(glpi_server.rows("Ticket"))) == ("11.0.6", 3)

            @pytest.mark.glpi(api="highlevel", tickets=5)
            def test_the_nearest_mark_wins(self, glpi_server, glpi_api):
                assert type(glpi_api) is GlpiOAuthClient
                assert len(glpi_server.rows("Ticket")) == 5

        @pytest.mark.parametrize("version", [
            pytest.param(v, marks=pytest.mark.glpi(version=v)) for v in ("11.0.6", "11.0.11", "12.0.0", "10.0.17")
        ])
        def test_every_version(version, glpi_server, glpi_api):
            assert glpi_server.version == version
            assert glpi_api.ticket.get(1)["id"] == 1
    """
    assert passed(pytester, story) == 8


def test_a_wrong_mark_says_what_is_wrong(pytester: pytest.Pytester) -> None:
    wrong = {
        'glpi("10.0.17")': "keywords only",
        'glpi(version="9.5")': "version '9.5': there are",
        'glpi(api="rest")': '"highlevel" or "legacy"',
    }
    tests = [f"@pytest.mark.{mark}\ndef test_{n}(glpi_api):\n    pass\n" for n, mark in enumerate(wrong)]
    done = run(pytester, "\n".join(["import pytest\n", *tests]))
    assert done.parseoutcomes() == {"errors": 3}
    assert all(complaint in done.stdout.str() for complaint in wrong.values())


def test_the_mark_and_the_fixtures_are_explained(pytester: pytest.Pytester) -> None:
    assert "@pytest.mark.glpi(version=, tickets=" in run(pytester, "", "--markers").stdout.str()
    told = run(pytester, "", "--fixtures").stdout.str()
    assert all(f"{name} --" in told for name in ("glpi_server", "glpi_api", "glpi_faults"))


def test_nothing_is_imported_before_a_fixture_is_asked_for(pytester: pytest.Pytester) -> None:
    story = f"""
        import sys

        def test_others():
            assert not {HEAVY!r} & set(sys.modules)
            assert "glpi_utils.testing.plugin" in sys.modules

        def test_ours(glpi_api):
            assert {HEAVY - {"aiohttp", "urllib3"}!r} <= set(sys.modules)
    """
    pytester.makepyfile(test_mine=textwrap.dedent(story))
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error")
    done.assert_outcomes(passed=2)


def test_a_test_that_leaves_the_server_broken_fails(pytester: pytest.Pytester) -> None:
    story = """
        from urllib.error import HTTPError
        from urllib.request import urlopen

        import pytest

        def test_it(glpi_server):
            glpi_server.ahead.append(lambda world: 1 // 0)
            with pytest.raises(HTTPError):
                urlopen(glpi_server.url + "/api.php/")
    """
    done = run(pytester, story)
    assert done.ret == 1
    assert "the embedded GLPI failed" in done.stdout.str()


def test_every_trouble_is_ready() -> None:
    made = {
        name for name, maker in vars(troubles).items() if getattr(maker, "__annotations__", {}).get("return") == "Fault"
    }
    made -= {"replaced", "token"}
    assert made == {name for name in vars(ReadyFaults) if not name.startswith("_")}
    assert not made & set(vars(Faults))


def test_a_ready_trouble_is_armed_and_answered() -> None:
    faults = ReadyFaults()
    fault = faults.latency(0.5, method="GET", times=2)
    assert isinstance(fault, Fault)
    assert (fault.name, fault.times, fault.method) == ("latency", 2, frozenset({"GET"}))
    faults.remove(fault)
    assert "late" in str(vars(ReadyFaults)["latency"].__doc__)


def test_a_program_that_has_imported_the_package_may_run_pytest(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_mine="def test_it(): pass")
    program = "import glpi_utils, pytest, sys; sys.exit(pytest.main(['-q', '-W', 'error', 'test_mine.py']))"
    assert pytester.run(sys.executable, "-W", "error", "-c", program).ret == 0


def test_asyncio_and_the_environment(pytester: pytest.Pytester) -> None:
    story = """
        import asyncio, os
        import pytest
        from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient

        def test_an_asynchronous_client(glpi_async_api, glpi_server):
            assert type(glpi_async_api) is AsyncGlpiOAuthClient
            async def story():
                return (await glpi_async_api.ticket.get(1))["id"]
            assert asyncio.run(story()) == 1

        @pytest.mark.glpi(api="legacy")
        def test_of_the_other_api_closed_by_the_test(glpi_async_api):
            assert type(glpi_async_api) is AsyncGlpiAPI
            async def story():
                async with glpi_async_api as api:
                    return (await api.ticket.get(1))["id"]
            assert asyncio.run(story()) == 1

        def test_the_environment(glpi_env, glpi_server):
            assert glpi_env["GLPI_URL"] == os.environ["GLPI_URL"] == glpi_server.url
            assert "GLPI_USER_TOKEN" not in os.environ
            with GlpiOAuthClient() as api, GlpiAPI() as old:
                assert api.ticket.get(1)["id"] == old.ticket.get(1)["id"] == 1

        @pytest.mark.glpi(version="10.0.17")
        def test_of_glpi_10(glpi_env, glpi_async_api):
            assert type(glpi_async_api) is AsyncGlpiAPI
            assert not [name for name in glpi_env if "OAUTH" in name]
    """
    pytester.makeconftest("import os; os.environ['GLPI_USER_TOKEN'] = 'of somebody'")
    assert passed(pytester, story) == 4


def test_a_misspelt_keyword_of_the_mark_is_named(pytester: pytest.Pytester) -> None:
    story = """
        import pytest

        @pytest.mark.glpi(ticket=3)
        def test_it(glpi_server): ...
    """
    assert "has no ticket=; did you mean tickets=?" in run(pytester, story).stdout.str()
