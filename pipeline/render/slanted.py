"""Find whether a page asks for letters that are bold and slanted at once: most don't, and need no faces for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

BROWSERS = """
em,i,cite,dfn,var,address{font-style:italic}
strong,b,th,h1,h2,h3,h4,h5,h6,[font-weight="600"],[font-weight="700"]{font-weight:bold}
"""
"""What browsers do of themselves (HTML Standard, 15.3), and what drawings say in attributes."""
BOLD = ("bold", "bolder", "600", "700", "800", "900")
SLANTED = ("italic", "oblique")


def bold_italics(page: str) -> bool:
    """Tell whether an element of a page may be bold and italic, by its own stylesheets, in whatever medium.

    What a rule takes back counts as asked for: a face too many is better than one too few.
    """
    import cssselect2
    import tinyhtml5

    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(page, namespace_html_elements=True))
    sheets = [each.etree_element.text or "" for each in root.query_all("style")]
    return _both(root, _matcher("\n".join([BROWSERS, *sheets])), frozenset())


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
