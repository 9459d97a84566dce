"""Set a page on paper: complete HTML in; one PDF that is PDF/A-3a and PDF/UA-1 out, the same bytes each time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pipeline.forms import Attachment, Metadata, Page, Pdf, Undrawn
from pipeline.problem import Mark, Problem, Refused
from pipeline.render import engine, fonts, scripts, xmp
from pipeline.render.measure import Measures, measured

VARIANT = "pdf/a-3a"

PAGES = 500
"""A brief of more pages is a mistake, unless the house says otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout(Measures):
    """A page set on paper, before it is written."""

    document: Any
    metadata: Metadata
    fetcher: Any
    """What the engine asked for, and was denied."""
    most: int = PAGES
    """How many pages it may have."""


def pdf(page: Page, assets: Path, attachments: Sequence[Attachment] = ()) -> Pdf:
    """Set `page.paged` in the fonts of `assets`, and write it; raises what `lay_out` and `written` raise."""
    return written(lay_out(page, assets), attachments)


def lay_out(page: Page, assets: Path, added: Sequence[fonts.Face] = (), most: int = PAGES) -> Layout:
    """Set `page.paged` on at most so many pages in the fonts of `assets`, and those that the house has `added`.

    Raises Refused with every warning of the engine, every denied resource and every character that no font has, and
    ToolFailed where the machine lacks a library or the bundle a font.
    """
    mark = Mark(file=f"briefs/{page.metadata.slug}.yaml")
    weasyprint = engine.loaded(assets.absolute())
    if undrawn := lacking(page, assets, added):
        raise Refused(_no_glyph(each, mark) for each in undrawn)
    from pipeline.render.balancing import balanced
    from pipeline.render.fetch import LocalFetcher
    from pipeline.render.floating import in_one_piece, lost
    from pipeline.render.hanging import spaces_hung
    from pipeline.render.mirroring import mirrored
    from pipeline.render.parsing import read_swiftly
    from pipeline.render.reading_order import in_reading_order
    from pipeline.render.shaping import shaped_once
    from pipeline.render.sheets import read_once
    from pipeline.render.styling import asked_once

    fetcher = LocalFetcher([assets, *(Path(face.file) for face in added)])

    def set_() -> Any:
        engine.sweep()
        with read_swiftly():
            source = weasyprint.HTML(string=page.paged, url_fetcher=fetcher)
        configuration = engine.font_configuration(assets.absolute(), tuple(added))
        with mirrored(), in_reading_order(), read_once(), balanced(), asked_once():
            with spaces_hung(), shaped_once(configuration), in_one_piece() as moved:
                document = source.render(font_config=configuration)
            if lost(document, moved):
                document = source.render(font_config=configuration)
        if fetcher.denials:
            document.write_pdf()  # drawings ask for their pictures only now, and all that is denied is told at once
        return document

    document = _guarded(set_, fetcher, mark, most)
    return Layout(document=document, metadata=page.metadata, fetcher=fetcher, most=most, **measured(document))


def lacking(page: Page, assets: Path, added: Sequence[fonts.Face] = ()) -> tuple[Undrawn, ...]:
    """What a page holds, on paper and on the screen, that neither a bundled font nor an `added` one can draw."""
    pages = dict.fromkeys((page.paged, page.html))
    if not fonts.missing("".join(map(_held, pages)), assets, added):
        return ()
    return scripts.undrawn(fonts.missing("".join(map(_drawn, pages)), assets, added))


Finish = Callable[[Any], None]
"""Changes a pydyf.PDF that is complete but for being written."""


def written(layout: Layout, attachments: Sequence[Attachment] = (), finish: Finish = lambda _: None) -> Pdf:
    """Write what was laid out as PDF/A-3a and PDF/UA-1, with files inside; `finish` has the last word.

    Raises Refused with every warning of the engine.
    """
    mark = Mark(file=f"briefs/{layout.metadata.slug}.yaml")
    document, fetcher = layout.document, layout.fetcher
    done: Pdf = _guarded(lambda: _written(document, layout.metadata, attachments, finish), fetcher, mark, layout.most)
    return done


def _guarded(work: Callable[[], Any], fetcher: Any, mark: Mark, most: int) -> Any:
    """Let the engine work, and give what came of it; refuse with all that it warned of or was denied."""
    from weasyprint.urls import URLFetchingError

    problems, done = [], None
    with engine.heard(most) as messages, engine.undisturbed():
        try:
            done = work()
        except engine.TooLong:
            problems.append(_too_large(f"it has more than {most} pages", mark))
        except URLFetchingError as error:  # of a colour profile; all else that is denied is only logged
            messages.append(str(error))
        except RecursionError:
            problems.append(_too_large("its parts are nested too deeply", mark))
        except MemoryError:
            problems.append(_too_large("it needs too much memory", mark))
    problems += [_denied(url, reason, mark) for url, reason in fetcher.denials.items()]
    problems += [_warned(text, mark) for text in messages if not any(url in text for url in fetcher.denials)]
    if problems or done is None:
        raise Refused(problems)
    return done


