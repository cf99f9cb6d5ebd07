"""What GLPI holds against an uploaded file, and what it takes its content for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

import orjson

from glpi_utils.testing.http import forms
from glpi_utils.testing.legacy import quirks

ACCEPTED = frozenset(
    "ai aiff asf avi bmp bz2 c csv deb djvu doc docx dvi eps gif gz h html jpeg jpg mid mng mov mp3 mpg odb odc odf odg "
    "odi odm odp ods odt ogg otg oth otp ots ott pas pdf png ppt pptx ps psd qt ra ram rm rpm rtf sdd sdw sit svg swf "
    "sxc sxi sxw tex tgz tif txt wav wmv xcf xls xlsx xml zip".split()
)
"""File types that an untouched GLPI takes."""

ABORTED = "File upload aborted"
_LONGEST = 255
"""Bytes in a name of the file system."""

_IMAGES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8"}
_MIMES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8"), "image/gif"),
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"PK\x03\x04"), "application/zip"),
    (re.compile(rb"<\?xml "), "text/xml"),
    (re.compile(rb"(?i)<(!doctype )?html"), "text/html"),
)
_UNPRINTABLE = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")


def extension(name: str) -> str:
    """Return what stands behind the last dot; a name may begin with it."""
    return PurePosixPath(f"x{name}").suffix.removeprefix(".")


def objection(file: forms.Upload, version: str) -> str | Literal[False] | None:
    """Return what GLPI says in `error`, where it refuses the file; of a picture that is none it says `false`."""
    if not file.name and not file.content:
        return "No file was uploaded"
    kind = extension(file.name).lower()
    if kind not in ACCEPTED and not (kind == "webp" and quirks.webp_is_accepted(version)):
        return "Filetype not allowed"
    if not file.content:
        return "File is too small"
    if too_long(file):
        return ABORTED
    return None if file.content.startswith(_IMAGES.get(kind, b"")) else False


def too_long(file: forms.Upload) -> bool:
    """Check whether the file system does not take the name under which the file is to be kept meanwhile."""
    return len((file.prefix + file.name).encode()) > _LONGEST


def mime(content: bytes) -> str:
    """Return the type that the content looks like, whatever the client called it."""
    for looks, kind in _MIMES:
        if looks.match(content):
            return kind
    if len(content) < 2 or _UNPRINTABLE.search(content):
        return "application/octet-stream"
    return "application/json" if _is_json(content) else "text/plain"


def _is_json(content: bytes) -> bool:
    try:
        return isinstance(orjson.loads(content), dict | list)
    except ValueError:
        return False
