"""The library's figures: what is drawn, that it can be read, and that it says what the data say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args
from xml.etree.ElementTree import Element

import pytest
import uharfbuzz
from pydantic import TypeAdapter, ValidationError

from pipeline.drawing import table
from pipeline.drawing.text import COLUMN
from pipeline.drawing.typeface import lines, width
from pipeline.figure import FIGURE_RECORDS, Areas, Bars, Column, Figure, Groups, Level, Lines, Matrix, Series, Spectrum
from pipeline.load import load
from pipeline.record import Record, translatable_fields
from pipeline.source import read_folder
from pipeline.translation import translated
from tests.drawing.pictures import SVG, check, drawn, font, measured, texts

ROOT = Path(__file__).parents[1]
FIGURES: TypeAdapter[Figure] = TypeAdapter(Figure)


@cache
def _library() -> dict[str, Figure]:
    return dict(load(read_folder(ROOT / "briefs", ROOT).documents)[0].figures)


SHIPPED = (
    "alliance-members",
    "index-scores-2025",
    "novice-trial",
    "openness-points",
    "openness-spectrum",
    "release-modes",
    "software-value",
    "transparency-index",
)


def test_the_library_has_its_figures() -> None:
    """All eight figures load, and every kind of figure is among them."""
    assert tuple(sorted(_library())) == SHIPPED
    assert {type(figure) for figure in _library().values()} == {Areas, Bars, Groups, Lines, Matrix, Spectrum}


@pytest.mark.parametrize("id", SHIPPED)
def test_a_figure_is_drawn_at_print_size(id: str) -> None:
    """A drawing is well-formed, uses allowed features only, and its texts are large enough, inside, and apart."""
    figure = _library()[id]
    assert check(drawn(figure), COLUMN[figure.width]) >= 4


@pytest.mark.parametrize("id", SHIPPED)
def test_a_figure_has_a_name_and_a_description(id: str) -> None:
    """The drawing is an image named by its title and described with its figures, under ids of its own."""
    figure = _library()[id]
    svg = drawn(figure)
    title, desc = svg[0], svg[1]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert (title.text, desc.text) == (figure.title, figure.description)
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert {title.attrib["id"], desc.attrib["id"]} == {f"fig-{id}-t", f"fig-{id}-d"}


@pytest.mark.parametrize("id", SHIPPED)
def test_the_typeface_has_every_character(id: str) -> None:
    """No text in a drawing needs a font that isn't there."""
    seen = {
        (text.attrib.get("font-weight", "400"), c) for text in texts(drawn(_library()[id])) for c in text.text or ""
    }
    assert len(seen) > 10
    for weight, character in seen:
        assert font(weight).get_nominal_glyph(ord(character)), character


@pytest.mark.parametrize("id", SHIPPED)
def test_the_table_says_what_isdrawn(id: str) -> None:
    """Every row has a cell for each head, and the heads of the rows and every number stand in the drawing too."""
    figure = _library()[id]
    shown = " ".join(text.text or "" for text in texts(drawn(figure)))
    said = table(figure)
    assert len(said.rows) >= 2
    for row in said.rows:
        assert len(row) == len(said.head)
        assert all(word in shown for word in row[0].replace("(", "").split()[:1])
        if not isinstance(figure, Groups | Spectrum):
            assert all(cell in shown for cell in row[1:])


@pytest.mark.parametrize("id", SHIPPED)
def test_the_table_leaves_out_nothing_that_qualifies_it(id: str) -> None:
    """Units, details and breaks stand in it too: in Markdown, plain text and CSV it is the figure."""
    figure = _library()[id]
    said = table(figure)
    words = "\n".join("\t".join(row) for row in (said.head, *said.rows))
    marks = [record.detail or "" for _, record in figure.children() if isinstance(record, Column | Level)]
    if isinstance(figure, Lines):
        marks += [figure.unit, *figure.details, *(change.label for change in figure.breaks)]
    assert len(marks) >= {Lines: 5, Matrix: 6, Spectrum: 4}.get(type(figure), 0)
    assert [mark for mark in marks if mark not in words] == []


