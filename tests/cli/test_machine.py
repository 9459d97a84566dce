"""Where the machine fails, a build says so in one sentence and ends with 3, and the last release is as it was."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests import example

pytestmark = pytest.mark.slow
BUILD = (sys.executable, "-m", "pipeline", "build", "--format", "html", "--jobs")
BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Root may read and write everything, unless this is taken from it."""


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a release."""
    root = tmp_path_factory.mktemp("released") / "project"
    example.make(root)
    subprocess.run([*BUILD, "1"], cwd=root, env={**os.environ, "PYTHONPATH": str(example.ROOT)}, check=True)
    return root


@pytest.fixture
def project(released: Path, tmp_path: Path) -> Path:
    """A copy, with a change that asks for both briefs to be made anew."""
    root = Path(shutil.copytree(released, tmp_path / "project"))
    argument = root / "briefs" / "arguments" / "lights-help.yaml"
    argument.write_text(example.ARGUMENT.replace("safer", "much safer"), encoding="utf-8")
    return root


def failure(
    root: Path,
    command: Sequence[str],
    before: Callable[[], None] | None = None,
    **environment: str,
) -> str:
    """What a build says that the machine fails; the release is as it was."""
    was = tree(root / "public")
    path = os.pathsep.join(filter(None, [environment.pop("PYTHONPATH", ""), str(example.ROOT)]))
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **environment, "PYTHONPATH": path},
        preexec_fn=before,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert tree(root / "public") == was
    return done.stderr


def little_room() -> None:
    """Let no file grow beyond what a page needs."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))


def test_a_file_that_grows_too_large(project: Path) -> None:
    """As by a quota: none of the files is replaced."""
    assert "File too large" in failure(project, [*BUILD, "1"], little_room)


FULL = """
set -e
mount -t tmpfs -o size=64k none "$0/public"
cp -r "$0/old/." "$0/public"
cd "$0"
status=0; "$@" || status=$?
diff -r "$0/old" "$0/public" >&2
exit $status
"""


if os.geteuid() == 0:

    def test_a_full_disk(project: Path) -> None:
        """On a disk of 64 KiB, as root alone can mount one; for all others the test above asks for the same."""
        (project / "public").rename(project / "old")
        (project / "public").mkdir()
        shutil.rmtree(project / "old" / "first-brief")
        for path in (project / "old").rglob("*.html"):
            path.write_text("old", encoding="utf-8")
        said = failure(project, ["unshare", "-m", "sh", "-c", FULL, str(project), *BUILD, "1"])
        assert "No space left on device" in said


@pytest.mark.parametrize("folder", ["public", "public/first-brief"])
def test_a_folder_that_may_not_be_written_to(project: Path, folder: str) -> None:
    """Said before anything is made where it is the output folder itself."""
    (project / folder).chmod(0o500)
    assert "Permission denied" in failure(project, [*BOUND, *BUILD, "1"])


def test_what_is_only_read_may_be_read_only(project: Path) -> None:
    """Templates, assets and the library are never written to."""
    for name in ("templates", "assets", "briefs"):
        for path in (project / name, *(project / name).rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {**os.environ, "PYTHONPATH": str(example.ROOT)}
    done = subprocess.run(
        [*BOUND, *BUILD, "1"], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "3 files written, 1 unchanged, 0 removed\n")


@pytest.mark.parametrize(
    ("kind", "said", "jobs"),
    [
        ("missing", "No such file", "1"),
        ("missing", "No such file", "2"),
        ("plain", "Permission denied", "1"),
        ("foreign", "Exec format error", "1"),
    ],
)
def test_pandoc_that_cant_be_run(project: Path, tmp_path: Path, kind: str, said: str, jobs: str) -> None:
    """It is named with its place: missing, no program, or one for another machine."""
    package = tmp_path / "shadow" / "pypandoc"
    (package / "files").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    if kind != "missing":
        (package / "files" / "pandoc").write_bytes(b"\x7fnothing")
        (package / "files" / "pandoc").chmod(0o755 if kind == "foreign" else 0o644)
    found = failure(project, [*BUILD, jobs], PYTHONPATH=str(tmp_path / "shadow"))
    assert "pandoc" in found
    assert said in found


def test_a_font_that_is_missing(project: Path) -> None:
    """It is named, and what to restore."""
    (project / "assets" / "fonts" / "SourceSans3-Bold.ttf").unlink()
    found = failure(project, [*BUILD, "2"])
    assert "the bundled font SourceSans3-Bold.ttf can't be read: restore the folder assets/fonts" in found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems look for libraries by another variable")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_pango_that_is_missing(project: Path, tmp_path: Path, jobs: str) -> None:
    """The packages are named, and nothing that the engine prints itself comes between."""
    (tmp_path / "libraries").mkdir()
    (tmp_path / "libraries" / "libpango-1.0.so.0").write_text("no library", encoding="utf-8")
    command = [part if part != "html" else "pdf" for part in (*BUILD, jobs)]
    found = failure(project, command, LD_LIBRARY_PATH=str(tmp_path / "libraries"))
    assert "Pango is missing or can't be loaded: install the system packages libpango-1.0-0" in found
