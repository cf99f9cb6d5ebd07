"""A plain HTTP client for tests of the server: one connection, no retries, bytes as they come."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable
from typing import Any

from glpi_utils.testing import GlpiServer

CREATE: Any = {"method": "POST", "path": "/Computer"}
"""Strikes at `Talk.create`."""
LOST = (ConnectionError, http.client.HTTPException)
"""What http.client raises when a connection ends where an answer should be."""


class Talk:
    """One kept connection with a legacy session of the super-admin."""

    def __init__(self, glpi: GlpiServer, timeout: float = 60) -> None:
        self.glpi = glpi
        self.connection = http.client.HTTPConnection(glpi.host, glpi.port, timeout=timeout)
        self.token = ""

    def log_in(self) -> Talk:
        """Open the session."""
        body = {"login": self.glpi.username, "password": self.glpi.password}
        self.token = self.ask("POST", "/apirest.php/initSession", body)[1]["session_token"]
        return self

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and body: JSON where it is, else bytes."""
        response, content = self.raw(method, path, body)
        try:
            return response.status, json.loads(content)
        except ValueError:
            return response.status, content

    def raw(self, method: str, path: str, body: Any = None) -> tuple[http.client.HTTPResponse, bytes]:
        """The response and its whole body."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data else {}
        if self.token:
            headers["Session-Token"] = self.token
        try:
            self.connection.request(method, path, data, headers)
            response = self.connection.getresponse()
            return response, response.read()
        except LOST:
            self.connection.close()  # http.client leaves it half used when the end comes while it sends
            raise

    def create(self, name: str) -> tuple[int, Any]:
        """A new computer."""
        return self.ask("POST", "/apirest.php/Computer", {"input": {"name": name}})

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def hang_up_on(self, method: str, path: str, body: Any) -> None:
        """Send a request and go."""
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Session-Token": self.token}
        self.connection.request(method, path, data, headers)
        self.connection.close()


def exchange(glpi: GlpiServer, data: bytes, wait: float = 2) -> bytes:
    """Send bytes and read until the server closes or says nothing more."""
    with socket.create_connection((glpi.host, glpi.port), timeout=wait) as sock:
        sock.sendall(data)
        got = b""
        try:
            while part := sock.recv(65536):
                got += part
        except TimeoutError:
            pass
        return got


def made(glpi: GlpiServer) -> list[str]:
    """The names of the computers that `create("new …")` made."""
    return [row["name"] for row in glpi.rows("Computer", "name LIKE ?", ("new%",))]


def log(glpi: GlpiServer) -> list[tuple[str, str, int | None]]:
    """What fired, when it struck, and what the executed request would have been answered."""
    return [(fired.name, fired.struck, fired.status) for fired in glpi.faults.log]


def hung_up(glpi: GlpiServer) -> bool:
    """Whether the server has noticed that every client has gone."""
    front = glpi._front
    return glpi.do(lambda _world: front is not None and all(link.is_closing() for link in front.links))


def stopped(glpi: GlpiServer) -> bool:
    """Stop a server; whether its thread has ended. Nobody waits for longer than `stop` does."""
    thread = glpi._thread
    glpi.stop()
    return thread is not None and not thread.is_alive()


def bearer(glpi: GlpiServer, line: Talk) -> str:
    """A fresh access token."""
    login = {"grant_type": "password", "client_id": glpi.client_id, "client_secret": glpi.client_secret}
    login |= {"username": "glpi", "password": "glpi", "scope": "api"}
    token: str = line.ask("POST", "/api.php/token", login)[1]["access_token"]
    return token


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether a condition comes true in time: a loaded machine has long."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
