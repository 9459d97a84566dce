"""A build makes again what would come out otherwise, and nothing else; however it was left, it ends as a clean one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pipeline.build import build
from pipeline.cli import commands
from pipeline.problem import ToolFailed
from pipeline.product import Order
from pipeline.project import Project
from pipeline.publish import Release
from pipeline.render import scribe
from pipeline.render.engine import native
from pipeline.unchanged import told
from tests import example

pytestmark = pytest.mark.slow
HTML = Order(formats=("html",))
BOTH = {"first-brief", "second-brief"}


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def clean(project: Project) -> dict[str, bytes]:
    """What a build into an empty folder gives, with nothing kept from builds before."""
    with tempfile.TemporaryDirectory() as folder:
        build(Project.at(project.root, Path(folder) / "public"), Order(formats=("html",), fresh=True))
        return tree(Path(folder) / "public")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once with real copies of templates and assets."""
    root = tmp_path_factory.mktemp("example")
    example.make(root)
    for name in ("templates", "assets"):
        if (root / name).is_symlink():
            (root / name).unlink()
            shutil.copytree(example.ROOT / name, root / name)
    build(Project.at(root), HTML)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A copy of it, to be changed."""
    shutil.copytree(made, tmp_path / "copy")
    return Project.at(tmp_path / "copy")


def change(project: Project, file: str, old: str, new: str) -> Release:
    """Change a text in a file, and build."""
    path = project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return build(project, HTML)


def test_nothing_is_made_twice(project: Project) -> None:
    """Where nothing has changed, no product is made and no file is written."""
    before = tree(project.output)
    release = build(project, HTML)
    assert (dict(release.why), release.written, release.products) == ({}, (), 2)
    assert tree(project.output) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "names", "because"),
    [
        ("briefs/arguments/lights-help.yaml", "safer.", "much safer.", BOTH, "briefs/arguments/lights-help.yaml"),
        ("briefs/figures/wrecks.yaml", "value: 9", "value: 8", BOTH, "briefs/figures/wrecks.yaml"),
        ("briefs/first-brief.yaml", "Winter is near.", "It is winter.", {"first-brief"}, "briefs/first-brief.yaml"),
        ("briefs/house.yaml", "Nobody reviewed it.", "Ann reviewed it.", BOTH, "briefs/house.yaml"),
        ("briefs/sources.yaml", "A report on", "The report on", BOTH, "briefs/sources.yaml"),
        ("briefs/sources.yaml", "references:", "# works\nreferences:", set(), ""),
        ("templates/manuscript/why-now.md.jinja", "<section", "\n<section", BOTH, "templates"),
        ("assets/css/type.css", "{", "{orphans:3;", BOTH, "styles"),
    ],
)
def test_what_changes_is_made_again(
    project: Project, file: str, old: str, new: str, names: set[str], because: str
) -> None:
    """Only products that show a change are made, the build says why, and they are those of a clean build."""
    release = change(project, file, old, new)
    assert {name for name in release.why if names or name} == names
    assert all(why == (because,) for why in release.why.values())
    assert tree(project.output) == clean(project)


def test_another_library_of_the_machine_is_another_tool(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What text is laid out with is asked of the machine, and a release made with another is made anew."""
    asked = native()
    assert all(asked.values())
    monkeypatch.setattr("pipeline.inputs.native", lambda: {**asked, "pango": "0.1"})
    assert dict(build(project, HTML).why) == dict.fromkeys(BOTH, ("tools",))


