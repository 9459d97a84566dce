"""Kill builds of the example at many moments: no file may be torn, and the next build must be right.

`python -m tests.killing FOLDER MOMENTS`, with a new folder. One build stands still at every stage, where the release
must be as it was, and where it puts out: from there forks go on, each killed at another of its calls that reach the
disk. A few builds are killed for good, in one process and in several.

`python -m tests.killing at CALL -C FOLDER build …` runs a command that is killed when it reaches the disk for the
CALLth time to change it, whatever it is at; without being killed it says how often it did.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline.build import build
from pipeline.cli import commands
from pipeline.cli.turn import NAME, turn
from pipeline.folder import UNFINISHED
from pipeline.line import Watch, unwatched
from pipeline.product import Order
from pipeline.project import Project
from pipeline.shelf import PREFIX
from tests import example

ORDER = Order(formats=("html", "txt"))
CHANGING = {"replace", "rename", "unlink", "remove", "mkdir", "rmdir", "fsync", "ftruncate", "utime"}


class Killed:
    """Kills the process at a moment: a stage that begins, or a call that reaches the disk while it puts out."""

    def __init__(self, stage: str, call: int = 0) -> None:
        self.stage, self.left = stage, call
        self.calls = self.settling = 0
        """How many calls there were, and how many before the first file took its place."""

    def called(self, _frame: FrameType | None, event: str, called: Any) -> None:
        """Count a call; a profiler of Python's."""
        if event == "c_call" and (called.__module__ in ("posix", "fcntl") or isinstance(called.__self__, io.IOBase)):
            self.settling = self.settling or (called is os.replace and self.calls)
            self.calls += 1
            if self.calls == self.left:
                os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def __call__(self, stage: str, _brief: str) -> Iterator[None]:
        """Pass a stage."""
        if stage == self.stage and not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        if stage == self.stage:
            sys.setprofile(self.called)
        try:
            yield
        finally:
            sys.setprofile(None)


class Forking:
    """Stands still where a build puts out, and lets forks go on."""

    def __init__(self, project: Project, number: int, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        self.project, self.number, self.before, self.after = project, number, before, after
        self.stages: list[str] = []
        self.said = {"old": 0, "between": 0, "new": 0}

    @contextmanager
    def __call__(self, stage: str, _brief: str) -> Iterator[None]:
        """Look at the release where a stage begins; fork where the last one does."""
        assert tree(self.project.output) == self.before, f"before {stage}"
        self.stages.append(stage)
        if stage == "publish":
            counted = self.project.root / "counted"
            if (child := os.fork()) == 0:
                yield from _going_on(Killed("publish"), counted)
            os.waitpid(child, 0)
            settling, last = map(int, counted.read_text(encoding="utf-8").split())
            for call in (*spread(1, settling, self.number // 2), *spread(settling, last, self.number // 2)):
                restore(self.project)
                for at, ends in ((call, -signal.SIGKILL), (0, 0)):  # the second goes on where the first was killed
                    if (child := os.fork()) == 0:
                        yield from _going_on(Killed("publish", at))
                    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == ends
                    self._look(at)
            restore(self.project)
        yield

    def _look(self, at: int) -> None:
        left = tree(self.project.output)
        torn = [path for path, data in left.items() if data not in (self.before[path], self.after[path])]
        assert (sorted(left), torn) == (sorted(self.before), []), f"after call {at}"
        if at:
            self.said["old" if left == self.before else "new" if left == self.after else "between"] += 1
        else:
            assert left == self.after
            assert not [*self.project.output.rglob(f".*{UNFINISHED}")]
            assert len([*self.project.output.glob(f"{PREFIX}*")]) == 1  # the parent's, which forks work from


def _going_on(killed: Killed, counted: Path | None = None) -> Iterator[None]:
    """Put out in a fork, and end it; keep how many calls there were in a file."""
    try:
        sys.setprofile(killed.called)
        yield
        sys.setprofile(None)
        if counted:
            counted.write_text(f"{killed.settling} {killed.calls}", encoding="utf-8")
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a fork may not go on as its parent
        traceback.print_exc()
        os._exit(1)


def spread(first: int, last: int, number: int) -> Iterator[int]:
    """So many numbers from the first to the last."""
    return (first + (last - first) * step // (number - 1) for step in range(number))


def restore(project: Project) -> None:
    """Put the old release back, and leave what the build has made."""
    for path in project.output.iterdir():
        if path.is_file():
            path.unlink()
        elif not path.name.startswith(PREFIX):
            shutil.rmtree(path)
    shutil.copytree(project.root / "old", project.output, dirs_exist_ok=True)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but those that the next build takes away or overwrites."""
    files = [path for path in root.rglob("*") if path.is_file() and not path.name.endswith(UNFINISHED)]
    named = {path.relative_to(root).as_posix(): path for path in files if path.name != NAME}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(PREFIX)}


def apart(work: Callable[[], None]) -> int:
    """Work in another process; how it ended, a signal as a negative number."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a fork may not go on as its parent
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def built(project: Project, watch: Watch, jobs: int = 1) -> None:
    """Build as the command does."""
    with turn(project.output, 600, print):
        build(project, ORDER, watch, jobs=jobs)


def main(root: Path, number: int) -> None:
    """Kill; print how many stages there were, and how many calls left the old release, the new one, or some of each."""
    example.make(root)
    project = Project.at(root)
    build(project, ORDER)
    shutil.copytree(project.output, root / "old")
    argument = project.briefs / "arguments" / "lights-help.yaml"
    argument.write_text(example.ARGUMENT.replace("safer", "much safer"), encoding="utf-8")
    build(Project.at(root, root / "new"), ORDER)
    before, after = tree(root / "old"), tree(root / "new")
    assert before.keys() == after.keys()
    forking = Forking(project, number, before, after)
    build(project, ORDER, forking)
    settling, last = map(int, (root / "counted").read_text(encoding="utf-8").split())
    midst = (settling + last) // 2
    for stage, call, jobs in (("article", 0, 1), ("publish", midst, 1), ("make", 0, 2), ("publish", settling, 2)):
        restore(project)
        assert apart(lambda: built(project, Killed(stage, call), jobs)) == -signal.SIGKILL  # noqa: B023 - it runs here
        assert apart(lambda: built(project, unwatched)) == 0
        assert tree(project.output) == after
        assert not [path for path in project.output.iterdir() if path.name == NAME or path.name.startswith(PREFIX)]
    print(len(forking.stages), *forking.said.values())  # noqa: T201 - what the test reads


class Changing(Killed):
    """Counts only the calls that change something on the disk: between two of them a crash leaves the same."""

    def called(self, frame: FrameType | None, event: str, called: Any) -> None:
        """Count a call."""
        if event == "c_call" and called.__name__ in CHANGING:
            super().called(frame, event, called)


def killed_at(call: int, arguments: list[str]) -> None:
    """Run a command that is killed at a call; print how many there were."""
    killed = Changing("", call)
    with suppress(SystemExit):
        sys.setprofile(killed.called)
        commands(arguments, obj=arguments)
    sys.setprofile(None)
    print(killed.calls)  # noqa: T201 - what the test reads


if __name__ == "__main__" and sys.argv[1] == "at":
    killed_at(int(sys.argv[2]), sys.argv[3:])
elif __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
