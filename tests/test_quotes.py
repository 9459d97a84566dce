"""Every quote of a library has one of three states, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.quotes import Quote, quotes
from tests import harbours

FINDING = "finding: Wrecks fell by a third."
STORED = "In those years,\nwrecks on lit coasts fell by a third.\n"
TEXT = (
    "sources.yaml",
    "custom: {read: full, funder: The Crown",
    "custom: {read: full, text: sources/able.txt, funder: The Crown",
)


def quoted(root: Path, words: str, text: str | None = STORED, *changes: tuple[str, str, str]) -> Quote:
    """The one quote of the library of harbours with these words, and this stored text."""
    if text is not None:
        (root / "briefs/sources").mkdir(parents=True)
        (root / "briefs/sources/able.txt").write_text(text, encoding="utf-8")
    change = ("arguments/lights-help.yaml", FINDING, f"{FINDING}\n        quote: {words}")
    (quote,) = quotes(harbours.loaded(root, change, *changes))
    return quote


def test_verified(tmp_path: Path) -> None:
    """With the place in the stored text, as it is on the disk."""
    quote = quoted(tmp_path, "wrecks […] fell by a third", STORED, TEXT)
    assert (quote.address, quote.verdict.state, quote.verdict.why) == ("lights-help/fewer-wrecks", "verified", "")
    assert quote.as_json() == {
        "address": "lights-help/fewer-wrecks",
        "source": "able-2024",
        "file": "briefs/arguments/lights-help.yaml",
        "line": 13,
        "column": 16,
        "quote": "wrecks […] fell by a third",
        "state": "verified",
        "why": None,
        "text": "briefs/sources/able.txt",
        "found": {
            "start": 16,
            "end": 52,
            "line": 2,
            "passage": "wrecks on lit coasts fell by a third",
            "elisions": 1,
            "changes": 0,
        },
        "nearest": None,
    }


def test_mismatch(tmp_path: Path) -> None:
    """With the nearest passage and what differs."""
    quote = quoted(tmp_path, "wrecks on lit coasts fell by a quarter", STORED, TEXT)
    assert (quote.verdict.state, quote.verdict.why) == ("mismatch", "the stored text says otherwise")
    assert quote.as_json()["nearest"] == {
        "start": 16,
        "end": 52,
        "line": 2,
        "passage": "wrecks on lit coasts fell by a third",
        "differences": [{"quoted": "quarter", "stored": "third"}],
    }
    assert quote.verdict.marked == (
        "wrecks on lit coasts fell by a «quarter»",
        "wrecks on lit coasts fell by a «third»",
    )


def test_mismatch_without_a_near_passage(tmp_path: Path) -> None:
    """It is said that there is none."""
    quote = quoted(tmp_path, "Zebras everywhere", STORED, TEXT)
    assert (quote.verdict.state, quote.verdict.why) == ("mismatch", "the stored text has no passage like it")
    assert quote.as_json()["nearest"] is None


@pytest.mark.parametrize(
    ("words", "text", "changes", "why"),
    [
        ("wrecks fell", STORED, (), "its source has no stored text"),
        ("wrecks fell", None, (TEXT,), "there is no file briefs/sources/able.txt"),
        ("'[…] [all]'", STORED, (TEXT,), "it has no words outside brackets"),
    ],
)
def test_unverifiable(
    words: str, text: str | None, changes: tuple[tuple[str, str, str], ...], why: str, tmp_path: Path
) -> None:
    """It is never counted as verified."""
    verdict = quoted(tmp_path, words, text, *changes).verdict
    assert (verdict.state, verdict.why, verdict.found) == ("unverifiable", why, None)


def test_a_text_that_cannot_be_read_leaves_quotes_unverifiable(tmp_path: Path) -> None:
    """The file is there, and its words aren't."""
    (quote,) = quotes(
        harbours.loaded(
            tmp_path, TEXT, ("arguments/lights-help.yaml", FINDING, f"{FINDING}\n        quote: wrecks fell")
        ).model_copy(update={"texts": {"sources/able.txt": None}})
    )
    assert (quote.verdict.state, quote.verdict.why) == ("unverifiable", "briefs/sources/able.txt can't be read")


def test_a_quote_of_an_unknown_source_is_unverifiable(tmp_path: Path) -> None:
    """A rule of its own says that there is no such source."""
    library = harbours.loaded(
        tmp_path, ("arguments/lights-help.yaml", FINDING, f"{FINDING}\n        quote: wrecks fell")
    )
    (quote,) = quotes(library.model_copy(update={"sources": {}}))
    assert (quote.verdict.state, quote.verdict.why) == ("unverifiable", "no source is called 'able-2024'")


def test_quotes_of_objections_and_responses_are_verified_too(tmp_path: Path) -> None:
    """Wherever evidence stands."""
    changes = [
        ("arguments/lights-help.yaml", f"{{source: {source},", f"{{source: {source}, quote: lights,")
        for source in ("dunn-2020", "gale-2019", "baker-2022")
    ]
    assert [quote.address for quote in quotes(harbours.loaded(tmp_path, *changes))] == [
        "lights-help/pilots",
        "lights-help/better-charts",
        "lights-help/better-charts/response",
    ]
