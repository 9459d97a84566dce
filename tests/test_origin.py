"""A product carries what it was made from, whole and in order, and a record of what it was made with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import build, examine
from pipeline.enclosed import RECORD
from pipeline.load import load
from pipeline.origin import attachments, cited, files_of, names, part
from pipeline.problem import Refused
from pipeline.product import Order, planned
from pipeline.project import Project
from pipeline.source import only, read, read_files
from pipeline.verify import pdf_a, pdf_ua
from tests import example
from tests.render.paper import opened
from tests.tooling import needs

UNCITED = """\
  - id: baker-2023
    type: report
    title: A report on foghorns
    custom: {read: abstract}
    publisher: Harbour Board
"""
NAMES = [
    "arguments.lights-cost.yaml",
    "arguments.lights-help.yaml",
    "arguments.lights-last.yaml",
    "figures.wrecks.yaml",
    "first-brief.yaml",
    "house.yaml",
    RECORD,
    "sources.able-2024.txt",
    "sources.yaml",
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example with a stored text, an argument below another one, and a source that nothing cites."""
    root = tmp_path_factory.mktemp("origin")
    briefs = example.make(root)
    stored = example.SOURCES.replace("{read: full}", "{read: full, text: sources/able-2024.txt}")
    (briefs / "sources.yaml").write_text(f"# All works.\n{stored}\n  # Foghorns.\n{UNCITED}", encoding="utf-8")
    (briefs / "sources").mkdir()
    (briefs / "sources" / "able-2024.txt").write_text("Wrecks fell by a third.\n", encoding="utf-8")
    help_ = briefs / "arguments" / "lights-help.yaml"
    (briefs / "arguments" / "lights-last.yaml").write_text(help_.read_text(encoding="utf-8"), encoding="utf-8")
    text = help_.read_text(encoding="utf-8").replace("    evidence:", "    rests_on: [lights-last]\n    evidence:", 1)
    help_.write_text(text, encoding="utf-8")
    return Project.at(root)


@pytest.fixture(scope="module")
def data(project: Project) -> bytes:
    """The PDF of the first brief."""
    build(project, Order(slugs=("first-brief",), formats=("pdf",)))
    return (project.output / "first-brief" / "first-brief.pdf").read_bytes()


def _bytes(item: Any) -> bytes:
    content: bytes = item.EF.F.read_bytes()
    return content


def test_its_files_alone_say_the_same_of_a_brief(project: Project) -> None:
    """Whoever reads nothing but a product's files knows all that the product is made from, with its places."""
    whole, _ = examine(project)
    product = planned(whole.house, whole.briefs["first-brief"])[0]
    reading = read_files(names(whole, product), project.briefs, project.root)
    read_alone, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    assert (reading.problems, reading.unread, problems) == ((), (), ())
    alone, own = part(read_alone, "first-brief"), part(whole, "first-brief")
    assert set(read_alone.briefs) == {"first-brief"} < set(whole.briefs)
    assert {"lights-help", "lights-cost", "lights-last"} == set(own.arguments)
    assert set(own.sources) == {"able-2024"} == cited(whole, whole.briefs["first-brief"]) < set(whole.sources)
    assert alone.texts == own.texts
    for kind in ("briefs", "arguments", "figures", "sources"):
        assert getattr(alone, kind) == getattr(own, kind)
        assert list(getattr(alone, kind)) == list(getattr(own, kind))
        for id, record in getattr(own, kind).items():
            assert getattr(alone, kind)[id].mark() == record.mark()
            assert getattr(alone, kind)[id].mark().excerpt == record.mark().excerpt


def test_a_link_out_of_the_project_is_no_attachment(tmp_path: Path) -> None:
    """A file that has become such a link since it was read is refused."""
    briefs = example.make(tmp_path / "project")
    project = Project.at(tmp_path / "project")
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    assert attachments(project, library, product)
    house = briefs / "house.yaml"
    house.rename(tmp_path / "house.yaml")
    house.symlink_to(tmp_path / "house.yaml")
    with pytest.raises(Refused, match="this link leads out of the project"):
        attachments(project, library, product)


@pytest.mark.slow
def test_carries_what_it_was_made_from(project: Project, data: bytes) -> None:
    """Each file as it stands on the disk, in the order of names, but only the sources that are cited."""
    with opened(data) as document:
        tree = list(document.Root.Names.EmbeddedFiles.Names)
        assert [str(name) for name in tree[::2]] == NAMES
        inside = {str(name): _bytes(item) for name, item in zip(tree[::2], tree[1::2], strict=True)}
    for name in set(NAMES) - {RECORD, "sources.yaml"}:
        folder, _, rest = name.partition(".")
        path = folder + "/" + rest if rest.count(".") else name
        assert inside[name] == (project.briefs / path).read_bytes(), name
    whole = (project.briefs / "sources.yaml").read_text(encoding="utf-8")
    assert inside["sources.yaml"].decode() == whole.partition("  # Foghorns.")[0]