def _written(document: Any, metadata: Metadata, attachments: Sequence[Attachment], finish_too: Finish) -> Pdf:
    """Write what the engine has laid out, and complete it before it is closed."""
    from pipeline.render.enclosing import enclose
    from pipeline.render.mirroring import mirrored
    from pipeline.render.reading_order import in_reading_order
    from pipeline.render.serialising import made_once
    from pipeline.render.shaping import shaped_once
    from pipeline.render.styling import asked_once
    from pipeline.render.tagging import repaired

    _describe(document.metadata, metadata)
    names: set[str] = set()

    def finish(_document: Any, file: Any) -> None:
        repairs.finish(file)
        enclose(file, attachments, metadata.issued)
        xmp.extend(file, metadata)
        _mend_images(file)
        names.update(_font_names(file))
        finish_too(file)

    drawing, asking, writing = shaped_once(document.font_config), asked_once(), made_once()
    with (
        mirrored(),
        in_reading_order(),
        drawing,
        asking,
        writing,
        repaired(document) as repairs,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves the file of a colour profile open
        data = document.write_pdf(pdf_variant=VARIANT, finisher=finish)
    return Pdf(data=data, pages=len(document.pages), fonts=tuple(sorted(names)))


def _describe(target: Any, metadata: Metadata) -> None:
    """Fill the engine's metadata from the brief's, whatever the page's `meta` elements say."""
    target.title = metadata.title
    target.authors = list(metadata.authors)
    target.description = metadata.description
    target.keywords = list(metadata.keywords)
    target.generator = "openbrief"
    target.created = target.modified = metadata.issued
    target.lang = metadata.language
    target.attachments = []


def _mend_images(written: Any) -> None:
    """Drop the wish for smoothed enlargement, which PDF/A forbids (ISO 19005-3, 6.2.8)."""
    for item in written.objects:
        if getattr(item, "extra", {}).get("Subtype") == "/Image":
            item.extra.pop("Interpolate", None)


def _font_names(written: Any) -> Iterator[str]:
    for item in written.objects:
        if isinstance(item, dict) and item.get("Type") == "/FontDescriptor":
            yield re.sub(r"^/(?:[A-Z]{6}\+)?", "", item["FontName"].decode())


class _Drawn(HTMLParser):
    """Collect the characters a page may draw: text, and strings of stylesheets and `data-` attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.found += [value for name, value in attributes if value and name.startswith("data-")]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class's signature
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            data = re.sub(r"/\*.*?\*/", "", data, flags=re.DOTALL)
            data += "".join(_escaped(data))
        if self.inside != "script":
            self.found.append(data)


def _held(html: str) -> str:
    """The characters that a page holds, of which a few are not drawn: most pages are seen to lack none by them."""
    return "".join({*html, *unescape(html), *_escaped(html)})


def _escaped(css: str) -> Iterator[str]:
    """The characters that a stylesheet writes by their numbers."""
    return (chr(int(code, 16)) for code in re.findall(r"\\([0-9a-fA-F]{1,5})", css))


def _drawn(html: str) -> str:
    parser = _Drawn()
    parser.feed(html)
    parser.close()
    return "".join(parser.found)


def _no_glyph(undrawn: Undrawn, mark: Mark) -> Problem:
    return Problem(mark=mark, message=undrawn.said(min(undrawn.characters)), rule="missing-glyph", hint=undrawn.hint)


def _denied(url: str, reason: str, mark: Mark) -> Problem:
    return Problem(
        mark=mark,
        message=f"the page asks for {_shortened(url)}, and {reason}",
        rule="denied-resource",
        hint="put the file into assets/ and use it from there",
    )


def _warned(text: str, mark: Mark) -> Problem:
    return Problem(mark=mark, message=f"the PDF engine says: {_shortened(text.rstrip('.'))}", rule="engine-warning")


def _too_large(reason: str, mark: Mark) -> Problem:
    return Problem(
        mark=mark,
        message=f"the brief can't be set on paper: {reason}",
        rule="too-large",
        hint="look for a list, table or text that is far too long or too deeply nested",
    )


def _shortened(text: str) -> str:
    """One line of at most 200 characters, with the type of embedded data and not the data."""
    line = re.sub(r"(data:[\w/+;-]*,)[^\s'\"]+", r"\1…", " ".join(text.split()))
    return line if len(line) <= 200 else f"{line[:199]}…"
