"""Write an article in other forms: its clean HTML in, bytes of plain text or Markdown out.

One pandoc process reads the HTML and writes the form; `copies.lua` stands between. Maps and the trace, which
pages fold away, are left out as they are in print.
"""

from __future__ import annotations

import re

from markupsafe import escape

from pipeline.forms import Article
from pipeline.problem import ToolFailed
from pipeline.render.pandoc import run
from pipeline.wording.language import ENGLISH, Wording

WRITERS = {"md": "gfm-raw_html", "txt": "plain"}
"""What pandoc calls each form that is text."""
SECONDS = 60
"""How long pandoc may take for one copy."""
_BOX = re.compile(r"<(/?)(?:section|aside|details|header|footer|article|figure|figcaption)\b")
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_DRAWING = re.compile(r'<div data-drawing="[a-z0-9.-]+"></div>')


def text(article: Article, form: str, *, draft: bool = False, wording: Wording = ENGLISH) -> bytes:
    """Write an article as `md`, GitHub-flavoured Markdown, or `txt`, plain text of 72 columns; in UTF-8.

    A drawing is left to its title and its table. Raises ToolFailed when pandoc breaks off or takes too long.
    """
    html = _plain(article, wording, draft=draft)
    return _written(html, form, ["--to", WRITERS[form], "--columns=72"], article.metadata.file)


def _written(html: str, form: str, arguments: list[str], name: str) -> bytes:
    given = ["--from", "html", "--lua-filter", "copies.lua", "--variable", f"form={form}", "--eol=lf", *arguments]
    what = f"the {form} of '{name}'"
    code, output, said = run(given, html.encode(), what, SECONDS)
    if code or said:
        raise ToolFailed(f"pandoc ended with {code} for {what}: {said}")
    return output


def _plain(article: Article, wording: Wording, *, draft: bool) -> str:
    """The whole article as HTML of few kinds of element: what pandoc keeps no class of becomes a box."""
    body = _SUMMARY.sub(r'<div class="summary"><p>\1</p></div>', _BOX.sub(r"<\1div", _DRAWING.sub("", article.body)))
    return f"{_head(article, wording, draft=draft)}\n{body}"


def _head(article: Article, wording: Wording, *, draft: bool) -> str:
    """What a page's masthead says."""
    metadata, fields = article.metadata, article.fields
    warned = wording.gettext("Draft, not for citation") if draft else ""
    kicker = " · ".join(filter(None, [warned, metadata.series, metadata.edition_title, metadata.readers]))
    issued = wording.gettext("Version {version}, {day}.", version=metadata.version, day=wording.day(metadata.issued))
    boxes = {
        "kicker": escape(kicker),
        "question": fields["question"],
        "bottom-line": fields["bottom_line"],
        "byline": f"<strong>{escape(', '.join(metadata.authors))}</strong>. {escape(issued)}",
    }
    title = f"<h1>{fields['title']}</h1>"
    told = {name: f'<div class="{name}"><p>{html}</p></div>' for name, html in boxes.items()}
    return "\n".join([told.pop("kicker"), title, *told.values()])
