"""One bag from query, body and headers, by Content-Type, with the refusals that reading ends in."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.legacy import parameters
from glpi_utils.testing.legacy.refusals import Fatal, Refused

TEN, ELEVEN = "10.0.17", "11.0.6"
JSON = {"content-type": "application/json; charset=utf-8"}


def bag(method: str = "POST", query: str = "", headers: dict[str, str] | None = None, body: bytes = b"") -> Any:
    return parameters.read(Req(method, "/apirest.php/Ticket", query, headers or {}, body), ELEVEN).bag


def test_the_body_overrides_the_query_and_headers_override_both() -> None:
    headers = JSON | {"session-token": "from-header", "app-token": "app"}
    read = bag(query="a=1&b=2&session_token=q", headers=headers, body=b'{"b": 3, "session_token": "b"}')
    assert read == {"a": "1", "b": 3, "session_token": "from-header", "app_token": "app"}


def test_true_and_false_in_lower_case_become_booleans_and_nothing_else_does() -> None:
    assert bag("GET", "a=true&b=false&c=False&d=1") == {"a": True, "b": False, "c": "False", "d": "1"}


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}])
def test_a_body_of_another_type_is_not_read(headers: dict[str, str]) -> None:
    assert bag(headers=headers, body=b'{"input": {}}') == {}


def test_a_form_makes_input_an_object() -> None:
    read = bag(headers={"content-type": "application/x-www-form-urlencoded"}, body=b"input%5Bname%5D=a+b&x[]=1")
    assert read == {"input": {"name": "a b"}, "x": {0: "1"}}


@pytest.mark.parametrize("body", [b'{"input": ', b"null", b"false", b"0", b"[]"])
def test_json_that_is_none_or_counts_as_false(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        bag(headers=JSON, body=body)
    assert refused.value.code == "ERROR_JSON_PAYLOAD_INVALID"


def test_an_empty_json_body_and_an_empty_object_are_fine() -> None:
    assert bag(headers=JSON) == {}
    assert bag(headers=JSON, body=b"{}") == {}


def test_a_get_with_a_body_is_refused_whatever_its_type() -> None:
    with pytest.raises(Refused) as refused:
        bag("GET", body=b"x")
    assert refused.value.code == "ERROR_JSON_PAYLOAD_FORBIDDEN"


def test_credentials_in_headers() -> None:
    basic = base64.b64encode(b"glpi:pa:ss").decode()
    assert bag("GET", headers={"authorization": f"Basic {basic}"}) == {"login": "glpi", "password": "pa:ss"}
    assert bag("GET", headers={"authorization": "user_token abc"}) == {"user_token": "abc"}
    assert bag("GET", headers={"authorization": "User_Token abc"}) == {}


def form(*parts: tuple[str, str]) -> tuple[dict[str, str], bytes]:
    lines = [f"--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n" for head, content in parts]
    return {"content-type": "multipart/form-data; boundary=B"}, ("".join(lines) + "--B--\r\n").encode()


MANIFEST = ('name="uploadManifest"', '{"input": {"name": "n"}}')
FILE = ('name="filename[0]"; filename="a b.txt"\r\nContent-Type: text/plain', "hello\r\nworld")


def test_a_multipart_body_gives_the_manifest_and_the_files() -> None:
    headers, body = form(FILE, MANIFEST)
    read = parameters.read(Req("POST", "/", "", headers, body), ELEVEN)
    assert read.bag == {"input": {"name": "n"}}
    assert [(file.field, file.many, file.name, file.type, file.content) for file in read.files] == [
        ("filename", True, "a b.txt", "text/plain", b"hello\r\nworld")
    ]


@pytest.mark.parametrize(
    ("parts", "method", "code"),
    [
        ([MANIFEST], "POST", "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE"),
        ([MANIFEST, FILE], "PUT", "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE"),
        ([('name="uploadManifest"', "{bad"), FILE], "POST", "ERROR_JSON_PAYLOAD_INVALID"),
        ([('name="uploadManifest"', " "), FILE], "POST", "ERROR_JSON_PAYLOAD_INVALID"),
        ([MANIFEST, ('name="filename[0]"', "a field, no file")], "POST", "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE"),
    ],
)
def test_refused_uploads(parts: list[tuple[str, str]], method: str, code: str) -> None:
    headers, body = form(*parts)
    with pytest.raises(Refused) as refused:
        bag(method, headers=headers, body=body)
    assert refused.value.code == code


def test_a_missing_manifest_kills_11_and_is_bad_json_to_10() -> None:
    headers, body = form(FILE)
    with pytest.raises(Fatal):
        parameters.read(Req("POST", "/", "", headers, body), ELEVEN)
    with pytest.raises(Refused):
        parameters.read(Req("POST", "/", "", headers, body), TEN)


@pytest.mark.parametrize("manifest", ["{}", '{"name": "x"}', '{"input": [{"name": "a"}]}'])
def test_a_manifest_without_one_object_as_input_is_fatal(manifest: str) -> None:
    headers, body = form(('name="uploadManifest"', manifest), FILE)
    with pytest.raises(Fatal):
        bag(headers=headers, body=body)