def test_a_stylesheet_runs_no_pandoc(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pandoc has written is kept, and is what it would write; with `--fresh` it is asked all the same."""
    scribe._end()
    monkeypatch.setattr(scribe, "COMMAND", [sys.executable, "-c", "raise SystemExit('no pandoc')"])
    release = change(project, "assets/css/type.css", "{", "{orphans:3;")
    assert set(release.why) == BOTH
    with pytest.raises(ToolFailed, match="no pandoc"):
        build(project, Order(formats=("html",), fresh=True))
    with pytest.raises(ToolFailed, match="no pandoc"):
        change(project, "assets/styles/apa-numeric-superscript-brackets.csl", "<info>", "<info >")
    monkeypatch.undo()
    build(project, HTML)
    assert tree(project.output) == clean(project)


@pytest.mark.parametrize("harm", ["truncated", "gone", "no manifest"])
def test_what_is_harmed_is_made_again(project: Project, harm: str) -> None:
    """An entry counts only while its file has the bytes that the manifest says."""
    page, manifest = project.output / "first-brief/index.html", project.output / "manifest.json"
    if harm == "truncated":
        page.write_bytes(page.read_bytes()[:1000])
    elif harm == "gone":
        page.unlink()
    else:
        manifest.unlink()
    release = build(project, HTML)
    assert "first-brief" in release.why
    assert tree(project.output) == clean(project)


def test_a_manifest_of_another_format_counts_for_nothing(project: Project) -> None:
    """A whole build makes everything anew."""
    manifest = project.output / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format": 2', '"format": 1'), "utf-8")
    assert set(build(project).why) == BOTH


def test_fresh_makes_everything(project: Project) -> None:
    """What the last release has is not looked at."""
    assert set(build(project, Order(formats=("html",), fresh=True)).why) == BOTH


def test_formats_of_different_times_are_not_mixed_up(project: Project) -> None:
    """A page that is older than its inputs is made again, though the other format was made since."""
    change(project, "briefs/first-brief.yaml", "Winter is near.", "It is winter.")
    (project.root / "briefs/first-brief.yaml").write_text(
        example.BRIEF.replace("Winter is near.", "Spring is far."), encoding="utf-8"
    )
    build(project, Order(formats=("pdf",)))
    release = build(project, HTML)
    assert "first-brief" in release.why
    assert b"Spring is far." in (project.output / "first-brief/index.html").read_bytes()


def test_the_manifest_says_what_each_product_was_made_from(project: Project) -> None:
    """Every input has a name and a digest."""
    listed = json.loads((project.output / "manifest.json").read_text(encoding="utf-8"))["briefs"][0]["inputs"]
    named = {"briefs/arguments/lights-help.yaml", "briefs/house.yaml", "templates", "styles", "fonts", "program"}
    assert named <= set(listed)
    assert all(len(digest) == 16 for digest in listed.values())


class Rebuilding(RuleBasedStateMachine):
    """Edits, harm and builds in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        house = example.make(Path(self.folder.name)) / "house.yaml"
        house.write_text(f"{example.HOUSE}formats: [html]\n", encoding="utf-8")  # so that a whole release is quick
        self.project = Project.at(Path(self.folder.name))
        self.built = False

    def teardown(self) -> None:
        """Take the folder away."""
        self.folder.cleanup()

    @rule(word=st.sampled_from(["safer", "less safe", "brighter"]))
    def edit(self, word: str) -> None:
        """Change an argument."""
        text = example.FILES["arguments/lights-help.yaml"].replace("safer", word)
        (self.project.briefs / "arguments/lights-help.yaml").write_text(text, encoding="utf-8")
        self.built = False

    @rule(there=st.booleans())
    def take_away(self, *, there: bool) -> None:
        """Delete a brief, or bring it back."""
        path = self.project.briefs / "second-brief.yaml"
        path.unlink(missing_ok=True)
        if there:
            path.write_text(example.FILES["second-brief.yaml"], encoding="utf-8")
        self.built = False

    @rule(at=st.integers(0, 5000))
    def truncate(self, at: int) -> None:
        """Cut a page of the release, as a crash might."""
        files = sorted(path for path in self.project.output.rglob("*.html") if path.is_file())
        if files:
            path = files[at % len(files)]
            path.write_bytes(path.read_bytes()[:at])
        self.built = False

    @rule(at=st.integers(0, 5000), harm=st.sampled_from(["cut", "gone", "another's", "of another day"]))
    def harm_what_is_kept(self, at: int, harm: str) -> None:
        """Harm something that a stage has kept, or let the clock have stood elsewhere when it was."""
        files = sorted(path for path in self.project.kept.rglob("*") if path.is_file())
        if not files:
            return
        path, other = files[at % len(files)], files[-1 - at % len(files)]
        if harm == "cut":
            path.write_bytes(path.read_bytes()[:at])
        elif harm == "gone":
            path.unlink()
        elif harm == "another's":
            path.write_bytes(other.read_bytes())
        else:
            os.utime(path, (at, at * 10**6))

    @rule(call=st.integers(1, 96))
    def crash(self, call: int) -> None:
        """Kill the command where it is about to change the disk, at whatever step that is."""
        command = [sys.executable, "-m", "tests.killing", "at", str(call)]
        typed = ["-C", str(self.project.root), "build", "--jobs", "1"]
        done = subprocess.run([*command, *typed], cwd=example.ROOT, capture_output=True, check=False)
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr
        self.built = False

    @rule()
    def make(self) -> None:
        """Run the command, unless it is known that it would do nothing; then it is, and a second build does nothing."""
        typed = ["-C", str(self.project.root), "build", "--jobs", "1"]
        if told(typed) is None:
            assert CliRunner().invoke(commands, typed, obj=typed).exit_code == 0
        assert told(typed)
        assert dict(build(self.project).why) == {}
        self.built = True

    @invariant()
    def as_clean(self) -> None:
        """What was built is what a clean build gives."""
        if self.built:
            assert tree(self.project.output) == clean(self.project)
            self.built = False


TestRebuilding = Rebuilding.TestCase
TestRebuilding.settings = settings(
    max_examples=4, stateful_step_count=5, deadline=None, phases=[Phase.explicit, Phase.generate]
)


def test_what_the_house_makes_is_looked_for(project: Project) -> None:
    """A whole build keeps the files of products that need not be made again, and makes a format that is new."""
    house = project.root / "briefs/house.yaml"
    plain = house.read_text(encoding="utf-8")
    house.write_text(f"{plain}formats: [html]\n", encoding="utf-8")
    first = build(project)
    assert (set(build(project).outputs), build(project).removed) == (set(first.outputs), ())
    house.write_text(f"{plain}formats: [html, txt]\n", encoding="utf-8")
    assert {"first-brief/first-brief.txt", "first-brief/index.html"} <= {made.path for made in build(project).outputs}
