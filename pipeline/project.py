"""Know the folders of a project: its root in, the places of everything out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

OURS = (
    *("briefs", "templates", "assets", "pipeline", "tests", ".git", ".venv"),
    *("build/kept", "build/finished", "build/sent", "build/unchanged"),
)
"""What of a project is read, or taken away again by the next run; finished briefs have no place in it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place that is no folder of this machine: `s3://bucket/prefix`."""

    url: str
    """Without a stroke at its end, and without credentials."""

    def __truediv__(self, path: str) -> Address:
        return Address(f"{self.url}/{path}")

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """The folders a build reads and writes; nothing outside them is touched."""

    root: Path
    output: Path
    """Where finished briefs go; `public/` in the root unless the user says otherwise."""
    address: Address | None = None
    """Where they go in place of `output`, which then only keeps two runs of this machine apart."""

    @classmethod
    def at(cls, root: Path, output: Path | None = None) -> Project:
        """The project whose root is `root`, an absolute path after this."""
        root = root.resolve()
        return cls(root=root, output=(root / "public") if output is None else output.absolute())

    @classmethod
    def nearest(cls, start: Path, output: Path | None = None) -> Project | None:
        """The project that `start` lies in: the nearest folder upwards with a briefs/house.yaml, if there is one."""
        start = start.resolve()
        found = (folder for folder in (start, *start.parents) if (folder / "briefs" / "house.yaml").is_file())
        root = next(found, None)
        return None if root is None else cls.at(root, output)

    def sent_to(self, url: str) -> Project:
        """The same project, with its finished briefs put out to a URL."""
        address = Address(url.rstrip("/"))
        return replace(self, address=address, output=self.root / "build" / "sent" / _short(address.url))

    @property
    def place(self) -> Path | Address:
        """Where finished briefs go."""
        return self.address or self.output

    @classmethod
    def shipped(cls) -> Project:
        """The project that this program lies in, with the templates and assets that it came with."""
        return cls.at(Path(__file__).parents[1])

    def slugs(self) -> tuple[str, ...]:
        """The names of all briefs, from file names alone."""
        names = (path.stem for path in self.briefs.glob("*.yaml"))
        return tuple(sorted(name for name in names if name not in ("house", "sources")))

    def styles(self) -> tuple[str, ...]:
        """The citation styles at hand: CSL files in assets/styles/, without their ending."""
        return tuple(sorted(path.stem for path in (self.assets / "styles").glob("*.csl")))

    def has_asset(self, name: str) -> bool:
        """Whether there is a file of that name inside assets/, and not behind a link that leads out."""
        path = (self.assets / name).resolve()
        return path.is_relative_to(self.assets.resolve()) and path.is_file()

    def has_file(self, name: str) -> bool:
        """Whether there is a file of that name below the root."""
        return (self.root / name).is_file()

    def kept_from_output(self) -> str | None:
        """Why nothing may be written to the output folder; None where it lies apart from what is read."""
        output = self.output.resolve()
        if self.root.is_relative_to(output):
            return "the project lies in it"
        inside = next((name for name in OURS if output.is_relative_to((self.root / name).resolve())), None)
        if output == (self.root / "build").resolve():
            inside = "build"
        return f"it lies in {inside}/" if inside else None

    @property
    def briefs(self) -> Path:
        """The library: arguments, sources, figures, briefs and the house."""
        return self.root / "briefs"

    @property
    def kept(self) -> Path:
        """What stages made before; it may be thrown away at any time."""
        return self.root / "build" / "kept"

    @property
    def templates(self) -> Path:
        """Jinja templates of manuscripts, figures and pages."""
        return self.root / "templates"

    @property
    def assets(self) -> Path:
        """Fonts, stylesheets, citation styles, schemas, logos."""
        return self.root / "assets"


def _short(text: str) -> str:
    """A name for a folder, the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
