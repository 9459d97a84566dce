"""Whoever listens in a scheduler's place is told in one sentence, and a signal is heard while nobody answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.cluster import Cluster
from pipeline.cluster.hand import Unpacked
from pipeline.cluster.kit import MEND, kit
from pipeline.cluster.reaching import Scheduler, SchedulerLost
from pipeline.cluster.spreading import _compare, _Running, _unpacked, spread
from pipeline.executor import Bounds
from pipeline.problem import ToolFailed
from tests import example
from tests.behaving import behave
from tests.clusters import certificates

pytestmark = pytest.mark.slow
BOUNDS = Bounds(seconds=6, memory=2**30)


@contextmanager
def listening(answer: bytes | None) -> Iterator[tuple[int, threading.Event]]:
    """Listen at a port, and say this to whoever comes, or nothing; the event is set when somebody has come."""
    came, held = threading.Event(), list[socket.socket]()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:  # closed
                    return
                came.set()
                if answer is not None:
                    held[-1].sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for each in held:
                each.close()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of certificates."""
    return certificates(tmp_path_factory.mktemp("signed") / "certificates")


@pytest.mark.parametrize("answer", [None, b"HTTP/1.0 400 Bad Request\r\n\r\n"], ids=["silent", "http"])
@pytest.mark.parametrize("scheme", ["tcp", "tls"])
def test_who_is_no_scheduler_is_told(
    scheme: str, answer: bytes | None, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dask itself would wait for ever."""
    monkeypatch.setattr("pipeline.cluster.reaching.REACH", 1)
    with listening(answer) as (port, came):
        cluster = Cluster(address=f"{scheme}://127.0.0.1:{port}", certificates=signed if scheme == "tls" else None)
        with pytest.raises(ToolFailed, match="can't reach a scheduler at"):
            list(spread(behave, [("well",)], cluster, BOUNDS))
        assert came.is_set()


def test_a_port_where_nobody_listens_is_told(signed: Path) -> None:
    """At once: it is not tried again and again."""
    with listening(None) as (port, _):
        pass
    for cluster in (
        Cluster(address=f"tcp://127.0.0.1:{port}"),
        Cluster(address=f"tls://127.0.0.1:{port}", certificates=signed),
    ):
        with pytest.raises(ToolFailed, match="nothing listens there"):
            list(spread(behave, [("well",)], cluster, BOUNDS))


@pytest.mark.parametrize(
    ("number", "said"), [(signal.SIGTERM, "terminated"), (signal.SIGINT, "interrupted")], ids=["SIGTERM", "SIGINT"]
)
def test_a_signal_ends_the_wait(number: signal.Signals, said: str, tmp_path: Path) -> None:
    """With the code of the signal, and one word."""
    briefs = example.make(tmp_path)
    (briefs / "house.yaml").write_text(example.HOUSE + "formats: [txt]\n", encoding="utf-8")
    with listening(None) as (port, came):
        command = [sys.executable, "-m", "pipeline", "-C", str(tmp_path), "build", "--insecure"]
        with subprocess.Popen(
            [*command, "--on", f"dask:tcp://127.0.0.1:{port}"],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(example.ROOT)},
        ) as process:
            came.wait()
            process.send_signal(number)
            _, told = process.communicate()
    assert (process.returncode, told.strip()) == (128 + number, f"openbrief: {said}")


@dataclass
class Client:
    """A client whose machines answer so, or not."""

    status: str = "running"
    nthreads: Callable[[], object] = dict
    run: Callable[..., object] = dict
    run_on_scheduler: Callable[..., object] = dict
    register_plugin: Callable[..., object] = dict
    unregister_worker_plugin: Callable[..., object] = dict
    id: str = "client"


CLUSTER = Cluster(address="tcp://there:1")


def _asked(client: Client) -> Scheduler:
    return Scheduler(CLUSTER, client, lambda: None)


def _fail(error: Exception) -> Callable[..., object]:
    def deed(*_: object, **__: object) -> object:
        raise error

    return deed


def test_an_error_of_a_worker_is_no_lost_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is called; a scheduler is lost when it doesn't answer."""
    monkeypatch.setattr("pipeline.cluster.reaching.LAST", 1)
    deed, never = _fail(ConnectionResetError("by a worker")), threading.Event().wait
    with pytest.raises(ToolFailed, match="a machine of tcp://there:1 failed: ConnectionResetError: by a worker"):
        _asked(Client()).asked(deed)
    for client in (Client("closed"), Client(nthreads=deed), Client(nthreads=never)):
        with pytest.raises(SchedulerLost, match="what was made is kept"):
            _asked(client).asked(deed)
    with pytest.raises(SchedulerLost):
        _asked(Client()).asked(never, seconds=1)


def test_a_scheduler_with_an_older_program_is_named() -> None:
    """It may lack what it is asked for; the sentence says what is to be done."""
    older = _fail(AttributeError("module 'pipeline.cluster.hand' has no attribute 'vouched'"))
    client = Client(run=lambda *_, **__: {"tcp://worker": kit()}, run_on_scheduler=older)
    with pytest.raises(ToolFailed, match=rf"the scheduler has no openbrief, or another one \(.*{MEND}"):
        _compare(_asked(client))


def test_a_worker_without_room_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    """What failed is told, not that cleaning up failed as well."""
    full = tmp_path / "full"
    full.touch()
    worker: Any = SimpleNamespace(address="tcp://worker", local_directory=str(full))
    with pytest.raises(ToolFailed, match="tcp://worker can't keep what products are made from: Not a dir") as said:
        Unpacked("name", b"zip").setup(worker)
    cleaned: list[str] = []

    def clean(name: str) -> None:
        cleaned.append(name)
        raise KeyError(name)

    client = Client(register_plugin=_fail(said.value), unregister_worker_plugin=clean)
    with pytest.raises(ToolFailed, match="tcp://worker can't keep"), _unpacked(_asked(client), b"zip"):
        raise AssertionError("never begun")
    assert len(cleaned) == 1


def test_a_result_that_was_lost_with_its_worker_is_waited_for() -> None:
    """As long as the scheduler answers and has workers, however long it takes to make it again."""
    threads = {"tcp://worker": 1}
    waits: list[float] = []

    def late(timeout: float) -> tuple[str, int]:
        waits.append(timeout)
        if len(waits) < 3:
            raise TimeoutError
        return "done", 5

    running = _Running(_asked(Client(nthreads=lambda: threads)), [], lambda result: result)
    assert running._outcome(SimpleNamespace(result=late)) == 5
    assert waits == [60, 60, 60]
    threads.clear()
    with pytest.raises(ToolFailed, match="no worker of tcp://there:1 is left"):
        running._outcome(SimpleNamespace(result=_fail(TimeoutError())))
    for client in (Client("closed"), Client(nthreads=_fail(OSError()))):
        running.scheduler = _asked(client)
        with pytest.raises(SchedulerLost):
            running._outcome(SimpleNamespace(result=_fail(TimeoutError())))
