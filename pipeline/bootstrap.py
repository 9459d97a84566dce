"""Prepare this folder for its work: a bare Python in, a whole `.venv` out, or else what to type to get there.

Runs before anything is installed, so it knows the standard library alone: `python3 pipeline/bootstrap.py run`
prepares for building briefs, `… cluster` for doing so on other machines, `… test` for the tests as well, `… verify` for
proving what is built. Ends with 3 where the machine lacks something.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

OLDEST = (3, 11)
LOCKS = {
    "run": "requirements.txt",
    "cluster": "requirements-cluster.txt",
    "test": "requirements-test.txt",
    "verify": "requirements-test.txt",
}
"""Lock file of each purpose; each holds all of the first."""


WEB = Path("pipeline", "verify", "web")
"""Where node's packages are locked."""


class Need(NamedTuple):
    """Something that Python packages cannot bring, and the package that brings it on each system."""

    debian: str
    why: str
    present: Callable[[], bool]
    fedora: str = ""
    macos: str = ""
    windows: str = ""
    """A whole command, for Windows has no one package manager."""


class Unready(Exception):
    """Raised with what to say when this folder cannot be prepared."""


class Room(NamedTuple):
    """The `.venv` of a project."""

    root: Path
    venv: Path
    python: Path
    """The interpreter inside."""
    stamp: Path
    """What was installed; written last, so that an interrupted set-up leaves none."""

    @classmethod
    def of(cls, root: Path) -> Room:
        """Give the room of the project in `root`."""
        venv = root / ".venv"
        return cls(root, venv, venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"), venv / "ready.json")


def _has_venv() -> bool:
    importlib.invalidate_caches()  # apt may just have brought it
    return shutil.which("uv") is not None or importlib.util.find_spec("ensurepip") is not None


def _has_java() -> bool:
    """Tell whether Java runs: macOS has a `java` that only says where to get one."""
    java = shutil.which("java")
    return java is not None and subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0


def _pango(debian: str, why: str, library: str) -> Need:
    """Need a library that WeasyPrint loads; off Linux only importing WeasyPrint can tell whether it is there."""

    def present() -> bool:
        try:
            return not sys.platform.startswith("linux") or bool(ctypes.CDLL(library))
        except OSError:
            return False

    windows = r"winget install MSYS2.MSYS2; C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"
    return Need(debian, why, present, "pango", "pango", windows)


def _base_python() -> str:
    """Name the interpreter outside of any virtual environment: the one in `.venv` goes when it is built anew."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def _venv_package() -> str:
    """Name the Debian package that completes this Python; only the system's default goes by the name python3."""
    default = os.path.realpath("/usr/bin/python3") == _base_python()
    return f"python3{'' if default else f'.{sys.version_info[1]}'}-venv"


NEWER = ("python3.11", "python@3.11", "winget install Python.Python.3.11")
HEADLESS = ("java-latest-openjdk-headless", "temurin", "winget install EclipseAdoptium.Temurin.21.JRE")
TOO_OLD = "to be named in `make PYTHON=python3.11 briefs`: this Python is too old"
PYTHON = Need("python3.11-venv", TOO_OLD, lambda: sys.version_info >= OLDEST, *NEWER)
VENV = Need(_venv_package(), "to keep Python packages apart from the system's", _has_venv, "python3")
JAVA = Need("default-jre-headless", "to check PDF files with veraPDF", _has_java, *HEADLESS)
POPPLER = Need(
    "poppler-utils",
    "to draw pages with a second engine",
    lambda: shutil.which("pdftoppm") is not None,
    *("poppler-utils", "poppler", "winget install oschwartz10612.Poppler"),
)
CHROMIUM = Need(
    "chromium",
    "to look at pages as readers do",
    lambda: any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    *("chromium", "chromium", "winget install Hibbiki.Chromium"),
)
NODE = Need(
    "nodejs",
    "to steer the browser, from version 20.19 on",
    lambda: shutil.which("node") is not None,
    *("nodejs", "node", "winget install OpenJS.NodeJS.LTS"),
)
NPM = Need("npm", "to install what node needs", lambda: shutil.which("npm") is not None, *NODE[3:])
LIBREOFFICE = Need(
    "libreoffice-writer-nogui",
    "to open Word documents",
    lambda: any(map(shutil.which, ("soffice", "libreoffice"))),
    *("libreoffice-writer", "libreoffice", "winget install TheDocumentFoundation.LibreOffice"),
)
JAPANESE = Need(
    "fonts-ipafont-gothic",
    "to set a brief in Japanese in tests",
    lambda: not Path("/etc/debian_version").exists() or Path("/usr/share/fonts/opentype/ipafont-gothic").is_dir(),
)
"""Only Debian is asked for it: elsewhere the tests that need it are left out."""
PANGO = (
    _pango("libpango-1.0-0", "to lay out text", "libpango-1.0.so.0"),
    _pango("libpangoft2-1.0-0", "to lay out text in bundled fonts", "libpangoft2-1.0.so.0"),
    _pango("libharfbuzz-subset0", "to embed only the letters in use", "libharfbuzz-subset.so.0"),
    _pango("libfontconfig1", "to find bundled fonts", "libfontconfig.so.1"),
)
NEEDS = {
    "run": (VENV, *PANGO),
    "cluster": (VENV, *PANGO),
    "test": (VENV, *PANGO, JAVA),
    "verify": (VENV, *PANGO, JAVA, POPPLER, CHROMIUM, NODE, NPM, LIBREOFFICE, JAPANESE),
}
"""What each purpose needs of the machine."""


def say(sentence: str) -> None:
    """Print a line of progress where it does not mix with what a command is asked for."""
    print(f"setup: {sentence}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Prepare the project this file lies in for the purpose named, a key of LOCKS; the exit code comes back."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        say(f"say what for: {' or '.join(LOCKS)}")
        return 2
    try:
        prepare(Room.of(Path(__file__).resolve().parent.parent), arguments[0])
    except (Unready, OSError) as error:
        say(str(error))
        return 3
    except KeyboardInterrupt:
        say("interrupted; the same command starts again where needed")
        return 130
    return 0


def prepare(room: Room, purpose: str) -> None:
    """Make `room` ready for `purpose`; does nothing, and asks nothing of a network, where it is ready already."""
    if not PYTHON.present():
        raise Unready(instructions([PYTHON]))
    with _alone(room.root):
        wanted = fingerprint(room.root, purpose)
        found = read_stamp(room)
        whole = purpose != "verify" or (room.root / WEB / "node_modules").is_dir()
        if whole and found.items() >= wanted.items():
            return
        start = time.monotonic()
        provide(NEEDS[purpose])
        _install(room, purpose, keep=bool(found) and found["base"] == wanted["base"])
        _require_pango(room)
        if purpose == "verify":
            _install_web(room.root)
        write_stamp(room, wanted)
        say(f"ready after {time.monotonic() - start:.0f} s")


def _install_web(root: Path) -> None:
    """Put node's packages beside the scripts that use them, with no script of theirs run and no browser fetched."""
    say("installing the packages of package-lock.json with npm")
    npm = shutil.which("npm") or "npm"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run([npm, "ci", *quiet], root / WEB)


def fingerprint(root: Path, purpose: str) -> dict[str, str]:
    """Name all that the room depends on: what it is built on, each lock, and how the project describes itself."""
    locks = {lock: _digest(root / lock) for lock in (LOCKS["run"], LOCKS[purpose])}
    if purpose == "verify":
        locks["web"] = _digest(root / WEB / "package-lock.json")
    base = f"{root} {sys.version} {_base_python()} {locks[LOCKS['run']]}"
    return {"base": base, "project": _digest(root / "pyproject.toml", root / "pipeline" / "__init__.py"), **locks}


def read_stamp(room: Room) -> dict[str, str]:
    """Give what the stamp says; nothing where a set-up was never finished or Python went away."""
    try:
        said = json.loads(room.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(said, dict) and "base" in said and room.python.exists()
    return said if whole else {}


def write_stamp(room: Room, wanted: dict[str, str]) -> None:
    """Write the stamp whole or not at all."""
    unfinished = room.stamp.with_suffix(".new")
    unfinished.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(room.stamp)


def provide(needs: Sequence[Need]) -> None:
    """Install with apt, where that is allowed, what the machine lacks; raise Unready where something stays missing."""
    missing = [need for need in needs if not need.present()]
    if missing and may_use_apt():
        for need in missing:
            say(f"installing {need.debian} {need.why}")
        _apt([need.debian for need in missing])
        missing = [need for need in missing if not need.present()]
    if missing:
        raise Unready(instructions(missing))


def may_use_apt() -> bool:
    """Tell whether this is root on Debian or a child of it, and nobody has forbidden it."""
    forbidden = os.environ.get("OPENBRIEF_NO_APT", "0") not in {"", "0"}
    return not forbidden and _is_root() and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def instructions(missing: Sequence[Need]) -> str:
    """Say what is missing and the command that brings it, on each system."""
    sudo = "" if _is_root() else "sudo "
    lacking = "\n".join(f"  {need.debian}, {need.why}" for need in missing)
    debian = " ".join(need.debian for need in missing)
    fedora = " ".join(dict.fromkeys(need.fedora for need in missing if need.fedora))
    macos = " ".join(dict.fromkeys(need.macos for need in missing if need.macos))
    windows = "; ".join(dict.fromkeys(need.windows for need in missing if need.windows))
    return f"""this machine lacks something that Python packages cannot bring:
{lacking}
Install it, then give the same command again:
  Debian, Ubuntu:  {sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {debian}
  Fedora:          {sudo}dnf install -y {fedora}
  macOS:           brew install {macos or "python"}
  Windows:         {windows or "winget install Python.Python.3.11"}"""


def _require_pango(room: Room) -> None:
    """Raise Unready where WeasyPrint cannot load the libraries of the machine."""
    if subprocess.run([room.python, "-c", "import weasyprint"], capture_output=True, check=False).returncode:
        raise Unready(instructions(PANGO))


def _apt(packages: Sequence[str]) -> None:
    """Install Debian packages; where that fails, mend an interrupted installation, fetch new lists and try again."""
    options = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    install = ["apt-get", *options, "install", "-y", "--no-install-recommends", *packages]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(install, env=environment, capture_output=True, check=False).returncode == 0:
        return
    for mend in (["dpkg", "--configure", "-a"], ["apt-get", *options, "update"]):
        subprocess.run(mend, env=environment, capture_output=True, check=False)
    done = subprocess.run(install, env=environment, capture_output=True, check=False, text=True)
    if done.returncode:
        say(f"apt-get failed: {done.stderr.strip()}")


def _install(room: Room, purpose: str, *, keep: bool) -> None:
    """Put the packages of `purpose` and the project itself into the room, built anew unless it may be kept."""
    uv = shutil.which("uv")
    has_pip = any(room.venv.glob("[Ll]ib/**/site-packages/pip/__main__.py"))  # uv leaves it out
    keep = keep and (uv is not None or has_pip)
    room.stamp.unlink(missing_ok=True)
    if not keep:
        _build(room, uv)
    say(f"installing the packages of {LOCKS[purpose]} with {'uv' if uv else 'pip'}")
    python = str(room.python)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install", "--no-deps"]
    install = [uv, "pip", "install", "--quiet", "--python", python, "--no-deps"] if uv else pip
    _run([*install, "--require-hashes", "--only-binary", ":all:", "-r", LOCKS[purpose]], room.root)
    _run([*install, "--no-build-isolation", "--offline" if uv else "--no-index", "-e", "."], room.root)
    _compile(room)


def _compile(room: Room) -> None:
    """Compile all modules once: uv doesn't, and where PYTHONDONTWRITEBYTECODE is set every run would do it anew.

    A package may hold files that don't compile, so nothing is said of them.
    """
    packages = str(room.venv / ("Lib" if os.name == "nt" else "lib"))
    command = [str(room.python), "-m", "compileall", "-q", "-j", "0", "-x", "node_modules", packages, "pipeline"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=room.root, env=environment, capture_output=True, check=False)


def _build(room: Room, uv: str | None) -> None:
    """Make an empty virtual environment, in place of whatever an interrupted set-up left behind."""
    if room.venv.is_symlink():
        room.venv.unlink()
    elif room.venv.exists():
        say("clearing a .venv that is out of date or unfinished")
        shutil.rmtree(room.venv)
    make = [uv, "venv", "--quiet", "--python", _base_python()] if uv else [_base_python(), "-m", "venv"]
    _run([*make, str(room.venv)], room.root)


def _run(command: Sequence[str], root: Path) -> None:
    """Run a step of the set-up; its children hold the folder's lock, so that none outlives it unnoticed."""
    settings = {"PIP_USER": "0", "UV_PYTHON_DOWNLOADS": "never"}
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=root, env=environment | settings, check=False, close_fds=os.name == "nt")
    if done.returncode:
        raise Unready(f"this step ended with {done.returncode}, see above: {shlex.join(command)}")


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one set-up at a time work on the folder, where the system has such locks."""
    if os.name == "nt":
        yield
        return
    import fcntl

    folder = os.open(root, os.O_RDONLY)
    os.set_inheritable(folder, True)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this folder to end")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
