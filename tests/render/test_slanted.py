"""Which pages ask for letters that are bold and slanted at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.slanted import _Implied, _Tree, bold_italics


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


HEAD = "<head><title>T</title><style>p>a{color:red}</style></head>"
WHOLE = f'<!DOCTYPE html>\n<html lang="en">{HEAD}<body>BODY</body></html>'
WRITTEN_OUT = (
    "<p>So <em>light</em><br> and <a href='#a'>so</a></p><hr><ol><li><p>A</p></li></ol>",
    "<table><thead><tr><th scope=col>A</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>",
    '<svg viewBox="0 0 1 1"><g><path d="M0 0"/><text>a<tspan x="1">b</tspan></text></g></svg><p id=a id=b>A</p>',
    "<svg><foreignObject><p>A<br></p></foreignObject></svg>",
)
LEFT_TO_THE_READER = (
    *(
        "<p>A<p>B",
        "<ul><li>A<li>B</ul>",
        "<p>A<div>B</div></p>",
        "<table><tr><td>A</td></tr></table>",
        "<b><i>A</b></i>",
    ),
    *("<textarea><b>A</b></textarea>", "<iframe><b>A</b></iframe>", "<a><b><a>A</a></b></a>"),
    *(
        "<form><form></form></form>",
        "<table><div>A</div></table>",
        "<svg><b>A</b></svg>",
        "<li><div><li>A</li></div></li>",
    ),
    *("<div/>A", "</div>", "<div>", "<svg><g></svg>", "<p>A</p></body><p>B</p>"),
)


def shape(element: Any) -> object:
    """An element's name, attributes and children, and what stylesheets say."""
    within = [shape(child) for child in element if isinstance(child.tag, str)]
    given = {name.lower(): value for name, value in element.attrib.items()}
    return element.tag.lower(), given, within, element.text if element.tag.endswith("style") else ""


@pytest.mark.parametrize("body", WRITTEN_OUT)
def test_elements_that_are_written_out_are_read_as_browsers_do(body: str) -> None:
    """The quick way gives the elements, their names and attributes that HTML's own rules do."""
    html = WHOLE.replace("BODY", body)
    assert shape(_Tree(html).root) == shape(tinyhtml5.parse(html, namespace_html_elements=True))


NAMES = st.sampled_from([
    *("a", "b", "button", "caption", "cite", "col", "colgroup", "dd", "desc", "div", "dl", "dt", "em", "figure"),
    *("foreignObject", "form", "g", "h1", "h2", "iframe", "li", "math", "mi", "mrow", "nobr", "ol", "option", "p"),
    *("pre", "ruby", "rt", "section", "select", "span", "svg", "table", "tbody", "td", "template", "textarea", "text"),
    *("tfoot", "th", "thead", "title", "tr", "ul", "noscript", "option"),
])  # fmt: skip
NESTED = st.recursive(
    st.sampled_from(["", "A", "<br>", "<hr>", "<path d='M0 0'/>", "<style>p{}</style>"]),
    lambda inner: st.builds(
        lambda name, within: f"<{name}>{''.join(within)}</{name}>", NAMES, st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(NESTED)
def test_whatever_is_read_in_the_quick_way_is_read_as_browsers_do(body: str) -> None:
    """Elements nested at random, which only some readers would read as they are written."""
    html = WHOLE.replace("BODY", body)
    try:
        quick = _Tree(html).root
    except _Implied:
        return
    assert shape(quick) == shape(tinyhtml5.parse(html, namespace_html_elements=True))


def test_an_article_is_read_as_browsers_do() -> None:
    """One that our templates write leaves nothing to the reader."""
    article = (Path(__file__).parents[1] / "golden/lighthouses/first-brief.html").read_text(encoding="utf-8")
    html = WHOLE.replace("BODY", article)
    assert shape(_Tree(html).root) == shape(tinyhtml5.parse(html, namespace_html_elements=True))


@pytest.mark.parametrize("body", LEFT_TO_THE_READER)
def test_elements_that_are_not_written_out_are_left_to_others(body: str) -> None:
    """What browsers open, close and move is none of the quick way's business."""
    html = WHOLE.replace("BODY", body)
    with pytest.raises(_Implied):
        _Tree(html)
    assert bold_italics(
        html.replace("</style>", "em{font-weight:700}</style>")
        .replace("BODY", "")
        .replace("</body>", "<em>A</em></body>")
    )
