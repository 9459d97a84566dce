"""Say where a release goes: what was typed in; a folder, or the URL of a store that can be written to, out.

An address may hold a password or a token by mistake, and what is printed ends up in logs. So whatever looks like an
address is told to be wrong in words of our own, until it is known to hold neither.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.problem import did_you_mean

OBJECT_STORES = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "abfs": "azure", "az": "azure"}
"""What begins the addresses of stores whose objects are seen whole or not at all, and the extra that each needs."""
LOCAL = ("file", "local")
"""What begins the addresses of folders of this machine."""
_KINDS = (*OBJECT_STORES, *LOCAL)
_MOUNTED = ("sftp", "ssh", "smb", "ftp", "webdav", "hdfs", "nfs")
"""File systems that the machine itself can show as a folder. fsspec would give a password for SFTP to whoever answers
in a host's place, and can't put a file into the place of another over SMB."""
_READ_ONLY = ("http", "https", "github", "git", "gist", "zip", "tar", "data", "jupyter")
_URL = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.IGNORECASE | re.DOTALL)
_KIND = re.compile(r"[a-z][a-z0-9+.-]*:(?://)?", re.IGNORECASE)
"""What begins an address; a ':' behind it divides a name from a password, or a host from a port."""
_PLAIN = re.compile(r"\.{0,2}/(?!/)")
"""What begins a path that is nothing else."""
WRITTEN = "s3://BUCKET/PREFIX"


class Nowhere(ValueError):
    """Raised where a release can't go; its text is a sentence for the user, with no secret in it."""


def destination(typed: str) -> Path | str:
    """Give the folder or the URL that is meant; raises Nowhere where that can't be told, or nothing can be put there.

    No chain of fsspec's is taken, since one can lead anywhere.
    """
    if not typed.strip():
        raise Nowhere("a place for a release has a name")
    if _PLAIN.match(typed):
        return Path(typed)
    if is_address(typed):
        _keeps_no_secret(typed)
    if url := _URL.fullmatch(typed):
        kind, rest = url[1].lower(), url[2]
        return _folder(kind, rest) if kind in LOCAL else _store(kind, rest)
    if meant := _meant(typed):
        raise Nowhere(meant)
    return Path(typed)


def is_address(typed: str) -> bool:
    """Whether a text looks like an address, well written or not, and not like a path."""
    first = typed.partition("/")[0]
    return not _PLAIN.match(typed) and (":" in first or "//" in typed or "\\" in first)


def _keeps_no_secret(typed: str) -> None:
    if "::" in typed:
        raise Nowhere(f"a place for a release is one address, with no '::' in it, as {WRITTEN}")
    if any(mark in typed for mark in "@?#"):
        message = f"a place for a release is written {WRITTEN}, with no credentials in it, and no '@', '?' or '#'"
        raise Nowhere(f"{message}: credentials come from the environment, see assets/docs/scale.md")
    if _has_a_name_and_a_password(typed):
        message = f"a place for a release is written {WRITTEN}, with no ':' in the name of the bucket"
        raise Nowhere(f"{message}: credentials come from the environment, see assets/docs/scale.md")
    if not typed.isprintable():
        raise Nowhere(f"a place for a release is written {WRITTEN}, with nothing in it that can't be seen")


def _has_a_name_and_a_password(typed: str) -> bool:
    """Whether a ':' stands where a bucket or a host is named; a path behind one may hold it, in a good address."""
    kind = _KIND.match(typed)
    rest = typed[kind.end() :] if kind else typed.replace("://", "", 1)
    if not _URL.fullmatch(typed):
        return ":" in rest
    if kind and kind[0].partition(":")[0].lower() in LOCAL:
        return ":" in rest.partition("/")[0]
    return ":" in rest.lstrip("/").partition("/")[0]


def _folder(kind: str, rest: str) -> Path:
    """What stands behind `file://`."""
    if rest.startswith("/"):
        return Path(rest)
    host, _, path = rest.partition("/")
    if not rest:
        raise Nowhere(f"'{kind}://' names no folder: write its path behind it, as {kind}:///srv/briefs")
    if host.lower() == "localhost":
        raise Nowhere(f"'{kind}://{rest}' names a machine; did you mean '{kind}:///{path}'?")
    raise Nowhere(f"'{kind}://{rest}' names a machine, '{host}'; did you mean '{kind}:///{rest}', or '{rest}'?")


def _store(kind: str, rest: str) -> str:
    """What stands behind any other `kind://`."""
    instead = f"name a folder, or a store such as {WRITTEN}"
    if kind == "memory":
        raise Nowhere(f"what is put to memory:// is lost when this ends: {instead}")
    if kind in _MOUNTED:
        raise Nowhere(f"no release is put to {kind}://: have this machine mount it, and name the folder")
    if kind in _READ_ONLY:
        raise Nowhere(f"nothing can be written to {kind}://: {instead}")
    if kind not in _KINDS:
        raise Nowhere(f"nothing is known of '{kind}': {did_you_mean(kind, _KINDS) or instead}")
    if not rest.partition("/")[0].strip():
        raise Nowhere(f"'{kind}://{rest}' names no bucket: write {kind}://NAME/PREFIX")
    if {".", ".."} & {*rest.split("/")}:
        raise Nowhere(f"'{kind}://{rest}' leads through '.' or '..': write it without them")
    return f"{kind}://{rest.rstrip('/')}"


def _meant(typed: str) -> str:
    """Say what was probably meant by what looks like an address and is none; empty for the path of a folder."""
    first = typed.partition("/")[0]
    if first == ":":
        return f"an address begins with what kind of store it is: write {WRITTEN}"
    if "\\" in first or re.match(r"[a-z]:", first, re.IGNORECASE):
        return f"'{typed}' is a path of Windows; here a folder is written with '/', and no letter before it"
    if ":" in first:
        return _misspelt(typed, *typed.split(":", 1))
    if first.lower() in _KINDS and typed[len(first) :].startswith("//"):
        return _misspelt(typed, first, typed[len(first) :])
    return f"'{typed}' is no address: write {WRITTEN}" if "://" in typed else ""


def _misspelt(typed: str, kind: str, rest: str) -> str:
    """Say what a kind of store and what follows it stand for, where what divides them is not `://`."""
    kind, there = kind.lower(), rest.lstrip("/")
    if kind in LOCAL:
        meant = f"did you mean '{'/' if rest.startswith('/') else ''}{there}'?"
    elif kind in _KINDS:
        meant = f"did you mean '{kind}://{there}'?"
    else:  # a name and a password, for all that is known
        return f"this is no address: write {WRITTEN}, or ./ before it for a folder of that name"
    return f"'{typed}' is no address; {meant}"
