"""Redactor: every known secret goes, in every form; the rest of a message stays."""

from __future__ import annotations

import base64
import html
import json
import pickle
from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from glpi_utils._redactor import Redactor
from glpi_utils._secret import Secret

MASK = "********"

Form = Callable[[str], str]
FORMS: dict[str, Form] = {
    "plain": str,
    "quote": quote,
    "quote, nothing safe": lambda text: quote(text, safe=""),
    "quote, lower case": lambda text: quote(text, safe="").replace("%2F", "%2f").replace("%C3", "%c3"),
    "quote twice": lambda text: quote(quote(text, safe=""), safe=""),
    "quote in latin-1": lambda text: quote(text, safe="", encoding="latin-1", errors="replace"),
    "quote_plus": quote_plus,
    "a form": lambda text: urlencode({"x": text}),
    "json": json.dumps,
    "json, readable": lambda text: json.dumps(text, ensure_ascii=False),
    "json of PHP": lambda text: json.dumps(text).replace("/", "\\/"),
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "repr": repr,
    "repr of json": lambda text: repr(json.dumps({"x": text})),
    "repr of bytes": lambda text: repr(text.encode()),
    "ascii": ascii,
    "html": lambda text: html.escape(text, quote=True),
    "html of PHP": lambda text: html.escape(text, quote=False).replace('"', "&quot;").replace("'", "&#039;"),
}
SECRETS = (
    "correct-horse",
    "tops3cret!",
    "a b&c=d+e",
    "quo\"te's\\back/slash",
    "pässwörd€",
    "emoji😀here",
    "<b>&amp;",
    "100%sure%41",
    "tab\there\nline",
    "(.*)+[x]{2}$^",
)


def bare(said: str, form: str) -> str:
    """The part of a form that depends on the secret."""
    return said.removeprefix("x=") if form == "a form" else said


def fits(secret: str, form: str) -> bool:
    return "latin-1" not in form or secret.encode("latin-1", "ignore").decode("latin-1") == secret


@pytest.mark.parametrize(
    ("secret", "form"), [(secret, form) for secret in SECRETS for form in FORMS if fits(secret, form)]
)
def test_each_form_goes(secret: str, form: str) -> None:
    redactor = Redactor()
    redactor.add(secret)
    said = FORMS[form](secret)
    cleaned = redactor.clean(f"before {said} after")
    assert MASK in cleaned
    assert said.strip("'\"\\bx=") not in cleaned
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")
    assert len(cleaned) <= len("before  after") + len(MASK) + 40


strong = st.text(min_size=10, max_size=30).filter(lambda text: not text.isdigit() and text.strip() == text)


@given(strong, st.sampled_from(sorted(FORMS)), st.text(max_size=10), st.text(max_size=10))
def test_no_form_of_any_strong_secret_stays(secret: str, form: str, before: str, after: str) -> None:
    assume(secret.encode("utf-8", "replace").decode() == secret)
    assume(fits(secret, form))
    redactor = Redactor()
    redactor.add(secret)
    said = FORMS[form](secret)
    core = said[2:-1] if form == "repr of bytes" else bare(said, form).strip("\"'\\")
    assume(len(core) > 6)
    assert core not in redactor.clean(before + said + after).replace(MASK, "\0")


@given(st.text(max_size=200))
def test_a_redactor_that_knows_nothing_leaves_ordinary_text(text: str) -> None:
    assume(not set("@:=") & set(text))
    assert Redactor().clean(text) == text


@given(st.text(max_size=60), st.text(max_size=20))
def test_cleaning_any_text_of_any_secret_never_fails_and_is_done_at_once(text: str, secret: str) -> None:
    redactor = Redactor()
    redactor.add_login(secret, secret)
    redactor.add_tokens(secret)
    assume(not any(sign in MASK for sign in secret))
    once = redactor.clean(f"{text}{secret}{text}")
    assert redactor.clean(once) == once


