"""Files that come along with a new ticket, change, problem or entry of a timeline: documents, links, images in texts."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from glpi_utils.testing.http import forms
from glpi_utils.testing.legacy import document_files, php, quirks, uploads
from glpi_utils.testing.legacy.refusals import Fatal
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.itil import ACTORS, FOREIGN_KEY, PARENT, VALIDATIONS

TAKERS = frozenset({*ACTORS, *PARENT, "ITILFollowup", "ITILSolution"})
"""What takes files; others drop them without a word."""
_HIDDEN, _AT_THE_SIDE, _BELOW = -1, 1, 0


def attach(call: Call, itemtype: str, id: int, values: dict[str, Any]) -> str:
    """Make documents of the files of a call, link them, and return what a row without a message of its own says of it.

    The same content is one document in an entity, and goes by the last name. What is refused ends an 11, the row stays.
    """
    told: list[str] = []
    for number, file in _chosen(call):
        if uploads.objection(file, call.version) is not None:
            if quirks.refused_file_is_fatal(call.version):
                raise Fatal
            told.append(f"File {file.name} not found.")
            continue
        document = _document(call, file, itemtype, id, values)
        position = _BELOW if itemtype == "ITILSolution" else _AT_THE_SIDE
        if _shown_in_text(call, itemtype, id, values, _tag(values, file, number), document, file):
            position = _HIDDEN
        link = {"documents_id": document, "itemtype": itemtype, "items_id": id, "timeline_position": position}
        with suppress(Refusal):
            call.world.insert("Document_Item", link, call.who)
        told.append("Document copy succeeded.")
    return "\n".join(dict.fromkeys(told))


def _chosen(call: Call) -> list[tuple[int, forms.Upload]]:
    """Return the files with their number in their field: 10 looks at the first of each field."""
    numbered: list[tuple[int, forms.Upload]] = []
    seen: dict[str, int] = {}
    for file in call.parameters.files:
        seen[file.field] = seen.get(file.field, -1) + 1
        if seen[file.field] == 0 or not quirks.first_file_of_a_field_counts(call.version):
            numbered.append((seen[file.field], file))
    return numbered


def _item(itemtype: str, id: int, values: dict[str, Any]) -> tuple[str, int]:
    """Return the ticket, change or problem: the row itself, or what it hangs on."""
    if itemtype in ACTORS:
        return itemtype, id
    parent = PARENT.get(itemtype)
    if parent is not None:
        return parent, php.intval(values.get(FOREIGN_KEY[parent], 0))
    return str(values.get("itemtype") or ""), php.intval(values.get("items_id", 0))


def _document(call: Call, file: forms.Upload, itemtype: str, id: int, values: dict[str, Any]) -> int:
    parent, item = _item(itemtype, id, values)
    entity = (call.world.get(parent, item) or {}).get("entities_id") or 0
    columns = document_files.columns(call, file)
    there = call.world.select("Document", "sha1sum=? AND entities_id=?", (columns["sha1sum"], entity), limit=1)
    if there:
        key = int(there[0]["id"])
        call.world.update("Document", key, {"filename": file.name}, call.who)
        return key
    columns |= {"entities_id": entity, "users_id": call.session.user}
    named = (
        itemtype == "Ticket"
        if quirks.is_ten(call.version)
        else parent == "Ticket" and itemtype not in VALIDATIONS.values()
    )
    if named:
        columns |= {"name": f"Document Ticket {id}", "tickets_id": item}
    return call.world.insert("Document", columns, call.who)


def _tag(values: dict[str, Any], file: forms.Upload, number: int) -> str:
    tags = values.get(f"_tag_{file.field}")
    return str(tags[number]) if php.is_list(tags) and number < len(tags) else ""


def _shown_in_text(
    call: Call, itemtype: str, id: int, values: dict[str, Any], tag: str, document: int, file: forms.Upload
) -> bool:
    """Put the document in the place of the image with this tag, and return whether there was one."""
    content = str((call.world.get(itemtype, id) or {}).get("content") or "")
    image = re.compile(rf'<img\b[^>]*\bid="{re.escape(tag)}"[^>]*>')
    if not tag or not image.search(content):
        return False
    parent, item = _item(itemtype, id, values)
    sign = "&" if quirks.is_ten(call.version) else "&amp;"
    address = f"/front/document.send.php?docid={document}{sign}itemtype={parent}{sign}items_id={item}"
    shown = (
        f'<a href="{address}" target="_blank" ><img alt="{tag}" width="{_width(file.content)}" src="{address}" /></a>'
    )
    call.world.store.change(itemtype, id, {"content": image.sub(lambda _: shown, content)})
    return True


def _width(content: bytes) -> int:
    """Return the width of a GIF or PNG."""
    if content.startswith(b"GIF8"):
        return int.from_bytes(content[6:8], "little")
    return int.from_bytes(content[16:20], "big")
