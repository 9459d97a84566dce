"""Shape a text once, where WeasyPrint 70.0 does it again for each width, height and page that is tried.

Two private functions and one method are replaced in a context, and put back; `engine.RELEASE` pins the release, and a
test holds that nothing of a style is asked that isn't counted here, and all lines to those of the engine by itself.

What came of a text is kept from one document to the next, for a brief is laid out up to six times until it fits.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango

from pipeline.render.engine import replaced

ASKED = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variation_settings"),
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_language_override"),
    *("lang", "direction", "text_decoration_line", "letter_spacing", "word_spacing", "tab_size", "white_space"),
    *("overflow_wrap", "word_break", "line_height", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    "hyphenate_limit_zone",
)
"""All that the engine asks of a style when it shapes a text, breaks it or sees how high a line is."""
MOST, MOST_FONTS = 10_000, 8
"""How many lines are kept, each of about a kilobyte, and for how many sets of fonts."""
OF_FONTS = (
    *("first_line_direction", "language", "ascent", "underline_position", "strikethrough_position"),
    *("underline_thickness", "strikethrough_thickness"),
)
"""What a layout that is made ready for a style knows of its fonts."""

ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *src);")


class _Look:
    """What is known of the texts in one style; it hangs on each style that is the same in all that is asked."""

    def __init__(self) -> None:
        self.lines: dict[tuple[Any, ...], Any] = {}
        """What came of each text, at each width."""
        self.strut: Any = None
        """How high a line is at least, and where its baseline is."""
        self.ready: Any = None
        """A layout without a text."""
        self.fonts: dict[str, Any] = {}


class _Known:
    """The looks of the texts that some fonts were asked to draw."""

    def __init__(self, configuration: Any) -> None:
        self.configuration = configuration
        self.looks: dict[tuple[Any, ...], _Look] = {}
        self.lines = 0

    def look(self, style: Any) -> _Look:
        """What is known of a style; it is asked only once."""
        found: _Look | None = style.__dict__.get("_look")
        if found is None:
            found = style._look = self.looks.setdefault(tuple(map(_fixed, map(style.__getitem__, ASKED))), _Look())  # noqa: SLF001
        return found

    def add(self, look: _Look, key: tuple[Any, ...], found: tuple[Any, ...]) -> None:
        """Keep a line; where there are too many, begin anew. The engine has taken its style from it."""
        if self.lines >= MOST:
            for each in self.looks.values():
                each.lines.clear()
            self.lines = 0
        look.lines[key] = found
        self.lines += 1


_known: dict[tuple[int, int], _Known] = {}
"""What is known, by the fonts and how many they are: with more of them, others may stand in for letters."""


@contextmanager
def shaped_once(configuration: Any) -> Iterator[None]:
    """Lay out and write documents in this context, with these fonts, so that a text is shaped once for each width."""
    known = functools.cache(lambda: _of(configuration))  # once stylesheets have named their fonts
    with ExitStack() as stack:
        for module in (inline, preferred):
            stack.enter_context(replaced(module, "split_first_line", lambda original: _splitting(original, known)))
        stack.enter_context(replaced(inline, "strut", lambda original: _propping(original, known)))
        stack.enter_context(replaced(line_break.Layout, "setup", _preparing))
        yield


def _of(configuration: Any) -> _Known:
    folder = configuration._folder  # noqa: SLF001 - fonts tell nobody else how many they are
    key = (id(configuration), sum(1 for _ in folder.iterdir()) if folder else 0)
    if key not in _known and len(_known) >= MOST_FONTS:
        _known.clear()
    return _known.setdefault(key, _Known(configuration))


def _fixed(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else tuple(value) if isinstance(value, list) else value


def _splitting(original: Callable[..., Any], known: Callable[[], _Known]) -> Callable[..., Any]:
    """Slow: each line is shaped again for each height of columns, and each word for each width of a grid."""

    def split(  # noqa: PLR0913, PLR0917 - the engine's signature
        text: str, style: Any, context: Any, width: Any, spacing: Any, is_line_start: bool = True, minimum: bool = False
    ) -> Any:
        look = known().look(style)
        key = (text, width, spacing, is_line_start, minimum)
        found = look.lines.get(key)
        if found is None:
            found = original(text, style, context, width, spacing, is_line_start, minimum)
            known().add(look, key, found)
        layout, *rest = found
        return (copy.copy(layout), *rest)  # each box has its own, to draw and to stretch

    return split


def _propping(original: Callable[[Any], Any], known: Callable[[], _Known]) -> Callable[[Any], Any]:
    """Slow: each box in a line asks how high the line is, and has a long name made of its style to look that up."""

    def strut(style: Any) -> Any:
        look = known().look(style)
        if look.strut is None:
            look.strut = original(style)
        return look.strut

    return strut


def _preparing(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Slow: each layout has its fonts described and its language found anew, when it is made and when it is drawn.

    Defect besides: with OpenType features, each loses an attribute and a list of them (`font_features.setdefault`).
    """

    def setup(layout: Any, style: Any) -> None:
        look: _Look | None = style.__dict__.get("_look")
        if look is None:
            original(layout, style)
            return
        if look.ready is None:
            original(layout, style)
            look.ready, look.fonts = _copied(layout.layout), {k: v for k, v in vars(layout).items() if k in OF_FONTS}
        layout.__dict__.update(look.fonts)
        layout.style = style
        layout.layout = _copied(look.ready)

    return setup


def _copied(layout: Any) -> Any:
    return ffi.gc(pango.pango_layout_copy(layout), gobject.g_object_unref)
