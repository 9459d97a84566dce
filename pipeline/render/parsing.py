"""Read HTML with the patterns that tinyhtml5 2.1.0 means to keep, and makes anew for each word of markup.

A private table is replaced in a context, and put back; a test holds what is read to what is read without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tinyhtml5 import inputstream

from pipeline.render.engine import replaced


class _Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """The longest run of characters that are in a set, or are not, by both."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        """Make and keep a pattern, where tinyhtml5 keeps it under itself and so never finds it."""
        characters, inside = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        made = self[key] = re.compile(f"[{'' if inside else '^'}{listed}]+")
        return made


_patterns = _Patterns()


@contextmanager
def read_swiftly() -> Iterator[None]:
    """Read HTML in this context in two thirds of the time."""
    with replaced(inputstream, "characters_until_regex", lambda _: _patterns):
        yield
