"""Take a library out of a PDF that somebody sent, and say what would make its rebuilding differ."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pipeline.enclosed import RECORD, Unsound, enclosed, shown
from pipeline.folder import check_paths, opened
from pipeline.forms import Output, enclosed_as
from pipeline.origin import FORMAT, made_with
from pipeline.problem import ToolFailed
from pipeline.product import ANYWHERE, Order
from pipeline.project import Project
from pipeline.record import FONT, LANGUAGE, SLUG, STORED_TEXT, Edition, Reader
from pipeline.render.design import files, fingerprints

_SLUG = SLUG.strip("^$")
_PATH = re.compile(
    rf"briefs/(?:(?:arguments/|figures/)?{_SLUG}\.yaml|{STORED_TEXT.pattern}|locale/{LANGUAGE.strip('^$')}\.po)"
    r"|assets/(?:[a-zA-Z0-9_-]{1,60}/){0,3}[a-zA-Z0-9_.-]{1,60}\.svg"
)
"""Where a file of a library may stand, below the project's root."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """What a PDF says of itself, and the library inside it."""

    order: Order
    """What to ask for, to make it again."""
    made_with: Mapping[str, str]
    """Names of tools with their versions."""
    design: Mapping[str, str]
    """Parts of the design with their fingerprints."""
    fonts: Mapping[str, str]
    """Paths of fonts that the house had added, which a PDF doesn't carry, with their checksums."""
    files: tuple[Output, ...]
    altered: tuple[str, ...]
    """Paths of files that are not what the record says."""


def received(pdf: bytes) -> Received:
    """Take the library out of a PDF; raises Unsound where it holds none, or anything else besides."""
    inside = dict(enclosed(pdf))
    if RECORD not in inside:
        holds = "no files" if not inside else "files"
        raise Unsound(f"there are {holds} inside it{'' if holds == 'no files' else f', but no {RECORD}'}")
    record = _record(inside.pop(RECORD))
    outputs, altered = [], []
    for path, checksum in record["files"].items():
        if (name := enclosed_as(path)) not in inside:
            raise Unsound(f"its record lists {shown(path)}, which is not inside it")
        outputs.append(Output(path=path, data=inside.pop(name)))
        if hashlib.sha256(outputs[-1].data).hexdigest() != checksum:
            altered.append(path)
    if inside:
        raise Unsound(f"it holds a file {shown(min(inside))}, which its record doesn't list")
    return Received(
        order=record["order"],
        made_with=record["made_with"],
        design=record["design"],
        fonts=record["fonts"],
        files=tuple(outputs),
        altered=tuple(altered),
    )


def restore(taken: Received, folder: Path) -> Project:
    """Write the library into `folder`, with this program's own templates and assets, as a project of its own.

    Raises ToolFailed, with nothing written, where the folder or the disk refuses.
    """
    own = Project.shipped()
    design = tuple(files(own.root))
    if not design:
        raise ToolFailed(f"there are no templates in {own.root}: install openbrief from its repository")
    ours = {output.path for output in taken.files}
    with opened(folder) as target:
        target.put([*taken.files, *(output for output in design if output.path not in ours)])
    return Project.at(folder)


def differences(taken: Received) -> Iterator[str]:
    """Yield what may make the bytes differ: each in a sentence without a full stop."""
    for path in taken.altered:
        yield f"{path} is not what was there when the PDF was made"
    here = made_with()
    for tool in sorted({*here, *taken.made_with}):
        then, now = taken.made_with.get(tool, "unknown"), here.get(tool, "not used")
        if then != now:
            yield f"it was made with {tool} {shown(then)[1:-1]}; here it is {now}"
    own = fingerprints(Project.shipped().root)
    for part, fingerprint in own.items():
        then = taken.design.get(part, "unknown")
        if then != fingerprint:
            yield f"its {part} were others: SHA-256 {shown(then)[1:13]}…, here {fingerprint[:12]}…"


def absent_fonts(taken: Received, project: Project) -> tuple[str, ...]:
    """What a library that was taken out of a PDF still lacks: each font in a sentence without a full stop."""
    return tuple(
        f"it was made with the font {path} (SHA-256 {shown(checksum)[1:13]}…), which a PDF doesn't carry: put it there"
        for path, checksum in sorted(taken.fonts.items())
        if not project.has_file(path)
    )


def _record(data: bytes) -> dict[str, Any]:
    """What the record says, as far as it can be trusted: its product exists, its paths are those of a library."""
    try:
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise Unsound(f"its {RECORD} has a form that this version of openbrief doesn't know")
        found: dict[str, Any] = {
            "order": _order(content["product"]),
            "made_with": _texts(content["made_with"]),
            "design": _texts(content["design"]),
            "fonts": _texts(content.get("fonts", {})),
            "files": {str(item["path"]): str(item["sha256"]) for item in content["files"]},
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unsound(f"its {RECORD} can't be read") from error
    for path in found["files"]:
        if not _PATH.fullmatch(path) or ".." in path:
            raise Unsound(f"its record lists {shown(path)}, which is no file of a library")
    for path in found["fonts"]:
        if not re.fullmatch(FONT.strip("^$"), path.removeprefix("briefs/")) or ".." in path:
            raise Unsound(f"its record lists {shown(path)}, which is no font of a library")
    try:
        check_paths(found["files"])
    except ValueError as error:
        raise Unsound("its record lists files whose names can't stand side by side") from error
    return found


def _order(product: Mapping[str, Any]) -> Order:
    slug, edition, language = str(product["slug"]), product["edition"], str(product["language"])
    reader = product["audience"] or "everyone"
    region = str(product.get("region") or ANYWHERE)
    if not all(re.fullmatch(_SLUG, name) for name in (slug, region)):
        raise ValueError
    if edition not in get_args(Edition) or reader not in get_args(Reader):
        raise ValueError
    return Order(
        slugs=(slug,),
        editions=(edition,),
        audiences=(reader,),
        regions=(region,),
        languages=(language,),
        formats=("pdf",),
        draft=bool(product["draft"]),
        keep=False,
    )


def _texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in list(content.items())[:100]}
