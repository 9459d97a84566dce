"""Keep a line whole whose text fits but for the space at its end, where WeasyPrint 70.0 sets its first word alone.

A private function is replaced in a context, and put back; `engine.RELEASE` pins the release, and a test holds the
repair against places on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

from pipeline.render.engine import replaced

COLLAPSING = frozenset({"normal", "pre-line"})
"""The values of `white-space` with which lines break and a space at the end of one takes no room."""


@contextmanager
def spaces_hung() -> Iterator[None]:
    """Lay out documents in this context so that a space at the end of a text may stand over the end of its line."""
    with replaced(inline, "split_first_line", _hung):
        yield


def _hung(original: Callable[..., Any]) -> Callable[..., Any]:
    """Defect: a text too wide by its last space alone is taken for a word that nothing can break.

    Pango lets that space hang and breaks no line, and the text is cut after its first word, or within it. It is given
    in one piece: whoever places it knows that a space may hang, and breaks before the link or note that follows.
    """

    def split(  # noqa: PLR0913, PLR0917 - the engine's signature
        text: str, style: Any, context: Any, width: Any, spacing: Any, is_line_start: bool = True, minimum: bool = False
    ) -> Any:
        found = original(text, style, context, width, spacing, is_line_start, minimum)
        _, length, resume, *_ = found
        words = text.rstrip(" ")
        alone = resume is not None and words != text and " " not in text.encode()[:length].decode() and " " in words
        if not alone or style["white_space"] not in COLLAPSING:
            return found
        _, _, left, *_ = original(words, style, context, width, spacing, is_line_start, minimum)
        return found if left is not None else original(text, style, context, None, spacing, is_line_start, minimum)

    return split
