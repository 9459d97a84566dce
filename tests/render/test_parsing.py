"""HTML that is read with patterns that are kept is read as it is without."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import tinyhtml5
from tinyhtml5 import inputstream

from pipeline.render.parsing import read_swiftly
from tests.render.constructs import CONSTRUCTS
from tests.render.paper import page

ODD = """<p class=a id='b' title="c &amp; d" data-x=>&eacute;&notit;&#x41;&#0;<br/><!-- a -- b --><![CDATA[x]]></p
><table><p>Out<svg viewBox="0 0 1 1"><path d='M0 0]^-\\z'/></svg><script>if (a < b && c) "</b>"</script>\r\n<textarea>
<b></textarea><?php ?></wrong><ul><li>One<li>Two</ul><plaintext>&amp;</b>"""


@pytest.mark.parametrize("body", [ODD, *(str(body) for body in CONSTRUCTS.values())])
def test_the_same_is_read(body: str) -> None:
    """The trees are the same, element by element."""
    html = page(body).html
    alone = ET.tostring(tinyhtml5.parse(html))
    with read_swiftly():
        assert ET.tostring(tinyhtml5.parse(html)) == alone


def test_patterns_are_kept() -> None:
    """The second page of a kind needs no pattern that the first did not."""
    html = page(ODD).html
    with read_swiftly():
        tinyhtml5.parse(html)
        known = dict(inputstream.characters_until_regex)
        tinyhtml5.parse(html)
        assert known == dict(inputstream.characters_until_regex)
    assert len(known) > 5