def test_a_break_stands_at_its_time() -> None:
    """The shipped index changed its indicators in 2025."""
    rows = table(_library()["transparency-index"]).rows
    assert [row[0] for row in rows] == [
        "2023 (10 developers)",
        "2024 (14 developers)",
        "2025 (13 developers; break in the series: new indicators)",
    ]


def test_numbers_of_the_library() -> None:
    """The figures print these values and no others."""
    values = {id: [bar.value for bar in figure.bars] for id, figure in _library().items() if isinstance(figure, Bars)}
    assert values == {
        "openness-points": [12.5, 12, 5.5, 3, 2.5],
        "index-scores-2025": [95, 32, 31, 26, 18],
        "novice-trial": [6.6, 5.2],
    }
    index, software = _library()["transparency-index"], _library()["software-value"]
    assert isinstance(index, Lines)
    assert isinstance(software, Areas)
    assert [series.values for series in index.series] == [(37, 58, 40.7)]
    assert index.details == ("10 developers", "14 developers", "13 developers")
    assert (software.smaller.value, software.larger.value) == (4.15e9, 8.8e12)


def test_counts_of_the_library() -> None:
    """The spectrum places 25 models and the groups 34 members, as their descriptions say."""
    spectrum, groups = _library()["openness-spectrum"], _library()["alliance-members"]
    assert isinstance(spectrum, Spectrum)
    assert isinstance(groups, Groups)
    assert [len(level.items) for level in spectrum.levels] == [3, 8, 8, 6]
    for level in spectrum.levels:
        for item in level.items:
            assert item.name.removesuffix(" (first version)").split(" (")[0] in spectrum.description
    assert [len(group.items) + len(group.less_certain) for group in groups.groups] == [9, 6, 3, 4, 12]
    assert sum(len(group.items) for group in groups.groups) == 16
    assert "makes 34" in groups.description
    assert "16 are named in two reports or more and 18" in groups.description


def test_the_matrix_says_in_its_description_what_it_draws() -> None:
    """Each row of the modes of release is read out with its values in order."""
    matrix = _library()["release-modes"]
    assert isinstance(matrix, Matrix)
    assert len(matrix.rows) == 5
    for row in matrix.rows:
        assert f"{row.label}: {', '.join(row.values)}." in matrix.description


def test_bars_are_to_scale() -> None:
    """Lengths of bars stand in the ratio of their values, and squares in that of their areas."""
    figure = _library()["index-scores-2025"]
    svg = drawn(figure)
    spans = [float(rect.attrib["width"]) for rect in svg.iter(f"{SVG}rect")]
    tracks, lengths = spans[::2], spans[1::2]
    assert isinstance(figure, Bars)
    assert [length / tracks[0] * 100 for length in lengths] == pytest.approx(
        [bar.value for bar in figure.bars], abs=0.1
    )
    large, small = (float(rect.attrib["width"]) for rect in drawn(_library()["software-value"]).iter(f"{SVG}rect"))
    assert (large / small) ** 2 == pytest.approx(8.8e12 / 4.15e9, rel=0.01)


def test_points_are_to_scale() -> None:
    """Points of a line stand as high above zero as their values say."""
    svg = drawn(_library()["transparency-index"])
    grid = [
        float(path.attrib["d"].split()[1].split("H")[0]) for path in svg.iter(f"{SVG}path") if "H" in path.attrib["d"]
    ]
    points = [float(circle.attrib["cy"]) for circle in svg.iter(f"{SVG}circle")]
    zero, top = max(grid), min(grid)
    assert [(zero - y) / (zero - top) * 100 for y in points] == pytest.approx([37, 58, 40.7], abs=0.2)


