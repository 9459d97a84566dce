"""Plan a product for somebody whom each item is meant for.

What has `audiences` is shown in products for these readers and in no other. Where no product is planned for any of
them, it is printed nowhere. `products` in the brief, or in house.yaml, plans who gets a product of their own. A ground
or an objection is read wherever a brief weighs its argument. Nothing is said while a file can't be loaded.

Good:

    # first-brief.yaml
    boxes:
      - {title: For editors, text: The counts may be quoted., audiences: [press]}
    products:
      - audiences: [everyone, press]

Bad:

    # first-brief.yaml
    boxes:
      - {title: For editors, text: The counts may be quoted., audiences: [press]}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.product import planned
from pipeline.record import Audience, Item, Record


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each item that no planned product shows, as none is for its readers."""
    if library.unloaded:
        return
    weighed = dict[str, set[Audience]]()
    for brief in library.briefs.values():
        readers = {product.audience for product in planned(library.house, brief) if product.audience}
        yield from _unread(brief, readers, "of this brief")
        for id in (*brief.arguments.for_, *brief.arguments.against):
            weighed.setdefault(id, set()).update(readers)
    for id, argument in library.arguments.items():
        if id in weighed:  # or else all of it is unused
            yield from _unread(argument, weighed[id], "with this argument")


def _unread(root: Record, readers: set[Audience], which: str) -> Iterator[Problem]:
    for item in root.within():
        if isinstance(item, Item) and item.audiences and readers.isdisjoint(item.audiences):
            yield Problem(
                mark=item.key_mark("audiences"),
                rule="unread-item",
                message=f"no product {which} is planned for {' or '.join(item.audiences)}, so this is printed nowhere",
                hint=f"plan one, as in `products: [{{audiences: [everyone, {item.audiences[0]}]}}]`, or leave"
                " `audiences` out",
            )
