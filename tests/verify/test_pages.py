"""Checks of pages let a good page pass, and find what is wrong with a bad one; each page is visited once."""

from __future__ import annotations

import pytest

from pipeline.verify import (
    CHECKS,
    Check,
    Product,
    axe,
    browser_print,
    html_validate,
    keyboard,
    reflow,
    self_contained,
    verify,
    vnu,
    weight,
    without_scripts,
    zoom,
)
from tests.tooling import needs

pytestmark = pytest.mark.slow

BAD = """<!DOCTYPE html>
<html lang="en">
<head>
<title>A bad page</title>
<link rel="preconnect" href="https://ahead.example">
<style>.bare:focus{outline:none}.pale:focus{outline:2px solid #eee}.wide{width:600px}
@media print{.gone{visibility:hidden}}</style>
</head>
<body>
<main>
<h1>A bad page</h1>
<p><a class="bare" href="#one" id="one">Bare of an outline</a></p>
<p><a class="pale" href="#two" id="two">Pale outline</a></p>
<p tabindex="1" id="first">First</p>
<p style="color:#999">Pale words</p>
<div class="wide" tabindex="0">Wide</div>
<p><button onfocus="this.blur()">Shy</button></p>
<p class="gone">Vanishing</p>
<div style="break-before:page;height:1px"></div>
<p style="break-before:page">Last</p>
<img src="https://pictures.example/light.png" alt="A light">
<script>document.querySelector("main").append("Words from a script");missing()</script>
</main>
</body>
</html>
"""


def _said(check: str, page: str) -> str:
    return "\n".join(map(str, CHECKS[check].find(page=page)))


@needs(*axe.TOOLS)
def test_axe_names_the_rule_the_element_and_the_looks() -> None:
    """Pale words are found at all sizes, and told once."""
    found = [str(finding) for finding in axe.find(BAD)]
    (pale,) = [line for line in found if line.endswith("[color-contrast]")]
    assert "p:nth-child(5)" in pale
    assert "320 px, light" in pale
    assert "1280 px, print" in pale


@needs(*reflow.TOOLS)
def test_reflow_names_what_is_too_wide() -> None:
    """A box of 600 px fits into a wide window, and not into one of 320."""
    (finding,) = reflow.find(BAD)
    assert '<div class="wide"' in finding.message
    assert finding.place == "320 px, light; 320 px, dark"


@needs(*zoom.TOOLS)
def test_zoom_sees_what_is_cut_off_and_what_is_covered() -> None:
    """A low box cuts off text at 200 %, a fixed place lays one line over another; as they are, both have room."""
    low = '<p style="height:2em;font-size:20px;width:9em">x</p><div style="height:30px;overflow:hidden">Low box</div>'
    close = """<div style="position:relative;height:9rem"><p style="position:absolute;margin:0;top:0">Upper</p>
<p style="position:absolute;margin:0;top:14px">Lower</p></div>"""
    found = _said("zoom", f"<!DOCTYPE html><html lang=en><title>Close</title><body>{low}{close}")
    assert "Low box is cut off" in found
    assert "text at 200 %: 'Lower' lies over 'Upper'" in found
    assert '400 % zoom: <div class="wide"' in _said("zoom", BAD)
    assert "is cut off" not in _said("zoom", BAD)


@needs(*axe.TOOLS)
@pytest.mark.parametrize("name", ["reflow", "html-validate", "vnu"])
def test_many_pages_are_asked_of_at_once(name: str) -> None:
    """What is said of each is the same as if it had been asked of alone, in whatever order they come."""
    pages = [BAD.replace("<h1>A bad page", f"<p><h1></p>{name} {number}") for number in range(2)]
    good = (
        f"<!DOCTYPE html>\n<html lang='en'><head><title>Good for {name}</title></head><body><p>Good.</p></body></html>"
    )
    ahead = CHECKS[name].ahead
    assert ahead
    ahead([pages[0], good.replace("'", '"'), pages[1]])
    assert _said(name, pages[0]) == _said(name, pages[1]) != ""
    assert _said(name, good.replace("'", '"')) == ""


@needs(*keyboard.TOOLS)
def test_keyboard_sees_lost_focus() -> None:
    """No outline, a pale one, and a control that gives its focus away are found."""
    found = _said("keyboard", BAD)
    assert 'href="#one" id="one">Bare of an outline</a> has the focus and no outline of 2 px' in found
    assert 'href="#two" id="two">Pale outline</a> has an outline of too little contrast' in found
    assert "Shy</button> is never reached" in found


