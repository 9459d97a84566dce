"""Put files inside a PDF: attachments in, embedded files that belong to the document added.

The engine's own attachments stand twice among a document's associated files, take their times from the disk and their
media types from the machine's tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pydyf

from pipeline.forms import Attachment


def enclose(written: Any, attachments: Sequence[Attachment], day: str) -> None:
    """Add files to `written`, a pydyf.PDF, in the order of their names, each dated `day`, as ISO 8601 has it.

    ISO 32000-1, 7.11.4 says how they are embedded; ISO 19005-3, 6.8 asks for their media types and for what they are
    to the document.
    """
    if not attachments:
        return
    date = f"D:{day.replace('-', '')}000000Z"
    names, associated = pydyf.Array(), pydyf.Array()
    for attachment in sorted(attachments, key=lambda attachment: attachment.name):
        described = _described(written, attachment, date)
        names += [pydyf.String(attachment.name), described]
        associated.append(described)
    tree = pydyf.Dictionary({"Names": names})
    written.add_object(tree)
    written.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    written.catalog["AF"] = associated


def _described(written: Any, attachment: Attachment, date: str) -> Any:
    """Add one file, and give the reference of what describes it."""
    content = pydyf.Stream([attachment.data], _said_of(attachment, date), compress=True)
    written.add_object(content)
    description = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "EF": pydyf.Dictionary({"F": content.reference, "UF": content.reference}),
            "Desc": pydyf.String(attachment.description),
            "AFRelationship": f"/{attachment.relationship}",
        }
    )
    written.add_object(description)
    return description.reference


def _said_of(attachment: Attachment, date: str) -> Any:
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()  # the one that the standard names
    return pydyf.Dictionary(
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{attachment.media.replace('/', '#2f')}",
            "Params": pydyf.Dictionary(
                {
                    "Size": len(attachment.data),
                    "CheckSum": f"<{checksum}>",
                    "CreationDate": pydyf.String(date),
                    "ModDate": pydyf.String(date),
                }
            ),
        }
    )
