"""`python -m glpi_utils.testing`: what it prints, when it ends, what it refuses."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys

import pytest


def command(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": ""}
    line = [sys.executable, "-m", "glpi_utils.testing", *arguments]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM that could be handled")
def test_the_command_line_serves_until_sigterm() -> None:
    with command("--json", "--tickets", "3", "--version", "10.0.17") as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert list(said) == ["url", "version", "client_id", "client_secret", "username", "password"]
        assert all(said.values())
        assert said["version"] == "10.0.17"
        host, _, port = said["url"].removeprefix("http://").partition(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        connection.request("GET", "/apirest.php/initSession")
        assert connection.getresponse().status == 400
        connection.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert process.stdout.read() == ""
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
def test_the_command_line_tells_people_how_to_connect() -> None:
    with command("serve", "--port", "0") as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(12)]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    text = "".join(lines)
    assert "http://127.0.0.1:" in text
    assert all(word in text for word in ("my-app", "my-secret", "glpi", "GLPI_APP_TOKEN", "Ctrl-C"))
    assert all(line.startswith(("# ", "export GLPI_")) for line in lines), "a shell takes it as it is"


ALWAYS = """
import signal, sys, threading, time
import glpi_utils.testing.__main__ as program

def trace(frame, event, _):
    if event == "line" and frame.f_code.co_filename in (program.__file__, threading.__file__):
        signal.raise_signal(signal.SIGTERM)
    return trace

def waiting(glpi, line=program.line):
    sys.settrace(trace)
    sys._getframe(1).f_trace = trace
    return line(glpi)

program.line = waiting
program.serve(program.arguments(["--json", "--tickets", "0"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM that could be handled")
def test_a_signal_ends_it_wherever_it_strikes() -> None:
    """At every line of the wait and of what that uses: a handler that takes a lock would wait for its own thread."""
    done = subprocess.run([sys.executable, "-c", ALWAYS], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (["--tickets", "100001"], "--tickets"),
        (["--tickets", "-1"], "--tickets"),
        (["--version", "9.5"], "9.5"),
        (["nope"], "nope"),
        (["--prt", "5"], "--prt"),
    ],
)
def test_the_command_line_refuses_nonsense_by_its_name(
    wrong: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from glpi_utils.testing.__main__ import main

    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 2
    usage, problem = capsys.readouterr().err.rsplit("error: ", 1)
    assert usage.startswith("usage:")
    assert named in problem


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with command("--port", port) as process:
            _, problem = process.communicate(timeout=60)
    assert process.returncode == 1
    assert problem.startswith(f"port {port} cannot be used")
    assert len(problem.splitlines()) == 1
