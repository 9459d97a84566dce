"""Keep one pandoc at work for many articles: a job in, what it wrote out.

Starting pandoc for each took longer than most articles do. The one that is kept (`scribe.lua`) takes a line of JSON for
a job and gives a line back, and starts from nothing with each. It ends when its stdin does, and that ends with this
process, however that ends.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from typing import IO, Any, cast

from pipeline.problem import ToolFailed
from pipeline.render.pandoc import SCRIPTS, sandboxed

COMMAND = sandboxed("--quiet", "--from", "scribe.lua", "--to", "plain", "wide.lua")
"""Some file must be named as what is read; nothing reads it, and stdin is left to the jobs."""
ALONE = {"LC_ALL": "C.UTF-8", "http_proxy": "refused", "https_proxy": "refused"}
"""A citation style may depend on one at an address, and citeproc would ask there, sandbox or not; so it can't."""

ENDING = 10
"""How many seconds pandoc has to end once it writes no more; then it is killed."""


class Failed(Exception):
    """Raised with what pandoc says where it can't do a job."""


class _Gone(Exception):
    """Raised where pandoc ended in the midst of a job."""


class _Scribe:
    """One pandoc that waits for jobs."""

    def __init__(self) -> None:
        self.owner, self.fresh, self.late = os.getpid(), True, False
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as pandoc runs
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, cwd=SCRIPTS, env=ALONE
        )
        self.jobs, self.answers = cast("IO[bytes]", self.process.stdin), cast("IO[bytes]", self.process.stdout)

    def write(self, line: bytes, seconds: float) -> bytes:
        """Hand in a job and wait for its line; raises _Gone, and TimeoutError where it took longer."""
        watch = threading.Timer(seconds, self._stop)
        watch.start()
        try:
            self.jobs.write(line)
            self.jobs.flush()
            written = self.answers.readline()
        except BrokenPipeError:
            written = b""
        finally:
            watch.cancel()
        if not written.endswith(b"\n"):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(ENDING)
            raise TimeoutError if self.late else _Gone
        self.fresh = False
        return written

    def _stop(self) -> None:
        self.late = True
        self.process.kill()

    def end(self) -> str:
        """End it, whatever it does, and give what it wrote on stderr."""
        self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self.process.communicate()
        with self.said as said:
            said.seek(0)
            return said.read().decode(errors="replace").strip()


_kept: list[_Scribe] = []
"""The pandoc of this process, if it has one."""
_turn = threading.Lock()


def written(job: Mapping[str, Any], what: str, seconds: float) -> Any:
    """Give what pandoc makes of a job; `what` is what it is for, as in "the brief 'x'".

    Raises Failed with pandoc's words, and ToolFailed when it breaks off or takes longer than `seconds`. One that broke
    off after other jobs is given another try, with a pandoc that has done nothing yet.
    """
    line = json.dumps(job, ensure_ascii=False).encode() + b"\n"
    with _turn:
        answer = json.loads(_written(line, what, seconds))
    if "failed" in answer:
        raise Failed(answer["failed"])
    return answer["result"]


def _written(line: bytes, what: str, seconds: float) -> bytes:
    scribe = _scribe()
    try:
        return scribe.write(line, seconds)
    except TimeoutError as error:
        _end()
        raise ToolFailed(f"pandoc took longer than {seconds:g} seconds for {what}") from error
    except _Gone as error:
        said, code = _end(), scribe.process.returncode
        if scribe.fresh:
            raise ToolFailed(f"pandoc ended with {code}: {said}") from error
        return _written(line, what, seconds)
    except BaseException:
        _end()
        raise


def _scribe() -> _Scribe:
    if _kept and _kept[0].owner != os.getpid():
        _kept.clear()
    if not _kept:
        _kept.append(_Scribe())
    return _kept[0]


@atexit.register
def _end() -> str:
    return _kept.pop().end() if _kept and _kept[0].owner == os.getpid() else ""