@pytest.mark.parametrize(
    ("login", "password"), [("glpi", "glpi"), ("tech", "s3cret/word"), ("é", "ü:ä"), ("", "hunter22")]
)
@pytest.mark.parametrize("encode", [base64.standard_b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_the_base64_of_a_login_goes(login: str, password: str, encode: Callable[[bytes], bytes], charset: str) -> None:
    redactor = Redactor()
    redactor.add_login(login, Secret(password))
    coded = encode(f"{login}:{password}".encode(charset)).decode()
    for said in (coded, coded.rstrip("="), quote(coded, safe="")):
        assert coded.rstrip("=") not in redactor.clean(f"sent Basic {said} to it")
        assert "sent Basic ********" in redactor.clean(f"sent Basic {said} to it")


def jwt() -> str:
    parts = ('{"typ":"JWT","alg":"RS256"}', '{"aud":"my-app","sub":"2","scopes":["api"]}', "\x01signature\xff")
    return ".".join(base64.urlsafe_b64encode(part.encode("latin-1")).decode().rstrip("=") for part in parts)


def test_each_part_of_a_jwt_goes_alone() -> None:
    redactor = Redactor()
    redactor.add_tokens(jwt())
    for part in (jwt(), *jwt().split("."), jwt().rpartition(".")[0]):
        assert redactor.clean(f"<{part}>").strip("<.>").replace(MASK, "").strip(".") == ""


def test_old_tokens_are_forgotten_and_passwords_are_not() -> None:
    redactor = Redactor()
    redactor.add("the-password")
    for number in range(2000):
        redactor.add_tokens(f"token-number-{number:04}")
    redactor.add_tokens("token-number-1800")
    assert redactor.clean("token-number-0001") == "token-number-0001"
    assert redactor.clean("token-number-1999 the-password token-number-1800") == f"{MASK} {MASK} {MASK}"


@pytest.mark.parametrize("weak", ["glpi", "1234567", "Secret", "normal", "abc12", "x", "ticket", "postonly"])
def test_a_weak_secret_does_not_turn_messages_to_stars(weak: str) -> None:
    redactor = Redactor()
    redactor.add_login(weak, weak)
    for said in (
        f"the {weak} server refused user {weak}",
        f"GET /{weak}/api.php/v2.2/Assistance/Ticket 200",
        f"{weak}: not found",
        f"username={weak}",
    ):
        assert redactor.clean(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "password=W",
        "username=glpi&password=W&scope=api",
        '{"password": "W"}',
        "{'password': 'W'}",
        '{\\"password\\":\\"W\\"}',
        "password%3DW",
        "BasicAuth(login='glpi', password='W')",
        "client_secret=W",
        "Session-Token: W",
        "user_token => 'W'",
        "b'password=W'",
        "Password: W.",
    ],
)
@pytest.mark.parametrize("weak", ["glpi", "tech", "1234567", "x"])
def test_a_weak_secret_goes_where_it_stands_as_one(said: str, weak: str) -> None:
    redactor = Redactor()
    redactor.add(weak)
    assert redactor.clean(said.replace("W", weak)) == said.replace("W", MASK)


def test_a_weak_secret_goes_in_longer_encoded_forms() -> None:
    redactor = Redactor()
    redactor.add("é€ü")
    assert redactor.clean("é€ü %C3%A9%E2%82%AC%C3%BC \\u00e9\\u20ac\\u00fc") == f"é€ü {MASK} {MASK}"


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("http://u:p@host/x", f"http://{MASK}@host/x"),
        ("proxy http://user@proxy:3128 failed", f"proxy http://{MASK}@proxy:3128 failed"),
        ("https://host/x?mail=a@b.org", "https://host/x?mail=a@b.org"),
        ("write to a@b.org", "write to a@b.org"),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {MASK}"),
        ("{'Authorization': 'user_token q56h'}", f"{{'Authorization': 'user_token {MASK}'}}"),
        ("('Authorization', 'Basic Zm9v')", f"('Authorization', 'Basic {MASK}')"),
        ("authorization=abc", f"authorization={MASK}"),
        ("The Authorization header is missing or invalid", "The Authorization header is missing or invalid"),
        ("Basic authentication is off", "Basic authentication is off"),
        ('"access_token":"abcdefghij"', f'"access_token":"{MASK}"'),
        ("?session_token=abcdefghij&x=1", f"?session_token={MASK}&x=1"),
        ("user_token= or user_token=...", "user_token= or user_token=..."),
        ("Session-Token: 794ffp2oo05snh0u3rimutdo7a", f"Session-Token: {MASK}"),
        ("Set-Cookie: glpi_x=794ffp; path=/\nnext", f"Set-Cookie: {MASK}\nnext"),
        (f"glpi_{'a1' * 16}=794ffp2oo", f"glpi_{'a1' * 16}={MASK}"),
        (f"token {jwt()} here", f"token {MASK} here"),
        ("Check the `password` parameter", "Check the `password` parameter"),
        ("", ""),
    ],
)
def test_what_can_only_be_a_secret_goes_unasked(said: str, cleaned: str) -> None:
    assert Redactor().clean(said) == cleaned


def test_one_secret_inside_another() -> None:
    redactor = Redactor()
    redactor.add("hunter22", "hunter22-and-more")
    assert redactor.clean("hunter22-and-more, hunter22") == f"{MASK}, {MASK}"


def test_absent_values_and_other_kinds() -> None:
    redactor = Redactor()
    redactor.add(None, "", b"as-bytes", Secret("as-secret"), Secret(""))
    redactor.add_login(None, None)
    redactor.add_tokens(None, "")
    assert redactor.clean("as-bytes as-secret ok") == f"{MASK} {MASK} ok"


def test_it_does_not_show_what_it_hides() -> None:
    redactor = Redactor()
    redactor.add("the-password")
    redactor.clean("x")
    assert "the-password" not in repr(redactor) + str(redactor) + repr(
        [getattr(redactor, n) for n in redactor.__slots__]
    )
    with pytest.raises(TypeError):
        pickle.dumps(redactor)


def test_long_texts_and_many_tokens_are_quick() -> None:
    import time

    redactor = Redactor()
    redactor.add("p@ss w*rd/1")
    for number in range(64):
        redactor.add_tokens(f"{jwt()}{number:04}")
    redactor.clean("compile them all")
    began = time.perf_counter()
    for text in (
        '"' * 20_000,
        "\\" * 20_000,
        "://" * 7_000,
        "eyJ" * 7_000,
        "password" * 2_500,
        "p%25" * 5_000,
        "a" * 20_000,
    ):
        redactor.clean(text)
    assert time.perf_counter() - began < 5
