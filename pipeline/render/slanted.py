"""Find whether a page asks for letters that are bold and slanted at once: most don't, and need no faces for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, SubElement

BROWSERS = """
em,i,cite,dfn,var,address{font-style:italic}
strong,b,th,h1,h2,h3,h4,h5,h6,[font-weight="600"],[font-weight="700"]{font-weight:bold}
"""
"""What browsers do of themselves (HTML Standard, 15.3), and what drawings say in attributes."""
BOLD = ("bold", "bolder", "600", "700", "800", "900")
SLANTED = ("italic", "oblique")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
HTML = "http://www.w3.org/1999/xhtml"
FOREIGN = "{http://www.w3.org/2000/svg}foreignobject"
"""What HTML may stand in within drawings."""
ABOVE: Mapping[str, list[str]] = {"html": [], "head": ["html"], "body": ["html"]}
"""What stands above the elements that browsers add where they are not written."""
WITHIN_P = {
    *("a", "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "math", "q", "s", "samp"),
    *("small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr"),
}
"""What leaves a paragraph open."""
TEXT_ALONE = {"title", "textarea", "desc", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"}
"""What holds text for readers, or elements of HTML amid those of drawings and formulas."""
OF_THEIR_OWN = {
    *("frame", "frameset", "iframe", "image", "noembed", "noframes", "noscript", "optgroup", "option", "plaintext"),
    *("rb", "rp", "rt", "rtc", "select", "template", "xmp"),
}
"""What readers read by rules of its own."""
TABLES: Mapping[str, set[str]] = {
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    **{part: {"tr"} for part in ("thead", "tbody", "tfoot")},
    "tr": {"td", "th"},
    "colgroup": {"col"},
}
"""What may stand in a part of a table, and nowhere else."""
IN_TABLES = set[str]().union(*TABLES.values())
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
ITEMS: Mapping[str, set[str]] = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}}
"""What ends the item before it, and the lists within which items begin anew."""
ALONE = {"a", "button", "form", "nobr"}
"""What holds none of its kind."""
OUT_OF_DRAWINGS = {
    *("b", "big", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "font", "hr", "i"),
    *("img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong"),
    *("strike", "sub", "sup", "table", "tt", "u", "ul", "var", *HEADINGS),
}
"""What ends a drawing or a formula that it stands in (HTML Standard, 13.2.6.5)."""


def bold_italics(page: str) -> bool:
    """Tell whether an element of a page may be bold and italic, by its own stylesheets, in whatever medium.

    What a rule takes back counts as asked for: a face too many is better than one too few.
    """
    import cssselect2

    tree = _tree(page)
    sheets = [each.text or "" for each in tree.iter(f"{{{HTML}}}style")]
    root = cssselect2.ElementWrapper.from_html_root(tree)
    return _both(root, _matcher("\n".join([BROWSERS, *sheets])), frozenset())


def _tree(page: str) -> Any:
    """The elements of a page; one that leaves any to be opened or closed by the reader is read as browsers do.

    That takes eight times as long, and pages have thousands of elements.
    """
    try:
        return _Tree(page).root
    except _Implied:
        import tinyhtml5

        return tinyhtml5.parse(page, namespace_html_elements=True)


class _Implied(Exception):
    """Raised where browsers add elements or ends of them to what is written."""


class _Tree(HTMLParser):
    """Elements as they are written, without their text but for stylesheets."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Any = None
        self.open: list[tuple[str, Any, str]] = []
        """The names of elements that are not closed, the elements, and the namespaces of what is in them."""
        self.feed(page)
        self.close()
        if self.open or self.root is None:
            raise _Implied

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element to the one that is open."""
        self._add(tag, attrs)
        if tag in VOID and self.open[-1][2] == HTML:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element that is closed at once, as only drawings may."""
        if self._add(tag, attrs) == HTML and tag not in VOID:
            raise _Implied
        self.open.pop()

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        names, within = [name for name, _, _ in self.open], self.open[-1][2] if self.open else HTML
        space = NAMESPACES.get(tag, HTML) if within == HTML else within
        is_placed = names == ABOVE[tag] and (names or self.root is None) if tag in ABOVE else len(names) > 1
        ends_a_paragraph = "p" in names and space == HTML and tag not in WITHIN_P
        if not is_placed or ends_a_paragraph or _is_read_otherwise(tag, names, within):
            raise _Implied
        given = {name: value or "" for name, value in reversed(attrs)}
        name = f"{{{space}}}{tag}"
        element = SubElement(self.open[-1][1], name, given) if self.open else Element(name, given)
        self.root = element if self.root is None else self.root
        self.open.append((tag, element, HTML if name == FOREIGN else space))
        return space

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open, which must be this one."""
        if not self.open or self.open.pop()[0] != tag:
            raise _Implied

    def handle_data(self, data: str) -> None:
        """Keep what a stylesheet says."""
        if self.open and self.open[-1][0] in {"style", "script"} and self.open[-1][2] != HTML and "<" in data:
            raise _Implied
        if self.open and self.open[-1][0] == "style":
            self.open[-1][1].text = (self.open[-1][1].text or "") + data


def _is_read_otherwise(tag: str, names: list[str], within: str) -> bool:
    """Whether readers make something else of an element than what is written (HTML Standard, 13.2.6)."""
    last = names[-1] if names else ""
    if last in TEXT_ALONE:
        return True
    if within != HTML:
        return tag in OUT_OF_DRAWINGS
    if last in TABLES or tag in IN_TABLES:
        return tag not in TABLES.get(last, ())
    if tag in HEADINGS:
        return last in HEADINGS
    if tag in ITEMS:
        above = next((name for name in reversed(names) if name in ITEMS or name in ITEMS[tag]), "")
        return above in ITEMS
    return tag in OF_THEIR_OWN or (tag in ALONE and tag in names)


def _both(element: Any, matcher: Any, inherited: frozenset[str]) -> bool:
    """Whether an element or one inside it has both marks; what stands before or after it has its own."""
    own = inherited
    generated = list[frozenset[str]]()
    for _, _, pseudo, marks in matcher.match(element):
        if pseudo is None:
            own |= marks
        else:
            generated.append(marks)
    if any(len(own | marks) > 1 for marks in (frozenset[str](), *generated)):
        return True
    return any(_both(child, matcher, own) for child in element.iter_children())


@lru_cache(maxsize=8)
def _matcher(css: str) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for prelude, marks in _marking(tinycss2.parse_stylesheet(css)):
        for selector in cssselect2.compile_selector_list(prelude):
            matcher.add_selector(selector, marks)
    return matcher


def _marking(rules: Sequence[Any]) -> Iterator[tuple[Any, frozenset[str]]]:
    """The selectors of rules that embolden or slant, those for one medium too."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            yield from _marking(tinycss2.parse_rule_list(rule.content or []))
        elif rule.type == "qualified-rule" and (marks := frozenset(_marks(rule.content))):
            yield rule.prelude, marks


def _marks(content: Any) -> Iterator[str]:
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and node.lower_name in ("font", "font-weight", "font-style"):
            values = {token.serialize().lower() for token in node.value}
            if values & {*BOLD}:
                yield "bold"
            if values & {*SLANTED}:
                yield "slanted"
