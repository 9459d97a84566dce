"""Counts of what speaks for and against add up."""

from __future__ import annotations

from pathlib import Path

from pipeline.argue import argue
from pipeline.balance import Balance, balance
from pipeline.build import examine
from pipeline.project import Project
from tests import harbours

ROOT = Path(__file__).parents[1]


def _ask(root: Path, slug: str = "") -> Balance:
    library = harbours.loaded(root)
    return balance(library, library.briefs[slug] if slug else None, argue(library))


def _counts(found: Balance, name: str) -> dict[str, tuple[int, int, int]]:
    table = next(table for table in found.tables if table.name == name)
    return {row.value: (row.number, row.for_, row.against) for row in table.rows}


def test_arguments_stand_on_their_sides(tmp_path: Path) -> None:
    """With their grounds, and what became of the objections to them."""
    found = _ask(tmp_path, "first-brief").arguments
    assert [(item.argument, item.side, item.grounds) for item in found] == [
        ("lights-help", "for", 2), ("lights-cost", "against", 2),
    ]  # fmt: skip
    assert [(item.answered, item.conceded, item.open) for item in found] == [(1, 1, 0), (0, 0, 1)]
    assert [(item.sources_for, item.sources_against) for item in found] == [(3, 1), (1, 0)]


def test_what_supports_an_argument_against_speaks_against(tmp_path: Path) -> None:
    """A source may speak both ways; for the whole library there are no sides but each claim's."""
    assert _counts(_ask(tmp_path / "a", "first-brief"), "how read")["known through a report"] == (1, 1, 1)
    assert _counts(_ask(tmp_path / "b"), "how read")["known through a report"] == (1, 1, 0)


def test_sources_are_counted_by_what_is_known_of_them(tmp_path: Path) -> None:
    """Who published, paid and printed them, where and when; what is not stated is counted too, last."""
    found = _ask(tmp_path)
    assert (found.sources, found.for_, found.against) == (4, 3, 1)
    assert _counts(found, "publisher") == {
        "Harbour Office": (2, 2, 0), "Gale Press": (1, 0, 1), "Journal of Harbours": (1, 1, 0),
    }  # fmt: skip
    assert list(_counts(found, "funder")) == ["The Crown", "not stated"]
    assert list(_counts(found, "country")) == ["FR", "GB", "not stated"]
    assert list(_counts(found, "year")) == ["2024", "2022", "2020", "2019"]


def test_shares_add_up() -> None:
    """In every table of every shipped brief, and to the number of its sources."""
    library, _ = examine(Project.at(ROOT))
    for brief in library.briefs.values():
        found = balance(library, brief, argue(library))
        for table in found.tables:
            assert abs(sum(row.share for row in table.rows) - 1) < 1e-9
            if table.counts == "sources":
                assert sum(row.number for row in table.rows) == found.sources > 5


def test_a_library_without_evidence_is_balanced_all_the_same(tmp_path: Path) -> None:
    """Empty tables are no error."""
    library = harbours.loaded(tmp_path).model_copy(update={"arguments": {}})
    found = balance(library, None, {})
    assert (found.sources, found.arguments) == (0, ())


def test_the_table_has_a_cell_for_each_column(tmp_path: Path) -> None:
    """Every row is as wide as the head."""
    head, *rows = _ask(tmp_path, "first-brief").rows()
    assert {len(row) for row in rows} == {len(head)}
    assert rows[0][:4] == ("argument", "lights-help", "for", "2")


def test_json_has_plain_names(tmp_path: Path) -> None:
    """What Python may not call `for` is called so."""
    said = _ask(tmp_path).as_json()
    assert (said["for"], said["against"]) == (3, 1)
    assert said["tables"][0]["rows"][0]["for"] == 1
