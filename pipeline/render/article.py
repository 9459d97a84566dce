"""Turn a manuscript into an article: Markdown with passages and references in, clean HTML out.

pandoc reads (`reader.lua`), cites and writes (`writer.lua`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.forms import CLOSE, OPEN, Article, Manuscript, Passage
from pipeline.kept import NOTHING, Kept, contents, key
from pipeline.problem import Mark, Problem, Refused, ToolFailed
from pipeline.render.clean import Outline, clean, lost
from pipeline.render.pandoc import RELEASE, SCRIPTS
from pipeline.render.scribe import Failed, written
from pipeline.wording import HEARD
from pipeline.wording.locale import LETTERS_TO_THE_LEFT, days_before_months, direction, is_english, quotes

SECONDS = 60
"""How long pandoc may take for one brief."""
SPOKEN = re.compile(r"""\blang\s*=\s*["']?([A-Za-z0-9-]+)""")
"""Where prose says in which language a part of it is."""
TEMPLATE = Mark(file="templates/manuscript.md.jinja")
"""The place of problems that no passage is to blame for."""

RULES: Mapping[str, tuple[str, str]] = {
    "citation-style": ("pandoc can't use this citation style: {}", "name another CSL file as `citation_style`"),
    "image-in-text": ("an image can't stand in text: '{}'", "draw a figure and place it by its id"),
    "misplaced-footnote": ("a footnote can't stand here", "move it to a paragraph, or say it in the text"),
    "one-paragraph": ("this text must be one paragraph", "join its parts, and leave out lists and headings"),
    "pandoc": ("pandoc warns: {}", ""),
    "raw-html": ("HTML can't stand in text: '{}'", "write Markdown; to show the characters, set them in `backticks`"),
    "template-html": ("the manuscript's HTML may not hold {}", "change the template, or allow it in render/clean.py"),
    "unknown-anchor": ("the brief has no place called '#{}'", "link to the id of a heading, or to an address"),
    "unknown-footnote": ("the footnote '{}' is not written", "write it in the same text, after an empty line"),
    "unknown-source": ("no source has the citekey '{}'", "add it to briefs/sources.yaml"),
    "unsafe-link": ("this link can't be followed: '{}'", "begin its address with https://, http:// or mailto:"),
    "unsupported-markup": (
        "this markup is not supported: '{}'",
        "use plain Markdown; only `[mot]{lang=fr}` and `[EU]{abbr=…}` may have braces",
    ),
}
"""The sentence and the hint of each rule of this stage."""
OF_STYLES = ("Citeproc", "Could not fetch ", "UTF-8 decoding error in ")
"""How pandoc's words begin where a citation style is at fault, or depends on another that would have to be fetched."""


def article(manuscript: Manuscript, style: Path, kept: Kept = NOTHING) -> Article:
    """Set passages in their places, resolve citations in the CSL style `style`, and clean the HTML.

    Where pandoc has written the same before, what is `kept` of that is taken.
    Raises Refused with all problems found, ToolFailed when pandoc breaks off or takes too long.
    """
    result = _written(_job(manuscript), style, manuscript.metadata.slug, kept)
    raw = "\n".join([result["body"], *(html for _, html in result["fields"])])
    body, fields = clean(result["body"]), {name: clean(html) for name, html in result["fields"]}
    outline = Outline(body)
    findings = [*result["findings"], *_warnings(result["messages"])]
    gone = lost(raw, outline, *map(Outline, fields.values()))
    findings += [{"rule": "template-html", "detail": part} for part in gone]
    problems = list(_problems(findings, manuscript, outline.ids))
    if problems:
        raise Refused(problems)
    if any(sign in raw for sign in (OPEN, CLOSE, quote(OPEN), quote(CLOSE))):
        raise ValueError("a passage's place lies where no passage can be set: in code, an address or an attribute")
    return Article(
        metadata=manuscript.metadata,
        body=body,
        fields=fields,
        headings=tuple(outline.headings),
        words=outline.words,
        drawings=manuscript.drawings,
    )


