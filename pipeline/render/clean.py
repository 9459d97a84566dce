"""Clean HTML and look at it: fragments in; allowed HTML, what was lost, headings, ids and words out.

The allow-list is that of ATTRIBUTES and TAGS; nh3 (ammonia, html5ever) does the work.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import nh3

from pipeline.forms import Heading

TAGS = {
    *("a", "abbr", "article", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd"),
    *("del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "header", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "section", "small", "span", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "wbr"),
}
_EVERYWHERE = {"id", "class", "role", "lang", "dir", "title", "tabindex", "data-drawing", "data-item"}
_ARIA = {"aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": _EVERYWHERE | _ARIA,
    "a": {"href"},
    "details": {"open"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
ADDRESS = re.compile(r"#.|https?://[^/]|mailto:.", re.IGNORECASE)
"""How an address that may be followed begins."""
_WORD = re.compile(r"\w+(?:[.,'\u2019\u2013-]\w+)*")
_INLINE = {
    *("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "q", "s", "small", "span", "strong", "sub"),
    *("sup", "time", "u"),
}
_SILENT = {"citation", "references", "endnotes", "note-call", "maps", "trace"}
_VOID = {"br", "col", "hr", "wbr"}


def _address_only(_tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or ADDRESS.match(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_address_only,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def clean(html: str) -> str:
    """Keep what the allow-list names; an empty place of a drawing is `<div data-drawing="ID"></div>`."""
    return re.sub(r'(<div data-drawing="[^"]*">)\s+(</div>)', r"\1\2", _CLEANER.clean(html))


class Outline(HTMLParser):
    """What an HTML fragment holds: elements, ids, headings of levels 2 and 3, words outside references and notes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: Counter[str] = Counter()
        """Start tags and attributes as `a` and `a href="…"`, with how often each stands."""
        self.ids: set[str] = set()
        self.headings: list[Heading] = []
        self._open: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self._heading: tuple[int, str, bool] | None = None
        self._title: list[str] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> int:
        """How many words a reader reads."""
        return len(_WORD.findall("".join(self._text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and whether its text counts."""
        self.parts[tag] += 1
        self.parts.update(f'{tag} {name}="{value or ""}"' for name, value in attrs)
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        classes = (given.get("class") or "").split()
        silent = bool(self._open and self._open[-1][1]) or not _SILENT.isdisjoint(classes)
        for kept in (self._text, self._title) if silent else ():
            kept[-1:] = [text.rstrip("\xa0") for text in kept[-1:]]
        if tag not in _VOID:
            self._open.append((tag, silent))
            self._separate(tag)
        if tag in ("h2", "h3") and given.get("id"):
            self._heading, self._title = (int(tag[1]), given["id"] or "", silent), []

    def handle_data(self, data: str) -> None:
        """Keep text that counts; in a heading, what counts as much as the heading itself."""
        silent = bool(self._open and self._open[-1][1])
        if not silent:
            self._text.append(data)
        if self._heading and silent == self._heading[2]:
            self._title.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and note a finished heading."""
        while self._open and self._open.pop()[0] != tag:
            pass
        if self._heading and tag == f"h{self._heading[0]}":
            level, name, _ = self._heading
            self.headings.append(Heading(level=level, id=name, text=" ".join("".join(self._title).split())))
            self._heading = None
        self._separate(tag)

    def _separate(self, tag: str) -> None:
        if tag not in _INLINE:
            self._text.append(" ")


def lost(before: str, *after: Outline) -> list[str]:
    """The tags and attributes of a fragment that others together have less often, as written."""
    kept: Counter[str] = sum((outline.parts for outline in after), Counter[str]())
    return sorted((Outline(before).parts - kept).elements())
