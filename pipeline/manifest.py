"""List a release with sizes and checksums: entries in, JSON out, and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pipeline.forms import Entry, Finished, Listed, Metadata, Output, listed

NAME = "manifest.json"
FORMAT = 2
"""Raised when an older release can't be read any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedBrief:
    """A brief as the manifest has it."""

    metadata: Metadata
    pages: int | None
    minutes: int
    draft: bool
    files: tuple[Listed, ...]
    left_out: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What was put out: every brief with its files, the files of all of them together, the tools."""

    briefs: tuple[ListedBrief, ...]
    files: tuple[Listed, ...]
    tools: Mapping[str, str]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every listed path, in the manifest's order."""
        return tuple(file.path for files in (*(brief.files for brief in self.briefs), self.files) for file in files)


def manifest(entries: Sequence[Entry], shared: Sequence[Finished], tools: Mapping[str, str]) -> Output:
    """The manifest as a file: sorted, and the same for the same release on any day and in any folder."""
    briefs = [
        {
            **asdict(entry.metadata),
            "pages": entry.pages,
            "minutes": entry.minutes,
            "draft": entry.draft,
            "left_out": list(entry.left_out),
            "inputs": dict(sorted(entry.inputs.items())),
            "files": _files(entry.outputs),
        }
        for entry in sorted(entries, key=lambda entry: entry.key)
    ]
    content = {"format": FORMAT, "briefs": briefs, "files": _files(shared), "tools": dict(sorted(tools.items()))}
    return Output(path=NAME, data=(json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def parsed(data: bytes | None) -> Manifest | None:
    """The manifest in `data`; None when there is none, or it isn't one of ours."""
    try:
        content = json.loads(data or b"")
        if content["format"] != FORMAT:
            return None
        return Manifest(
            briefs=tuple(_brief(raw) for raw in content["briefs"]),
            files=tuple(_listed(raw) for raw in content["files"]),
            tools=dict(content["tools"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def ours(data: bytes | None) -> bool:
    """Tell whether a manifest is one of ours, be it of another format, or damaged."""
    if data is None:
        return False
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return True
    return isinstance(content, dict) and "briefs" in content


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The names of inputs that are new, gone or different."""
    return tuple(name for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def _files(outputs: Sequence[Finished]) -> list[dict[str, Any]]:
    return [asdict(listed(output)) for output in sorted(outputs, key=lambda output: output.path)]


def _brief(raw: Mapping[str, Any]) -> ListedBrief:
    pages = raw["pages"]
    return ListedBrief(
        metadata=Metadata(**{each.name: _text(raw[each.name]) for each in fields(Metadata)}),
        pages=None if pages is None else int(pages),
        minutes=int(raw["minutes"]),
        draft=bool(raw["draft"]),
        files=tuple(_listed(file) for file in raw["files"]),
        left_out=_text(raw["left_out"]),
        inputs={str(name): str(digest) for name, digest in raw["inputs"].items()},
    )


def _listed(raw: Mapping[str, Any]) -> Listed:
    return Listed(path=raw["path"].strip(), bytes=int(raw["bytes"]), sha256=raw["sha256"].strip())


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise TypeError(f"neither text nor a list of texts: {value!r}")
