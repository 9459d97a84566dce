"""Say Markdown in another way: prose in, plain words, a title or links out; and plain text in, Markdown out."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from pipeline.record import CITATION, FIGURE_MENTIONED, FIGURE_PLACED

MOST = 90
"""Characters of a title: one line of print."""
_CITED = re.compile(r"\s*\[[^\[\]]*(?<![\w@\\])-?@[^\[\]]*\]")
"""Citations in their brackets, with the space before them."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{\s*(?:lang|abbr)=[^{}]*\}")
"""A part in another language, or with a long form: `[mot]{lang=fr}`."""
_INNER_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()\s]*\)")
_NOTE = re.compile(r"^\[\^[^\]\s]+\]:.*(?:\n(?!\n).+)*|\^\[[^\[\]]*\]|\[\^[^\]\s]+\]", re.MULTILINE)
"""A footnote: its text, one written in its place, or its mark."""
_WRITTEN = re.compile(
    r"^ {0,3}\[\^[^\]\s]+\]:.*(?:\n(?:[ \t]*\n)*(?: {4}|\t).*|\n(?! {0,3}\[\^)[ \t]*\S.*)*"
    r"|(?<!\\)\^\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\]",
    re.MULTILINE,
)
"""The text of a footnote: with its mark, up to what stands behind an empty line and isn't set in, or in its place."""
_STRESS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_|~~)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)", re.DOTALL)
_CODE = re.compile(r"`+([^`]+)`+")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_ESCAPED = re.compile(r"\\([^\w\s])")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~^@$&!]|^[ \t]*(?:[-+=:%]|\(?\w+[.)](?=\s|$))", re.MULTILINE)
"""What could be more than text (Pandoc User's Guide, "Pandoc's Markdown"): signs anywhere, and the starts of lists,
headings and blocks. Quotation marks, dashes and dots are left, and so set as in prose."""
_ENDS = re.compile(r"[<>\\\"`{}|^\s]")
"""What RFC 3986 keeps out of an address, and Markdown might read as its end."""
ENDED = re.compile("[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][*_\"'\u2019\u201d\u00bb\u203a\u300d\u300f]*$")
"""The end of a sentence, in any language: its mark, and stress and quotation marks behind that."""
_SENTENCE = re.compile(r"[.!?](?=\s+[^a-z])")


def plain(text: str) -> str:
    """Give the words of a text on one line, without marks of stress, links, notes and citations in brackets."""
    text = _LINK.sub(r"\1", _SPAN.sub(r"\1", _CITED.sub("", _bare(text))))
    text = CITATION.sub(lambda found: found[1] or found[2], text)
    for _ in range(2):
        text = _STRESS.sub(r"\2", text)
    text = _ADDRESS.sub(r"\1", _CODE.sub(r"\1", text))
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def ended(text: str) -> str:
    """Give a text that ends as a sentence does: with a full stop, where it has no mark of its own."""
    return text if ENDED.search(text) else f"{text}."


def title(text: str, most: int = MOST) -> str:
    """Give the first sentence of a text in plain words and without its full stop, cut at a word where it is long."""
    words = plain(text)
    end = _SENTENCE.search(words)
    words = words[: end.end()] if end else words
    words = words.removesuffix(".")
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def in_note(text: str, place: int) -> bool:
    """Whether a place in a text is inside a footnote's own text."""
    return any(found.start() <= place < found.end() for found in _WRITTEN.finditer(text))


def linked(text: str, link: Callable[[str], str]) -> str:
    """Give the text with `link(citekey)` for each citation, and without notes and links into the page."""
    text = _SPAN.sub(r"\1", _INNER_LINK.sub(r"\1", _bare(text)))
    return CITATION.sub(lambda found: link(found[1] or found[2]), text)


def literal(text: str) -> str:
    """Put a back slash before every sign that Markdown could read as more than text."""
    return _SIGNS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def address(url: str) -> str:
    """Write a web address as Markdown's link destination, in its angle brackets.

    Signs that could end it are percent-encoded (RFC 3986, section 2.1), an ampersand is kept from opening an entity.
    """
    return f"<{_ENDS.sub(lambda found: quote(found[0], safe=''), url).replace('&', '&amp;')}>"


def _bare(text: str) -> str:
    return _NOTE.sub("", FIGURE_MENTIONED.sub("", FIGURE_PLACED.sub("", text)))
