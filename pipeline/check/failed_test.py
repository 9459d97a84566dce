"""Let an argument's tests hold.

A test says what must become of an argument, or `of` one ground or objection of it, when sources are taken away: it
keeps a library from being weakened, or from claiming too much, without anyone noticing (the idea is that of
Carneades, whose argument graphs carry tests). Without `without`, it says what holds as things are.

Good:

    # arguments/lights-help.yaml
    tests:
      - without: [able-2024]
        expect: unsupported

Bad:

    # arguments/lights-help.yaml
    tests:
      - without: [able-2024]
        expect: accepted
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.argue import argue, excerpt
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each test whose expectation is not met, with what came instead."""
    for argument in library.arguments.values():
        part = excerpt(library, [argument.id]) if argument.tests else library
        for test in argument.tests:
            address = argument.id if test.of is None else f"{argument.id}/{test.of}"
            came = argue(part, test.without).get(address)
            if came is None or came.label == test.expect:
                continue
            names = " and ".join(f"'{name}'" for name in test.without)
            lost = f"without {names}, " if names else ""
            yield Problem(
                mark=test.mark("expect"),
                rule="failed-test",
                message=f"{lost}'{address}' is {came.label}, not {test.expect} as expected: {came.said}",
                hint="mend the argument, or expect what follows from it",
            )
