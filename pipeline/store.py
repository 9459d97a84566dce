"""Put files where no folder of this machine is: an address and files in, whole objects out; the one door to fsspec.

A `Store` has the methods of a `Folder` that a release needs. An object store makes an object visible when all of it
has arrived, so one request for each file is enough; any other file system gets each file under another name first.
Credentials and endpoints are what each store's own library finds in the environment; nothing here reads or prints them.
"""

from __future__ import annotations

import hashlib
import logging
import re
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import folder
from pipeline.destination import OBJECT_STORES
from pipeline.folder import UNFINISHED, Folder, check_paths, contents, holds
from pipeline.forms import Finished, Output, Stored, listed
from pipeline.problem import ToolFailed
from pipeline.project import Address

MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What a browser is told of a file: without it, a store's website offers pages as downloads."""
_SAID: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "s3": lambda media: {"ContentType": media},
    "gcs": lambda media: {"content_type": media},
    "azure": lambda media: {"content_settings": {"content_type": media}},
}
SPOKEN = ("fsspec", "s3fs", "aiobotocore", "botocore", "gcsfs", "adlfs", "azure", "aiohttp", "asyncio")
"""Whose loggers would say on stderr what is told here, and what nobody should read."""
_MD5 = re.compile(r'"?([0-9a-f]{32})"?\Z')
_AT_ONCE = 32 * 1024 * 1024
"""About how many bytes are sent at once."""
_STAMPS = ("size", "ETag", "etag", "LastModified", "last_modified", "mtime", "created")
"""What changes with an object, where a store says it."""


@dataclass(frozen=True, slots=True)
class Store:
    """A place in a store, and what was there when it was opened."""

    root: Address
    system: Any
    """The file system of fsspec."""
    within: str
    """The path of the root in it."""
    there: Mapping[str, Mapping[str, Any]]
    """What the store says of each object, by its path below the root."""

    def read(self, path: str) -> bytes | None:
        """The bytes of the object at `path`; None where there is none."""
        check_paths([path])
        if path not in self.there:
            return None
        with _doing("read", self.root / path), suppress(FileNotFoundError):
            return bytes(self.system.cat_file(f"{self.within}/{path}"))
        return None

    def put(self, outputs: Sequence[Finished]) -> tuple[str, ...]:
        """Send those outputs that are not there already, the last when all others are there; return their paths.

        Raises ToolFailed when the store refuses, another run has changed the last one or what was there meanwhile or a
        file is not what it was any more, and ValueError when a path is unsafe or two paths clash.
        """
        check_paths(output.path for output in outputs)
        self._sweep_around(output.path for output in outputs)
        changed = [output for output in outputs if not self._has(output)]
        if not changed:
            return ()
        last = outputs[-1]
        self._send([output for output in changed if output is not last])
        with _doing("list", self.root):
            now = _listing(self.system, self.within)
        kept = {output.path for output in outputs} - {output.path for output in changed}
        if any(_stamp(now, path) != _stamp(self.there, path) for path in {last.path, *kept}):
            raise ToolFailed(f"another run has put out a release to {self.root} meanwhile: build again")
        for output in changed:
            if output is not last and now.get(output.path, {}).get("size") != listed(output).bytes:
                raise ToolFailed(f"can't write {self.root / output.path}: it is not there after it was sent")
        self._send([output for output in changed if output is last])
        return tuple(output.path for output in changed)

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove those objects that are there."""
        gone, paths = [], tuple(paths)
        self._sweep_around(paths)
        for path in paths:
            if path in self.there:
                with _doing("remove", self.root / path), suppress(FileNotFoundError):
                    self.system.rm_file(f"{self.within}/{path}")
                gone.append(path)
        return tuple(gone)

    def _has(self, output: Finished) -> bool:
        """Whether the object is there with the same bytes; read where the store knows no MD5 of it.

        An ETag is one only where nothing of the store's own is mixed in, as encryption does; so none says that an
        object differs.
        """
        entry = self.there.get(output.path)
        if entry is None or entry.get("size") != listed(output).bytes:
            return False
        if isinstance(output, Output | Stored) and _digest(contents(output)) in _told(entry):
            return True
        return holds(output, self.read(output.path))

    def _send(self, outputs: Sequence[Finished]) -> None:
        """Send files, many at once where the store can, and no more than memory has room for."""
        kind = OBJECT_STORES.get(_scheme(self.root))
        for media, some in _batches(outputs):
            alike = {f"{self.within}/{output.path}": contents(output) for output in some}
            with _doing("write to", self.root):
                if kind or _scheme(self.root) == "memory":
                    self.system.pipe(alike, **(_SAID[kind](media) if kind else {}))
                else:
                    self._settle(alike)

    def _settle(self, files: Mapping[str, bytes]) -> None:
        """Write each file under another name, and give it its own when it is whole."""
        for path, data in files.items():
            inside, _, name = path.rpartition("/")
            unfinished = f"{inside}/.{name}{UNFINISHED}"
            self.system.makedirs(inside, exist_ok=True)
            self.system.pipe_file(unfinished, data)
            self.system.mv(unfinished, path)

    def sweep(self) -> None:
        """Remove what an interrupted run left unfinished at the place itself."""
        self._sweep({""})

    def _sweep_around(self, paths: Iterable[str]) -> None:
        """Remove what was left unfinished where these files go."""
        self._sweep({path.rpartition("/")[0] for path in paths} - {""})

    def _sweep(self, folders: Collection[str]) -> None:
        """Remove what `_settle` names in these folders, and nothing deeper: that may be another release's."""
        for path in self.there:
            inside, _, name = path.rpartition("/")
            if inside in folders and name.startswith(".") and name.endswith(UNFINISHED):
                with _doing("remove", self.root / path), suppress(FileNotFoundError):
                    self.system.rm_file(f"{self.within}/{path}")