WORDS: dict[str, Any] = {
    "id": "hostile",
    "title": '</title><script>alert("1")</script> & more',
    "alt": "…",
    "description": "<desc> ]]> & 'quoted' \"twice\"",
    "sources": ["able-2024"],
}
LONG = "Internationalisierungsgesellschaft für <b>mehr</b> & weniger"
KINDS: dict[str, dict[str, Any]] = {
    "bars": {"unit": LONG, "bars": [{"label": f"{n} {LONG}", "value": 10**n, "emphasis": n == 2} for n in range(5)]},
    "grouped-bars": {
        "unit": LONG,
        "series": ["<one> & all", LONG, "three"],
        "maximum": 2000,
        "groups": [{"label": f"{n} {LONG}", "values": [10**n, None, 0]} for n in range(4)],
    },
    "dots": {
        "unit": LONG,
        "interval": "<95%> & more",
        "reference": {"value": 0, "label": f"no <b> {LONG}"},
        "dots": [
            {"label": f"{n} {LONG}", "value": n, "low": -(10**n), "high": 10**n, "emphasis": n == 2} for n in range(5)
        ],
    },
    "slope": {
        "unit": LONG,
        "times": ["<2023> & before", LONG],
        "series": [{"label": f"<b>{n}</b> {LONG}", "values": [n, 10000 - n]} for n in range(6)],
    },
    "timeline": {
        "events": [
            {"date": f"202{n}-03", "label": f"<b>{n}</b> {LONG}", "expected": n > 3, "emphasis": n == 1}
            for n in range(6)
        ],
    },
    "waffle": {
        "unit": LONG,
        "parts": [{"label": f"<b>{n}</b> {LONG}", "count": 10**n} for n in range(3)],
    },
    "areas": {
        "unit": "<u>",
        "larger": {"label": LONG, "value": 1000, "display": "1,000 <b>"},
        "smaller": {"label": "the <small> & the few", "value": 100},
    },
    "lines": {
        "unit": LONG,
        "times": ["<2023>", "2024", "2025 & on"],
        "details": ["a & b", "<c>", "d"],
        "breaks": [{"time": "2025 & on", "label": "<new> & other"}],
        "maximum": 1000,
        "series": [{"label": "<One> & all", "values": [900, None, 10]}, {"label": "Two", "values": [100, 200, 500]}],
    },
    "matrix": {
        "stub": LONG,
        "towards_start": "<less>",
        "towards_end": "more & more",
        "columns": [{"label": "<One>", "detail": "a & b"}, {"label": "Two"}],
        "rows": [{"label": f"{n} {LONG}", "values": ["partly", "no"]} for n in range(4)],
    },
    "spectrum": {
        "towards_start": "<less>",
        "towards_end": "more",
        "levels": [
            {"label": "<One>", "detail": LONG, "items": [{"name": f"<{n}> {LONG}", "by": LONG} for n in range(4)]},
            {"label": "Two", "detail": "b & c", "items": [{"name": "T5", "by": "<i>", "note": "<n>"}]},
        ],
    },
    "groups": {
        "unit": "<members>",
        "certain": "seen & heard",
        "less_certain": "<heard>",
        "groups": [
            {"label": f"<b>{n}</b> & co", "items": [LONG, "<one>", "two"], "less_certain": ["&amp;"]} for n in range(3)
        ],
    },
}


def _columns(kind: str) -> tuple[str, ...]:
    """The columns that a kind can stand in."""
    by_kind = {get_args(record.model_fields["kind"].annotation)[0]: record for record in FIGURE_RECORDS}
    return get_args(by_kind[kind].model_fields["width"].annotation)


def test_every_kind_is_tried() -> None:
    """The hostile words below are of all kinds, and the margin is too narrow for two of them."""
    assert len(KINDS) == len(FIGURE_RECORDS) >= 11
    assert [kind for kind in KINDS if "margin" not in _columns(kind)] == ["matrix", "spectrum"]


