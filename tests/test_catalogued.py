"""What catalogues, Zotero and search engines are told of a brief is what the brief and its house say."""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import build, examine
from pipeline.forms import Metadata
from pipeline.model import Brief, House
from pipeline.product import Order
from pipeline.project import Project
from pipeline.verify import pdf_a
from tests import example
from tests.render.paper import METADATA, opened
from tests.tooling import needs

ADDRESS = "https://harbours.example/briefs"


class _Head(HTMLParser):
    """Collects what a page's head says, by names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = defaultdict(list)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "meta" and (name := named.get("name") or named.get("property")):
            self.said[name].append(named["content"] or "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Brief, House]:
    """The example with an address, two authors and two keywords, built."""
    root = tmp_path_factory.mktemp("catalogued")
    briefs = example.make(root)
    house = example.HOUSE.replace("authors: [Example house]", "authors: [Ann Able, Board & Sons]")
    (briefs / "house.yaml").write_text(f"{house}url: {ADDRESS}/\n", encoding="utf-8")
    brief = example.BRIEF.replace("[lighthouses]", "[lighthouses, ships; boats]")
    (briefs / "first-brief.yaml").write_text(brief, encoding="utf-8")
    project = Project.at(root)
    build(project, Order(slugs=("first-brief",)))
    library, _ = examine(project)
    return project, library.briefs["first-brief"], library.house


def _identifier() -> str:
    """By the standard library: the name is the product's address with its version."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{ADDRESS}/first-brief/first-brief#1.0").urn


@pytest.mark.slow
def test_the_pdf_tells_catalogues(built: tuple[Project, Brief, House]) -> None:
    """Each field of XMP against the records, each once."""
    project, brief, house = built
    licence = house.licence
    assert licence is not None
    with opened((project.output / "first-brief" / "first-brief.pdf").read_bytes()) as document:
        raw = document.Root.Metadata.read_bytes().decode()
        with document.open_metadata() as packet:
            said: dict[str, Any] = {name: packet.get(name) for name in EXPECTED}
    assert said == {
        "dc:title": brief.title,
        "dc:creator": list(house.authors or ()),
        "dc:description": brief.bottom_line,
        "dc:language": {house.language},
        "dc:publisher": {house.name},
        "dc:subject": set(brief.keywords),
        "dc:type": {"Report"},
        "dc:date": [brief.issued],
        "dc:rights": licence.name,
        "dc:identifier": _identifier(),
        "xmp:Identifier": {_identifier(), f"{ADDRESS}/first-brief/"},
        "xmp:CreateDate": brief.issued,
        "xmp:ModifyDate": brief.issued,
        "xmpMM:DocumentID": uuid.uuid5(uuid.NAMESPACE_URL, f"{ADDRESS}/first-brief/first-brief").urn,
        "xmpMM:InstanceID": _identifier(),
        "xmpMM:VersionID": brief.version,
        "xmpRights:Marked": "True",
        "xmpRights:UsageTerms": licence.name,
        "xmpRights:WebStatement": licence.url,
    }
    assert not [name for name in EXPECTED if len(re.findall(f"<{name}>", raw)) > 1]


EXPECTED = (
    *("dc:title", "dc:creator", "dc:description", "dc:language", "dc:publisher", "dc:subject", "dc:type", "dc:date"),
    *("dc:rights", "dc:identifier", "xmp:Identifier", "xmp:CreateDate", "xmp:ModifyDate", "xmpMM:DocumentID"),
    *("xmpMM:InstanceID", "xmpMM:VersionID", "xmpRights:Marked", "xmpRights:UsageTerms", "xmpRights:WebStatement"),
)


@pytest.mark.slow
@needs(*pdf_a.TOOLS)
def test_its_metadata_are_valid(built: tuple[Project, Brief, House]) -> None:
    """VeraPDF knows every schema that is used."""
    assert not list(pdf_a.find((built[0].output / "first-brief" / "first-brief.pdf").read_bytes()))


@pytest.mark.slow
def test_the_page_tells_scholar_and_zotero(built: tuple[Project, Brief, House]) -> None:
    """What Google Scholar asks for, and what Zotero reads; `citation_technical_report_…` makes it a report."""
    project, brief, house = built
    html = (project.output / "first-brief" / "index.html").read_text(encoding="utf-8")
    said = _Head(html).said
    assert {name: said[name] for name in said if name.startswith("citation_")} == {
        "citation_title": [brief.title],
        "citation_author": list(house.authors or ()),
        "citation_publication_date": [brief.issued.replace("-", "/")],
        "citation_technical_report_institution": [house.name],
        "citation_series_title": [house.series],
        "citation_abstract": [brief.bottom_line],
        "citation_keywords": ["; ".join(brief.keywords)],
        "citation_language": [house.language],
        "citation_public_url": [f"{ADDRESS}/first-brief/"],
        "citation_pdf_url": [f"{ADDRESS}/first-brief/first-brief.pdf"],
    }
    licence = house.licence
    assert licence is not None
    assert {name.partition(".")[2]: said[name] for name in said if name.startswith("dcterms.")} == {
        "created": [f"{brief.issued}T00:00:00Z"],
        "modified": [f"{brief.issued}T00:00:00Z"],
        "issued": [brief.issued],
        "title": [brief.title],
        "publisher": [house.name],
        "language": [house.language],
        "identifier": [_identifier()],
        "rights": [licence.name],
        "license": [licence.url],
        "type": ["Report"],
    }
    record = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (record["identifier"], record["version"]) == (_identifier(), brief.version)
    assert (record["license"], record["inLanguage"]) == (licence.url, house.language)
    assert Path(project.output / "first-brief" / "first-brief.pdf").is_file()


@pytest.mark.parametrize(
    "other", [{"version": "1.3"}, {"name": "open-models-full.en-GB"}, {"url": ""}, {"url": "https://b.example/x/"}]
)
def test_an_identifier_is_of_one_version_of_one_product(other: dict[str, str]) -> None:
    """Another version, product or house has another; the title and the day change nothing, nor does a machine."""
    changed = Metadata(**{**{name: getattr(METADATA, name) for name in METADATA.__dataclass_fields__}, **other})
    assert changed.identifier != METADATA.identifier
    assert (changed.work == METADATA.work) == ("version" in other)
    assert METADATA.identifier == uuid.uuid5(uuid.NAMESPACE_URL, f"{METADATA.url}open-models#1.2").urn
