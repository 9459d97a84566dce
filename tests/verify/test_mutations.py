"""Whatever is wrong with a PDF is found, by the checks that are there for it."""

from __future__ import annotations

import pytest

from pipeline.verify import CHECKS
from tests.tooling import needs
from tests.verify.mutations import MUTATIONS, Mutation, good, good_page

pytestmark = pytest.mark.slow

ON_PDF = {name: check for name, check in CHECKS.items() if "pdf" in check.takes}


def _found(name: str, data: bytes) -> list[str]:
    given = {"pdf": data, "page": good_page().html}
    check = CHECKS[name]
    return [str(finding) for finding in check.find(**{form: given[form] for form in check.takes})]


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(*check.tools)) for name, check in ON_PDF.items()])
def test_the_good_file_is_good(name: str) -> None:
    """What is mutated has nothing wrong with it, so what is found later is the mutation."""
    assert _found(name, good()) == []


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(each, id=name, marks=needs(*(tool for check in each.seen_by for tool in CHECKS[check].tools)))
        for name, each in MUTATIONS.items()
    ],
)
def test_every_mutation_is_found(mutation: Mutation) -> None:
    """Each check that is named for it finds something, and at least one is named."""
    data = mutation.of(good())
    assert data != good()
    assert mutation.seen_by
    assert [name for name in mutation.seen_by if not _found(name, data)] == []


def test_every_check_is_needed() -> None:
    """No check of PDFs is there for nothing: each finds a mutation, and there are mutations enough."""
    assert {name for each in MUTATIONS.values() for name in each.seen_by} == set(ON_PDF)
    assert len(MUTATIONS) >= 50
