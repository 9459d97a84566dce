"""Prose is said in plain words, as a title, or with links, and nothing of its markup is left over."""

from __future__ import annotations

import pytest

from pipeline.markdown import linked, plain, title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**Bold** and *stressed* and __both__.", "Bold and stressed and both."),
        ("Costs fell [@able-2024; see @baker-2022, p. 3].", "Costs fell."),
        ("As @able-2024 says, costs fell.", "As able-2024 says, costs fell."),
        (
            "See [the report](https://example.org/a_(b)) and <https://example.org>.",
            "See the report and https://example.org.",
        ),
        ("A `code` word[^1].\n\n[^1]: With a note.", "A code word."),
        ('A [mot]{lang=fr} of [OSI]{abbr="Open Source Initiative"}.', "A mot of OSI."),
        ("Two\nlines,  three   spaces", "Two lines, three spaces"),
        (r"Five \* two \[as is\]", "Five * two [as is]"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("See [](#figure-wrecks) of ann@example.org.", "See of ann@example.org."),
    ],
)
def test_plain(text: str, said: str) -> None:
    """Only words are left, on one line."""
    assert plain(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**Act now.** Then wait.", "Act now"),
        ("Up by 3.5 times, e.g. in ports. More follows.", "Up by 3.5 times, e.g. in ports"),
        ("Who pays? The towns.", "Who pays?"),
        ("word " * 40, "word " * 16 + "word…"),
    ],
)
def test_title(text: str, said: str) -> None:
    """A title is the first sentence, and no longer than a line."""
    assert title(text) == said


def test_linked_says_citations_as_links() -> None:
    """Nothing is left that would add a reference, a note, or a link to a place that another page lacks."""
    text = "So say [@able-2024; @{b}] and -@c, see [there](#options)[^1].\n\n[^1]: Note @d."
    assert linked(text, str.upper).strip() == "So say [ABLE-2024; B] and C, see there."
