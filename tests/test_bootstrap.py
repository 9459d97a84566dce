"""Setting up: what is missing is said, what was interrupted is mended, and the locks can be trusted."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline import bootstrap

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UV = """#!/bin/sh
# Stands in for uv: notes what it was asked for, and makes a room whose python imports WeasyPrint unless Pango is gone.
echo "$*" >> "{log}"
[ ! -e "{broken}" ] || exit 1
[ "$1" = venv ] || exit 0
for venv; do :; done
mkdir -p "$venv/bin"
printf '#!/bin/sh\\n[ ! -e "{gone}" ]\\n' > "$venv/bin/python"
chmod +x "$venv/bin/python"
"""


def declared() -> list[str]:
    """Everything that pyproject.toml asks for."""
    project = PROJECT["project"]
    groups = [*project["optional-dependencies"].values(), *PROJECT["dependency-groups"].values()]
    return [*project["dependencies"], *(requirement for group in groups for requirement in group)]


def pins(lock: str) -> dict[str, list[str]]:
    """Hashes by `name==version` of a lock file."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            found[next(reversed(found))].append(line.strip().removesuffix(" \\"))
        elif line and not line.lstrip().startswith("#"):
            found[line.split(" ")[0]] = []
    return found


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A project in a folder with a space in its name, and a uv that only notes what it is asked for."""
    root, tools = tmp_path / "a project", tmp_path / "tools"
    (root / "pipeline").mkdir(parents=True)
    tools.mkdir()
    shutil.copy(ROOT / "pipeline" / "bootstrap.py", root / "pipeline")
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml", "pipeline/__init__.py"):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    log, broken, gone = (tmp_path / name for name in ("log", "broken", "gone"))
    text = UV.format(log=log, broken=broken, gone=gone)
    (tools / "uv").write_text(text, encoding="utf-8")
    (tools / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("OPENBRIEF_NO_APT", "1")

    def asked() -> list[str]:
        """What uv was asked for since the last question."""
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [" ".join(word for word in line.split() if word in {"venv", "pip", "-r", "-e"}) for line in lines]

    return SimpleNamespace(root=root, room=bootstrap.Room.of(root), asked=asked, broken=broken, gone=gone)


BUILT = ["venv", "pip -r", "pip -e"]
KEPT = ["pip -r", "pip -e"]


def test_a_ready_room_is_left_alone(scene: SimpleNamespace) -> None:
    """The second set-up runs no installer, and so asks nothing of a network."""
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == BUILT
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == []


def test_tests_add_to_the_room(scene: SimpleNamespace) -> None:
    """Packages for tests join those for building, and serve building too."""
    bootstrap.prepare(scene.room, "run")
    scene.asked()
    bootstrap.prepare(scene.room, "test")
    assert scene.asked() == KEPT
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == []


def test_verifying_adds_packages_of_node(scene: SimpleNamespace, tmp_path: Path) -> None:
    """Npm installs what is locked and runs none of its scripts; once, and again when the lock or the folder changes."""
    web = scene.root / bootstrap.WEB
    web.mkdir(parents=True)
    (web / "package-lock.json").write_text("{}", encoding="utf-8")
    npm, log = tmp_path / "tools" / "npm", tmp_path / "npm.log"
    npm.write_text(f'#!/bin/sh\necho "$PWD $*" >> "{log}"\nmkdir -p node_modules\n', encoding="utf-8")
    npm.chmod(0o755)
    for need in bootstrap.NEEDS["verify"]:
        if not need.present():
            pytest.skip(f"{need.debian} is missing")

    def asked() -> int:
        bootstrap.prepare(scene.room, "verify")
        return len(log.read_text(encoding="utf-8").splitlines())

    assert [asked(), asked()] == [1, 1]
    assert log.read_text(encoding="utf-8").startswith(f"{web} ci --ignore-scripts ")
    (web / "package-lock.json").write_text("{ }", encoding="utf-8")
    assert [asked(), asked()] == [2, 2]
    (web / "node_modules").rmdir()
    assert asked() == 3
    bootstrap.prepare(scene.room, "test")
    assert asked() == 3


def test_node_packages_are_pinned_without_addresses() -> None:
    """Every package has one version and a checksum, and where it comes from is the machine's own matter."""
    lock = json.loads((ROOT / bootstrap.WEB / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / bootstrap.WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name.removeprefix("node_modules/"): each for name, each in lock["packages"].items() if name}
    assert {name: packages[name]["version"] for name in wanted} == wanted
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert not [name for name, each in packages.items() if "resolved" in each]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [("requirements.txt", BUILT), ("requirements-test.txt", KEPT), ("pyproject.toml", KEPT)],
)
def test_a_change_is_followed(scene: SimpleNamespace, changed: str, steps: list[str]) -> None:
    """A new lock of the build makes a new room, so that nothing stays behind; other changes only add."""
    bootstrap.prepare(scene.room, "test")
    scene.asked()
    (scene.root / changed).write_text("# other\n", encoding="utf-8")
    bootstrap.prepare(scene.room, "test")
    assert scene.asked() == steps


