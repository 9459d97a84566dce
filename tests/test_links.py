"""What is written of the web's answers is read again as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.answer import Answer
from pipeline.links import as_json, due
from pipeline.load import load
from pipeline.source import read

WORDS = st.text(st.characters(exclude_categories=["C", "Z", "Mn"]), min_size=1, max_size=40)
ADDRESSES = st.builds("https://{}".format, WORDS.filter(lambda word: not word.startswith("/")))
ANSWERS = st.builds(
    Answer,
    address=ADDRESSES,
    checked=st.dates().map(str),
    result=st.sampled_from(["works", "moved", "dead", "unchecked"]),
    status=st.none() | st.integers(100, 999),
    moved_to=st.none() | ADDRESSES,
    final=st.none() | ADDRESSES,
    why=st.none() | WORDS,
)


@given(st.lists(ANSWERS, unique_by=lambda answer: answer.address, max_size=5))
def test_answers_come_back_as_they_were_written(answers: list[Answer]) -> None:
    """Through the reader of all files, in the order of their addresses, and the order of asking doesn't show."""
    text = as_json(answers)
    assert text == as_json(reversed(answers))
    library, problems = load([read(text, "briefs/links.json")])
    assert not [problem for problem in problems if problem.mark.file == "briefs/links.json"]
    assert list(library.answers.values()) == sorted(answers, key=lambda answer: answer.address)


def test_an_answer_holds_for_some_days() -> None:
    """The last of them is counted in; what couldn't be checked holds for none."""
    answers = [
        Answer(address=f"https://{name}.example", checked=day, result=result)
        for name, day, result in (
            ("new", "2026-11-23", "works"),
            ("old", "2026-10-24", "dead"),
            ("older", "2026-10-23", "works"),
            ("unknown", "2026-11-23", "unchecked"),
        )
    ]
    asked = [answer.address for answer in answers]
    assert due(asked, answers, "2026-11-23", 30) == ["https://older.example", "https://unknown.example"]
    assert due(asked, answers, "2026-11-23", 0) == asked[1:]
