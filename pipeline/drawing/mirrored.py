"""Turn a drawing's plan for pages from right to left: a plan in, the same with its texts turned back out.

The templates mirror a drawing as a whole, by one transformation: bars grow from the right, the first column and the
earliest time stand on the right, where such a page is begun to be read. (People order time as they read: Tversky,
Kugelmass and Winter 1991; so the axes of Arabic publications run.) Only words may not be mirrored with it: each is
turned back about the point that it hangs on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pipeline.drawing.text import Anchor, Text

OPPOSITE: Mapping[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
ARROWS = str.maketrans("←→", "→←")


def turned(plan: Any) -> Any:
    """Give the same plan with each of its texts ready to be mirrored, wherever in it they stand."""
    if isinstance(plan, Text):
        return _turned(plan)
    if isinstance(plan, tuple):
        return tuple(map(turned, plan))
    if is_dataclass(plan) and not isinstance(plan, type):
        return replace(plan, **{field.name: turned(getattr(plan, field.name)) for field in fields(plan)})
    return plan


def _turned(text: Text) -> Text:
    """Turn a text; names and figures that hold no letter of a script from right to left keep their order."""
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text.text):
        return replace(text, x=-text.x, text=text.text.translate(ARROWS), direction="rtl")
    return replace(text, x=-text.x, anchor=OPPOSITE[text.anchor], direction="ltr")
