"""Read what a page says on paper: HTML in, its texts in their order out.

What is on paper alone or on screen alone is told by the page's own stylesheets: `display: none` for print takes an
element away, and `content` of `::before` and `::after` adds to it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
SILENT = frozenset({f"{HTML}{name}" for name in ("head", "script", "style", "template")})
"""What is never shown."""
NUMBER = "\ue000"
"""Stands in a text for a number that only the engine knows: of a page, or of an item in a list."""
Styles: TypeAlias = Mapping[tuple[Element, str | None], Mapping[str, Any]]
"""What stylesheets say of an element and of its `before` and `after`: `display`, and the tokens of `content`."""


@functools.lru_cache(maxsize=8)
def parsed(page: str) -> Element:
    """The root element of a page, read as browsers read it."""
    import tinyhtml5

    root: Element = tinyhtml5.parse(page, namespace_html_elements=True)
    return root


def texts(page: str) -> Iterator[str]:
    """Yield the texts that stand on paper, NUMBER for each counter; a drawing's title and description stand for it."""
    root = parsed(page)
    yield from _texts(root, _styles(root), plain=False)


def plain_texts(page: str) -> Iterator[str]:
    """Yield the same without drawings and without what stylesheets add."""
    root = parsed(page)
    yield from _texts(root, _styles(root), plain=True)


def spoken(page: str) -> Iterator[tuple[str, str]]:
    """Yield the language of each part on paper that names its own, and its text; BCP 47."""
    root = parsed(page)
    styles = _styles(root)
    for element in _shown(root, styles):
        if element.get("lang") and element.tag not in {f"{HTML}html", f"{HTML}body"}:
            yield element.get("lang", ""), "".join(_texts(element, styles, plain=False))


def abbreviated(page: str) -> Iterator[tuple[str, str]]:
    """Yield the long form of each abbreviation on paper that has one, and its text."""
    root = parsed(page)
    styles = _styles(root)
    for element in _shown(root, styles):
        if element.tag == f"{HTML}abbr" and element.get("title"):
            yield element.get("title", ""), "".join(_texts(element, styles, plain=False))


def _shown(element: Element, styles: Styles) -> Iterator[Element]:
    """An element and all in it that stands on paper; a drawing is one."""
    if element.tag in SILENT or callable(element.tag) or _says(styles, element).get("display") == "none":
        return
    yield element
    for child in element if element.tag != f"{SVG}svg" else ():
        yield from _shown(child, styles)


def _texts(element: Element, styles: Styles, *, plain: bool) -> Iterator[str]:
    if element.tag in SILENT or callable(element.tag) or _says(styles, element).get("display") == "none":
        return
    if element.tag == f"{SVG}svg":
        yield "" if plain else _described(element)
        return
    yield "" if plain else _generated(element, styles, "before")
    yield element.text or ""
    for child in element:
        yield from _texts(child, styles, plain=plain)
        yield child.tail or ""
    yield "" if plain else _generated(element, styles, "after")


def _says(styles: Styles, element: Element, pseudo: str | None = None) -> Mapping[str, Any]:
    return styles.get((element, pseudo), {})


def _described(drawing: Element) -> str:
    if drawing.get("aria-hidden") == "true":
        return ""
    parts = (child for child in drawing if child.tag in {f"{SVG}title", f"{SVG}desc"})
    said = (" ".join("".join(part.itertext()).split()) for part in parts)
    return drawing.get("aria-label") or " ".join(filter(None, said))


def _generated(element: Element, styles: Styles, place: str) -> str:
    """The text that a stylesheet sets before or after an element."""
    text = ""
    for token in _says(styles, element, place).get("content", ()):
        if token.type == "string":
            text += token.value
        elif token.type == "function" and token.lower_name == "attr":
            text += element.get("".join(each.value for each in token.arguments if each.type == "ident")) or ""
        elif token.type == "function":
            text += NUMBER
    return text


def _styles(root: Element) -> Styles:
    """What the page's stylesheets say for print, the most specific last (CSS Cascading 4, 6.1)."""
    import cssselect2

    matcher = cssselect2.Matcher()
    for style in root.iter(f"{HTML}style"):
        for selectors, name, value in _printed("".join(style.itertext())):
            for selector in selectors:
                matcher.add_selector(selector, (name, value))
    found: dict[tuple[Element, str | None], dict[str, Any]] = {}
    for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        for _specificity, _order, pseudo, (name, value) in sorted(matcher.match(wrapped), key=lambda match: match[:2]):
            found.setdefault((wrapped.etree_element, pseudo), {})[name] = value
    own = found.get((root, None), {})
    for said in found.values():
        if "content" in said:
            said["content"] = list(_resolved(said["content"], own))
    return found


def _resolved(tokens: Iterable[Any], own: Mapping[str, Any]) -> Iterator[Any]:
    """Put the root's custom properties in the places where they are used."""
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name = next((each.value for each in token.arguments if each.type == "ident"), "")
            yield from own.get(name, ())
        else:
            yield token


def _printed(sheet: str) -> Iterator[tuple[list[Any], str, Any]]:
    """Yield what the rules that hold on paper say of `display`, `content` and custom properties."""
    import cssselect2
    import tinycss2

    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    while rules:
        rule = rules.pop(0)
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
            if re.fullmatch(r"\s*(print|all)\s*", tinycss2.serialize(rule.prelude)):
                rules[:0] = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            for each in tinycss2.parse_declaration_list(rule.content):
                name = each.lower_name if each.type == "declaration" else ""
                if name in {"display", "content"} or name.startswith("--"):
                    value = tinycss2.serialize(each.value).strip() if name == "display" else each.value
                    yield cssselect2.compile_selector_list(rule.prelude), name, value
