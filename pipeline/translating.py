"""Keep the files of translators: a project in; a template, files brought up to date, and how far each has come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline import po
from pipeline.catalogue import Catalogue
from pipeline.folder import opened
from pipeline.forms import Output
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Refused, ToolFailed
from pipeline.project import Project
from pipeline.source import read_folder
from pipeline.translation import file_of, languages, missing, texts


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """A language's file as it should be."""

    language: str
    before: bytes | None
    updated: po.Updated

    @property
    def file(self) -> str:
        """Its path below the project's root."""
        return file_of(self.language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a language has come."""

    language: str
    texts: int
    done: int
    stale: int

    @property
    def open(self) -> int:
        """How many texts have no translation."""
        return self.texts - self.done - self.stale


def template(project: Project) -> str:
    """Give every text that briefs may print as a template for translators; raises Refused."""
    library, _ = _read(project)
    return po.template(texts(library), f"The texts of {library.house.name}.")


def updates(project: Project, chosen: Sequence[str] = ()) -> tuple[Update, ...]:
    """Bring the files of these languages, or of all that products are made in, up to date.

    A language that no product is made in yet gets all texts. Raises Refused where a file of the library can't be read.
    """
    library, before = _read(project)
    planned = languages(library)
    found = []
    for language in chosen or tuple(dict.fromkeys([*planned, *library.catalogues])):
        text = before.get(language)
        title = f"The texts of {library.house.name} in the language {language}."
        catalogue = Catalogue(language=language, file=file_of(language))
        done = po.updated(texts(library, planned.get(language)), text or "", title, catalogue)
        found.append(Update(language=language, before=None if text is None else text.encode(), updated=done))
    return tuple(found)


def write(project: Project, made: Sequence[Update]) -> tuple[str, ...]:
    """Put the files in their places, and give the names of those that changed.

    Raises ToolFailed, with everything as it was, where that can't be done or one has changed since it was read.
    """
    with opened(project.briefs) as folder:
        for update in made:
            if folder.read(f"locale/{update.language}.po") != update.before:
                raise ToolFailed(f"{update.file} has changed meanwhile; update once more")
        written = folder.put(
            [Output(path=f"locale/{update.language}.po", data=update.updated.text.encode()) for update in made]
        )
    return tuple(f"briefs/{path}" for path in written)


def progress(project: Project) -> tuple[Progress, ...]:
    """Say of each language that products are made in how many of their texts are translated; raises Refused."""
    library, _ = _read(project)
    found = []
    for language, briefs in languages(library).items():
        total = len(texts(library, briefs))
        left = [message for _, message in missing(library, language, briefs)]
        stale = sum(message is not None and bool(message.translation) for message in left)
        found.append(Progress(language=language, texts=total, done=total - len(left), stale=stale))
    return tuple(found)


def _read(project: Project) -> tuple[Library, Mapping[str, str]]:
    """The library and the texts of its PO files; refuse one that can't be loaded as a whole: texts would be lost."""
    reading = read_folder(project.briefs, project.root)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    if library.unloaded:
        raise Refused([*reading.problems, *problems])
    return library, reading.catalogues
