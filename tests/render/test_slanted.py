"""Which pages ask for letters that are bold and slanted at once."""

from __future__ import annotations

import pytest

from pipeline.render.slanted import bold_italics


def page(body: str, style: str = "") -> str:
    """A page with a stylesheet of its own."""
    return f'<!DOCTYPE html><html lang="en"><head><title>T</title><style>{style}</style></head><body>{body}</body>'


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p><strong>Very <em>light</em></strong></p>", ""),
        ("<p><em>Very <strong>light</strong></em></p>", ""),
        ("<h3>On <cite>Light</cite></h3>", ""),
        ("<p class=claim>So <em>light</em></p>", ".claim{font-weight:600}"),
        ("<p class=claim>So <em>light</em></p>", "@media screen{@media (min-width:1px){.claim{font:600 1em serif}}}"),
        ("<b class=read>Light</b>", ".read{font-style:italic}"),
        ("<ol><li><em>Light</em></li></ol>", "em::before{content:'1';font-weight:700}"),
        ("<svg><text font-weight='600'><tspan class=read>1</tspan></text></svg>", ".read{font-style:oblique}"),
    ],
)
def test_both_at_once_are_seen(body: str, style: str) -> None:
    """By elements or by rules, in either order, in some media alone, and before an element."""
    assert bold_italics(page(body, style))


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p><strong>Very</strong> <em>light</em></p>", ""),
        ("<p class=claim>So</p><p><em>light</em></p>", ".claim{font-weight:600}"),
        ("<ol><li><em>Light</em></li></ol>", "li::before{content:'1';font-weight:700}"),
        ("<p><em>Light</em></p>", "@page{font-weight:600}p{font-weight:400}"),
    ],
)
def test_one_after_the_other_is_not_both(body: str, style: str) -> None:
    """Bold and slanted letters side by side need no face that is both."""
    assert not bold_italics(page(body, style))
