"""Stylesheets say start and end, not left and right: pages in Arabic are mirrored by their direction alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2

CSS = Path(__file__).parents[1] / "assets" / "css"
SIDES = {"left", "right"}
FOUR = {"margin", "padding", "inset", "border-width", "border-style", "border-color", "border-radius"}
"""Shorthands whose four values go round a box: their second and fourth are its right and its left."""
PHYSICAL = {
    ("paper.css", "@top-left"): "boxes in the margins of a page have no other names; `@page mirrored` swaps them",
    ("paper.css", "@top-right"): "the same",
    ("paper.css", "@bottom-left"): "the same",
    ("paper.css", "@bottom-right"): "the same",
    ("cover.css", "@top-left"): "a cover letter has none of these",
    ("cover.css", "@top-right"): "the same",
    ("cover.css", "@bottom-left"): "the same",
    ("cover.css", "@bottom-right"): "the same",
}
"""The sides that are left, each with its reason."""


def _walk(nodes: Any) -> Iterator[tuple[str, list[Any]]]:
    """Every name with its values: declarations, and rules that have names."""
    for node in tinycss2.parse_blocks_contents(nodes, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node.lower_name, [token for token in node.value if token.type not in ("whitespace", "comment")]
        elif node.type == "at-rule":
            yield f"@{node.lower_at_keyword}", []
            yield from _walk(node.content or [])
        elif node.type == "qualified-rule":
            yield from _walk(node.content)


def _sided(name: str, values: list[Any]) -> bool:
    """Whether a declaration or a rule names a side, or has another size on the left than on the right."""
    if SIDES & set(name.lstrip("@").split("-")):
        return True
    if any(token.type == "ident" and token.lower_value in SIDES for token in values):
        return True
    texts = [token.serialize() for token in values]
    if name == "border-radius" and len(texts) > 1:
        return True
    return name in FOUR and len(texts) == len("TRBL") and texts[1] != texts[3]


def _found(name: str, text: str) -> set[tuple[str, str]]:
    return {(name, each) for each, values in _walk(text) if _sided(each, values)}


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_no_side_is_left_or_right(path: Path) -> None:
    """Nothing stands on a side of the paper rather than at the start or the end of a line."""
    text = path.read_text(encoding="utf-8")
    assert len(list(_walk(text))) >= 1
    assert _found(path.name, text) == {key for key in PHYSICAL if key[0] == path.name}


@pytest.mark.parametrize(
    "rule",
    [
        *("a{margin-left:0}", "@media print{a{float:right}}", "a{text-align:left}", "a{left:0}"),
        *("a{padding:1px 2px 1px 0}", "@page{@top-left{content:''}}", "a{border-radius:1em 0 0 1em}"),
        "a{background:url(x) right top}",
    ],
)
def test_sides_are_seen(rule: str) -> None:
    """The test above would say what is wrong."""
    assert _found("", rule)


def test_what_has_no_side_passes() -> None:
    """Names that hold these letters, and sizes that are the same on both sides, are good."""
    assert not _found("", ".left-out{margin:1px 2px 3px;padding:1px 2px 3px 2px;inset-inline:0;border-radius:1em}")


BOLD = {
    "h2",
    ".label,.key-messages h2,.box h2,.colophon h3",
    ".kicker .series",
    ".letterhead .house",
    ".subject",
    ".recommendations>ol>li::before",
    "figcaption strong",
    "caption",
}
"""What is as heavy as 700; all of it is set in the sans serif, by itself or with what it stands in."""


def _bold(nodes: Any) -> Iterator[str]:
    """The selectors of rules that ask for the weight 700."""
    for node in tinycss2.parse_blocks_contents(nodes, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule" and node.lower_at_keyword == "media":
            yield from _bold(node.content or [])
        elif node.type == "qualified-rule":
            asked = {str(token.value) for name, values in _walk(node.content) if name in {"font", "font-weight"}
                     for token in values if token.type in {"number", "ident"}}  # fmt: skip
            if asked & {"700", "700.0", "bold", "bolder"}:
                yield tinycss2.serialize(node.prelude).strip()


def test_nothing_asks_for_the_bold_serif() -> None:
    """No page carries it (`Face.screen`): whatever is new here is to be sans, too, or the face goes along again."""
    pages = [file for file in CSS.glob("*.css") if file.stem != "book"]  # a book has its reader's fonts
    assert {selector for file in pages for selector in _bold(file.read_text(encoding="utf-8"))} == BOLD
