"""A brief's manuscript: structure from templates, text from YAML, and nothing of the one in the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.compose import compose
from pipeline.forms import CLOSE, OPEN, Manuscript
from pipeline.load import load
from pipeline.render.article import article
from pipeline.source import read_folder
from tests.example import FILES, ROOT
from tests.render.test_article import STYLE

Written = Callable[..., Manuscript]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Compose the example brief after replacing texts in its files."""

    def write(*changes: tuple[str, str, str]) -> Manuscript:
        texts = dict(FILES)
        for name, old, new in changes:
            assert old in texts[name]
            texts[name] = texts[name].replace(old, new)
        for name, text in texts.items():
            path = tmp_path / "briefs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        reading = read_folder(tmp_path / "briefs", tmp_path)
        library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
        assert not [*reading.problems, *problems]
        return compose(library, library.briefs["first-brief"], ROOT / "templates", argue(library))

    return write


def whole(manuscript: Manuscript) -> str:
    """The manuscript with every token replaced by its passage."""
    token = re.compile(f"{OPEN}([0-9]+){CLOSE}")
    text = manuscript.text
    while token.search(text):
        text = token.sub(lambda found: manuscript.passages[int(found[1])].text, text)
    return text


def test_parts_come_in_their_order(written: Written) -> None:
    """Key messages come first, references and the colophon last."""
    text = whole(written())
    heads = re.findall(r"^#{2} (.+?) \{", text, re.MULTILINE)
    assert heads == [
        "Key messages",
        "Why now",
        "The problem",
        "Recommendations",
        "Arguments, objections and responses",
        "Options",
        "Maps of the arguments",
        "Trace to sources",
        "References",
    ]


@pytest.mark.parametrize(
    "hostile",
    ["{{ 7 * 7 }}", "{% raw %}", "{# gone #}", "::: {.wide}", "```", "</section>", "# Big", "| a | b |", "$x$ `"],
)
def test_text_from_yaml_is_never_structure(written: Written, hostile: str) -> None:
    """What looks like a template, a block or a tag stands in a passage as it was typed, and nowhere else."""
    manuscript = written(("first-brief.yaml", "why_now: Winter is near.", f"why_now: '{hostile}'"))
    assert hostile in [passage.text for passage in manuscript.passages if not passage.trusted]
    assert manuscript.text.count(hostile) == written().text.count(hostile)


def test_every_text_printed_is_a_passage_with_its_place(written: Written) -> None:
    """A passage of prose knows the line that it came from."""
    manuscript = written()
    marks = {passage.text: passage.mark for passage in manuscript.passages if not passage.trusted}
    mark = marks["Winter is near."]
    assert mark is not None
    assert (mark.file, mark.excerpt) == ("briefs/first-brief.yaml", "why_now: Winter is near.")


def test_citations_stand_before_the_full_stop(written: Written) -> None:
    """A ground is followed by its sources, inside its sentence."""
    assert "Harbours with a light saw fewer wrecks [@able-2024]." in whole(written())


def test_only_cited_sources_are_passed_on(written: Written) -> None:
    """References are those that the brief cites, each with how it was read."""
    manuscript = written(
        (
            "sources.yaml",
            "references:\n",
            "references:\n  - {id: unused-2020, type: book, title: Unused, custom: {read: secondary}}\n",
        )
    )
    assert [item["id"] for item in manuscript.references] == ["able-2024"]
    assert manuscript.references[0]["custom"]["read"] == "full"


@pytest.mark.parametrize(
    ("read", "label"), [("abstract", "(read in abstract)"), ("secondary", "(known through a report)")]
)
def test_what_was_not_read_in_full_is_said(written: Written, read: str, label: str) -> None:
    """The reference carries how we know the source, and the method counts it."""
    manuscript = written(("sources.yaml", "read: full", f"read: {read}"))
    assert manuscript.references[0]["custom"]["read_label"] == label
    assert "Of all sources cited, one" in whole(manuscript)


def test_a_figure_is_numbered_and_mentioned_by_its_number(written: Written) -> None:
    """`[](#figure-ID)` becomes the figure's name, also before the figure is placed."""
    manuscript = written(("first-brief.yaml", "affected: Sailors.", "affected: Sailors, see [](#figure-wrecks)."))
    text = whole(manuscript)
    assert "[Figure 1](#figure-wrecks)" in text
    assert "**Figure 1. Harbours with a light saw fewer wrecks**" in text
    assert [drawing.id for drawing in manuscript.drawings if drawing.on_paper] == ["wrecks"]


def test_what_a_brief_leaves_out_is_said(written: Written) -> None:
    """Grounds and objections that a brief doesn't choose are counted on the page."""
    more = "grounds:\n  - {id: more-ships, text: More ships come., evidence: []}\n"
    manuscript = written(
        ("arguments/lights-help.yaml", "grounds:\n", more),
        ("first-brief.yaml", "key_messages:\n", "grounds: [lights-help/fewer-wrecks]\nkey_messages:\n"),
    )
    text = whole(manuscript)
    assert "More ships come." not in text.partition("{ #maps}")[0]
    assert "Not shown here: one further ground in the library." in text


def test_a_key_message_is_as_certain_as_its_weakest_argument(written: Written) -> None:
    """The word comes from the argument that the message rests on."""
    text = whole(written(("arguments/lights-help.yaml", "certainty: moderate", "certainty: very-low")))
    assert "Very low certainty" in text
    assert "Moderate certainty" not in text


