"""A multipart body as PHP takes it apart: fields and files."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass


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


def parse(content_type: str, body: bytes) -> tuple[dict[str, str], list[Upload]]:
    """The fields and the files of a multipart body, in order; both empty when it is none."""
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
        head, found, content = part.removeprefix(b"\r\n").removeprefix(b"\n").partition(b"\r\n\r\n")
        if found:
            _take(head.decode("utf-8", "replace"), content, prefix, fields, files)
    return fields, files


def _take(head: str, content: bytes, prefix: str, fields: dict[str, str], files: list[Upload]) -> None:
    name = _parameter(head, "name")
    if name is None:
        return
    file_name = _parameter(head, "filename")
    if file_name is None:
        fields[name] = content.decode("utf-8", "replace")
    elif file_name:
        kind = re.search(r"(?im)^content-type:\s*(\S+)", head)
        base, bracket, _ = name.partition("[")
        files.append(Upload(base, bool(bracket), file_name, kind.group(1) if kind else "", content, prefix))


def _parameter(head: str, name: str) -> str | None:
    found = re.search(rf'(?i)[;\s]{name}="((?:[^"\\]|\\.)*)"', head) or re.search(rf"(?i)[;\s]{name}=([^;\s]+)", head)
    return re.sub(r"\\(.)", r"\1", found.group(1)) if found else None
