"""Answer a build that would do nothing: a command line in, what it told last time out, or nothing.

A build that has ended well leaves a record, `build/unchanged`: a digest of all that was read and of all that was
written, and what it told. While the digest fits, the same command does and tells the same again. That is decided here
from bytes alone, before anything else of the program is imported; where in doubt, there is nothing to say, and the
command runs. Imports nothing but what Python has loaded anyway, `hashlib` and `time`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from stat import S_ISDIR, S_ISREG

FORMAT = "openbrief unchanged 1"
RECORD = ("build", "unchanged")
FOLDERS = ("briefs", "templates", "assets")
"""What a build reads below the project's root, whole; the program is read besides."""
NOT_OURS = ("__pycache__", "node_modules")
OF_RUNS = ".openbrief-"
"""How the names of what a run has in its output folder begin, until it ends (`cli.turn`, `shelf`)."""
_LIBRARIES = "/etc/ld.so.cache"
"""Written anew whenever one of the machine's libraries changes (ldconfig, 8)."""

_Digest = Callable[[bytes], object]


class _Doubt(Exception):
    """Raised where there is something that a digest can't stand for."""


def told(arguments: Sequence[str]) -> str | None:
    """Give what the build by these arguments told last time, where it would tell and do nothing else today.

    None where there was none, or anything that was read or written differs, or can't be read.
    """
    start, command = (arguments[1], arguments[2:]) if [*arguments[:1]] == ["-C"] else (".", arguments)
    if [*command[:1]] != ["build"] or os.name != "posix" or "_OPENBRIEF_COMPLETE" in os.environ:
        return None
    try:
        root = _root(start)
        state, output, paths, text = _recorded(root)
        if any(name.startswith(OF_RUNS) for name in os.listdir(output)):
            return None  # another run is at work there, or was killed: the command waits, or clears up
        return text if state == _state(_read(root, arguments), output, paths) else None
    except (OSError, ValueError, OverflowError, _Doubt):
        return None


def seen(root: str, arguments: Sequence[str]) -> str | None:
    """Give a digest of all that a build by these arguments reads; None where none can stand for it."""
    try:
        return _read(root, arguments)
    except (OSError, ValueError, OverflowError, _Doubt):
        return None


def _read(root: str, arguments: Sequence[str]) -> str:
    """A digest of files, program, tools, day and place; raises _Doubt for links to folders, and for what is no file."""
    digest = sha256()
    said = [FORMAT, sys.version, sys.executable, root, os.getcwd(), today(), *arguments]
    _add(digest.update, "\0".join(said), tools())
    for name in FOLDERS:
        _add_folder(digest.update, f"{root}/{name}")
    _add_folder(digest.update, os.path.dirname(os.path.abspath(__file__)))
    return digest.hexdigest()


def remember(
    root: str, before: str | None, arguments: Sequence[str], output: str, paths: Iterable[str], text: str
) -> None:
    """Keep what a build has told that wrote these `paths` below `output`, as long as what it read is as `before`.

    `text` is what it will tell when there is nothing to do, with colours.
    """
    if before is None or seen(root, arguments) != before:
        return
    try:
        listed = sorted(paths)
        parts = [_state(before, output, listed), output, str(len(listed)), *listed, text]
        content = "\n".join(parts).encode()
        place = os.path.join(root, *RECORD)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        unfinished = f"{place}.{os.getpid()}"
        with open(unfinished, "wb") as file:
            file.write(f"{FORMAT}\n{sha256(content).hexdigest()}\n".encode() + content)
        os.replace(unfinished, place)
    except (OSError, _Doubt):
        return


def today() -> str:
    """The day, as ISO 8601 has it; SOURCE_DATE_EPOCH, where it is set, stands for now (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.strftime("%Y-%m-%d", time.gmtime(int(epoch)) if epoch.isdecimal() else time.localtime())


def _root(start: str) -> str:
    """The nearest folder upwards with a briefs/house.yaml; as `Project.nearest` has it."""
    if not os.path.isdir(start):
        raise _Doubt
    folder = os.path.realpath(start)
    while not os.path.isfile(f"{folder}/briefs/house.yaml"):
        above = os.path.dirname(folder)
        if above == folder:
            raise _Doubt
        folder = above
    return folder


def _recorded(root: str) -> tuple[str, str, list[str], str]:
    """A digest, the output folder, the paths below it, and a text; raises ValueError where the record is harmed."""
    head, digest, content = _bytes(os.path.join(root, *RECORD), os.O_NOFOLLOW).split(b"\n", 2)
    if head != FORMAT.encode() or digest != sha256(content).hexdigest().encode():
        raise ValueError("not as it was written")
    state, output, count, rest = content.decode().split("\n", 3)
    *paths, text = rest.split("\n", int(count))
    return state, output, paths, text


def _state(inputs: str, output: str, paths: Sequence[str]) -> str:
    """A digest of what was read and of what was written; raises _Doubt where a link leads to it."""
    digest = sha256(inputs.encode())
    folders = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        folders |= {"/".join(parts[: length + 1]) for length in range(len(parts))}
    for folder in folders:
        if not S_ISDIR(os.lstat(f"{output}/{folder}" if folder else output).st_mode):
            raise _Doubt
    for path in paths:
        _add(digest.update, path, _bytes(f"{output}/{path}", os.O_NOFOLLOW))
    return digest.hexdigest()


def _add(update: _Digest, name: str, content: bytes) -> None:
    """Take in a name and what it stands for, and let neither run into what comes next."""
    called = name.encode(errors="surrogateescape")
    update(b"%d %d %b" % (len(called), len(content), called))
    update(content)


def _add_folder(update: _Digest, folder: str) -> None:
    """Take in every file below a folder, with its name."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in NOT_OURS:
                _add_folder(update, entry.path)
        else:
            link = os.readlink(entry.path) if entry.is_symlink() else ""
            _add(update, f"{entry.path}\0{link}", _bytes(entry.path))


def _bytes(path: str, how: int = 0) -> bytes:
    """A plain file's bytes; nothing else is opened for long, or waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | how)
    try:
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode):
            raise _Doubt
        parts = [os.read(descriptor, status.st_size + 1)]
        while parts[-1]:
            parts.append(os.read(descriptor, 1 << 20))
        return b"".join(parts)
    finally:
        os.close(descriptor)


def tools() -> bytes:
    """The names and versions of all installed packages, and when the machine's libraries changed last."""
    found: list[str] = []
    for folder in sys.path:
        if os.path.isdir(folder):
            found += sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    try:
        status = os.stat(_LIBRARIES)
        found.append(f"{status.st_mtime_ns} {status.st_size}")
    except FileNotFoundError:
        pass
    return "\0".join(found).encode(errors="surrogateescape")
