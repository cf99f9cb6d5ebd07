"""Addresses as people paste them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._addresses import Address, parse
from glpi_utils.exceptions import GlpiValidationError

READ = {
    "https://glpi.example.com": ("https://glpi.example.com", None, None),
    "https://glpi.example.com/": ("https://glpi.example.com", None, None),
    "  https://glpi.example.com/ \n": ("https://glpi.example.com", None, None),
    "HTTPS://GLPI.Example.COM": ("https://glpi.example.com", None, None),
    "https://glpi.example.com:443": ("https://glpi.example.com", None, None),
    "http://glpi.example.com:80/": ("http://glpi.example.com", None, None),
    "https://glpi.example.com:8443": ("https://glpi.example.com:8443", None, None),
    "https://glpi.example.com:": ("https://glpi.example.com", None, None),
    "https://glpi.example.com./x": ("https://glpi.example.com./x", None, None),
    "https://example.com/glpi": ("https://example.com/glpi", None, None),
    "https://example.com/GLPI/": ("https://example.com/GLPI", None, None),
    "https://example.com//a///b//": ("https://example.com/a/b", None, None),
    "https://example.com/a b": ("https://example.com/a%20b", None, None),
    "https://example.com/a%20b": ("https://example.com/a%20b", None, None),
    "https://example.com/gérer": ("https://example.com/g%C3%A9rer", None, None),
    "https://müller.example/glpi": ("https://xn--mller-kva.example/glpi", None, None),
    "https://host_1": ("https://host_1", None, None),
    "http://127.0.0.1:40123": ("http://127.0.0.1:40123", None, None),
    "http://[::1]": ("http://[::1]", None, None),
    "http://[::1]:8080/x/": ("http://[::1]:8080/x", None, None),
    "https://[2001:DB8:0::1]:443": ("https://[2001:db8::1]", None, None),
    "https://h/api.php": ("https://h", None, "api.php"),
    "https://h/api.php/": ("https://h", None, "api.php"),
    "https://h/API.PHP/": ("https://h", None, "api.php"),
    "https://h/api.php/v2": ("https://h", "v2", "api.php"),
    "https://h/api.php/v2.2": ("https://h", "v2.2", "api.php"),
    "https://h/api.php/V2.2.0/": ("https://h", "v2.2.0", "api.php"),
    "https://h/glpi/api.php/v3.0/": ("https://h/glpi", "v3.0", "api.php"),
    "https://h/api.php/v1": ("https://h", "v1", "api.php"),
    "https://h/x/api.php/v1.0.0/": ("https://h/x", "v1", "api.php"),
    "https://h/api.php/doc": ("https://h", None, "api.php"),
    "https://h/api.php/v2.2/doc": ("https://h", "v2.2", "api.php"),
    "https://h/apirest.php": ("https://h", None, "apirest.php"),
    "https://h/sub/apirest.php/": ("https://h/sub", None, "apirest.php"),
    "https://h/index.php": ("https://h", None, None),
    "https://h/glpi/index.php": ("https://h/glpi", None, None),
    "https://h/front/central.php": ("https://h", None, None),
    "https://h/glpi/front/ticket.form.php": ("https://h/glpi", None, None),
    "https://h/front": ("https://h/front", None, None),
}

REFUSED = {
    "glpi.example.com": "write https://glpi.example.com",
    "glpi.example.com/glpi/": "write https://glpi.example.com/glpi/",
    "localhost:8080": "write https://localhost:8080",
    "//glpi.example.com": "write https://glpi.example.com",
    "alice:s3cret@glpi.example.com": "write https://glpi.example.com",
    "alice:s3cret": "write https://glpi.example.com",
    "https:glpi.example.com": "no scheme",
    "ftp://glpi.example.com": "must begin with https://",
    "s3cret://glpi.example.com": "must begin with https://",
    "https://": "no valid host",
    "https:///glpi": "no valid host",
    "https://a..b": "no valid host",
    "https://.a": "no valid host",
    "https://a b": "no valid host",
    "https://a\\b": "no valid host",
    "https://[::1": "no valid host",
    "https://[::1]x": "no valid host",
    "https://[fe80::1%eth0]": "no valid host",
    "https://[s3cret]": "no valid host",
    "https://" + "a" * 64: "no valid host",
    "https://\ud800": "no valid host",
    "https://h:0": "port",
    "https://h:65536": "port",
    "https://h:s3cret": "port",
    "https://h:8080:1": "port",
    "https://h:٣": "port",
    "https://alice:s3cret@h": "user or password",
    "https://s3cret@h/glpi": "user or password",
    "https://alice:12/s3cret@h": "user or password",
    "https://h/?user_token=s3cret": "must not hold",
    "https://h/front/central.php?s3cret": "must not hold",
    "https://h/#s3cret": "must not hold",
    "https://h/a/../b": "path",
    "https://h/./b": "path",
    "https://h/%2e%2E/b": "path",
    "https://h/a%2fb": "path",
    "https://h/a%5cb": "path",
    "https://h/a\\b": "path",
    "https://h/a%00b": "path",
    "https://h/a%0d%0ab": "path",
    "https://h/a\r\nb": "path",
    "https://h/a%": "path",
    "https://h/a%zz": "path",
    "https://h/a%ff": "path",
    'https://h/"a"': "path",
    "https://h/\ud800": "path",
    "https://h/api.php/Assistance/Ticket": "must end at api.php",
    "https://h/api.php/v2.2/Assistance": "must end at api.php",
    "https://h/api.php/vfoo": "no version",
    "https://h/api.php/v0": "no version",
    "https://h/apirest.php/Ticket": "must end at apirest.php",
    "https://h/apirest.php/v2": "must end at apirest.php",
}


@pytest.mark.parametrize("url", READ)
def test_what_people_paste_is_read(url: str) -> None:
    assert parse(url) == Address(*READ[url])


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_address_is_refused_without_repeating_secrets(url: str) -> None:
    with pytest.raises(GlpiValidationError, match=REFUSED[url]) as refused:
        parse(url)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize("url", READ)
def test_the_parts_fit_together(url: str) -> None:
    where = parse(url)
    parts = urlsplit(where.root)
    assert where.origin == f"{parts.scheme}://{parts.netloc}"
    assert where.host == parts.hostname
    assert where.secure == (parts.scheme == "https")
    assert where.highlevel == f"{where.root}/api.php"


@pytest.mark.parametrize(
    ("url", "legacy"),
    [
        ("https://h/x", "https://h/x/apirest.php"),
        ("https://h/x/apirest.php", "https://h/x/apirest.php"),
        ("https://h/x/api.php", "https://h/x/apirest.php"),
        ("https://h/x/api.php/v2.2", "https://h/x/apirest.php"),
        ("https://h/x/api.php/v1/", "https://h/x/api.php/v1"),
    ],
)
def test_where_the_legacy_api_is(url: str, legacy: str) -> None:
    assert parse(url).legacy == legacy


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        *(
            ("localhost", True),
            ("LOCALHOST.", True),
            ("glpi.localhost", True),
            ("127.0.0.1", True),
            ("127.8.9.1", True),
        ),
        *(("[::1]", True), ("[::ffff:127.0.0.1]", True), ("[::ffff:10.0.0.1]", False), ("10.0.0.1", False)),
        *(("glpi.example.com", False), ("localhost.example.com", False), ("127.0.0.1.example.com", False)),
        *(("[2001:db8::1]", False), ("0.0.0.0", False), ("127.1", False), ("999.1.1.1", False)),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert parse(f"http://{host}:81/x").loopback is loopback


PIECES = (
    "https:// http:// HTTP:// h a.b : 443 / // api.php apirest.php v2 . .. @ u:p@ ? # % %2e %41 [ ] ::1 \\ front x.php é"
).split()
pasted = st.text(max_size=40) | st.lists(st.sampled_from([*PIECES, " ", "\ud800", "\0"]), max_size=12).map("".join)


@settings(max_examples=400)
@given(pasted)
def test_any_text_is_an_address_or_a_validation_error(text: str) -> None:
    try:
        where = parse(text)
    except GlpiValidationError:
        return
    assert parse(where.root) == Address(where.root)
    again = parse(f" {where.root}/{where.script or ''}/{(where.script and where.pin) or ''}/ ")
    assert again == where
    assert where.root.isascii()
    assert not set(where.root) & set(' @?#\\"<>\r\n\0')
    parts: Any = urlsplit(where.root)
    assert parts.hostname == where.host
    assert ".." not in parts.path.split("/")