def _job(manuscript: Manuscript) -> dict[str, Any]:
    """Gather what reader.lua takes; the terms of citations in English are the style's own."""
    custom = {str(item["id"]): item.get("custom", {}) for item in manuscript.references}
    read = {key: {"read": known.get("read", ""), "label": known.get("read_label", "")} for key, known in custom.items()}
    items = [{key: value for key, value in item.items() if key != "custom"} for item in manuscript.references]
    job: dict[str, Any] = {
        "text": manuscript.text,
        "passages": [_passage(passage) for passage in manuscript.passages],
        "fields": [{"name": name, "index": index} for name, index in manuscript.fields.items()],
        "references": json.dumps(items, ensure_ascii=False),
        "read": read,
        "labels": dict(manuscript.heard or HEARD),
        "directions": {tag: direction(tag) for passage in manuscript.passages for tag in SPOKEN.findall(passage.text)},
    }
    if not is_english(language := manuscript.metadata.language):
        job |= {"language": language, "quotes": quotes(language), "days": days_before_months(language)}
    if direction(language) == "rtl":
        job |= {"direction": "rtl", "right_to_left": LETTERS_TO_THE_LEFT}
    return job


def _passage(passage: Passage) -> dict[str, Any]:
    known = {"text": passage.text, "trusted": passage.trusted}
    if passage.language:
        known |= {"lang": passage.language, "dir": direction(passage.language)}
    return known


def _written(job: Mapping[str, Any], style: Path, slug: str, kept: Kept) -> dict[str, Any]:
    """What pandoc makes of a job: a matter of the job, the style, the scripts and its version, and of nothing else."""
    if not style.is_file():
        raise _unusable(style, "there is no such file")
    read = json.dumps(job, ensure_ascii=False, sort_keys=True).encode(), style.read_bytes(), RELEASE.encode()
    name = key("article", *read, *contents(SCRIPTS.glob("*.lua")))
    before = kept.get(name)
    if _is_written(before, len(job["passages"])):
        result: dict[str, Any] = before
    else:
        result = _run(job, style, slug)
        kept.put(name, result)
    return result


def _is_written(value: Any, passages: int) -> bool:
    """Whether a value is what pandoc writes of a job with so many passages, and not something else that was kept."""
    match value:
        case {"body": str(), "fields": list(fields), "findings": list(findings), "messages": list(messages)}:
            return (
                all(map(_is_field, fields))
                and all(map(_is_message, messages))
                and all(
                    isinstance(each, Mapping)
                    and each.get("rule") in RULES
                    and isinstance(each.get("detail", ""), str)
                    and each.get("passage") in (None, *range(passages))
                    for each in findings
                )
            )
    return False


def _is_field(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _is_message(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(value.get(name), str) for name in ("pretty", "verbosity"))


def _run(job: Mapping[str, Any], style: Path, slug: str) -> dict[str, Any]:
    """Let pandoc do the job; it may read the style."""
    try:
        result: dict[str, Any] = written({**job, "style": str(style.absolute())}, f"the brief '{slug}'", SECONDS)
    except Failed as failed:
        if (said := str(failed)).startswith(OF_STYLES):
            raise _unusable(style, said) from failed
        raise ToolFailed(f"pandoc broke off: {said}") from failed
    return result


def _unusable(style: Path, why: str) -> Refused:
    message, hint = RULES["citation-style"]
    mark = Mark(file=style.as_posix())
    return Refused(
        [Problem(mark=mark, message=message.format(" ".join(why.split())), rule="citation-style", hint=hint)]
    )


def _warnings(messages: Sequence[Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """Turn pandoc's own warnings into findings, but for citations that are found already."""
    for message in messages:
        text = message["pretty"]
        if message["verbosity"] in ("WARNING", "ERROR") and not text.startswith("Citeproc: citation "):
            yield {"rule": "pandoc", "detail": text}


def _problems(findings: Sequence[Mapping[str, Any]], manuscript: Manuscript, ids: set[str]) -> Iterator[Problem]:
    """Say each finding at its passage's place; a link into the brief is one when its place is missing."""
    citekeys = [str(item["id"]) for item in manuscript.references]
    for finding in findings:
        rule, detail = finding["rule"], finding.get("detail", "")
        if rule == "unknown-anchor" and detail in ids:
            continue
        message, hint = RULES[rule]
        near = get_close_matches(detail, citekeys, n=1) if rule == "unknown-source" else []
        yield Problem(
            mark=_mark(finding.get("passage"), manuscript),
            message=message.format(" ".join(detail.split())),
            rule=rule,
            hint=f"did you mean '{near[0]}'?" if near else hint,
        )


def _mark(index: int | None, manuscript: Manuscript) -> Mark:
    mark = None if index is None else manuscript.passages[index].mark
    return mark or TEMPLATE