def test_no_estimate_says_why(written: Written) -> None:
    """A field without an estimate prints its reason."""
    changed = written(("first-brief.yaml", "costs: Oil.", "costs: {not-estimated: nobody has counted.}"))
    assert "*Not estimated:* nobody has counted." in whole(changed)
    assert "nobody has counted." in [passage.text for passage in changed.passages]


def test_plain_text_is_no_markdown(written: Written) -> None:
    """A title, an actor or a label says what was typed: nothing in it is a citation, a figure or a list."""
    changed = written(
        ("first-brief.yaml", "title: Light every", "title: 2. @able-2024 *now*, light every"),
        ("first-brief.yaml", "actor: The harbour board", "actor: '{{ figure(\"wrecks\") }}'"),
    )
    texts = [passage.text for passage in changed.passages]
    assert texts[changed.fields["title"]] == r"2\. \@able-2024 \*now\*, light every harbour in the country"
    assert r'\{\{ figure("wrecks") \}\}' in texts
    assert [drawing.id for drawing in changed.drawings if drawing.on_paper] == ["wrecks"]


def test_parts_of_a_text_know_where_it_stands(written: Written) -> None:
    """Prose around a figure, and prose before its citations, keep their place."""
    passages = {passage.text: passage.mark for passage in written().passages}
    places = [str(passages[text]) for text in ("Wrecks are counted every year [@able-2024].",)]
    places += [str(passages["Harbours with a light saw fewer wrecks"])]
    assert places == ["briefs/first-brief.yaml:10:13", "briefs/arguments/lights-help.yaml:9:11"]


def test_templates_hold_no_logic() -> None:
    """Manuscript templates only loop, choose, include and print."""
    templates = [*(ROOT / "templates/manuscript").glob("*.jinja"), ROOT / "templates/manuscript.md.jinja"]
    assert len(templates) >= 12
    for template in templates:
        used = set(re.findall(r"{%-?\s*(\w+)", template.read_text(encoding="utf-8")))
        assert used <= {"if", "elif", "else", "endif", "for", "endfor", "include"}, template.name


def test_a_locator_is_never_markup(written: Written) -> None:
    """What a locator says is read as it was typed, in one citation and without a tag."""
    hostile = "3; see @x] <b>&copy;</b> {y} } *z*"
    located = f"locator: {{page: '{hostile}'}}\n        finding: Wrecks fell"
    body = article(written(("arguments/lights-help.yaml", "finding: Wrecks fell", located)), STYLE).body
    assert "<b>" not in body
    assert "see @x] &lt;b&gt;&amp;copy;&lt;/b&gt;" in " ".join(body.split()).replace("&nbsp;", " ")


def test_an_action_is_no_markdown(written: Written) -> None:
    """What a recommendation asks for says in the trace, too, what was typed."""
    action = "action: '*Light* @able-2024 {{ 7 }}'"
    body = article(written(("first-brief.yaml", "action: light", action)), STYLE).body
    assert body.count("*Light* @able-2024 {{ 7 }}") == 2


def test_every_argument_has_its_map_and_the_same_in_words(written: Written) -> None:
    """A drawing for screens alone, and a list with each part, what it does to the one above, and its label."""
    manuscript = written()
    maps = whole(manuscript).partition("{ #maps}")[2].partition("{ #trace}")[0]
    assert [drawing.id for drawing in manuscript.drawings if not drawing.on_paper] == [
        "map.lights-help",
        "map.lights-cost",
    ]
    assert maps.count('<div data-drawing="map.lights-help"></div>') == 1
    for said in ("Claim: contested", "Supported by ground: accepted", "Answered by response: accepted"):
        assert f'<div class="standing">{said}</div>' in maps
    assert maps.count("Lighthouses make harbours safer.") == 1


@pytest.mark.parametrize(
    "action", ["Light.", "Light!", "Light?", "“Light.”", "Light…", "ضوء؟", "روشنی\N{ARABIC FULL STOP}", "点灯。"]
)
def test_what_has_ended_gets_no_second_full_stop(written: Written, action: str) -> None:
    """A heading or a title that ends as a sentence does is not stopped again."""
    title = ("first-brief.yaml", "title: Light every harbour in the country", "title: Shall we light every harbour?")
    manuscript = written(("first-brief.yaml", "action: light", f"action: {action}"), title)
    texts = [passage.text for passage in manuscript.passages]
    shown = re.sub(f"{OPEN}(\\d+){CLOSE}", lambda found: texts[int(found[1])].replace("\\", ""), manuscript.text)
    assert f"**{action}** Light every harbour." in shown
    assert "*Shall we light every harbour?* Policy brief" in shown


def test_a_middle_dot_begins_no_line(written: Written) -> None:
    """It is tied to what stands before it, so that a line may end with it alone."""
    text = written().text
    assert text.count("\N{NO-BREAK SPACE}·") > 5
    assert " ·" not in text


def test_what_has_not_ended_gets_a_full_stop(written: Written) -> None:
    """The usual heading runs into the text as a sentence."""
    manuscript = written(("first-brief.yaml", "action: light", "action: Light (why not?)"))
    assert re.search(rf"\*\*{OPEN}\d+{CLOSE}\.\*\* {OPEN}", manuscript.text)
