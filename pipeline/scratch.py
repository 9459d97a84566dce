"""Make folders for temporary files: nothing in, a folder out that goes with its process, however that ends.

What a killed process left, the next one of the same user takes away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.locks import held, let_go

PREFIX = "openbrief-held-"
"""What the names of these folders begin with, and of no others."""


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder for temporary files, and take it away with all that is in it."""
    place, descriptor = kept_open()
    try:
        yield place
    finally:
        let_go(place, descriptor)


def kept_open() -> tuple[Path, int]:
    """Make a folder for temporary files, and give it with what holds its lock; `let_go` takes it away."""
    return held(Path(tempfile.gettempdir()), PREFIX)
