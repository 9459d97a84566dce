"""Works from other programs come into sources.yaml as pandoc reads them, and nothing that is there is changed."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example as by_example
from hypothesis import given
from hypothesis import strategies as st

from pipeline import bibliography as conversion
from pipeline.adding import Addition, addition, write
from pipeline.bibliography import ENDINGS, bibliography
from pipeline.csl import Source
from pipeline.csl_json import one_line
from pipeline.load import load
from pipeline.problem import Problem, Refused, ToolFailed
from pipeline.project import Project
from pipeline.render.pandoc import run
from pipeline.source import MAX_BYTES, document, extended, read
from tests import example

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-23"
OLD = example.SOURCES
BIB = r"""
@string{harbours = "Journal of Harbours"}
@comment{nothing}
@article{baker2022,
  title = {Wrecks, {B}efore and after: \emph{a study} of ``lights''},
  author = {M{\"u}ller, J{\o}rgen and de la Cruz, Juan and {Harbour Board} and others},
  journal = harbours, year = 2022, month = may, volume = 3, number = 2, pages = {1--10},
  doi = {https://doi.org/10.1000/WRECKS},
}
@book{cole1999, title = {Oil \& lamps \#1}, author = {Cole, Cy}, publisher = {Harbour Press}, year = 1999}
"""
RIS = """TY  - JOUR
TI  - Wrecks before and after
AU  - Baker, Bo
PY  - 2022
JO  - Journal of Harbours
DO  - 10.1000/wrecks
ER  - \n
TY  - RPRT
TI  - What oil costs
AU  - Dunn, Di
PY  - 2020
PB  - Harbour Office
ER  - \n
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The example library in a folder of its own."""
    for name, text in example.FILES.items():
        path = tmp_path / "project" / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project.at(tmp_path / "project")


def sources_of(project: Project) -> Path:
    """Its sources.yaml."""
    return project.briefs / "sources.yaml"


def add(project: Project, text: str | bytes, ending: str = ".bib", note: str = "") -> Addition:
    """Prepare to add what a file of that ending holds."""
    file = project.root / f"refs{ending}"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return addition(project, file, ENDINGS[ending], "abstract", note, TODAY)


def refused(project: Project, text: str | bytes, ending: str = ".bib") -> list[Problem]:
    """The problems for which a file is refused; sources.yaml is as it was."""
    before = sources_of(project).read_bytes()
    with pytest.raises(Refused) as caught:
        add(project, text, ending)
    assert sources_of(project).read_bytes() == before
    return list(caught.value.problems)


def csl(*items: dict[str, Any]) -> str:
    """CSL JSON."""
    return json.dumps(list(items), ensure_ascii=False)


def loaded(text: str) -> dict[str, Source]:
    """The sources in a text that has no problem."""
    library, problems = load([read(text, "briefs/sources.yaml")])
    assert [problem for problem in problems if problem.mark.file == "briefs/sources.yaml"] == []
    return dict(library.sources)


# ------------------------------------------------------------------------------------------------ what comes in


def test_bibtex_comes_in(project: Project) -> None:
    """The lines are those that one would have written."""
    added = add(project, BIB)
    assert (
        added.text
        == """
  - id: baker2022
    type: article-journal
    title: 'Wrecks, Before and after: A study of “lights”'
    author:
      - {family: Müller, given: Jørgen}
      - {dropping-particle: de la, family: Cruz, given: Juan}
      - {literal: Harbour Board}
      - {literal: others}
    issued: {date-parts: [[2022, 5]]}
    container-title: Journal of Harbours
    volume: '3'
    issue: '2'
    page: '1-10'
    title-short: Wrecks, Before and after
    DOI: 10.1000/WRECKS
    custom: {read: abstract}

  - id: cole1999
    type: book
    title: 'Oil & lamps #1'
    author:
      - {family: Cole, given: Cy}
    issued: {date-parts: [[1999]]}
    publisher: Harbour Press
    custom: {read: abstract}
"""
    )
    assert added.problems == ()


def test_biblatex_is_told_by_its_fields(project: Project) -> None:
    """`journaltitle` and `date` are read as BibLaTeX has them."""
    text = "@article{a, title={A title}, journaltitle={Harbours}, date={2020-02-03}, author={Able, Ann}}"
    (source,) = add(project, text.replace(", ", ",\n")).sources
    assert (source.container_title, source.year, source.as_csl_json()["issued"]["date-parts"]) == (
        "Harbours", "2020", [[2020, 2, 3]]
    )  # fmt: skip


def test_ris_comes_in(project: Project) -> None:
    """Ids are made from who and when, as pandoc does."""
    added = add(project, RIS, ".ris")
    assert [(source.id, source.called, source.type) for source in added.sources] == [
        ("Baker_2022", "Baker 2022", "article-journal"),
        ("Dunn_2020", "Dunn 2020", "report"),
    ]


@pytest.mark.parametrize("ending", [".json", ".yaml"])
def test_csl_comes_in(project: Project, ending: str) -> None:
    """As JSON or as YAML, alone or below `references`."""
    items = [{"id": "a", "type": "book", "title": "A", "publisher": "P", "issued": {"date-parts": [[2020, 1]]}}]
    whole = {"references": items} if ending == ".yaml" else items
    text = json.dumps(items) if ending == ".json" else yaml.safe_dump(whole)
    (source,) = add(project, text, ending).sources
    assert source.as_csl_json() == items[0]


def test_what_is_there_stays(project: Project) -> None:
    """Comments, quotation marks and spaces are the same, byte for byte, and so is every other file."""
    path = sources_of(project)
    path.write_text(f"# Head\n\n{OLD}   # tail\n", encoding="utf-8")
    others = {other: other.read_bytes() for other in project.briefs.rglob("*.yaml") if other != path}
    before = path.read_bytes()
    added = add(project, BIB)
    assert path.read_bytes() == before
    write(project, added)
    assert path.read_bytes() == before + added.text.encode()
    assert {other: other.read_bytes() for other in others} == others
    assert list(loaded(path.read_text(encoding="utf-8"))) == ["able-2024", "baker2022", "cole1999"]
    assert {entry.name for entry in project.briefs.iterdir()} == {*map(str, ("arguments", "figures")), *(
        other.name for other in project.briefs.glob("*.yaml")
    )}  # fmt: skip


@pytest.mark.parametrize(("old", "line"), [
    ("references:\n- {id: a, type: document, title: A, custom: {read: full}}\n", "- id: new"),
    ("references:\n    -   id: a\n        type: document\n        title: A\n        custom: {read: full}\n",
     "    -   id: new"),
    ("references:\n  -\n    id: a\n    type: document\n    title: A\n    custom: {read: full}", "  - id: new"),
    ("references: []\n", "  - id: new"),
    ("\ufeffreferences: [ ] # none yet\n", "  - id: new"),
    ("references:\r\n  - {id: a, type: document, title: A, custom: {read: full}}\r\n", "  - id: new"),
])  # fmt: skip
def test_keeps_the_files_own_layout(project: Project, old: str, line: str) -> None:
    """Indentation, ends of lines, a mark at the start of the file."""
    sources_of(project).write_bytes(old.encode())
    added = add(project, "@misc{new, title={New}, year={2020}}")
    new = added.after.decode()
    assert line in new.splitlines()
    assert ("\r\n" in old) == ("\r\n" in new)
    assert not new.replace("\r\n", "").count("\r")
    assert new.startswith(old.rstrip()) or "[" in old
    assert list(loaded(new))[-1] == "new"


def test_a_note_is_a_comment(project: Project) -> None:
    """It stands above the first of the new works."""
    added = add(project, BIB, note="Imported.")
    assert added.text.startswith("\n  # Imported.\n  - id: baker2022\n")


# ------------------------------------------------------------------------------------------------ round trips


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]) | st.sampled_from(" :#'\"-[]{},&*!|>%@`?\\\n"),
    min_size=1,
    max_size=40,
)


@given(TEXTS, TEXTS, TEXTS)
@by_example("a: b", "- c", "# d")
@by_example("null", "~", "2020-01-01")
@by_example("'", '"', "a\n\n: b #c")
@by_example("{{ figure('x') }}", "@able-2024", "# openbrief: allow syntax because it says so")
@by_example("\x00\x1b[31m\u202eevil\u2028\u0085", "%", "? a")
def test_every_text_comes_back(title: str, name: str, note: str) -> None:
    """Whatever a title, a name or a note holds, it can't break out of its place; only its spaces are folded."""
    texts = [one_line(text) or "x" for text in (title, name, note)]
    item = {"id": "n", "title": texts[0], "author": [{"literal": texts[1], "family": texts[2]}], "note": texts[2]}
    old_document = read(OLD, "s")
    before, after = old_document.data, read(extended(OLD, old_document, "references", [item]), "s").data
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    old, new = before["references"], after["references"]
    assert isinstance(old, list)
    assert new == [*old, item]


def test_what_comes_in_is_what_pandoc_gave(project: Project) -> None:
    """But for markup, spaces and hidden characters, `custom` and the resolver before a DOI."""
    text = (
        BIB
        + r"""
@inproceedings{i, title={{T: \textsc{x} \textsuperscript{2} "q" 'r' \# \{y\}}}, booktitle={P}, year={2020}, note={a
  b}, author={von Neumann, John and Knuth, Jr., Donald}, series={S}, isbn={978-0-306-40615-7}, urldate={2020-01-02},
  url={https://example.org/a_b?c=d#e}, keywords={a, b}, abstract={First.\par Second: \% - \"a}, address={Den Haag}}
"""
    )
    given_by_pandoc = json.loads(run(["--from", "bibtex", "--to", "csljson"], text.encode(), "x", 30).output)
    sources = {source.id: source.as_csl_json() for source in add(project, text).sources}
    assert len(sources) == 3
    for item in given_by_pandoc:
        wanted = {key: one_line(value) if isinstance(value, str) else value for key, value in item.items()}
        if "DOI" in wanted:
            wanted["DOI"] = wanted["DOI"].removeprefix("https://doi.org/")
        assert sources[item["id"]] == wanted


# ------------------------------------------------------------------------------------------------ what stays out


def test_refuses_ids_that_are_there(project: Project) -> None:
    """In sources.yaml or in the file itself, whatever their capitals; both places are named."""
    problems = refused(project, "@misc{Able-2024, title={A}}\n@misc{b, title={B}}\n@misc{b, title={C}}")
    assert [(str(problem.mark.line), problem.message, problem.hint.partition(";")[0]) for problem in problems] == [
        ("1", "the id 'Able-2024' stands in briefs/sources.yaml already", "the first is at briefs/sources.yaml:2:9"),
        ("3", "the id 'b' stands here twice", f"the first is at {project.root}/refs.bib:2:1"),
    ]
    assert {problem.rule for problem in problems} == {"duplicate-id"}


@pytest.mark.parametrize(("item", "by"), [
    ("title={A report on: LIGHTHOUSES!}, year=2024, author={Able, A.}", "title and year"),
    ("title={Other}, doi={10.1000/Lights}", "the DOI 10.1000/lights"),
    ("title={Other}, url={https://dx.doi.org/10.1000/lights}", "the DOI 10.1000/lights"),
])  # fmt: skip
def test_refuses_works_that_are_there(project: Project, item: str, by: str) -> None:
    """Under another id; both places are named."""
    sources_of(project).write_text(f"{OLD}    DOI: 10.1000/lights\n", encoding="utf-8")
    (problem,) = refused(project, f"\n@misc{{x, {item}}}")
    assert problem.rule == "duplicate-work"
    assert problem.message == f"'x' is the same work as 'able-2024': they share {by}"
    assert (problem.mark.line, problem.mark.column) == (2, 1)
    assert problem.hint.startswith("the first is at briefs/sources.yaml:2:9;")


def test_refuses_a_work_that_the_file_has_twice(project: Project) -> None:
    """The place of the first is in the file, too."""
    (problem,) = refused(project, "@book{x, title={A}, year=2020}\n@book{y, title={a}, year=2020}")
    assert (problem.rule, problem.mark.line) == ("duplicate-work", 2)
    assert problem.hint.startswith(f"the first is at {project.root}/refs.bib:1:1;")


@pytest.mark.parametrize(("text", "ending", "line", "message"), [
    ("\n@article{a, title={x\n", ".bib", 4, "pandoc can't read this file: unexpected end of input"),
    ("no bibliography", ".bib", 1, "no work can be found in this file"),
    ("no bibliography", ".ris", 1, "pandoc can't read this file: unexpected 'n' expecting white space or end of input"),
    ("[{]", ".json", 1, "pandoc can't read this file:"),
    ("[" * 100_000, ".json", 1, "pandoc can't read this file:"),
    ('{"a": 1}', ".json", 1, "pandoc can't read this file:"),
    ("[]", ".json", 1, "no work can be found in this file"),
    ("a: b", ".yaml", 1, "this is no list of references"),
    ("- a\n- b", ".yaml", 1, "this is no list of references"),
    ("references:\n  - id: &a b\n", ".yaml", 2, "'&a' is a YAML anchor"),
    ("\n@misc{a, year=2020}", ".bib", 2, "this work has no title that can be read"),
    ("@misc{a, title={\\write18{ls}}}", ".bib", 1, "this work has no title that can be read"),
    (b"@misc{a, title={\xff}}", ".bib", 1, "the file is not UTF-8: the byte 0xff stands here"),
    (b"\n" * (MAX_BYTES + 1), ".bib", 1, f"the file is larger than {MAX_BYTES:,} bytes"),
    ("", ".bib", 1, "no work can be found in this file"),
])  # fmt: skip
def test_refuses_what_cannot_be_read(project: Project, text: str | bytes, ending: str, line: int, message: str) -> None:
    """The problem names the file, and the line where that is known."""
    problems = [problem for problem in refused(project, text, ending) if problem.severity == "error"]
    assert problems[0].message.startswith(message)
    assert (problems[0].mark.line, len(problems)) == (line, 1)
    assert problems[0].mark.file == f"{project.root}/refs{ending}"


def test_sources_yaml_stays_small_enough_to_be_read(project: Project) -> None:
    """A file that is small enough itself may hold too much for what is there."""
    sources_of(project).write_text(f"{OLD}    abstract: {'a' * 20_000}\n" + "# more\n" * 270_000, encoding="utf-8")
    works = "".join(f"@misc{{a{number}, title={{{number} {'a' * 900}}}}}\n" for number in range(100))
    (problem,) = refused(project, works)
    assert (problem.rule, problem.mark.file) == ("too-large", "briefs/sources.yaml")


def test_the_reader_says_itself_where_there_are_too_many_works(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file would be small enough, and hold more than the reader takes."""
    monkeypatch.setattr(document, "MAX_NODES", 500)
    works = "".join(f"@misc{{k{number}, title={{{number}}}, year=2020}}\n" for number in range(100))
    (problem,) = refused(project, works)
    assert (problem.rule, problem.mark.file) == ("too-large", "briefs/sources.yaml")


def test_the_shipped_sources_come_in_as_they_are(project: Project) -> None:
    """All of them, but for `custom` and the quotation marks, which pandoc makes curly."""
    text = (ROOT / "briefs" / "sources.yaml").read_text(encoding="utf-8")
    sources_of(project).write_text("references: []\n", encoding="utf-8")
    added = {source.id: _without_quotes(source) for source in add(project, text, ".yaml").sources}
    shipped = {id: _without_quotes(source) for id, source in loaded(text).items()}
    assert len(shipped) > 100
    assert added == shipped


def _without_quotes(source: Source) -> Any:
    """A source as CSL JSON, without quotation marks and apostrophes of either kind."""
    item = {
        key: re.sub("[\"'\u2018\u2019\u201c\u201d]", "", json.dumps(value, ensure_ascii=False))
        for key, value in source.as_csl_json().items()
    }
    return {key: value.replace("\\", "") for key, value in item.items()}


def test_a_file_that_takes_too_long_is_given_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand brackets keep pandoc busy for a minute."""
    monkeypatch.setattr(conversion, "SECONDS", 0.5)
    with pytest.raises(ToolFailed, match=r"pandoc took longer than 0.5 seconds for the file .*refs\.bib"):
        add(project, "@misc{a, title={" + "{" * 50_000 + "x" + "}" * 50_000 + "}}")


def test_latex_reads_no_file_and_runs_nothing(project: Project) -> None:
    """The sandbox keeps other files out, and LaTeX is never run."""
    secret = project.root / "secret.tex"
    secret.write_text("SECRET", encoding="utf-8")
    commands = rf"\input{{{secret}}} \include{{{secret}}} \write18{{touch {project.root}/ran}} \openout3=x"
    text = f"@misc{{a, title={{Lights}}, note={{Oil {commands} lamps}}, abstract={{Oil {commands}}}, year=2020}}"
    after = add(project, text).after.decode()
    assert "SECRET" not in after
    assert not (project.root / "ran").exists()


@pytest.mark.parametrize("id", ["../x", "/etc/passwd", "-x", "x y", "ü", "a'b", "x" * 200, "a\\b", "{{x}}", ""])
def test_ids_that_cannot_be_cited_are_made_anew(project: Project, id: str) -> None:
    """They become readable, and the change is told."""
    item = {"id": id, "type": "book", "title": "The lights of Ys", "publisher": "P", "issued": "2020",
            "author": [{"family": "Ångström-Öz", "given": "A"}]}  # fmt: skip
    added = add(project, csl(item), ".json")
    assert [source.id for source in added.sources] == ["angstromoz-2020-lights"]
    assert [problem.rule for problem in added.problems] == ["imported-source"] * bool(id)


def test_ids_that_are_made_differ(project: Project) -> None:
    """From each other, and from those that are there."""
    items = [{"id": "", "type": "document", "title": f"Lights {number}", "issued": "2020"} for number in range(3)]
    items.append({"id": "2020-lights", "type": "document", "title": "Another", "issued": "2020"})
    assert [source.id for source in add(project, csl(*items), ".json").sources] == [
        "2020-lights-2", "2020-lights-3", "2020-lights-4", "2020-lights"
    ]  # fmt: skip


def test_a_work_without_letters_gets_an_id_too(project: Project) -> None:
    """No letter of its title or its author can be written in ASCII."""
    item = {"id": "灯台", "type": "document", "title": "灯台", "author": [{"literal": "港"}]}
    assert [source.id for source in add(project, csl(item), ".json").sources] == ["work"]


@pytest.mark.parametrize(("field", "said"), [
    ({"type": "blog"}, "'blog' is no type of CSL; it is taken as a document"),
    ({"type": ""}, "it names no type; it is taken as a document"),
    ({"DOI": "n/a"}, "`DOI` is left out: 'n/a' can't be one"),
    ({"URL": "javascript:alert(1)"}, "`URL` is left out: 'javascript:alert(1)' can't be one"),
    ({"URL": "https://example.org/" + "a" * 1981},
     "`URL` is left out: it has 2,001 characters, and 2,000 are the most"),
    ({"note": "a" * 20_001}, "`note` is left out: it has 20,001 characters, and 20,000 are the most"),
    ({"colour": "red"}, "`colour` is left out: CSL has no such field"),
    ({"issued": {"date-parts": [[2020, 13]]}}, "`issued` is left out: it can't be read as a date"),
    ({"issued": {"date-parts": [[2020], [0]]}}, "`issued: end` is left out: a range needs its end"),
    ({"issued": {"literal": "long ago"}}, "`issued` is left out: it can't be read as a date"),
    ({"issued": {"date-parts": [[2020]], "season": 3}}, "`issued: season` is left out: pandoc has no place for it"),
    ({"author": [{"family": "A"}, {"suffix": "Jr."}]}, "`author` is left out: one of them has no name"),
    ({"custom": {"read": "full"}}, "`custom` is left out: `--read` says it anew"),
])  # fmt: skip
def test_tells_what_is_left_out(project: Project, field: dict[str, Any], said: str) -> None:
    """A warning for each, at the work; the rest comes in."""
    item = {"id": "n", "type": "document", "title": "New", **field}
    added = add(project, csl(item), ".json")
    assert said in [problem.message for problem in added.problems]
    assert {problem.severity for problem in added.problems} == {"warning"}
    assert [source.title for source in added.sources] == ["New"]


def test_tells_what_the_rules_find_in_new_works_alone(project: Project) -> None:
    """That nothing cites them yet is no surprise, and what was wrong before is not told again."""
    sources_of(project).write_text(OLD.replace("[[2024]]", "[[2024, 2, 31]]"), encoding="utf-8")
    added = add(project, "@article{n, title={New}, year={2027}}")
    assert [(problem.rule, problem.mark.file, problem.mark.line) for problem in added.problems] == [
        ("source-fields", "briefs/sources.yaml", 12),
        ("future-date", "briefs/sources.yaml", 14),
    ]


@pytest.mark.parametrize(("old", "rule"), [
    ("references: [{id: a, type: document, title: A, custom: {read: full}}]\n", "imported-source"),
    (f"{OLD}...\n", "imported-source"),
    ("references:\n  - id: 'a\n", "syntax"),
    ("references: none\n", "wrong-type"),
    ("sources: []\n", "missing-key"),
    ("", "syntax"),
])  # fmt: skip
def test_refuses_a_sources_yaml_that_cannot_be_added_to(project: Project, old: str, rule: str) -> None:
    """What is wrong with it is said as the check says it."""
    sources_of(project).write_text(old, encoding="utf-8")
    problems = refused(project, "@misc{n, title={New}}")
    assert {(problem.rule, problem.mark.file) for problem in problems} >= {(rule, "briefs/sources.yaml")}


# ------------------------------------------------------------------------------------------------ writing


def test_writes_through_no_link(project: Project) -> None:
    """A link in the place of sources.yaml is refused, and what it leads to stays as it is."""
    path, real = sources_of(project), project.root / "real.yaml"
    path.rename(real)
    path.symlink_to(real)
    assert [problem.message for problem in refused(project, BIB)] == ["this is a link"]


def test_a_file_that_changed_meanwhile_is_left_alone(project: Project) -> None:
    """What somebody saved between reading and writing is not lost."""
    added = add(project, BIB)
    sources_of(project).write_text(f"{OLD}# more\n", encoding="utf-8")
    with pytest.raises(ToolFailed, match="has changed meanwhile"):
        write(project, added)
    assert sources_of(project).read_text(encoding="utf-8") == f"{OLD}# more\n"


def test_a_link_put_there_meanwhile_is_not_followed(project: Project) -> None:
    """Between reading and writing, too."""
    added, real = add(project, BIB), project.root / "real.yaml"
    sources_of(project).rename(real)
    sources_of(project).symlink_to(real)
    with pytest.raises(ToolFailed):
        write(project, added)
    assert real.read_text(encoding="utf-8") == OLD


def test_a_pipe_is_no_bibliography(project: Project) -> None:
    """Nobody waits for one to be written to."""
    os.mkfifo(project.root / "refs.bib")
    with pytest.raises(Refused, match="not a plain file"):
        addition(project, project.root / "refs.bib", "bibtex", "full")


def test_bibliography_needs_no_library() -> None:
    """It is a plain function of a text."""
    found = bibliography(BIB, "refs.bib", "bibtex")
    assert [(one.id, one.mark.line) for one in found] == [("baker2022", 4), ("cole1999", 10)]
