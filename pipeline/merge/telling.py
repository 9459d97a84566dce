"""Say what is worth knowing of a library before copies are made: its problems in; those of the merged brief out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.line import stop_at_errors
from pipeline.model import Library
from pipeline.problem import Mark, Problem
from pipeline.scope import said_of
from pipeline.translation import file_of, missing, texts

RULE = "untranslated"


def check_brief(library: Library, slug: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give the problems of what a brief is made from, in their order; of all files, where the brief can't be read.

    Raises Refused, with the errors first, where there are some.
    """
    own = said_of(library, [slug], problems) if slug in library.briefs else tuple(problems)
    stop_at_errors(sorted(own, key=lambda problem: problem.severity != "error"))
    return own


def untranslated(
    library: Library, slug: str, languages: Iterable[str], problems: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a warning for each language of copies that has no translation of some of a brief's texts.

    A house that has turned the rule off has none among its `problems`, and gets none here.
    """
    told = {problem.mark.file for problem in problems if problem.rule == RULE}
    for language in languages:
        if (file := file_of(language)) in told:
            number, whole = len([*missing(library, language, [slug])]), len([*texts(library, [slug])])
            original = library.briefs[slug].language or library.house.language
            message = f"copies in '{language}' have {number} of {whole} texts in '{original}': they are not translated"
            hint = f"run `openbrief translate update {language}`, and translate what it adds"
            yield Problem(mark=Mark(file=file), rule=RULE, severity="warning", message=message, hint=hint)
