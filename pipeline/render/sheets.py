"""Read a house's stylesheets once and not for every page, as WeasyPrint 70.0 does: briefs differ in words, not in look.

Two private functions are replaced in a context, and put back. Each names what is slow; `engine.RELEASE` pins the
release, and a test holds what comes out against what the engine makes by itself.
"""

from __future__ import annotations

import copy
import functools
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import weasyprint
from weasyprint import css
from weasyprint.html import UA_STYLESHEET

from pipeline.render import engine
from pipeline.render.engine import replaced

NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
"""The parts that an element has where it is a note at the foot of a page."""
ASKING = re.compile(r"footnote|note\s*\(|\\", re.IGNORECASE)
"""What makes an element such a note, or may hide it."""
_IMPORTED = re.compile(r"@(?:import|[\w-]*\\)", re.IGNORECASE)
"""What takes in another file, or may, as an escape can stand for any letter."""
KEPT = 32
"""How many sets of stylesheets are kept: each look, language and edition of a house has one."""

_kept: dict[tuple[int, tuple[str, ...]], tuple[Any, Any]] = {}
"""What came of each set, and the fonts that it was read with, the oldest first."""


@contextmanager
def read_once() -> Iterator[None]:
    """Lay out documents in this context with stylesheets that are read but once."""
    with ExitStack() as stack:
        stack.enter_context(replaced(css, "find_stylesheets", _reading_once))
        stack.enter_context(replaced(weasyprint.HTML, "_ua_stylesheets", _without_notes))
        yield


def _reading_once(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Slow: each document reads its stylesheets anew, for 30 ms, and each element asks each of ten what fits it."""

    def find(wrapper: Any, medium: str, fetcher: Any, base: Any, fonts: Any, *rest: Any) -> Iterator[Any]:
        texts = _texts(wrapper)
        if not texts or base is not None or medium != "print":
            return original(wrapper, medium, fetcher, base, fonts, *rest)
        return iter((_read(texts, fetcher, fonts, *rest[:2]),))

    return find


def _without_notes(original: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Slow: the engine's own stylesheet gives each element five styles that only a note at the foot needs."""

    def sheets(html: Any, *rest: Any, **named: Any) -> list[Any]:
        texts = _texts(html.wrapper_element)
        own: list[Any] = original(html, *rest, **named)
        if texts is None or any(map(ASKING.search, (*texts, *_attributes(html.etree_element)))):
            return own
        return [_cut() if sheet is UA_STYLESHEET else sheet for sheet in own]

    return sheets


@functools.cache
def _cut() -> Any:
    """The engine's own stylesheet without what it says of notes."""
    sheet = copy.copy(UA_STYLESHEET)
    sheet.matcher = copy.copy(sheet.matcher)
    sheet.matcher.other_selectors = [each for each in sheet.matcher.other_selectors if each[3] not in NOTES]
    return sheet


def _attributes(root: Any) -> Iterator[str]:
    return (style for element in root.iter() if (style := element.get("style")))


def _texts(wrapper: Any) -> tuple[str, ...] | None:
    """The stylesheets of a page, where all stand in it and are for every medium."""
    texts = []
    for each in wrapper.query_all("style", "link"):
        element = each.etree_element
        if element.tag == "style" and not element.attrib and not len(element):
            texts.append(element.text or "")
        elif element.tag == "style" or element.get("rel", "").lower() != "canonical":
            return None
    return tuple(texts)


def _read(texts: tuple[str, ...], fetcher: Any, fonts: Any, counters: Any, profiles: Any) -> Any:
    """All of them as one stylesheet; it is kept where reading it changes nothing else and gives nothing to tell."""
    key = (id(fonts), texts)
    if key in _kept:
        return _kept[key][0]
    ear, before = engine.Ear(0), (len(fetcher.denials), dict(counters), dict(profiles))
    log = logging.getLogger("weasyprint")
    log.addHandler(ear)
    sheet, matcher, rules, layers = None, None, list[Any](), list[Any]()
    try:
        for text in texts:
            sheet = weasyprint.CSS(
                string=text,
                url_fetcher=fetcher,
                font_config=fonts,
                counter_style=counters,
                color_profiles=profiles,
                matcher=matcher,
                page_rules=rules,
                layers=layers,
            )
            matcher = sheet.matcher
    finally:
        log.removeHandler(ear)
    same = before == (len(fetcher.denials), dict(counters), dict(profiles))
    if same and not ear.warnings and not any(map(_IMPORTED.search, texts)):
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = (sheet, fonts)
    return sheet
