"""Work that is spread over processes comes back in its order; what crashes, hangs or eats memory loses itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from functools import partial
from multiprocessing import forkserver
from multiprocessing.util import get_temp_dir
from pathlib import Path

import pytest

from pipeline.executor import CONTEXT, Bounds, Lost, begin, hired, spread
from pipeline.problem import ToolFailed

pytestmark = pytest.mark.slow
BOUNDS = Bounds(seconds=600, memory=2**30)
ROOT = Path(__file__).parents[1]


def misbehave(deed: str) -> str:
    """What a brief may do to the process that makes it."""
    if deed == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif deed == "hang":
        threading.Event().wait()
    elif deed == "end":
        os._exit(3)
    elif deed == "eat":
        return str(len(bytearray(3 * 2**30)))
    elif deed == "leave":
        tempfile.mkdtemp()
    return deed


def test_results_come_in_the_order_of_the_calls() -> None:
    """However long each takes."""
    assert list(spread(pow, [(2, 5), (3, 3), (5, 2)], 2, BOUNDS)) == [32, 27, 25]


@pytest.mark.skipif(CONTEXT != "forkserver", reason="only Linux has a server of forks")
def test_the_server_of_forks_starts_before_there_is_work() -> None:
    """The same one makes the processes when there is."""
    begin("os")
    server = vars(forkserver._forkserver)["_forkserver_pid"]
    assert server is not None
    assert list(spread(os.getppid, [()], 1, BOUNDS)) == [server]


def test_one_that_misbehaves_loses_itself_alone() -> None:
    """A crash, an exit and a hang are told apart, and all others are made."""
    deeds = ["well", "crash", "end", "well", "hang", "well", "crash", "well"]
    ended = [Lost(why="crash", ended=-signal.SIGSEGV), Lost(why="crash", ended=3), Lost(why="time")]
    bounds = Bounds(seconds=5, memory=2**30)
    assert list(spread(misbehave, [(deed,) for deed in deeds], 2, bounds)) == [
        *("well", *ended[:2], "well", ended[2], "well", ended[0], "well")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a process takes from the system")
def test_memory_has_a_bound() -> None:
    """Who wants more is refused it as when the machine has no more, and the process works on."""
    assert list(spread(misbehave, [("eat",), ("well",)], 1, BOUNDS)) == [Lost(why="memory"), "well"]


def test_a_fresh_process_takes_the_place_of_one_that_has_worked_long() -> None:
    """After as many calls as it may work at."""
    made = list(spread(os.getpid, [()] * 5, 1, Bounds(seconds=600, memory=2**30, tasks=2)))
    assert [made.count(one) for one in dict.fromkeys(made)] == [2, 2, 1]


def test_what_goes_wrong_is_raised() -> None:
    """As it was in the other process."""
    with pytest.raises(ZeroDivisionError):
        list(spread(divmod, [(1, 0), (1, 1)], 1, BOUNDS))


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Temporary files go with the processes, also of those that crashed."""
    begin(__name__)
    get_temp_dir()  # Python's own, which stays as long as this process
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert list(spread(misbehave, [("leave",), ("crash",)], 1, BOUNDS)) == [
        "leave",
        Lost(why="crash", ended=-signal.SIGSEGV),
    ]
    assert not list(tmp_path.iterdir())


STARTED = """
from pipeline.executor import Bounds, spread
from tests.test_executor import say_and_wait
list(spread(say_and_wait, [()], 2, Bounds(seconds=600, memory=2**30)))
"""


def say_and_wait() -> None:
    """Say that the work has begun, and never end it."""
    os.write(1, b"begun\n")
    threading.Event().wait()


def test_none_outlives_a_killed_parent() -> None:
    """Whoever was started holds the pipe open, so that it ends only with the last of them."""
    with subprocess.Popen([sys.executable, "-c", STARTED], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        process.kill()
        assert process.stdout.read() == b""


done: list[str] = []


def _begin() -> None:
    done.append("four")


def told() -> tuple[int, ...]:
    """Which process this is, and what it has done before."""
    return os.getpid(), *map(len, done)


def test_a_crew_works_for_one_after_the_other() -> None:
    """Its process stays, and has done at first what it was told to."""
    with hired(1, __name__, first=_begin) as crew:
        first, second = (list(spread(told, [()], crew, BOUNDS)) for _ in range(2))
    assert first == second
    assert [each[1:] for each in first if isinstance(each, tuple)] == [(4,)]


def test_a_crew_that_was_lost_is_said() -> None:
    """It can't be had again, and nobody waits for it."""
    with hired(1, "os", first=partial(os._exit, 3)) as crew, pytest.raises(ToolFailed, match="can be started or kept"):
        list(spread(os.getpid, [()] * 2, crew, BOUNDS))


def test_a_crew_knows_that_it_is_lost() -> None:
    """Before there is work for it: an idle process that was killed takes the others with it."""
    with hired(1, "os", first=os.getpid) as crew:
        assert not crew.is_lost
        (result,) = spread(os.getpid, [()], crew, BOUNDS)
        assert isinstance(result, int)
        os.kill(result, signal.SIGKILL)
        assert any(crew.is_lost for _ in range(1_000_000))


def test_what_a_crew_is_not_waited_for_is_called_off() -> None:
    """Whoever raises between two results leaves nobody at work; the crew goes on with the next."""
    with hired(1, "os") as crew:
        results = spread(misbehave, [("well",), ("hang",)], crew, BOUNDS)
        assert next(results) == "well"
        results.close()  # type: ignore[attr-defined]
        assert list(spread(misbehave, [("well",)], crew, BOUNDS)) == ["well"]
