"""What pandoc is not asked to read comes out as it would have read it."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.argue import argue
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.forms import Manuscript, Passage
from pipeline.line import told
from pipeline.load import load
from pipeline.problem import Mark
from pipeline.product import planned
from pipeline.project import Project
from pipeline.render.article import _job
from pipeline.render.pandoc import SCRIPTS, run
from pipeline.render.scribe import ALONE, COMMAND
from pipeline.source import read_folder
from pipeline.wording.catalogues import wording
from tests.render.test_article import REPORT, STYLE, manuscript, token

SCRIPT = str(Path(__file__).with_name("shortcuts.lua"))
PROJECT = Project.shipped()


def written(jobs: Iterable[Mapping[str, Any]], how: str) -> tuple[list[Any], Mapping[str, int]]:
    """What one pandoc makes of jobs with shortcuts `taken` or `left`, and how often it took them."""
    lines = [how, *(json.dumps({**job, "style": str(STYLE)}, ensure_ascii=False) for job in jobs)]
    command = [SCRIPT if word == "scribe.lua" else word for word in COMMAND]
    given = "\n".join(lines).encode() + b"\n"
    done = subprocess.run(command, input=given, capture_output=True, cwd=SCRIPTS, env=ALONE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line], json.loads(done.stderr)


def same(manuscripts: Sequence[Manuscript]) -> Mapping[str, int]:
    """Hold the shortcuts to pandoc's own reading, and give how often they were taken.

    What pandoc warns of is refused; a text that is lifted out may save it from a warning.
    """
    jobs = [_job(each) for each in manuscripts]
    (fast, counts), (slow, none) = written(jobs, "taken"), written(jobs, "left")
    assert none == {"plain": 0, "runs": 0}
    assert len(fast) == len(slow) == len(jobs)
    good = [all(finding["rule"] != "pandoc" for finding in each["result"]["findings"]) for each in slow]
    assert good.count(True) * 2 > len(jobs)
    for job, one, other, is_good in zip(jobs, fast, slow, good, strict=True):
        assert one == other or not is_good, job
    return counts


def prose(texts: Iterable[str]) -> Manuscript:
    """A manuscript with each text in a paragraph, behind a citation and before one."""
    passages = [Passage(text=text, mark=Mark(file="a.yaml")) for text in texts]
    places = [f"{token(index)}\n\n- [@oecd] {token(index)} [@oecd]" for index in range(len(passages))]
    return manuscript("\n\n".join(places), *passages, references=(REPORT,))


def test_pages_that_come_along() -> None:
    """Pages of three editions, in English, French and Arabic, with what each may leave out."""
    reading = read_folder(PROJECT.briefs, PROJECT.root)
    library, _ = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    wanted = {"open-models-questions.en-GB", "what-open-means.fr", "what-open-means-one-page.ar"}
    made = []
    for product in (each for brief in library.briefs.values() for each in planned(library.house, brief)):
        if product.name in wanted:
            said, words = told(library, product), wording(PROJECT.assets, product.language)
            brief, shown = said.briefs[product.slug], Selection.of(product)
            made.append(compose(said, brief, PROJECT.templates, argue(said), shown, wording=words))
    assert len(made) == len(wanted)
    counts = same(made)
    assert counts["plain"] > 100
    assert counts["runs"] > 10


PLAIN = (
    "The council",
    "2,978",
    "A model's weights (all of them), at 5.2%: the remainder. It is the reader's own-made sum",
    "Économie de l'État \N{MIDDLE DOT} «\u00a0mot\u00a0»",
    "Στην Αθήνα, в Москве",
    "Is it so? It is (P = 0.7). Not for $a$ or $2, it costs €3\N{EN DASH}4. So 5. All",
    "[O'Brien and others 2025](<#ref-oecd>)",
)
MORE_THAN_IT_LOOKS = (
    *(
        "1. one",
        "A. Smith said",
        "iv) so",
        "2024.",
        "None.",
        "(a) first",
        "- a",
        "Table: b",
        "a -- b",
        "a - b",
        "a --- b",
    ),
    *(
        "wait... so",
        "see p. 12",
        "by Dr. No",
        "aetat. 3",
        "'so'",
        "the '90s",
        "boys' own",
        "a  b",
        "a b ",
        " a",
        "",
        "a\nb",
    ),
    *(
        "*a*",
        "a_b_c",
        "H~2~O",
        "x^2^",
        "[a]",
        "a<b",
        "a & b",
        "a\\b",
        "`a`",
        "a|b",
        '"a"',
        "a@b",
        "#a",
        "+ a",
        "> a",
    ),
    *(
        "https://a.b",
        ": a",
        "%a",
        "a\u2003b",
        "\u201ca\u201d",
        "a\u2028b",
        "a\u200bb",
        "..",
        "1.2.3",
        ".5",
        "a (b)c",
        "日本",
    ),
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_prose_is_told(text: str) -> None:
    """It is set without being read, and comes out as if it had been."""
    assert same([prose([text])])["plain"] > 0


def test_prose_that_may_be_more_is_read() -> None:
    """Nothing in which pandoc sees a list, an abbreviation, a quotation or markup is taken for plain."""
    texts = [text for text in MORE_THAN_IT_LOOKS if text]
    assert same([prose([text]) for text in texts])["plain"] == 0


def test_abbreviations_are_read() -> None:
    """Each that pandoc knows keeps its space from breaking, so a text that has one is none of words alone."""
    known = run(["--print-default-data-file", "abbreviations"], b"", "a test", 60).output.decode().split()
    assert len(known) > 50
    assert same([prose(f"It is {word} so" for word in known)])["plain"] == 0


WORDS = [
    *(
        "a",
        "The",
        "council",
        "says",
        "e",
        "g",
        "p",
        "pp",
        "aetat",
        "Dr",
        "No",
        "incl",
        "Étude",
        "l",
        "model",
        "12",
        "3",
        "iv",
    ),
    *(
        " ",
        " ",
        " ",
        " ",
        " ",
        ". ",
        ". ",
        ", ",
        ".",
        ",",
        ";",
        ": ",
        ":",
        "(",
        ")",
        ") ",
        " (",
        "-",
        "'",
        "%",
        "\u00a0",
        " · ",
    ),
    *("«", "»", "Москва", "ï", "\u0301", "...", "--"),
]
"""What texts are put together of that are plain more often than not."""


def test_random_prose() -> None:
    """Texts of words and marks, of which enough are plain, are what pandoc reads."""
    dice = random.Random(1)
    texts = {"".join(dice.choice(WORDS) for _ in range(dice.randint(1, 9))).strip() for _ in range(1_000)} - {""}
    assert same([prose(sorted(texts))])["plain"] > 200


PLACES = [token(index) for index in range(5)]
PIECES = [
    *PLACES,
    *PLACES,
    '<div class="label">Our response</div>',
    f'<div class="found">{token(4)}; read in full; observational, moderate</div>',
    f'<div class="found">{token(2)} · {token(0)}</div>',
    '<div data-drawing="map.x"></div>',
    '<div id="refs"></div>',
    f"<summary>{token(0)}</summary>",
    f'<summary><span class="name">Result 1:</span> {token(2)} · <span class="standing">accepted</span></summary>',
    f'-   {token(0)} [@oecd, {{p. 1}}].<span data-item="a/b"></span>\n\n-   {token(1)} [@oecd].',
    f'1.  {token(0)}\n\n    <div class="who">{token(1)} · done</div>\n\n1.  {token(3)}',
    f"- {token(1)}",
    f"| A | B |\n|---|---|\n| {token(1)} | {token(2)} |\n\n: {token(0)}",
    f"**Who.** {token(3)} and [a link](#head).",
    f"> {token(1)}",
    ":   What it is",
    "Words alone.",
    "# Head {#head}",
    f"### {token(0)}",
    "Note.[^1]\n\n[^1]: Said.",
    "A tag in code: `<div>`.",
]
ELEMENTS = [
    *(
        '<section class="s">',
        '<aside class="a" aria-labelledby="head">',
        '<div class="claim" data-item="a/b-1">',
        "<div>",
    ),
    *('<details class="map" id="map.a">', '<ul class="steps">', '<li class="step" id="trace-a.b">', '<div lang="fr">'),
]


def structure(dice: random.Random, depth: int = 0) -> list[str]:
    """Lines of a manuscript, with elements in elements, most of them apart by an empty line."""
    lines: list[str] = []
    for _ in range(dice.randint(1, 4)):
        gap = dice.choice(["", "", "", None])
        if depth < 4 and dice.random() < 0.6:
            open_ = dice.choice(ELEMENTS)
            end = f"</{open_.split(' ')[0].strip('<>')}>"
            lines += [open_, *([] if gap is None else [gap]), *structure(dice, depth + 1), end]
        else:
            lines += dice.choice(PIECES).split("\n")
        lines += [] if dice.random() < 0.2 else [""]
    return lines


def test_random_structure() -> None:
    """Manuscripts of what templates write, in whatever order, are what pandoc reads, and enough of them is lifted."""
    dice, passages = (
        random.Random(2),
        ("The council", "A *b* [@oecd].", "[Work](https://a.b)^[A note.]", "It's so", "[A work](<#ref-oecd>)"),
    )
    marked = [Passage(text=text, mark=Mark(file="a.yaml")) for text in passages]
    made = [manuscript("\n".join(structure(dice)) + "\n", *marked, references=(REPORT,)) for _ in range(80)]
    counts = same(made)
    assert counts["runs"] > 80
    assert counts["plain"] > 200