@needs(*browser_print.TOOLS)
def test_printing_from_a_browser_loses_nothing() -> None:
    """A word that is not printed, and a page without ink, are found."""
    assert _said("browser-print", BAD) == "page 2: a browser prints a blank page\na browser does not print 'Vanishing'"


@needs(*browser_print.TOOLS)
def test_words_from_right_to_left_are_looked_for_in_print() -> None:
    """Each Arabic word that is printed is found, with its marks, numbers and Latin names; one that is hidden is not."""
    said = "الانفتاح <b>متفاوت جدًّا</b> (لأنه [8,13&ndash;15] لا يكفي) بدلًا من Mixtral 2024، يُلاحظ"
    said += " <span dir=ltr>rand.org/25 <span dir=rtl>(معروف)</span></span>"
    head = '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><title>T</title></head>'
    page = f"{head}<body><main>\n<h1>المنارات</h1>\n<p>{said}</p>\n</main></body></html>"
    assert _said("browser-print", page) == ""
    for word in ("الانفتاح", "يُلاحظ", "متفاوت", "Mixtral", "2024"):
        lacking = page.replace(word, f'<span style="visibility:hidden">{word}</span>')
        assert _said("browser-print", lacking) == f"a browser does not print '{word}'"


@needs(*without_scripts.TOOLS)
def test_scripts_may_bring_nothing() -> None:
    """A line that a script writes is missing without it, and an error of a script is told."""
    found = _said("without-scripts", BAD)
    assert "without scripts the page does not say '" in found
    assert "Words from a script'" in found
    assert "missing is not defined" in found


@needs(*self_contained.TOOLS)
def test_requests_are_in_the_log() -> None:
    """A picture from elsewhere is asked for; a line that is opened ahead of time is told, too."""
    found = _said("self-contained", BAD)
    assert "https://pictures.example/light.png" in found
    assert "https://ahead.example [preconnect]" in found
    assert "googleapis" not in found


@needs(*axe.TOOLS)
def test_pages_are_judged_when_they_stand_still() -> None:
    """What comes late, as the fonts of a page do, is waited for: nothing is judged while it is hidden."""
    late = "body{transition:visibility 60s step-end}@starting-style{body{visibility:hidden}}"
    page = BAD.replace("<style>", f"<style>{late}").replace("<h1>A bad page</h1>", "<h1>A late page</h1>")
    assert "page-has-heading-one" not in _said("axe", page)
    assert "Bare of an outline" in _said("keyboard", page)
    assert "Words from a script" in _said("without-scripts", page)


@needs(*html_validate.TOOLS)
def test_html_validate_judges_markup() -> None:
    """What html-validate says comes with its line."""
    found = _said("html-validate", BAD)
    assert "line 15, column 4; " in found
    assert "Inline style is not allowed [no-inline-style]" in found


@needs(*vnu.TOOLS)
def test_vnu_judges_markup_and_styles() -> None:
    """A wrong element and a wrong style are found; CSS for paged media is known, and so no finding."""
    wrong = BAD.replace("<main>", "<main><p><div></div></p>").replace("width:600px", "width:600lp;string-set:a")
    found = _said("vnu", wrong)
    assert "No “p” element in scope" in found
    assert "line 6, column 84: CSS: “width”: Unknown dimension" in found
    assert "string-set" not in found


def test_weight_has_a_limit() -> None:
    """The limit is told with what is too much."""
    assert not list(weight.find("x" * 449_999))
    assert _said("weight", "x" * 450_000) == "it has 450,000 bytes, and 450,000 are too many"
    full = '<body class="edition-full draft">'
    assert not list(weight.find(full.ljust(899_999)))
    assert _said("weight", full.ljust(900_000)) == "it has 900,000 bytes, and 900,000 are too many"


@pytest.mark.parametrize(
    "check", [pytest.param(each, marks=needs(*each.tools), id=name) for name, each in CHECKS.items()]
)
def test_a_built_brief_passes(lighthouses: Product, check: Check) -> None:
    """Every check is made on a small brief, on all of its forms, and finds nothing."""
    (outcome,) = verify([lighthouses], [check])
    assert not [str(finding) for finding in outcome.findings]
    assert outcome.passed
