"""Keep rules from false words where files could not be read whole: a library in, what a rule may look at out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from pipeline.model import Argument, Brief, Evidence, Library
from pipeline.parts import results

View = Literal["loaded", "parts", "whole"]
"""What a rule looks at: what was loaded; that, and what could be read of the rest; or what rests on nothing unread."""


def with_parts(library: Library) -> Library:
    """Give a library with what could be read of the records that could not be loaded, gaps and all."""
    found: dict[str, dict[str, object]] = {"arguments": {}, "figures": {}, "briefs": {}}
    for name, record in library.parts.items():
        kind, _, id = name.partition("/")
        found[kind][id] = record
    return library.model_copy(update={kind: {**getattr(library, kind), **found[kind]} for kind in found})


def whole(library: Library) -> Library:
    """Give a library without the arguments and briefs that could not be loaded whole, or that rest on such.

    What they would have said of their figures, labels and sources is not known, so nothing is compared with it.
    """
    if not library.unloaded:
        return library
    arguments = {id: item for id, item in library.arguments.items() if _is_whole(library, "arguments", item)}
    while broken := [id for id, item in arguments.items() if any(_misses(library, arguments, item))]:
        arguments = {id: item for id, item in arguments.items() if id not in broken}
    briefs = {
        id: brief
        for id, brief in library.briefs.items()
        if _is_whole(library, "briefs", brief) and not any(_lacks(library, arguments, name) for name in _named(brief))
    }
    return library.model_copy(update={"arguments": arguments, "briefs": briefs})


VIEWS: Mapping[View, Callable[[Library], Library]] = {
    "loaded": lambda library: library,
    "parts": with_parts,
    "whole": whole,
}
"""How each is made."""


def _is_whole(library: Library, kind: str, record: Argument | Brief) -> bool:
    """Whether a record and all sources that it gives as evidence were loaded."""
    cited = {item.source for item in record.within() if isinstance(item, Evidence)}
    unread = (source for source in cited if source not in library.sources and library.knows("sources", source))
    return f"{kind}/{record.id}" not in library.unloaded and not any(unread)


def _misses(library: Library, arguments: Mapping[str, Argument], argument: Argument) -> Iterator[str]:
    """What an argument rests on and is there, but is not among those that are whole."""
    for ground in argument.grounds:
        yield from (name for name in ground.rests_on if _lacks(library, arguments, name))


def _lacks(library: Library, arguments: Mapping[str, Argument], name: str) -> bool:
    id = name.partition("/")[0]
    return id not in arguments and library.knows("arguments", id)


def _named(brief: Brief) -> Iterator[str]:
    """Every argument that a brief weighs or rests on."""
    yield from (*brief.arguments.for_, *brief.arguments.against)
    for _, item in results(brief):
        yield from item.rests_on
