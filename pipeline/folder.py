"""Write into one folder safely: finished files in, each of them whole on the disk or not at all.

Every name is resolved below the folder's open descriptor, one part at a time, and no link is
followed. New files are first written beside their places; only when all of them are safe on the disk
do they take their places. POSIX only: other systems have no descriptors of folders.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.forms import Finished, Output, Stored, listed
from pipeline.locks import lock
from pipeline.problem import ToolFailed

UNFINISHED = ".openbrief-part"
"""The ending of a file that is being written; one that is found is what an interrupted run left."""
Pieces = Sequence[bytes | memoryview]
"""What one file is made of, one after another."""
_AT_ONCE = 512
"""How many pieces are written in one go; systems take at least a thousand, and POSIX allows for less."""
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?\Z")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.IGNORECASE)
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK)
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder held open."""

    root: Path
    descriptor: int

    def read(self, path: str) -> bytes | None:
        """The bytes of the regular file at `path`; None where there is none, or a link."""
        parts = _parts(path)
        try:
            with self._inside(parts[:-1]) as parent:
                flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
                with os.fdopen(os.open(parts[-1], flags, dir_fd=parent), "rb") as file:
                    return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        except OSError as error:
            if error.errno in _ABSENT or isinstance(error, IsADirectoryError):
                return None
            raise self._failure("read", path, error) from error

    def names(self) -> frozenset[str]:
        """What everything in the folder is called: files, folders and links."""
        with self._doing("read", ""), os.scandir(self.descriptor) as entries:
            return frozenset(entry.name for entry in entries)

    def holds(self, path: str) -> bool:
        """Whether anything stands at `path`: a file, a folder, or a link that leads anywhere."""
        parts = _parts(path)
        try:
            with self._inside(parts[:-1]) as parent:
                os.stat(parts[-1], dir_fd=parent, follow_symlinks=False)
        except OSError as error:
            if error.errno in _ABSENT:
                return False
            raise self._failure("read", path, error) from error
        return True

    def put(self, outputs: Sequence[Finished]) -> tuple[str, ...]:
        """Write the outputs in their order and return the paths of those that were not there already.

        What lies on the disk is linked into its place, and copied where it can't be.
        Raises ToolFailed, with everything as it was, when the disk is full, a place can't be written or a file is
        not what it was any more, and ValueError when a path is unsafe or two paths clash.
        """
        check_paths(output.path for output in outputs)
        self._sweep_around(output.path for output in outputs)
        changed = [output for output in outputs if not holds(output, self.read(output.path))]
        with ExitStack() as undo:
            for output in changed:
                undo.callback(self._forget, _unfinished(output.path))
                with self._doing("write", output.path):
                    self._stage(output)
            for output in changed:
                with self._doing("write", output.path):
                    self._settle(output.path)
        return tuple(output.path for output in changed)

    @contextmanager
    def writing(self, path: str) -> Iterator[BinaryIO]:
        """Give a file to write, which takes its place when all is written; nothing waits for the disk.

        A run that is killed leaves whole files. Raises what `put` raises.
        """
        parts = _parts(path)
        with self._doing("write", path), self._inside(parts[:-1], create=True) as parent, ExitStack() as undo:
            undo.callback(self._forget, _unfinished(path))
            with os.fdopen(_begun(parts[-1], parent), "wb") as file:
                yield file
            os.replace(_unfinished(parts[-1]), parts[-1], src_dir_fd=parent, dst_dir_fd=parent)
            undo.pop_all()

    def fill(self, path: str, pieces: Pieces) -> int:
        """Write a file of these pieces, which takes its place when all is written, and give its length.

        Nothing waits for the disk; `wait` does. A run that is killed leaves whole files. Raises what `put` raises.
        """
        parts, length = _parts(path), 0
        with self._doing("write", path), self._inside(parts[:-1], create=True) as parent:
            unfinished = _unfinished(parts[-1])
            try:
                descriptor = _begun(parts[-1], parent)
                try:
                    length = _written(descriptor, pieces)
                finally:
                    os.close(descriptor)
                os.replace(unfinished, parts[-1], src_dir_fd=parent, dst_dir_fd=parent)
            except BaseException:
                self._forget(_unfinished(path))
                raise
        return length

    def wait(self) -> None:
        """Wait until all that was written in the folder's filesystem is on the disk, so that no power cut undoes it."""
        with self._doing("write", ""):
            sync = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
            if sync is None:  # Linux alone can ask for one filesystem
                os.sync()
            elif sync(self.descriptor):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    @contextmanager
    def adding(self, path: str) -> Iterator[BinaryIO]:
        """Give a file to write at its end, where each line is on its way to the disk when it is written."""
        *inside, name = _parts(path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        with self._doing("write", path), self._inside(inside, create=True) as parent, ExitStack() as stack:
            yield stack.enter_context(os.fdopen(os.open(name, flags, 0o644, dir_fd=parent), "wb", buffering=0))

    def size(self, path: str) -> int:
        """How many bytes the regular file at `path` has; -1 where there is none, or a link."""
        parts = _parts(path)
        try:
            with self._inside(parts[:-1]) as parent:
                found = os.stat(parts[-1], dir_fd=parent, follow_symlinks=False)
        except OSError as error:
            if error.errno in _ABSENT:
                return -1
            raise self._failure("read", path, error) from error
        return found.st_size if stat.S_ISREG(found.st_mode) else -1

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove those files that are there, and the folders that they leave empty."""
        gone, paths = [], tuple(paths)
        self._sweep_around(paths)
        for path in paths:
            parts = _parts(path)
            with self._doing("remove", path), suppress(FileNotFoundError, NotADirectoryError):
                with self._inside(parts[:-1]) as parent:
                    os.unlink(parts[-1], dir_fd=parent)
                gone.append(path)
                if parts[:-1]:
                    with suppress(OSError), self._inside(parts[:-2]) as above:
                        os.rmdir(parts[-2], dir_fd=above)
        return tuple(gone)

    def sweep(self) -> None:
        """Remove what an interrupted run left unfinished in the folder itself, whose lock this run has."""
        with self._doing("sweep", ""):
            _swept(self.descriptor)

    def _sweep_around(self, paths: Iterable[str]) -> None:
        """Remove what was left unfinished where these files go, but where another run may be writing."""
        for inside in sorted({path.rpartition("/")[0] for path in paths} - {""}):
            absent = suppress(FileNotFoundError)
            with self._doing("write", inside), absent, self._inside(_parts(inside)) as parent:
                if lock(parent) == "mine":
                    _swept(parent)

    def _stage(self, output: Finished) -> None:
        parts, data = _parts(output.path), contents(output)
        with self._inside(parts[:-1], create=True) as parent:
            with suppress(FileNotFoundError):
                if stat.S_ISDIR(os.stat(parts[-1], dir_fd=parent, follow_symlinks=False).st_mode):
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if isinstance(output, Stored):
                with suppress(OSError):  # another filesystem, or one without links
                    os.link(output.where, _unfinished(parts[-1]), dst_dir_fd=parent, follow_symlinks=False)
                    return
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(_unfinished(parts[-1]), flags, 0o644, dir_fd=parent), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    def _settle(self, path: str) -> None:
        parts = _parts(path)
        with self._inside(parts[:-1]) as parent:
            os.replace(_unfinished(parts[-1]), parts[-1], src_dir_fd=parent, dst_dir_fd=parent)
            os.fsync(parent)

    def _forget(self, path: str) -> None:
        """Take an unfinished file away, and the folder that was made for it if nothing else is there."""
        *inside, name = path.split("/")
        with suppress(OSError), self._inside(inside) as parent:
            os.unlink(name, dir_fd=parent)
        if inside:
            with suppress(OSError), self._inside(inside[:-1]) as above:
                os.rmdir(inside[-1], dir_fd=above)

    @contextmanager
    def _inside(self, parts: Iterable[str], *, create: bool = False) -> Iterator[int]:
        current = os.dup(self.descriptor)
        try:
            for part in parts:
                if create:
                    with suppress(FileExistsError):
                        os.mkdir(part, 0o755, dir_fd=current)
                        os.fsync(current)
                below = os.open(part, _DIRECTORY, dir_fd=current)
                os.close(current)
                current = below
            yield current
        finally:
            os.close(current)

    @contextmanager
    def _doing(self, deed: str, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._failure(deed, path, error) from error

    def _failure(self, deed: str, path: str, error: OSError) -> ToolFailed:
        linked = error.errno in (errno.ENOTDIR, errno.ELOOP, errno.EMLINK)
        reason = "a link or a file stands where a folder must be" if linked else error.strerror
        return ToolFailed(f"can't {deed} {self.root / path}: {reason}")


@contextmanager
def entered(root: Path) -> Iterator[int]:
    """Make the folder where it is missing, and give its descriptor.

    Raises ToolFailed when it can't be made, or is a link.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(root, _DIRECTORY)
    except OSError as error:
        reason = "it is a link; name the folder itself" if root.is_symlink() else error.strerror
        raise ToolFailed(f"can't write to {root}: {reason}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened(root: Path, *, sweeping: bool = True) -> Iterator[Folder]:
    """Make the folder where it is missing, keep others from writing there, and sweep it, unless it is somebody else's.

    Folders in it may have others writing into them: each is swept when this run is about to write there.
    Raises ToolFailed when it can't be made, is a link, or another run writes there.
    """
    with entered(root) as descriptor:
        answer = lock(descriptor)  # where there are none, O_EXCL still keeps two runs apart
        if answer == "another's":
            raise ToolFailed(f"another run is writing to {root}; wait until it is done")
        folder = Folder(root, descriptor)
        if sweeping and answer == "mine":
            folder.sweep()
        yield folder


def peek(root: Path, path: str) -> bytes | None:
    """The bytes of the file at `path` below `root`, without making, locking or sweeping anything."""
    try:
        descriptor = os.open(root, _DIRECTORY)
    except OSError:
        return None
    with ExitStack() as stack:
        stack.callback(os.close, descriptor)
        return Folder(root, descriptor).read(path)


def holds(file: Finished, data: bytes | None) -> bool:
    """Tell whether these bytes are the file's; None are nobody's."""
    if isinstance(file, Output) or data is None:
        return isinstance(file, Output) and file.data == data
    return listed(Output(path=file.path, data=data)) == listed(file)


def contents(file: Finished) -> bytes:
    """The bytes of a finished file; raises ToolFailed where those on the disk are no longer what was made."""
    if isinstance(file, Output):
        return file.data
    if isinstance(file, Stored):
        data = peek(file.where.parent, file.where.name)
        if data is not None and holds(file, data):
            return data
    raise ToolFailed(f"can't put out {file.path}: somebody has changed it since this build began: build again")


def check_paths(paths: Iterable[str]) -> None:
    """Raise ValueError when a path is unsafe, or two of them are one where case doesn't count."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in paths:
        parts = _parts(path)
        for length in range(1, len(parts) + 1):
            known = ("/".join(parts[:length]), length == len(parts))
            earlier = seen.setdefault(known[0].casefold(), known)
            if earlier != known or (known[1] and earlier is not known):
                raise ValueError(f"the output paths {earlier[0]!r} and {path!r} clash")


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    for part in parts:
        if not _PART.match(part) or ".." in part or _DEVICES.match(part):
            raise ValueError(f"the output path {path!r} is unsafe")
    return parts


def _written(descriptor: int, pieces: Pieces) -> int:
    """Write pieces one after another, without joining them, and give how long they are."""
    rest = [memoryview(piece) for piece in pieces if len(piece)]
    length = sum(map(len, rest))
    while rest:
        done = os.writev(descriptor, rest[:_AT_ONCE])
        while rest and done >= len(rest[0]):
            done -= len(rest.pop(0))
        if rest:
            rest[0] = rest[0][done:]
    return length


def _swept(descriptor: int) -> None:
    with os.scandir(descriptor) as entries:
        left = [entry.name for entry in entries if _is_unfinished(entry.name)]
    for name in left:
        os.unlink(name, dir_fd=descriptor)


def _is_unfinished(name: str) -> bool:
    return name.startswith(".") and name.endswith(UNFINISHED)


def _begun(name: str, parent: int) -> int:
    """Begin a file under its unfinished name, in place of whatever a killed run or somebody else left there."""
    with suppress(FileNotFoundError):
        os.unlink(_unfinished(name), dir_fd=parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(_unfinished(name), flags, 0o644, dir_fd=parent)


def _unfinished(path: str) -> str:
    inside, slash, name = path.rpartition("/")
    return f"{inside}{slash}.{name}{UNFINISHED}"
