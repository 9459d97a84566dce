"""Turn documents into a library: what the files say in, frozen records and problems out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

from pydantic import ValidationError

from pipeline import mistakes, po
from pipeline.answer import Answer, Answers
from pipeline.catalogue import Catalogue
from pipeline.csl import Source
from pipeline.figure import FIGURE_RECORDS, Figure
from pipeline.forms import Document, Node
from pipeline.model import Argument, Brief, House, Library
from pipeline.problem import Comment, Mark, Path, Problem, Refused, did_you_mean, in_order
from pipeline.record import Record
from pipeline.salvage import gaps, renamed, salvaged
from pipeline.translation import file_of

Kind = Literal["house", "sources", "arguments", "figures", "briefs", "links"]
R = TypeVar("R", bound=Record)
_LOCAL_IDS: Mapping[Kind, tuple[str, ...]] = {"arguments": ("grounds", "objections"), "briefs": ("options", "local")}
"""The lists whose items have ids; those of one file must differ."""
_FIGURE_KINDS: Mapping[str, Any] = {
    get_args(record.model_fields["kind"].annotation)[0]: record for record in FIGURE_RECORDS
}
_NO_HOUSE = House(name="House", series="Policy brief", description="No house", language="en-GB", citation_style="none")


def load(
    documents: Iterable[Document],
    unread: Iterable[str] = (),
    texts: Mapping[str, str | None] = MappingProxyType({}),
    catalogues: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Library, tuple[Problem, ...]]:
    """Make records of what the documents say; `unread` names the files that could not be read.

    `texts` are the stored texts of sources, which the library hands on as they are; `catalogues` the texts of PO files
    by their languages.

    Returns a library of all that could be loaded and every problem, sorted. The library knows what it
    lacks, so that rules can look at it all the same; it must not be published when a problem is an error.
    """
    loading = _Loading(texts=texts)
    for document in documents:
        kind, id = address(document.file)
        loading.files.append(document.file)
        loading.comments += document.comments
        loading.take(kind, id, document)
    for file in unread:
        kind, id = address(file)
        loading.files.append(file)
        if file.endswith(".po"):
            loading.unloaded.add(f"locale/{id}")
            continue
        loading.seen.add(kind)
        loading.unloaded.add(kind if kind in ("house", "sources") else f"{kind}/{id}")
    for language, text in catalogues.items():
        loading.take_catalogue(language, text)
    for kind in ("house", "sources"):
        if kind not in loading.seen:
            loading.refuse_absence(kind)
    return loading.library(), in_order(loading.problems)


def address(file: str) -> tuple[Kind, str]:
    """What a file holds and under which id, from its name: `briefs/arguments/misuse-risk.yaml`."""
    path = PurePosixPath(file)
    if path.parent.name in ("arguments", "figures"):
        return ("arguments" if path.parent.name == "arguments" else "figures"), path.stem
    if path.suffix == ".json":
        return "links", path.stem
    if path.stem in ("house", "sources"):
        return ("house" if path.stem == "house" else "sources"), path.stem
    return "briefs", path.stem


@dataclass(slots=True)
class _Loading:
    """Collects records and problems."""

    texts: Mapping[str, str | None]
    house: House = _NO_HOUSE
    sources: dict[str, Source] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
    unloaded: set[str] = field(default_factory=set)
    parts: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[Kind] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)

    def library(self) -> Library:
        return Library(
            house=self.house,
            sources=MappingProxyType(self.sources),
            arguments=MappingProxyType(self.arguments),
            figures=MappingProxyType(self.figures),
            briefs=MappingProxyType(self.briefs),
            unloaded=frozenset(self.unloaded),
            parts=MappingProxyType(self.parts),
            files=tuple(self.files),
            comments=tuple(self.comments),
            answers=MappingProxyType(self.answers),
            texts=self.texts,
            catalogues=MappingProxyType(self.catalogues),
        )

    def take(self, kind: Kind, id: str, document: Document) -> None:
        """Load one document."""
        self.seen.add(kind)
        before = len(self.problems)
        if not isinstance(document.data, dict):
            self._refuse(document.marks.value(()), "wrong-type", "keys and values are needed here",
                         "start each line with a key and a colon, as in `title: …`")  # fmt: skip
        elif kind == "sources":
            self._take_sources(document, document.data)
            return
        else:
            self._take_record(kind, id, document, document.data)
        if len(self.problems) > before:
            self.unloaded.add(kind if kind in ("house", "sources") else f"{kind}/{id}")

    def take_catalogue(self, language: str, text: str) -> None:
        """Load the translations into one language."""
        self.files.append(file_of(language))
        try:
            self.catalogues[language], comments = po.read(text, file_of(language), language)
        except Refused as refused:
            self.problems += refused.problems
            self.unloaded.add(f"locale/{language}")
        else:
            self.comments += comments

    def _take_record(self, kind: Kind, id: str, document: Document, data: dict[str, Node]) -> None:
        if kind == "house":
            self.house = self._record(House, data, document) or self._house_in_part(data)
            return
        if kind == "links":
            said = self._record(Answers, data, document) or Answers()
            self.answers = {answer.address: answer for answer in said.links}
            return
        if "id" in data:
            hint = f"delete it: the id is the name of the file, '{id}'"
            self._refuse(document.marks.key(("id",)), "unknown-key", "the key 'id' is not known here", hint)
        self._refuse_twins(document, _ids(data, _LOCAL_IDS.get(kind, ())))
        if kind == "briefs" and isinstance(recipient := data.get("recipient"), dict):
            self._refuse_twins(document, ((("recipient", *path), id) for path, id in _ids(recipient, ("slots",))))
        named: dict[str, Node] = {**data, "id": id}
        if kind == "arguments" and (argument := self._record(Argument, named, document)):
            self.arguments[id] = argument
        elif kind == "briefs" and (brief := self._record(Brief, named, document)):
            self.briefs[id] = brief
        elif kind == "figures" and (figure := self._figure(named, document)):
            self.figures[id] = figure

    def _figure(self, data: dict[str, Node], document: Document) -> Figure | None:
        kind = data.get("kind")
        if isinstance(kind, str) and kind in _FIGURE_KINDS:
            return self._record(_FIGURE_KINDS[kind], data, document)
        if "kind" not in data:
            hint = f"add `kind: {' | '.join(_FIGURE_KINDS)}`"
            self._refuse(document.marks.key(()), "missing-key", "the key 'kind' is missing", hint)
        else:
            self._refuse(document.marks.value(("kind",)), *mistakes.not_an_option(kind, tuple(_FIGURE_KINDS)))
        return None

    def _take_sources(self, document: Document, data: dict[str, Node]) -> None:
        items = data.get("references")
        for key in set(data) - {"references"}:
            hint = did_you_mean(key, ["references"]) or "use `references:`"
            self._refuse(document.marks.key((key,)), "unknown-key", f"the key '{key}' is not known here", hint)
        if not isinstance(items, list):
            self.unloaded.add("sources")
            if "references" in data:
                self._refuse(document.marks.value(("references",)), "wrong-type", "a list is needed here",
                             "write each source below it, starting with `- id: …`")  # fmt: skip
            elif len(data) == 0 or not any(did_you_mean(key, ["references"]) for key in data):
                self._refuse(document.marks.key(()), "missing-key", "the key 'references' is missing",
                             "add `references:` and the sources below it")  # fmt: skip
            return
        self._refuse_twins(document, _ids(data, ("references",)), ignore_case=True)
        for index, item in enumerate(items):
            self._source(item, document, ("references", index))

    def _source(self, item: Node, document: Document, path: Path) -> None:
        source = self._record(Source, item, document, path)
        id = item.get("id") if isinstance(item, dict) else None
        if source is not None:
            self.sources.setdefault(source.id, source)
        elif isinstance(id, str):
            self.unloaded.add(f"sources/{id}")
        else:
            self.unloaded.add("sources")

    def _record(self, kind: type[R], data: Node, document: Document, path: Path = ()) -> R | None:
        """Make a record; where only keys are wrong, make it all the same, so that the rules can look at it.

        What can't be made is salvaged, so that some rules can look at that.
        """
        told: list[Path] = []
        lost: list[Path] = []
        names: dict[Path, Path] = {}
        while True:
            marks = renamed(document.marks, names)
            try:
                record = kind.model_validate(data, by_alias=True, by_name=False)
            except ValidationError as error:
                self.problems += mistakes.problems(error, kind, data, marks, path, told)
                strange, meant = mistakes.unknown(error), mistakes.misspelt(error, kind, data)
                told += [loc for loc in mistakes.paths(error) if loc not in meant.values()]
                lost += [loc for loc in strange if loc not in meant]
                names |= {(*path, *right): (*path, *loc) for loc, right in meant.items()}
                if strange:
                    data = mistakes.mended(error, kind, data)
                    continue
                if isinstance(data, dict) and not path:
                    self._salvage(salvaged(kind, data, error, marks), data, lost)
                return None
            break
        record.place(marks, path)
        self._lose(record, data, lost)
        return record

    def _salvage(self, record: Record, data: dict[str, Node], lost: list[Path]) -> None:
        """Keep a record with gaps."""
        kinds = ((Argument, "arguments"), (Brief, "briefs"), (FIGURE_RECORDS, "figures"))
        for kind, name in kinds:
            if isinstance(record, kind):
                self.parts[f"{name}/{data['id']}"] = record
        self._lose(record, data, lost)

    def _lose(self, record: Record, data: Node, lost: list[Path]) -> None:
        """Remember which names of an argument's parts may not be known."""
        if isinstance(record, Argument) and isinstance(data, dict):
            self.unloaded |= {f"arguments/{data['id']}/{name}" for name in gaps(record, data, lost)}

    def _house_in_part(self, data: dict[str, Node]) -> House:
        """The severities of a house that could not be loaded, so that what was turned off stays off."""
        kept = {name: data[name] for name in ("severities", "severities_for") if name in data}
        try:
            return House.model_validate({**_NO_HOUSE.model_dump(), **kept})
        except ValidationError:
            return _NO_HOUSE

    def _refuse_twins(self, document: Document, ids: Iterable[tuple[Path, str]], *, ignore_case: bool = False) -> None:
        first: dict[str, tuple[Path, str]] = {}
        for path, id in ids:
            before, other = first.setdefault(id.lower() if ignore_case else id, (path, id))
            if before != path:
                twice = "stands here twice" if other == id else f"differs from '{other}' only in its capitals"
                line = document.marks.value(before).line
                self._refuse(document.marks.value(path), "duplicate-id", f"the id '{id}' {twice}",
                             f"the first is on line {line}; give this one another id")  # fmt: skip

    def refuse_absence(self, kind: Kind) -> None:
        """Refuse a library without its house or its sources."""
        self.unloaded.add(kind)
        self._refuse(Mark(file=f"briefs/{kind}.yaml"), "wrong-file", "this file is missing", "write it")

    def _refuse(self, mark: Mark, rule: str, message: str, hint: str) -> None:
        self.problems.append(Problem(mark=mark, rule=rule, message=message, hint=hint))


def _ids(data: dict[str, Node], lists: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for name in lists:
        items = data.get(name)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and isinstance(id := item.get("id"), str):
                yield (name, index, "id"), id
