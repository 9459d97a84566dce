"""A source is an item of CSL: what reference managers write is read, and pandoc gets it back untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from pipeline.csl import Source, Type
from pipeline.load import load
from pipeline.source import read

EXPORTED = """\
references:
  - id: hoffmann_2024:oss
    type: article-journal
    title: "The value of <i>open</i> software: a study"
    title-short: The value
    author:
      - {family: Hoffmann, given: Manuel}
      - {family: Groot, given: Ann, non-dropping-particle: de}
      - {literal: Linux Foundation}
    issued: {date-parts: [[2024, 1, 3]]}
    accessed: 2026-05-01
    container-title: Working papers
    volume: 24
    issue: 38
    page: 1-39
    DOI: 10.2139/ssrn.4693148
    URL: https://example.org/paper
    ISSN: 1556-5068
    journalAbbreviation: WP
    archive_location: Box 3
    note: A working paper.
    custom: {read: abstract, accessed: 2026-05-01, funder: A foundation, country: United States}
"""


def source(**variables: Any) -> Source:
    """A small source with some variables more."""
    whole = {"id": "a", "type": "book", "title": "T", "custom": {"read": "full"}, **variables}
    return Source.model_validate(whole, by_alias=True, by_name=False)


def test_an_exported_item_comes_back_as_csl_json() -> None:
    """All variables keep their CSL names and values; `custom` is ours and left out."""
    library, problems = load([read(EXPORTED, "briefs/sources.yaml"), read("{}", "briefs/house.yaml")])
    assert {problem.mark.file for problem in problems} == {"briefs/house.yaml"}
    found = library.sources["hoffmann_2024:oss"]
    assert found.custom.read == "abstract"
    assert found.as_csl_json() == {
        "id": "hoffmann_2024:oss",
        "type": "article-journal",
        "title": "The value of <i>open</i> software: a study",
        "title-short": "The value",
        "author": [
            {"family": "Hoffmann", "given": "Manuel"},
            {"family": "Groot", "given": "Ann", "non-dropping-particle": "de"},
            {"literal": "Linux Foundation"},
        ],
        "issued": {"date-parts": [[2024, 1, 3]]},
        "accessed": {"date-parts": [[2026, 5, 1]]},
        "container-title": "Working papers",
        "volume": "24",
        "issue": "38",
        "page": "1-39",
        "DOI": "10.2139/ssrn.4693148",
        "URL": "https://example.org/paper",
        "ISSN": "1556-5068",
        "journalAbbreviation": "WP",
        "archive_location": "Box 3",
        "note": "A working paper.",
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023", {"date-parts": [[2023]]}),
        ("2023-12", {"date-parts": [[2023, 12]]}),
        ("2023-12-05", {"date-parts": [[2023, 12, 5]]}),
        ("2023-12/2024-02", {"date-parts": [[2023, 12], [2024, 2]]}),
        ("1867~", {"date-parts": [[1867]], "circa": True}),
        ({"literal": "no date"}, {"literal": "no date"}),
        ({"raw": "May 2023"}, {"raw": "May 2023"}),
        ({"date-parts": [["2023", "12"]], "circa": "true"}, {"date-parts": [[2023, 12]], "circa": True}),
        ({"date-parts": [["2023"]], "season": "2"}, {"date-parts": [[2023]], "season": "2"}),
    ],
)
def test_dates_in_every_form_are_csl_dates(written: object, expected: object) -> None:
    """Dates as ISO 8601 has them, ranges, about, parts and words all become what CSL JSON has."""
    assert source(issued=written).as_csl_json()["issued"] == expected


@pytest.mark.parametrize(
    "written", ["2023-13", "2023-1", "5 May 2023", "2023/2024/2025", "", {}, {"date-parts": []}, {"date-parts": [[]]},
                {"date-parts": [["2023", "0"]]}, {"date-parts": [["2023", "1", "1", "1"]]}, {"date-parts": [["x"]]},
                ["2023"]],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: object) -> None:
    """A date that a citation would print wrongly is not passed on."""
    with pytest.raises(ValidationError):
        source(issued=written)


@pytest.mark.parametrize("id", ["a b", "-a", "@a", "a.", "", "a,b", "é", "a]", "a;b", "x" * 200])
def test_citekeys_are_those_that_text_can_cite(id: str) -> None:
    """An id that pandoc would cut short is refused."""
    with pytest.raises(ValidationError):
        source(id=id)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DOI", "https://doi.org/10.1/x"), ("URL", "javascript:alert(1)"), ("URL", "file:///etc/passwd"), ("read", "full"),
     ("type", "blog"), ("author", []), ("author", "Ann Able"), ("archive_place", "London"), ("doi", "10.1234/x")],
)  # fmt: skip
def test_what_csl_does_not_have_is_refused(variable: str, value: object) -> None:
    """Names are CSL's own, to the letter, and values are of its kinds."""
    with pytest.raises(ValidationError):
        source(**{variable: value})


@pytest.mark.parametrize(
    "custom",
    [{}, {"read": "twice"}, {"read": "full", "text": "../secret.txt"}, {"read": "full", "text": "sources/a/b.txt"},
     {"read": "full", "text": "/etc/passwd"}, {"read": "full", "retracted": {"date": "2026-01-01"}}],
)  # fmt: skip
def test_what_we_know_of_a_source_is_bounded_too(custom: object) -> None:
    """How it was read must be said, and stored text lies in one folder."""
    with pytest.raises(ValidationError):
        source(custom=custom)


def test_all_types_of_csl_are_known() -> None:
    """The 45 types of CSL 1.0.2 (appendix III) are there, and those of the shipped sources among them."""
    types = get_args(Type)
    assert len(types) == len(set(types)) == 45
    shipped = read((Path(__file__).parents[1] / "briefs/sources.yaml").read_text(encoding="utf-8"), "sources.yaml")
    assert isinstance(shipped.data, dict)
    used = {item["type"] for item in shipped.data["references"]}  # type: ignore[union-attr, index, call-overload]
    assert used <= set(types)
    assert len(used) > 5


@pytest.mark.parametrize(
    "name", ["sources/../../etc/passwd.txt", "/etc/passwd.txt", "a.txt", "sources/a.pdf", "sources/a/b.txt"]
)
def test_a_stored_text_has_a_plain_name(name: str) -> None:
    """Nothing leads out of briefs/sources/, or to another kind of file."""
    text = f"references:\n  - {{id: a, type: book, title: A, custom: {{read: full, text: {name}}}}}\n"
    _, problems = load([read(text, "briefs/sources.yaml"), read("{}", "briefs/house.yaml")])
    assert "wrong-value" in {problem.rule for problem in problems if problem.mark.file == "briefs/sources.yaml"}
