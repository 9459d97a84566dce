"""Name the forms a brief takes on its way from records to files: each stage hands one to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pipeline.problem import Comment, Mark, Marks

OPEN, CLOSE = "\ue000", "\ue001"
"""A passage's place in a manuscript is OPEN + its index + CLOSE; no input file may hold these characters."""


Node: TypeAlias = "dict[str, Node] | list[Node] | str | None"
"""What a YAML file says, before anything is known of what it means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One YAML file: what it says and where."""

    file: str
    """Its path below the project's root, with `/`."""
    data: Node
    marks: Marks
    comments: tuple[Comment, ...] = ()
    """The comments that are meant for the program, `# openbrief: …`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What catalogues, readers and machines are told about a brief."""

    slug: str
    title: str
    description: str
    """The bottom line: one sentence of plain text."""
    authors: tuple[str, ...]
    publisher: str
    series: str
    issued: str
    """ISO 8601 day, `2026-11-23`."""
    version: str
    language: str
    """BCP 47 tag, `en-GB`."""
    licence: str
    licence_url: str
    keywords: tuple[str, ...]
    url: str = ""
    """Where the brief is published; empty when the house has no address."""
    claims: tuple[str, ...] = ()
    """The claims the brief rests on, as plain sentences."""
    name: str = ""
    """The product: what its files are called, `open-models-one-page.en-GB`; left out, the slug."""
    edition: str = "brief"
    edition_title: str = ""
    """What the edition is called on its page; empty for the usual one."""
    audience: str = ""
    region: str = ""
    readers: str = ""
    """Whom it is for and where, as its page says it: `for legislators · Northern Ireland`."""
    called: str = ""
    """What links to it from the brief's other products say."""

    @property
    def identifier(self) -> str:
        """What names this version of this product, wherever it lies: a URN that never changes."""
        return urn(f"{self._address}#{self.version}")

    @property
    def work(self) -> str:
        """What names the product in all its versions, as a URN."""
        return urn(self._address)

    @property
    def _address(self) -> str:
        """Where the product is published, or who publishes which; nobody else's is the same."""
        return f"{self.url or f'openbrief:{self.publisher}/{self.slug}/'}{self.file}"

    @property
    def main(self) -> bool:
        """Whether this is the brief's main product, which bears its plain name."""
        return self.name in ("", self.slug)

    @property
    def file(self) -> str:
        """The name of its files, without ending; the main product's page is the folder's index."""
        return self.name or self.slug

    @property
    def html(self) -> str:
        """The name of its page, without ending."""
        return "index" if self.main else self.file


_ADDRESSES = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The namespace of names that are addresses (RFC 9562, 6.6)."""


def urn(name: str) -> str:
    """The UUID of version 5 that a name has, by SHA-1 (RFC 9562, 5.5), as a URN."""
    octets = bytearray(hashlib.sha1(_ADDRESSES + name.encode(), usedforsecurity=False).digest()[:16])
    octets[6], octets[8] = octets[6] & 0x0F | 0x50, octets[8] & 0x3F | 0x80
    figures = octets.hex()
    return "urn:uuid:" + "-".join(figures[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of Markdown on its own: it can't break out of the place where it is set."""

    text: str
    trusted: bool = False
    """True for what our own templates wrote (may hold HTML and further passages); False for prose from YAML."""
    mark: Mark | None = None
    language: str = ""
    """The language it is in, where that is not its page's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A figure drawn as SVG, to be set into the finished HTML."""

    id: str
    svg: str
    wide: bool = False
    """Whether it is wider than a narrow screen, and scrolls sideways there."""
    on_paper: bool = True
    """Whether it is printed too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manuscript:
    """A brief in Markdown: the templates' structure with numbered places for passages."""

    metadata: Metadata
    text: str
    """Trusted Markdown with tokens `OPEN index CLOSE` where passages go."""
    passages: tuple[Passage, ...]
    fields: Mapping[str, int] = field(default_factory=dict)
    """Passages that the page sets outside the body, by name (`bottom_line`), as an index into `passages`."""
    references: tuple[Mapping[str, Any], ...] = ()
    """The cited sources as CSL-JSON items."""
    drawings: tuple[Drawing, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)
    """What screen readers hear, by the names of `wording.HEARD`; left out, English."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of the table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """A brief's body in clean HTML, citations resolved; drawings are still `<div data-drawing="ID">`."""

    metadata: Metadata
    body: str
    fields: Mapping[str, str]
    """Inline HTML of the manuscript's fields."""
    headings: tuple[Heading, ...]
    words: int
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A brief as complete HTML documents."""

    metadata: Metadata
    html: str
    """Self-contained for a browser: fonts, styles and drawings inside."""
    paged: str
    """The same document for the PDF engine: print styles, fonts by file."""
    minutes: int
    """Reading time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Undrawn:
    """Characters of a page that no font draws: those of one script, or a single sign."""

    characters: Mapping[str, str]
    """Each with its description."""
    script: str
    """What people call the script; empty for a sign."""
    hint: str

    def said(self, first: str) -> str:
        """Say so of the character that comes first."""
        others = len(self.characters) - 1
        nor = f", nor {others} more {'character' if others == 1 else 'characters'} of {self.script}" if others else ""
        of_script = f", which is {self.script}" if self.script and not others else ""
        return f"no font can draw {self.characters[first]}{of_script}{nor}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pdf:
    """A brief on paper."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]
    """PostScript names of the embedded fonts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file inside a PDF."""

    path: str
    """Where it stands below the project's root, with `/`."""
    data: bytes
    description: str
    relationship: Literal["Source", "Data", "Supplement"]
    """What it is to the brief (ISO 19005-3, 6.8): what the text was made from, what a figure shows, or an addition."""
    media: str
    """Its media type, `application/yaml`."""

    @property
    def name(self) -> str:
        """What it is called in lists, `arguments.misuse-risk.yaml`: viewers save no file whose name has a stroke."""
        return enclosed_as(self.path)


def enclosed_as(path: str) -> str:
    """The name inside a PDF of the file at a path below the project's root."""
    return path.removeprefix("briefs/").replace("/", ".")


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """One file of a release."""

    path: str
    """Below the output folder, with `/`: `open-models/open-models.pdf`."""
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A file as the manifest has it; in an entry, one that stands in its place already."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored(Listed):
    """A finished file that lies elsewhere on this machine until its release takes it."""

    where: Path


Finished: TypeAlias = "Output | Stored | Listed"
"""A file of a release: in memory, on the disk, or in its place."""


def listed(file: Finished) -> Listed:
    """What the manifest says of a file."""
    if isinstance(file, Output):
        return Listed(path=file.path, bytes=len(file.data), sha256=hashlib.sha256(file.data).hexdigest())
    return Listed(path=file.path, bytes=file.bytes, sha256=file.sha256)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the index page and the manifest say of one brief."""

    metadata: Metadata
    outputs: tuple[Finished, ...]
    pages: int | None
    """Pages of the PDF; None when no PDF was asked for."""
    minutes: int
    draft: bool = False
    left_out: tuple[str, ...] = ()
    """Addresses of the parts that had no room on its pages."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """A digest of everything it was made from, by name; empty where that isn't known."""

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells it from all others: the brief, the product, and whether it is a draft."""
        return self.metadata.slug, self.metadata.file, self.draft
