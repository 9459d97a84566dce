"""Every link within the page leads to a part of it, and no two parts bear the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.hypertext import parsed

TOOLS = (tools.TINYHTML5,)
NAMES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
"""Attributes that name parts of the page, several with spaces between them."""


def find(page: str) -> Iterator[Finding]:
    """Yield the names that are borne twice, and those that are asked for and not there."""
    elements = list(parsed(page).iter())
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield Finding(message=f"{times} parts are called '{name}'")
    asked = Counter(name for element in elements for name in _asked(dict(element.items())))
    for name, times in asked.items():
        if name and name not in ids:
            yield Finding(message=f"no part is called '{name}'", times=times)


def _asked(attributes: dict[str, str]) -> Iterator[str]:
    for attribute in ("href", "xlink:href"):
        if attributes.get(attribute, "").startswith("#"):
            yield attributes[attribute][1:]
    for attribute in NAMES:
        yield from attributes.get(attribute, "").split()
