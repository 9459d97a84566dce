"""Write plain text as Markdown that says the same: text in, text with back slashes out."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~^@$&!]|^[ \t]*(?:[-+=:%]|\(?\w+[.)](?=\s|$))", re.MULTILINE)
"""What could be more than text (Pandoc User's Guide, "Pandoc's Markdown"): signs anywhere, and the starts of lists,
headings and blocks. Quotation marks, dashes and dots are left, and so set as in prose."""


def literal(text: str) -> str:
    """Put a back slash before every sign that Markdown could read as more than text."""
    return _SIGNS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