@pytest.mark.parametrize(
    ("kind", "columns"),
    [(kind, columns) for kind in KINDS for columns in _columns(kind)],
)
def test_hostile_and_long_words_stay_words(kind: str, columns: str) -> None:
    """Markup in labels is printed, not obeyed, and long words are broken so that they stay inside and apart."""
    figure = FIGURES.validate_python({**WORDS, **KINDS[kind], "kind": kind, "width": columns})
    svg = drawn(figure)
    assert (svg[0].text, svg[1].text) == (WORDS["title"], WORDS["description"])
    assert check(svg, COLUMN[columns]) >= 3
    assert any("<" in (text.text or "") for text in texts(svg))


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("bars", {"maximum": 10}, "the scale ends at 10 and a bar at 10000"),
        ("bars", {"bars": [{"label": "a", "value": 0}, {"label": "b", "value": 0}]}, "bars need a value above zero"),
        ("areas", {"smaller": {"label": "a", "value": 101}}, "at least ten times"),
        ("lines", {"details": ["a"]}, "3 times need as many values and details"),
        ("lines", {"maximum": 100}, "900 lies beyond the scale, which ends at 100"),
        ("lines", {"breaks": [{"time": "<2023>", "label": "new"}]}, "no line leads to the time '<2023>'"),
        ("matrix", {"rows": [{"label": "a", "values": ["yes"]}]}, "the row 'a' has 1 values for 2 columns"),
        ("groups", {"certain": None}, "hollow marks need"),
        ("grouped-bars", {"maximum": 10}, "the scale ends at 10 and a bar at 1000"),
        ("grouped-bars", {"series": ["a", "b"]}, "has 3 values for 2 series"),
        ("grouped-bars", {"groups": [{"label": "a", "values": [0, None, 0]}] * 2}, "bars need a value above zero"),
        ("dots", {"interval": None}, "this dot has an interval, and nothing says which"),
        ("dots", {"minimum": -10}, "-100 lies before the scale, which starts at -10"),
        ("dots", {"maximum": 10}, "100 lies beyond the scale, which ends at 10"),
        ("dots", {"minimum": 1, "dots": [{"label": "a", "value": 2}]}, "0 lies before the scale, which starts at 1"),
        ("dots", {"dots": [{"label": "a", "value": 2, "low": 1}]}, "an interval has two ends, and this has no `high`"),
        ("dots", {"dots": [{"label": "a", "value": 2, "high": 3}]}, "this has no `low`"),
        ("dots", {"dots": [{"label": "a", "value": 0, "low": 1, "high": 2}]}, "0 lies outside its interval, 1 to 2"),
        ("dots", {"dots": [{"label": "a", "value": 123456789}]}, "the number 123456789 is too long to be printed"),
        ("dots", {"dots": [{"label": "a", "value": 1e-12}]}, "the number 1e-12 is too long to be printed"),
        ("slope", {"minimum": 1}, "a line starts below the scale, which starts at 1"),
        ("slope", {"maximum": 9999}, "the scale ends at 9999 and a line at 10000"),
        ("slope", {"series": [{"label": "a", "values": [0, 0]}]}, "a scale needs a value above its lower end"),
        (
            "slope",
            {"minimum": 5, "maximum": 5, "series": [{"label": "a", "values": [5, 5]}]},
            "ends at 5 and starts at 5",
        ),
        ("slope", {"series": [{"label": "a", "values": [1, 2, 3]}]}, "at most 2 items"),
        ("timeline", {"events": [{"date": "2024-13", "label": "a"}] * 2}, "there is no day 2024-13"),
        ("timeline", {"events": [{"date": "0000", "label": "a"}] * 2}, "there is no day 0000"),
        ("timeline", {"events": [{"date": "May 2024", "label": "a"}] * 2}, "String should match pattern"),
        ("waffle", {"parts": [{"label": "a", "count": 400}, {"label": "b", "count": 1}]}, "401 squares are too many"),
        ("waffle", {"width": "wide"}, "Input should be 'margin' or 'text'"),
        ("matrix", {"width": "margin"}, "Input should be 'text' or 'wide'"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(kind: str, change: dict[str, Any], message: str) -> None:
    """Values that don't fit their scale, times or columns are refused with a sentence."""
    FIGURES.validate_python({**WORDS, **KINDS[kind], "kind": kind})
    with pytest.raises(ValidationError, match=re.escape(message)):
        FIGURES.validate_python({**WORDS, **KINDS[kind], "kind": kind, **change})


@pytest.mark.parametrize("weight", ["400", "600"])
def test_widths_are_those_of_the_typeface(weight: str) -> None:
    """The estimate is never too small, and at most a sixth too large, for the texts of all figures."""
    words = {text.text or "" for figure in _library().values() for text in texts(drawn(figure))}
    assert len(words) > 100
    for text in words:
        real = measured(text, 100, weight)
        assert real - 0.5 <= width(text, 100) <= real * 7 / 6 + 6, text


@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_widths_of_arabic_are_those_of_joined_letters(weight: str) -> None:
    """The estimate is never too small, and at most a sixth too large, for hundreds of Arabic words; Latin stays."""
    file = ROOT / "assets/fonts" / f"NotoSansArabic-{weight}.ttf"
    face = uharfbuzz.Font(uharfbuzz.Face(file.read_bytes()))
    translated = (ROOT / "briefs/locale/ar.po").read_text(encoding="utf-8")
    words = sorted(set(re.findall("[\u0621-\u0652]{2,}", translated)))[::7]
    assert len(words) > 100
    for word in words:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(face, buffer)
        real = sum(place.x_advance for place in buffer.glyph_positions) / 10
        assert real - 0.5 <= width(word, 100) <= real * 7 / 6 + 6, word
        assert width(f"{word} Llama 2", 100) == pytest.approx(width(word, 100) + width(" Llama 2", 100))
    assert width("".join(words[:1]), 100) < 100 * len(words[0])


def test_lines_break_between_words() -> None:
    """Lines hold as many words as fit; only a word wider than the room is broken, and no character is lost."""
    assert lines("one two three", 10, 40) == ("one two", "three")
    assert lines("one two three", 10, 1000) == ("one two three",)
    broken = lines("a incomprehensibilities b", 10, 40)
    assert len(broken) > 3
    assert "".join(broken).replace(" ", "") == "aincomprehensibilitiesb"
    assert all(width(line, 10) <= 40 for line in broken)


UNSAID = {("unit", Lines), ("label", Series)}
"""What a line over time alone needs no words for: its title has them."""


def _phrases(record: Record) -> Iterator[str]:
    """Every text of a figure that its drawing prints."""
    said_around_it = {"title", "subtitle", "alt", "description", "note"}
    for part in record.within():
        for name, _ in translatable_fields(type(part)):
            value = getattr(part, name)
            if name not in said_around_it and value and (name, type(part)) not in UNSAID:
                yield from (value,) if isinstance(value, str) else value


def _longer(text: str) -> str:
    """As long as a text may become in another language."""
    return f"{text} und {text} zusammen"


def _words(svg: Element) -> str:
    return re.sub(r"\s", "", "".join(node.text or "" for node in texts(svg)))


@pytest.mark.parametrize(
    "language", ["en-GB", *sorted(file.stem for file in (ROOT / "briefs" / "locale").glob("*.po"))]
)
@pytest.mark.parametrize("id", SHIPPED)
def test_no_word_is_lost(id: str, language: str) -> None:
    """Whatever a drawing's words are in a language, all of them are drawn, and none is cut in two."""
    library = load(read_folder(ROOT / "briefs", ROOT).documents)[0]
    told = library if language == "en-GB" else translated(library, language, tuple(library.briefs))
    svg = drawn(told.figures[id])
    phrases = list(_phrases(told.figures[id]))
    assert phrases
    assert not [phrase for phrase in phrases if re.sub(r"\s", "", phrase) not in _words(svg)]
    whole = {word for phrase in phrases for word in phrase.split()}
    cut = [word for node in texts(svg) for word in (node.text or "").split()[-1:] if word not in whole]
    assert not [word for word in cut if any(each.startswith(word) for each in whole)]


def test_no_word_of_long_labels_is_lost() -> None:
    """A quantity in many words takes more lines."""
    figure = _library()["software-value"]
    assert isinstance(figure, Areas)
    longer = [bar.model_copy(update={"display": _longer(bar.display or "")}) for bar in (figure.larger, figure.smaller)]
    words = _words(drawn(figure.model_copy(update={"larger": longer[0], "smaller": longer[1]})))
    assert all(re.sub(r"\s", "", bar.display or "") in words for bar in longer)
