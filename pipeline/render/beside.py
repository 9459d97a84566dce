"""Name the forms that lie beside a page: what each is called in a link, and of which type it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.wording.said import say

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form that a product can be had in besides its page and its PDF."""

    ending: str
    """Of its file, without the dot."""
    name: str
    """What a link to it says."""
    media: str
    """Its media type."""


FORMS = (
    Form(ending="docx", name="Word", media=WORD),
    Form(ending="epub", name="EPUB", media="application/epub+zip"),
    Form(ending="md", name="Markdown", media="text/markdown"),
    Form(ending="txt", name=say("Plain text"), media="text/plain"),
    Form(ending="json", name="JSON", media="application/json"),
)
"""In the order in which pages name them."""


def beside(made: Collection[str]) -> tuple[Form, ...]:
    """Those of the forms that were made, by their endings, which a page names one by one."""
    return tuple(form for form in FORMS if form.ending in made)
