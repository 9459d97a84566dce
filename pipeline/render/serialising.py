"""Make the bytes of each part of a PDF once, where pydyf 0.13.0 makes them twice: to write, and to name the file by.

A method is replaced in a context, and put back, and while it works two properties are; a test holds the file to the
one that is written without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pydyf

from pipeline.render.engine import replaced


@contextmanager
def made_once() -> Iterator[None]:
    """Write PDFs in this context so that each part is compressed and spelled once."""
    with replaced(pydyf.PDF, "write", _writing):
        yield


def _writing(original: Callable[..., None]) -> Callable[..., None]:
    """Slow: the identifier is a digest of all parts, which are compressed for it at the highest level once more."""

    def write(self: Any, *rest: Any, **named: Any) -> None:
        known: dict[int, bytes | None] = {id(part): None for part in self.objects}

        def once(spelled: Any) -> property:
            def data(part: Any) -> bytes:
                found = known.get(id(part))
                if found is None:
                    found = spelled.fget(part)
                    if id(part) in known:
                        known[id(part)] = found
                return found

            return property(data)

        with ExitStack() as stack:
            for kind in (pydyf.Stream, pydyf.Dictionary):
                stack.enter_context(replaced(kind, "data", once))
            original(self, *rest, **named)

    return write