def opened(place: Path | Address) -> AbstractContextManager[Folder | Store]:
    """Open where a release goes; raises ToolFailed where that can't be."""
    return _entered(place) if isinstance(place, Address) else folder.opened(place)


def looking(place: Path | Address) -> Callable[[str], bytes | None]:
    """Give what reads a file of a release by its path, without changing anything."""
    return _store(place).read if isinstance(place, Address) else partial(folder.peek, place)


@contextmanager
def _entered(address: Address) -> Iterator[Store]:
    store = _store(address)
    store.sweep()
    yield store


def _store(address: Address) -> Store:
    """Find the place and list what is there; raises ToolFailed where it can't be reached."""
    for name in SPOKEN:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, below
    with _doing("reach", address):
        from fsspec.core import url_to_fs

        system, within = url_to_fs(address.url, skip_instance_cache=True, use_listings_cache=False)
        return Store(address, system, within.rstrip("/"), _listing(system, within.rstrip("/")))


def _listing(system: Any, within: str) -> dict[str, Mapping[str, Any]]:
    found = system.find(within, detail=True)
    return {name.removeprefix(within).removeprefix("/"): entry for name, entry in found.items()}


def _told(entry: Mapping[str, Any]) -> Iterator[str]:
    """The MD5 of an object, by the names under which stores tell it: S3 in hexadecimal, the others in base 64."""
    if known := _MD5.match(str(entry.get("ETag", ""))):
        yield known[1]
    with suppress(ValueError, TypeError):
        yield b64decode(entry.get("md5Hash") or "").hex()
    with suppress(ValueError, TypeError):
        yield bytes((entry.get("content_settings") or {}).get("content_md5") or b"").hex()


def _digest(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _stamp(listing: Mapping[str, Mapping[str, Any]], path: str) -> list[object]:
    return [listing.get(path, {}).get(name) for name in _STAMPS]


def _scheme(address: Address) -> str:
    return address.url.partition("://")[0]


def _batches(outputs: Sequence[Finished]) -> Iterator[tuple[str, Sequence[Finished]]]:
    """Files of one media type that are sent at once, with the type."""
    for media in dict.fromkeys(map(_media, outputs)):
        some, size = list[Finished](), 0
        for output in (output for output in outputs if _media(output) == media):
            if some and size > _AT_ONCE:
                yield media, some
                some, size = [], 0
            some.append(output)
            size += listed(output).bytes
        yield media, some


def _media(output: Finished) -> str:
    return MEDIA.get(output.path.rpartition(".")[2], "application/octet-stream")


@contextmanager
def _doing(deed: str, address: Address) -> Iterator[None]:
    """Say in one sentence what a store's library raised; its own words may hold what nobody should read."""
    try:
        yield
    except ToolFailed:
        raise
    except FileNotFoundError as error:
        raise ToolFailed(f"can't {deed} {address}: there is no such bucket, or it may not be seen") from error
    except Exception as error:  # every store's library has exceptions of its own
        raise ToolFailed(f"can't {deed} {address}: {_reason(error, _scheme(address))}") from error


def _reason(error: Exception, scheme: str) -> str:
    kind, extra = type(error).__name__, OBJECT_STORES.get(scheme)
    if isinstance(error, ImportError):
        install = f"run `make setup-cluster`, or install openbrief[{extra}]" if extra else "see what fsspec says of it"
        return f"'{scheme}' needs packages that are not installed: {install}"
    if isinstance(error, ValueError) and "rotocol" in str(error):
        return f"nothing is known of '{scheme}': name a folder, or a URL that begins with s3://, gs:// or az://"
    if isinstance(error, PermissionError):
        return "these credentials may not do that"
    if "Credential" in kind or "Auth" in kind or "credentials" in str(error):
        return "no credentials were found; they come from the environment, as that store's own tools take them"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"the store can't be reached, or refused ({kind})"
