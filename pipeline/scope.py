"""Keep what is said of some briefs: a library's problems in; those of the files that these are made from out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipeline.model import Library
from pipeline.origin import files_of
from pipeline.problem import Problem
from pipeline.product import planned
from pipeline.translation import file_of, languages, missing, texts
from pipeline.wording.locale import tags


def said_of(library: Library, slugs: Sequence[str], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep the problems of these briefs' files, of the translations of texts that they print, and of our own words.

    The order stays.
    """
    briefs = [library.briefs[slug] for slug in slugs]
    files = {file for brief in briefs for file in files_of(library, brief)}
    spoken = {product.language for brief in briefs for product in planned(library.house, brief)}
    files |= {f"assets/locale/{tag}.po" for language in spoken for tag in tags(language)}
    printed = {file_of(language): set(lines) for language, lines in _printed(library, slugs)}
    found = []
    for problem in problems:
        file, line = problem.mark.file, problem.mark.line
        if file in files or (file in printed and _heading(library, file, line) in printed[file]):
            found.append(problem)
    return tuple(found)


def _printed(library: Library, slugs: Sequence[str]) -> Iterator[tuple[str, Iterator[int]]]:
    """The languages of some briefs, each with the lines of messages that they print, and 0 for the file itself."""
    for language, told in languages(library).items():
        own = [slug for slug in slugs if slug in told]
        if own:
            yield language, _lines(library, language, own)


def _lines(library: Library, language: str, slugs: Sequence[str]) -> Iterator[int]:
    catalogue = library.catalogues.get(language)
    if catalogue is None or any(missing(library, language, slugs)):
        yield 0
    for text in texts(library, slugs) if catalogue else ():
        if message := catalogue.messages.get(text.context) if catalogue else None:
            yield message.mark.line


def _heading(library: Library, file: str, line: int) -> int:
    """The line of the message that a line belongs to; 0 where it belongs to none, or the file can't be read."""
    found = next((each for each in library.catalogues.values() if each.file == file), None)
    lines = sorted(message.mark.line for message in found.messages.values()) if found else []
    place = bisect_right(lines, line)
    return lines[place - 1] if place else 0
