"""Forms as PHP takes them apart: query strings with brackets, and multipart bodies."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

MAX_INPUT_VARS = 1000
Key = str | int


class Array(dict[Key, Any]):
    """A PHP array: keys are integers where they look like it; `append` takes the next free one."""

    def append(self, value: Any) -> None:
        """Append a value, as `name[]=value` does."""
        self[max((key for key in self if isinstance(key, int)), default=-1) + 1] = value


def parse_query(text: str) -> Array:
    """Return a query string or form body as PHP's `parse_str` reads it, at most `MAX_INPUT_VARS` of its variables."""
    variables = Array()
    pieces = [piece for piece in text.split("&") if piece]
    for piece in pieces[:MAX_INPUT_VARS]:
        name, _, value = piece.partition("=")
        _store(variables, _decoded(name), _decoded(value))
    return variables


def _decoded(text: str) -> str:
    return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")


def _store(into: Array, name: str, value: str) -> None:
    base, brackets = _split(name.lstrip(" "))
    if not base:
        return
    keys: list[str] = [base, *brackets]
    place = into
    for position, text in enumerate(keys):
        key = _key(text)
        if position == len(keys) - 1:
            _put(place, key, value)
            return
        inner = None if key is None else place.get(key)
        if not isinstance(inner, Array):
            inner = Array()
            _put(place, key, inner)
        place = inner


def _split(name: str) -> tuple[str, list[str]]:
    """Split `a[b][]` into ("a", ["b", ""]); dots, blanks and an unclosed bracket in the base name become underscores."""
    base, bracket, rest = name.partition("[")
    base = re.sub(r"[ .]", "_", base)
    if not bracket:
        return base, []
    if "]" not in rest:
        return f"{base}_{rest}", []
    return base, re.findall(r"\[([^\]]*)\]", bracket + rest)


def _key(text: str) -> Key | None:
    if text == "":
        return None
    return int(text) if re.fullmatch(r"0|-?[1-9][0-9]*", text) else text


def _put(place: Array, key: Key | None, value: Any) -> None:
    if key is None:
        place.append(value)
    else:
        place[key] = value


def as_json(value: Any) -> Any:
    """Return what brackets made as JSON has it: a list where the keys count from 0."""
    if not isinstance(value, Array):
        return value
    inner = {key: as_json(each) for key, each in value.items()}
    if list(inner) == list(range(len(inner))):
        return list(inner.values())
    return {str(key): each for key, each in inner.items()}


@dataclass(frozen=True, slots=True)
class Upload:
    """One file part."""

    field: str
    """The name without brackets: `filename[0]` is `filename`."""
    many: bool
    """Whether the name had brackets."""
    name: str
    type: str
    content: bytes
    prefix: str
    """What PHP puts before the name in its temporary folder; one for all files of a request."""


def parse_multipart(content_type: str, body: bytes) -> tuple[dict[str, str], list[Upload]]:
    """Return the fields and the files of a multipart body, in order; both empty when it is none."""
    boundary = re.search(r'boundary=(?:"([^"]+)"|([^;\s]+))', content_type)
    fields: dict[str, str] = {}
    files: list[Upload] = []
    if not boundary:
        return fields, files
    prefix = f"{secrets.token_hex(7)}.{secrets.randbelow(10**8):08d}"
    mark = b"\r\n--" + (boundary.group(1) or boundary.group(2)).encode()
    for part in (b"\r\n" + body).split(mark)[1:]:
        if part.startswith(b"--"):
            break
        head, separator, content = part.removeprefix(b"\r\n").removeprefix(b"\n").partition(b"\r\n\r\n")
        if separator:
            _take_part(head.decode("utf-8", "replace"), content, prefix, fields, files)
    return fields, files


def _take_part(head: str, content: bytes, prefix: str, fields: dict[str, str], files: list[Upload]) -> None:
    name = _of_head(head, "name")
    if name is None:
        return
    file_name = _of_head(head, "filename")
    if file_name is None:
        fields[name] = content.decode("utf-8", "replace")
        return
    if not file_name:  # PHP keeps nothing of a part whose name is empty
        head, content = "", b""
    kind = re.search(r"(?im)^content-type:\s*(\S+)", head)
    base, bracket, _ = name.partition("[")
    plain = re.split(r"[/\\]", file_name)[-1].rstrip(". \t")
    files.append(Upload(base, bool(bracket), plain, kind.group(1) if kind else "", content, prefix))


def _of_head(head: str, name: str) -> str | None:
    match = re.search(rf'(?i)[;\s]{name}="((?:[^"\\]|\\.)*)"', head) or re.search(rf"(?i)[;\s]{name}=([^;\s]+)", head)
    return re.sub(r"\\([\"\\])", r"\1", match.group(1)) if match else None
