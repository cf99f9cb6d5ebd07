"""What follows from what the user said: proxies by rule, and nothing heavy is imported for it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from glpi_utils._addresses import is_loopback
from glpi_utils._runtimes.network import Network, Proxy, proxy_for, refuse_unusable
from glpi_utils.exceptions import GlpiValidationError


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("glpi.localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("", False),
        ("localhost.example.com", False),
        ("128.0.0.1", False),
        ("0.0.0.0", False),
        ("::2", False),
        ("1and1.example", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("said", "proxy"),
    [
        ("http://proxy.test:3128", Proxy("http", "proxy.test", 3128)),
        ("proxy.test:3128", Proxy("http", "proxy.test", 3128)),
        ("https://proxy.test", Proxy("https", "proxy.test", 443)),
        ("http://proxy.test/", Proxy("http", "proxy.test", 80)),
        ("http://[::1]:8080", Proxy("http", "::1", 8080)),
        ("http://u:p@proxy.test:1", Proxy("http", "proxy.test", 1, "Basic dTpw")),
        ("http://u@proxy.test:1", Proxy("http", "proxy.test", 1, "Basic dTo=")),
        ("http://%C3%BC:%3A@proxy.test:1", Proxy("http", "proxy.test", 1, "Basic w7w6Og==")),
        ("", None),
    ],
)
def test_the_proxy_that_was_said(said: str, proxy: Proxy | None) -> None:
    assert proxy_for(Network(proxy=said), "https", "glpi.test", 443) == proxy


def test_an_address_of_a_proxy_holds_no_secret() -> None:
    network = Network(proxy="http://some:secret@[::2]:8080", cert=("cert.pem", "key.pem"))
    proxy = proxy_for(network, "https", "glpi.test", 443)
    assert proxy is not None
    assert proxy.url == "http://[::2]:8080"
    assert "secret" not in f"{proxy!r} {network!r}"


@pytest.mark.parametrize(
    "said", ["socks5://me:secret@proxy.test", "http://me:secret@", "http://me:secret@host:x", "http://[me:secret"]
)
def test_a_proxy_that_can_not_be_used(said: str) -> None:
    with pytest.raises(GlpiValidationError, match="proxy") as caught:
        proxy_for(Network(proxy=said), "https", "glpi.test", 443)
    with pytest.raises(GlpiValidationError, match="proxy") as early:
        refuse_unusable(Network(proxy=said))
    assert str(early.value) == str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("said", [{"https": "http://me:secret@proxy.test"}, 3128, True])
def test_what_is_no_url_of_a_proxy(said: Any) -> None:
    with pytest.raises(GlpiValidationError, match="proxy must be the URL of a proxy") as caught:
        refuse_unusable(Network(proxy=said))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "scheme", "port", "host"),
    [
        ({"HTTPS_PROXY": "http://a:1"}, "https", 443, "a"),
        ({"HTTPS_PROXY": "http://a:1"}, "http", 80, None),
        ({"http_proxy": "http://a:1"}, "http", 80, "a"),
        ({"https_proxy": "http://low:1", "HTTPS_PROXY": "http://UP:1"}, "https", 443, "low"),
        ({"all_proxy": "http://a:1"}, "https", 443, "a"),
        ({"all_proxy": "http://a:1", "https_proxy": "http://b:1"}, "https", 443, "b"),
        ({"https_proxy": "http://a:1", "no_proxy": "glpi.test"}, "https", 443, None),
        ({"https_proxy": "http://a:1", "no_proxy": ".test"}, "https", 443, None),
        ({"https_proxy": "http://a:1", "no_proxy": "*"}, "https", 443, None),
        ({"https_proxy": "http://a:1", "no_proxy": "glpi.test:8443"}, "https", 8443, None),
        ({"https_proxy": "http://a:1", "no_proxy": "glpi.test:8443"}, "https", 443, "a"),
        ({"https_proxy": "http://a:1", "no_proxy": "lpi.test"}, "https", 443, "a"),
        ({}, "https", 443, None),
    ],
)
@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system's settings count there too")
def test_the_variables(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], scheme: str, port: int, host: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    proxy = proxy_for(Network(), scheme, "glpi.test", port)
    assert (proxy.host if proxy else None) == host


HEAVY = {"aiohttp", "asyncio", "http.client", "logging", "ssl", "threading", "urllib.request", "urllib3"}


def test_making_a_runtime_imports_nothing_heavy() -> None:
    program = """
import sys
from glpi_utils._runtimes.blocking import BlockingRuntime
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.network import Network
network = Network(verify="/nowhere/ca.pem", proxy="http://u:p@proxy.test", cert="/nowhere/cert.pem")
BlockingRuntime(network), AsyncioRuntime(network)
print(*sys.modules)
"""
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (set(done.stdout.split()) - set(bare.stdout.split())) & HEAVY == set()
