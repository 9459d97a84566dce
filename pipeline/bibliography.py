"""Read bibliographies of other programs: the text of a file in, items of CSL that sources.yaml can hold out.

pandoc converts BibTeX, BibLaTeX, RIS and CSL JSON to CSL JSON; CSL YAML is read as our own files are, and goes the same
way. What CSL or our model has no place for is left out, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from pipeline.csl_json import Found, fit, one_line
from pipeline.problem import Mark, Problem, Refused
from pipeline.record import CITEKEY
from pipeline.render.pandoc import run
from pipeline.source import read
from pipeline.source.characters import visible
from pipeline.works import folded

SECONDS = 30
"""How long pandoc may take for one file."""
ENDINGS = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".biblatex": "biblatex",
    ".ris": "ris",
    ".json": "csljson",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""What the ending of a file's name says of its form."""
_WHERE = re.compile(r"\(line (\d+), column (\d+)\):?")
_BIBLATEX = re.compile(r"(?im)^\s*(?:@(?:online|report|thesis|dataset|software)\b|(?:journaltitle|date|location)\s*=)")
"""What only BibLaTeX has."""
_STARTS = {
    "bib": re.compile(r"@\s*(?!comment\b|string\b|preamble\b)\w+\s*[{(]\s*([^,\s{}()]*)", re.IGNORECASE),
    "ris": re.compile(r"^TY  ?-", re.MULTILINE),
    "csljson": re.compile(r'"id"\s*:'),
    "yaml": re.compile(r"^[ -]*id\s*:", re.MULTILINE),
}
"""Where a work starts in each form."""
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "the", "of", "on", "in", "for", "to", "with", "from", "by", "at", "is", "are"]
)


def bibliography(text: str, file: str, form: str, taken: Iterable[str] = ()) -> list[Found]:
    """Give what `text` holds, in the order of the file; `form` is one of those in ENDINGS.

    Ids that can't be citekeys are made anew, apart from those that are `taken`. Raises Refused where nothing can be
    read or an item lacks what every source needs, and ToolFailed where pandoc takes too long.
    """
    items, original = _converted(text, file, form)
    if not items:
        raise _refused(Mark(file=file), "no work can be found in this file", "export it once more, and look into it")
    marks = _marks(text, file, form, [str(item.get("id", "")) for item in items])
    found = [Found(item, mark) for item, mark in zip(items, marks, strict=True)]
    if len(original) == len(items):
        for one, before in zip(found, original, strict=True):
            _tell_losses(one, before)
    for one in found:
        fit(one)
    _give_ids(found, taken)
    problems = [problem for one in found for problem in one.problems]
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)
    return found


def _converted(text: str, file: str, form: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """The items as pandoc gives them; those that it was given, where they are CSL already."""
    original: list[Any] = []
    if form == "yaml":
        original = _items_of(read(text, file).data, file)
        text = json.dumps(original)
    elif form == "bibtex" and _BIBLATEX.search(text):
        form = "biblatex"
    known = "csljson" if form == "yaml" else form
    arguments = ["--from", known, "--to", "csljson"]
    code, output, said = run(arguments, text.removeprefix("\ufeff").encode(), f"the file {file}", SECONDS)
    if code:
        raise _unread(said, text, file)
    items = _parsed(output.decode(), file)
    if form == "csljson":
        original = _parsed(text.removeprefix("\ufeff"), file)
    return items, original


def _items_of(data: Any, file: str) -> list[Any]:
    items = data.get("references") if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _refused(Mark(file=file), "this is no list of references", "write `references:` and the works below it")
    return [{key: value for key, value in item.items() if value is not None} for item in items]


def _parsed(text: str, file: str) -> list[Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused(Mark(file=file), "this JSON can't be read", "export it once more") from None
    data = data.get("items") if isinstance(data, dict) else data
    return data if isinstance(data, list) else []


def _unread(said: str, text: str, file: str) -> Refused:
    """What pandoc says of a file that it can't read, at the line that it names."""
    where = _WHERE.search(said)
    line, column = (int(where[1]), int(where[2])) if where else (1, 1)
    lines = text.split("\n")
    excerpt = visible(lines[line - 1]) if line <= len(lines) else ""
    rest = said[where.end() :] if where else re.sub(r"^\[?Error\S*:?\s*", "", said)
    why = " ".join(part for part in rest.split("\n") if part.strip(" ^") and part.strip() != excerpt.strip())
    mark = Mark(file=file, line=line, column=column, excerpt=excerpt)
    why = one_line(why)[:300] or "it says no more"
    return _refused(mark, f"pandoc can't read this file: {why}", "mend it there, or export it once more")


def _refused(mark: Mark, message: str, hint: str) -> Refused:
    return Refused([Problem(mark=mark, rule="imported-source", message=message, hint=hint)])


def _marks(text: str, file: str, form: str, ids: Sequence[str]) -> list[Mark]:
    """Where each item starts, as far as that can be told; else the start of the file."""
    lines = text.split("\n")
    found = list(_STARTS["bib" if form.startswith("bib") else form].finditer(text))
    if len(found) == len(ids):
        return [_mark(text, lines, file, match.start()) for match in found]
    by_id = {match[1]: match.start() for match in reversed(found) if match.re.groups}
    return [_mark(text, lines, file, by_id.get(id, 0)) for id in ids]


def _mark(text: str, lines: Sequence[str], file: str, offset: int) -> Mark:
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return Mark(file=file, line=line, column=column, excerpt=visible(lines[line - 1]))


def _tell_losses(found: Found, before: Any) -> None:
    """Tell what an item of CSL had before pandoc read it."""
    if not isinstance(before, dict):
        return
    for key, value in before.items():
        if value not in (None, "", [], {}) and key not in found.item:
            why = "`--read` says it anew" if key == "custom" else "pandoc has no place for it"
            found.lose(key, why)
        elif isinstance(value, dict) and isinstance(after := found.item[key], dict):
            for part in sorted(value.keys() & {"season", "literal"} - after.keys()):
                found.lose(f"{key}: {part}", "pandoc has no place for it")


def _give_ids(found: Sequence[Found], taken: Iterable[str]) -> None:
    """Give each work without a usable id one such as `hoffmann-2024-value`, which nothing else bears."""
    given = {one.id.lower() for one in found if re.search(CITEKEY, one.id)}.union(key.lower() for key in taken)
    for one in found:
        if re.search(CITEKEY, one.id):
            continue
        base = _readable(one.item)
        tried = chain([base], (f"{base}-{number}" for number in count(2)))
        new = next(id for id in tried if id not in given)
        given.add(new)
        if one.id:
            one.tell(f"'{one.id[:80]}' can't be a citekey; this work is called '{new}'", "cite it by that name")
        one.item["id"] = new


def _readable(item: Mapping[str, Any]) -> str:
    """Who wrote it, the year, and the first word of the title that says something."""
    names = item.get("author") or item.get("editor") or [{}]
    who = names[0].get("family") or names[0].get("literal") or ""
    date = item.get("issued") or ""
    year = str(date["date-parts"][0][0]) if isinstance(date, dict) else date[:4]
    words = [word for word in _ascii(item.get("title", "")) if word not in _SMALL_WORDS]
    parts = ["".join(_ascii(who))[:30], year.lstrip("-"), *[word[:30] for word in words[:1]]]
    return "-".join(part for part in parts if part) or "work"


def _ascii(text: str) -> list[str]:
    return folded(text).encode("ascii", "ignore").decode().split()
