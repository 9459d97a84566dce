"""Name only grounds and objections that their argument has.

A key message may rest on one ground of an argument, `lights-help/fewer-wrecks`, and a brief may pick
the grounds and objections that it prints. The part after the stroke is the id of a ground or an
objection in that argument's file. The `target` of an objection is a ground of the same argument.

Good:

    # first-brief.yaml
    objections: [lights-help/better-charts]

Bad:

    # first-brief.yaml
    objections: [lights-help/better-maps]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import Reference, taken_over, targets
from pipeline.model import Argument, Library
from pipeline.problem import Problem, did_you_mean


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each ground or objection that its argument doesn't have."""
    for argument in library.arguments.values():
        for reference in _within(argument):
            yield from _look(library, argument, reference.name, reference)
        for reference in taken_over(argument):
            id, stroke, part = reference.name.partition("/")
            if stroke and (found := library.arguments.get(id)):
                yield from _look(library, found, part, reference)
    for brief in library.briefs.values():
        for reference in targets(brief):
            id, stroke, part = reference.name.partition("/")
            if (stroke or len(reference.parts) == 1) and (found := library.arguments.get(id)):
                yield from _look(library, found, part, reference)


def _within(argument: Argument) -> Iterator[Reference]:
    """What an argument's objections and tests name of itself."""
    for objection in argument.objections:
        if objection.target is not None:
            yield Reference(objection.target, (objection, ("target",)), ("grounds",))
    for test in argument.tests:
        if test.of is not None:
            yield Reference(test.of, (test, ("of",)))


def _look(library: Library, argument: Argument, id: str, reference: Reference) -> Iterator[Problem]:
    ids = [item.id for part in reference.parts for item in getattr(argument, part) if item.id]
    gaps = {f"arguments/{argument.id}/{part}" for part in reference.parts}
    if id not in ids and (not id or gaps.isdisjoint(library.unloaded)):
        noun = " or ".join(part.removesuffix("s") for part in reference.parts)
        message = f"the argument '{argument.id}' has no {noun} '{id}'"
        if not id:
            message = f"'{reference.name}' is an argument, and {'an' if noun[0] == 'o' else 'a'} {noun} is needed here"
        hint = did_you_mean(id, ids) or (f"use one of {', '.join(dict.fromkeys(ids))}" if ids else "")
        yield Problem(mark=reference.mark, rule="unknown-ground", message=message, hint=hint)
