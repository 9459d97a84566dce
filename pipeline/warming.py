"""Warm up a process that will make products: a project in; its fonts, stylesheets, templates and pandoc at work.

The first product of a process takes half as long again as the next one. So where somebody will edit and wait, one is
made before that nobody will see, of a few sentences, in the house's own look. A build that ends when all is made would
only spend more processor time so.
"""

from __future__ import annotations

import gc
import signal
from contextlib import suppress

from pipeline.executor import bound
from pipeline.load import load
from pipeline.making import make
from pipeline.product import Order, products
from pipeline.project import Project
from pipeline.source import read, read_files

SECONDS = 60
"""How long warming up may take; a process that takes longer ends, as it would with every product."""
TEXTS = {
    "briefs/sources.yaml": """\
references: [{id: nobody, type: report, title: Nothing, author: [{family: Nobody, given: N}],
  issued: {date-parts: [[2024]]}, publisher: Nobody, custom: {read: full}}]
""",
    "briefs/arguments/nothing.yaml": """\
claim: Nothing is said.
short: Nothing
type: causal
qualifier: probably
certainty: moderate
warrant: Nothing is read.
grounds: [{id: nothing, text: Nothing was said., evidence: [{source: nobody, finding: Nothing.,
  kind: observational, direction: supports, strength: moderate}]}]
""",
    "briefs/nothing.yaml": """\
title: Nothing
question: Is nothing said?
bottom_line: It *is*.
issued: "2024-01-01"
version: "1.0"
review_by: "2024-07-01"
keywords: [nothing]
why_now: No reason.
affected: Nobody.
background: "Nothing [@nobody]."
arguments: {for: [nothing], against: []}
key_messages: [{text: Nothing., rests_on: [nothing]}]
options: []
recommendations: []
history: [{version: "1.0", date: "2024-01-01", change: Nothing.}]
""",
}


def warm(project: Project) -> None:
    """Make a product of nothing in this process, within the memory that the house allows.

    What is wrong with the project is told where it matters, by what makes a product of it.
    """
    gc.set_threshold(50_000, 20, 20)  # as `cli` has it
    signal.alarm(SECONDS)
    with suppress(Exception):
        house = read_files(("briefs/house.yaml",), project.briefs, project.root).documents
        library, _ = load((*house, *(read(text, name) for name, text in TEXTS.items())))
        bound(library.house.limits.memory * 2**20)
        order = Order(formats=("html", "pdf"), keep=False)  # what is kept would let pandoc sleep
        for product in [*products(library, order)][:1]:
            make(project, library, product, order)
    signal.alarm(0)
