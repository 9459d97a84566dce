"""Say what a machine makes products with: nothing in, versions out, and which machines differ."""

from __future__ import annotations

import multiprocessing
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from pipeline import __version__
from pipeline.inputs import program, tools

SPREADING = ("cloudpickle", "dask", "distributed", "msgpack", "pebble")
"""What machines speak to each other with."""
DAEMON = "daemon"
MEND = "install there what is here, and start them anew"
"""What is to be done about machines that differ."""


def kit() -> dict[str, str]:
    """Name everything of this machine that a product's bytes depend on, and whether it can have child processes."""
    found = {"openbrief": __version__, "its program": program(), **tools()}
    found["python"] = ".".join(platform.python_version_tuple()[:2])
    for name in SPREADING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found | {DAEMON: "yes" if multiprocessing.current_process().daemon else "no"}


def differing(mine: Mapping[str, str], found: Mapping[str, Mapping[str, str] | BaseException]) -> Iterator[str]:
    """Yield a sentence for each machine that differs from this one, or can't make products."""
    for machine, theirs in sorted(found.items()):
        if isinstance(theirs, BaseException):
            yield f"{machine} has no openbrief, or another one ({type(theirs).__name__})"
            continue
        other = [name for name in mine if name != DAEMON and theirs.get(name) != mine[name]]
        if other:
            listed = (f"{name} {theirs.get(name, 'none')}, here {mine[name]}" for name in other)
            yield f"{machine} has {', '.join(listed)}"
        if theirs.get(DAEMON) == "yes":
            yield f"{machine} can't have child processes: start it with DASK_DISTRIBUTED__WORKER__DAEMON=False"
