"""Run pandoc: arguments and text in, what it wrote and said out.

The binary is the one inside pypandoc's own package, run directly: pypandoc's functions try every `pandoc` they find,
hand on the whole environment and know no time-out. It runs in its sandbox, so that it reads no other file and no
address, and without the user's settings.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pypandoc

from pipeline.problem import ToolFailed

PANDOC = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
"""The one pandoc that is ever run."""
RELEASE = version("pypandoc_binary")
"""The version of the package, and so that of pandoc."""
SCRIPTS = Path(__file__).parent
"""Where the reader and the writer lie; pandoc runs there, so that no folder's name can be read as an extension."""
MEMORY = "1g"
"""How large pandoc's heap may grow; GHC User's Guide, "-M"."""


class Done(NamedTuple):
    """How pandoc ended."""

    code: int
    output: bytes
    said: str
    """What it wrote on stderr."""


def sandboxed(*arguments: str) -> list[str]:
    """The command that runs pandoc within its limits."""
    limits = ["+RTS", f"-M{MEMORY}", "-RTS"]
    return [str(PANDOC), *limits, "--sandbox", f"--data-dir={os.devnull}", *arguments]


def run(arguments: Sequence[str], text: bytes, what: str, seconds: float) -> Done:
    """Run pandoc on `text`; `what` is what it is run for, as in "the brief 'x'".

    Raises ToolFailed when it takes longer than `seconds`.
    """
    try:
        done = subprocess.run(
            sandboxed(*arguments),
            input=text,
            capture_output=True,
            timeout=seconds,
            check=False,
            cwd=SCRIPTS,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"pandoc took longer than {seconds:g} seconds for {what}") from error
    return Done(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())