@pytest.mark.slow
def test_files_are_described_and_belong_to_the_document(data: bytes) -> None:
    """Each stands once among the associated files, with its media type, a fixed date, its size and checksum."""
    with opened(data) as document:
        items = list(document.Root.AF)
        assert [str(item.UF) for item in items] == NAMES == [str(item.F) for item in items]
        assert {item.objgen for item in items} == {
            item.objgen for item in document.Root.Names.EmbeddedFiles.Names[1::2]
        }
        related = {str(item.UF): str(item.AFRelationship) for item in items}
        assert related["figures.wrecks.yaml"] == "/Data"
        assert related[RECORD] == "/Supplement"
        assert set(related.values()) == {"/Data", "/Supplement", "/Source"}
        for item in items:
            about = item.EF.F
            assert str(item.Desc)
            assert str(about.Subtype) in {"/application/yaml", "/text/plain", "/application/json"}
            assert about.Params.Size == len(about.read_bytes())
            assert bytes(about.Params.CheckSum) == hashlib.md5(about.read_bytes()).digest()
            assert {str(about.Params.CreationDate), str(about.Params.ModDate)} == {"D:20261123000000Z"}


@pytest.mark.slow
def test_the_record_says_what_it_is(data: bytes) -> None:
    """The product, the versions and the design by name, and each file with its place and checksum."""
    with opened(data) as document:
        inside = {str(item.UF): _bytes(item) for item in document.Root.AF}
    record = json.loads(inside.pop(RECORD))
    assert record["product"] == {
        "slug": "first-brief",
        "edition": "brief",
        "audience": None,
        "region": None,
        "language": "en-GB",
        "main": True,
        "name": "first-brief",
        "draft": False,
    }
    assert {"openbrief", "weasyprint", "pypandoc_binary", "pango", "harfbuzz"} <= set(record["made_with"])
    assert all(record["made_with"].values())
    assert set(record["design"]) == {"templates", "stylesheets", "fonts", "citation styles", "words"}
    assert {item["name"]: item["sha256"] for item in record["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in inside.items()
    }
    assert "briefs/arguments/lights-last.yaml" in {item["path"] for item in record["files"]}


@pytest.mark.slow
@needs(*pdf_a.TOOLS)
def test_a_pdf_with_files_inside_stays_valid(data: bytes) -> None:
    """PDF/A-3a and PDF/UA-1, says veraPDF."""
    assert not [*pdf_a.find(data), *pdf_ua.find(data)]


@pytest.mark.slow
def test_what_others_cite_changes_nothing(project: Project, data: bytes) -> None:
    """A source that the brief doesn't cite is not in its bytes."""
    sources = project.briefs / "sources.yaml"
    before = sources.read_text(encoding="utf-8")
    sources.write_text(before.replace("foghorns", "fog signals"), encoding="utf-8")
    build(project, Order(slugs=("first-brief",), formats=("pdf",)))
    sources.write_text(before, encoding="utf-8")
    assert (project.output / "first-brief" / "first-brief.pdf").read_bytes() == data


def test_knows_the_files_of_a_brief(project: Project) -> None:
    """Its own, the house's, the sources, its arguments with those below them, and figures that the text places."""
    library, _ = examine(project)
    names = files_of(library, library.briefs["first-brief"])
    assert sorted(names) == [
        "briefs/arguments/lights-cost.yaml",
        "briefs/arguments/lights-help.yaml",
        "briefs/arguments/lights-last.yaml",
        "briefs/figures/wrecks.yaml",
        "briefs/first-brief.yaml",
        "briefs/house.yaml",
        "briefs/sources.yaml",
    ]


TEXT = """\
# Works.

references:
  # Lights
  - id: a
    title: First

  # openbrief: allow x because y
  - id: b
    title: |
      - id: c
  - {id: c, title: Third}  # the last
# end
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_cuts_sources_between_lines(mark: str, ending: str) -> None:
    """What is kept stays as it is, with the comments above it; cut again, nothing changes."""
    whole = mark + TEXT.replace("\n", ending)
    first = mark + TEXT.partition("\n  # openbrief")[0].replace("\n", ending) + ending
    assert only(whole, "s", {"a"}) == first
    assert only(whole, "s", {"a", "b", "c"}) == whole
    last = only(whole, "s", {"c"})
    assert last == mark + (TEXT[: TEXT.index("  # Lights")] + TEXT[TEXT.index("  - {id: c") :]).replace("\n", ending)
    assert only(last, "s", {"c"}) == last
    assert read(only(whole, "s", {"b"}), "s").data == {"references": [{"id": "b", "title": "- id: c\n"}]}


@pytest.mark.parametrize(
    "text",
    [
        "references: [{id: a}, {id: b}]\n",
        "references:\n  -\n    id: a\n  - id: b\n",
        "other: x\n",
        "references: none\n",
        "references:\n  - id: c\n",
    ],
)
def test_gives_whole_what_it_can_not_cut(text: str) -> None:
    """Sources on one line, below their strokes, none at all, or none that are kept."""
    assert only(text, "s", {"a"}) == text