def test_an_interrupted_set_up_starts_anew(scene: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    """What a set-up that never wrote its stamp has left is cleared, for it may be half a package."""
    half = scene.room.venv / "lib" / "half-a-package"
    half.mkdir(parents=True)
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == BUILT
    assert not half.exists()
    assert "clearing" in capsys.readouterr().err


@pytest.mark.parametrize("stamp", ["", "{", "[]", '"base"', '{"base": "elsewhere"}'])
def test_a_strange_stamp_counts_for_nothing(scene: SimpleNamespace, stamp: str) -> None:
    """A damaged stamp, or one of another folder, leads to a new room."""
    bootstrap.prepare(scene.room, "run")
    scene.asked()
    scene.room.stamp.write_text(stamp, encoding="utf-8")
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == BUILT


def test_a_room_without_its_python_is_built_anew(scene: SimpleNamespace) -> None:
    """A stamp says nothing where the interpreter is gone."""
    bootstrap.prepare(scene.room, "run")
    scene.asked()
    scene.room.python.unlink()
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == BUILT


def test_a_moved_folder_gets_a_new_room(scene: SimpleNamespace) -> None:
    """Programs in the room hold its path, so a room that was moved is built anew."""
    bootstrap.prepare(scene.room, "run")
    scene.asked()
    moved = scene.root.rename(scene.root.with_name("moved project"))
    bootstrap.prepare(bootstrap.Room.of(moved), "run")
    assert scene.asked() == BUILT


def test_a_failed_addition_spoils_the_room(scene: SimpleNamespace) -> None:
    """Where adding the packages for tests is cut short, what was whole before no longer counts as whole."""
    bootstrap.prepare(scene.room, "run")
    scene.broken.touch()
    with pytest.raises(bootstrap.Unready):
        bootstrap.prepare(scene.room, "test")
    scene.broken.unlink()
    scene.asked()
    bootstrap.prepare(scene.room, "test")
    assert scene.asked() == BUILT


def test_a_failed_step_leaves_no_stamp(scene: SimpleNamespace) -> None:
    """A failure says which step it was, and the next run does all of it again."""
    scene.broken.touch()
    with pytest.raises(bootstrap.Unready, match=r"this step ended with 1.* venv "):
        bootstrap.prepare(scene.room, "run")
    assert not scene.room.stamp.exists()
    scene.broken.unlink()
    scene.asked()
    bootstrap.prepare(scene.room, "run")
    assert scene.asked() == BUILT


def test_a_machine_without_pango_is_told(scene: SimpleNamespace) -> None:
    """Where WeasyPrint cannot load its libraries the set-up stops with the commands that bring them."""
    scene.gone.touch()
    with pytest.raises(bootstrap.Unready, match="brew install pango"):
        bootstrap.prepare(scene.room, "run")
    assert not scene.room.stamp.exists()


def test_packages_are_taken_by_hash_alone(scene: SimpleNamespace) -> None:
    """The installer is told to refuse what has no hash in the lock, and what would have to be compiled."""
    bootstrap.prepare(scene.room, "run")
    log = scene.root.parent / "log"
    install = log.read_text(encoding="utf-8").splitlines()[1]
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install


def test_modules_are_compiled_once(scene: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the environment lets no run of Python keep what it has compiled, and one module can't be."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    packages = scene.room.venv / "lib" / "packages"
    packages.mkdir(parents=True)
    (packages / "good.py").write_text("good = True\n", encoding="utf-8")
    (packages / "bad.py").write_text("no python:\n", encoding="utf-8")
    bootstrap._compile(scene.room._replace(python=Path(sys.executable)))
    compiled = {path.name.partition(".")[0] for path in scene.root.rglob("__pycache__/*.pyc")}
    assert compiled == {"__init__", "bootstrap", "good"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such lock")
def test_a_second_set_up_waits_for_the_first(scene: SimpleNamespace) -> None:
    """Two at once in one folder do not disturb each other."""
    script = [sys.executable, "-I", scene.root / "pipeline" / "bootstrap.py", "run"]
    with bootstrap._alone(scene.root):
        second = subprocess.Popen(script, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "waiting for another set-up" in second.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=0.5)
        assert not scene.room.venv.exists()
    second.communicate()
    assert second.returncode == 0
    assert scene.room.stamp.exists()


def test_what_is_missing_is_said_for_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user gets the whole command for four systems, with no package named twice."""
    monkeypatch.setattr(bootstrap, "_is_root", lambda: False)
    lines = bootstrap.instructions(bootstrap.NEEDS["test"]).splitlines()
    commands = {words[0]: words[1] for words in (re.split(r":\s+", line.strip(), maxsplit=1) for line in lines[-4:])}
    assert commands == {
        "Debian, Ubuntu": "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        + " ".join(need.debian for need in bootstrap.NEEDS["test"]),
        "Fedora": "sudo dnf install -y python3 pango java-latest-openjdk-headless",
        "macOS": "brew install pango temurin",
        "Windows": bootstrap.PANGO[0].windows + "; winget install EclipseAdoptium.Temurin.21.JRE",
    }


def test_apt_is_forbidden_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With OPENBRIEF_NO_APT nothing is installed, and what to type stands in the refusal."""
    monkeypatch.setenv("OPENBRIEF_NO_APT", "1")
    monkeypatch.setattr(bootstrap, "_is_root", lambda: True)
    assert not bootstrap.may_use_apt()
    missing = bootstrap.Need("left-out", "to be missing", lambda: False)
    with pytest.raises(bootstrap.Unready, match=r"\n  left-out, to be missing\n(?s:.*)  apt-get update && apt-get "):
        bootstrap.provide([missing])


def test_apt_brings_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where apt may be used, one call brings everything, one line each says so, and old lists are renewed."""
    for name in ("apt-get", "dpkg"):
        (tmp_path / name).write_text(
            f'#!/bin/sh\necho {name} "$*" >> "{tmp_path}/log"\n[ -e "{tmp_path}/lists" ] || first=yes\n'
            f'case "$*" in *update*) touch "{tmp_path}/lists";; *install*) [ -z "$first" ] && touch "{tmp_path}/here"\n'
            "esac\n",
            encoding="utf-8",
        )
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: True)
    needs = [bootstrap.Need(name, f"for {name}", (tmp_path / "here").exists) for name in ("one", "two")]
    bootstrap.provide(needs)
    assert capsys.readouterr().err == "setup: installing one for one\nsetup: installing two for two\n"
    calls = [line for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines() if "install" in line]
    assert len(calls) == 2
    assert all(call.endswith(" one two") for call in calls)


def test_a_machine_that_lacks_something_ends_with_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python itself is asked for in the same words as the rest."""
    monkeypatch.setattr(bootstrap, "PYTHON", bootstrap.PYTHON._replace(present=lambda: False))
    assert bootstrap.main(["run"]) == 3
    assert "make PYTHON=" in capsys.readouterr().err


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown purpose is refused with those there are."""
    assert bootstrap.main(["fly"]) == 2
    assert "run or cluster or test or verify" in capsys.readouterr().err


def test_only_the_standard_library_is_imported() -> None:
    """It runs before anything is installed, so every import is part of Python."""
    tree = ast.parse((ROOT / "pipeline" / "bootstrap.py").read_text(encoding="utf-8"))
    imports = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    froms = {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {"subprocess", "pathlib"} <= imports | froms
    assert imports | froms <= sys.stdlib_module_names


@pytest.mark.parametrize("lock", sorted(set(bootstrap.LOCKS.values())))
def test_a_lock_names_hashes_and_no_addresses(lock: str) -> None:
    """Each package has one version and the hashes of its files; where they come from is the machine's own matter."""
    found = pins(lock)
    assert len(found) > 20
    for pin, hashes in found.items():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", pin)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", value) for value in hashes)
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|www\.|\.org|\.com|\.io\b|index|find-links|@ ", text)


@pytest.mark.parametrize("name", ["brotli", "nh3", "pillow", "pydantic-core", "pyyaml", "uharfbuzz", "zopfli"])
def test_a_lock_serves_every_system(name: str) -> None:
    """Compiled packages have the hashes of many builds: the lock is not of one machine."""
    hashes = next(hashes for pin, hashes in pins("requirements.txt").items() if pin.startswith(f"{name}=="))
    assert len(hashes) > 10


def test_the_lock_for_tests_holds_the_other() -> None:
    """What is tested is what builds the briefs."""
    run, cluster, test = (pins(bootstrap.LOCKS[purpose]) for purpose in ("run", "cluster", "test"))
    assert {pin: test.get(pin) for pin in run} == run
    assert {pin: cluster.get(pin) for pin in run} == run
    both = {pin.split("==")[0] for pin in cluster} & {pin.split("==")[0] for pin in test}
    assert {"distributed", "s3fs"} <= both
    assert {pin for pin in cluster if pin.split("==")[0] in both} <= {*test}


def test_the_locks_are_current() -> None:
    """Every declared dependency is locked at a version that it allows, and so is the build backend."""
    locked = dict(pin.split("==") for lock in ("cluster", "test") for pin in pins(bootstrap.LOCKS[lock]))
    wanted = [Requirement(text) for text in (*declared(), *PROJECT["build-system"]["requires"])]
    assert len(wanted) > 20
    wrong = [str(w) for w in wanted if not w.specifier.contains(locked.get(canonicalize_name(w.name), "0"))]
    assert wrong == []


def test_every_dependency_has_its_reason() -> None:
    """Whoever meets a dependency finds beside it why it is there."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    assert len(declared()) > 20
    for requirement in declared():
        assert any(re.match(rf'\s*"{re.escape(requirement)}",\s+# \w+', line) for line in lines), requirement


def test_make_lists_its_targets() -> None:
    """`make` alone prints each target with its sentence, and leaves none out."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", text, re.MULTILINE)
    assert {"briefs", "test", "quick", "lint", "golden", "schema", "lock", "clean"} <= set(targets)
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^  make ([a-z-]+) +[a-z]", shown, re.MULTILINE) == targets
    phony = re.search(r"^\.PHONY: (.+)", text, re.MULTILINE)
    assert phony is not None
    assert phony[1].split() == targets


def test_ci_runs_what_a_person_runs() -> None:
    """The gate is one call of make, with targets that `make help` lists."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make lint setup-verify test briefs"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
