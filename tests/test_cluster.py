"""Other machines make what this one would, whatever becomes of them; here they are processes that speak TLS."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.build import build
from pipeline.cluster import Cluster, saved
from pipeline.cluster.hand import Children
from pipeline.cluster.kit import differing, kit
from pipeline.cluster.pack import pack
from pipeline.cluster.receipt import Receipt, receipt_of
from pipeline.cluster.spreading import spread
from pipeline.executor import Bounds, Lost
from pipeline.inputs import tools
from pipeline.problem import Refused, ToolFailed
from pipeline.product import Order
from pipeline.project import Project
from pipeline.publish import done_before, last_release
from pipeline.shelf import shelf
from tests import example
from tests.behaving import behave, doubled
from tests.clusters import Started, certificates, started

BOUNDS = Bounds(seconds=6, memory=2**30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What starts a scheduler and two workers where there are none, and ends them after the last test."""
    with ExitStack() as ends:
        found: list[Started] = []

        def start() -> Started:
            if not found or found[-1].scheduler.process.poll() is not None:
                found.append(ends.enter_context(started(tmp_path_factory.mktemp("machines"))))
            return found[-1]

        yield start


@pytest.fixture
def machines(running: Any) -> Started:
    """A scheduler that bears no lost worker, and two workers that are started anew when they are killed."""
    found: Started = running()
    return found


@pytest.fixture
def library(tmp_path: Path) -> Project:
    """A library with two products."""
    briefs = example.make(tmp_path)
    (briefs / "house.yaml").write_text(example.HOUSE + "products: [{editions: [brief]}]\n", encoding="utf-8")
    return Project.at(tmp_path)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_nothing_hidden_and_nothing_behind_a_link_travels(library: Project, tmp_path: Path) -> None:
    """Other machines get the library, and no file that only stands near it."""
    secret = tmp_path / "secret"
    secret.write_text("mine", encoding="utf-8")
    (library.briefs / "note.yaml").symlink_to(secret)
    for hidden in (library.briefs / ".env", library.briefs / ".git" / "config"):
        hidden.parent.mkdir(exist_ok=True)
        hidden.write_text("mine", encoding="utf-8")
    with ZipFile(BytesIO(pack(library))) as archive:
        names = archive.namelist()
    assert "briefs/house.yaml" in names
    assert not [name for name in names if "/." in name or "note" in name]


def test_a_folder_that_can_not_be_listed_is_told(library: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing there would be missed on another machine only."""
    (library.briefs / "closed").mkdir()
    listed = os.scandir

    def scandir(folder: Any) -> Any:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr("os.scandir", scandir)  # nothing is closed to whoever runs tests in a container
    with pytest.raises(ToolFailed, match=r"can't read \S+/briefs/closed, which other machines need: Permission denied"):
        pack(library)


@pytest.mark.slow
def test_children_of_other_bounds_make_room(tmp_path: Path) -> None:
    """When they are done; a call with the same bounds finds them warm."""
    worker: Any = SimpleNamespace(state=SimpleNamespace(nthreads=1), local_directory=str(tmp_path))
    children, narrow = Children(), replace(BOUNDS, memory=2**29)

    def child(bounds: Bounds, module: str = "os") -> int:
        return int(children.schedule(worker, bounds, module, os.getpid, ()).result())

    try:
        first = child(BOUNDS)
        assert child(BOUNDS) == first
        with os.fdopen(os.pidfd_open(first)) as ended:
            second = child(narrow)
            select.select([ended], [], [])  # comes back when the first has ended
        assert second != first
        assert child(narrow, "tests.behaving") != second
    finally:
        children.pool.stop()
        children.pool.join()


@pytest.mark.parametrize("damage", ["cut short", "a file", "a link"])
def test_what_is_kept_takes_the_place_of_what_is_damaged(library: Project, damage: str, tmp_path: Path) -> None:
    """What is kept until a release is out never stops one."""
    build(library, Order(formats=["txt"]))
    known = inputs_of(library.output)
    name = min(known)
    place = library.root / "build" / "finished" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if damage == "cut short":
        place.mkdir()
        (place / "manifest.json").write_text('{"format": 2, "bri', encoding="utf-8")
    elif damage == "a file":
        place.write_text("", encoding="utf-8")
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    with shelf(library.output) as laid:
        (entry,) = done_before(library.output, {name: known[name]}, ["txt"], laid).values()
        saved.save(library, entry)
    assert (place / "manifest.json").is_file()
    assert not place.is_symlink()


def inputs_of(root: Path) -> dict[str, Any]:
    """What the products of a release were made from."""
    last = last_release(root)
    assert last
    return {brief.metadata.file: brief.inputs for brief in last.briefs}


@pytest.mark.slow
def test_products_have_the_bytes_that_they_have_here(
    machines: Started, library: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PDF, page and manifest, from a project that no worker shares; receipts are read once, and nothing is left."""
    build(library, jobs=2)
    there = Project.at(library.root, library.root / "there")
    read: list[Receipt] = []

    def reading(received: Receipt) -> Any:
        read.append(received)
        return receipt_of(received)

    monkeypatch.setattr("pipeline.making.receipt_of", reading)
    build(there, jobs=machines.cluster)
    assert len(read) == 2
    assert tree(there.output) == tree(library.output)
    assert len(tree(there.output)) == 6
    assert not (library.root / "build" / "finished").exists()


@pytest.mark.slow
def test_problems_come_back_with_their_places(machines: Started, library: Project) -> None:
    """What one product is refused for stops the release; the other is kept for next time."""
    brief = library.briefs / "first-brief.yaml"
    brief.write_text(brief.read_text("utf-8").replace("Wrecks are counted", "Wrecks \U0001f6a2 are counted"), "utf-8")
    with pytest.raises(Refused) as there:
        build(library, Order(formats=["html"]), jobs=machines.cluster)
    assert [path.name for path in saved.saved(library)] == ["second-brief"]
    with pytest.raises(Refused) as here:
        build(library, Order(formats=["html"]))
    assert there.value.problems == here.value.problems
    assert [problem.mark.file for problem in here.value.problems] == ["briefs/first-brief.yaml"]
    assert not library.output.exists()


@pytest.mark.slow
def test_machines_that_differ_are_named(machines: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is made, all of them at once."""
    monkeypatch.setattr("pipeline.cluster.kit.tools", lambda: tools() | {"weasyprint": "1.0"})
    with pytest.raises(ToolFailed, match="not all machines are as this one") as failed:
        list(spread(behave, [("well",)], machines.cluster, BOUNDS))
    assert str(failed.value).count("weasyprint 70.0, here 1.0") == 3
    assert "the scheduler has" in str(failed.value)
    monkeypatch.setattr("pipeline.cluster.spreading._compare", lambda *_: None)
    with pytest.raises(ToolFailed, match=r"tls://\S+ has weasyprint 70\.0, here 1\.0"):  # by one that came later
        list(spread(behave, [("well",)], machines.cluster, BOUNDS))


def test_a_machine_without_openbrief_is_named() -> None:
    """And one that can't start a bounded process."""
    mine = kit()
    found = {"tls://a": mine | {"daemon": "yes"}, "tls://c": mine}
    said = list(differing(mine, {"tls://b": ModuleNotFoundError("pipeline"), **found}))
    assert [sentence.split()[0] for sentence in said] == ["tls://a", "tls://b"]
    assert "DASK_DISTRIBUTED__WORKER__DAEMON=False" in said[0]


@pytest.mark.slow
def test_all_comes_back_where_a_worker_is_killed(machines: Started) -> None:
    """Of 200 calls, when a third has come: what the worker was at and what it still held is made again, each once."""
    came: list[int] = []

    def kill(result: Any) -> Any:
        came.append(result[0] // 2)
        if len(came) == 66:
            os.kill(result[2], signal.SIGKILL)
        return result

    calls = [(number,) for number in range(200)]
    made = list(spread(doubled, calls, machines.cluster, BOUNDS, taken=kill))
    assert [(twice, data) for twice, data, _ in made] == [doubled_here(*call) for call in calls]
    assert sorted(came) == list(range(200))
    assert len({worker for _, _, worker in made}) >= 2


def doubled_here(number: int) -> tuple[int, bytes]:
    """What each call gives."""
    return 2 * number, bytes([number]) * 10_000


@pytest.mark.slow
def test_what_misbehaves_loses_itself_alone(machines: Started) -> None:
    """As in the local pool; what is raised is told as well, and what kills workers loses nobody who was with them."""
    deeds = ["well", "crash", "raise", "kill", "eat", "hang", *["well"] * 5, "crash"]
    crash, hang, eat = Lost(why="crash", ended=-signal.SIGSEGV), Lost(why="time"), Lost(why="memory")
    raised, killed = Lost(why="error", said="ValueError: so it is"), Lost(why="crash")
    made = list(spread(behave, [(deed,) for deed in deeds], machines.cluster, BOUNDS))
    assert made == ["well", crash, raised, killed, eat, hang, *["well"] * 5, crash]


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told(
    machines: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one sentence, before anything is made; it never listens to whoever has no certificate of its signer."""
    monkeypatch.setattr("pipeline.cluster.reaching.REACH", 1)
    port = machines.cluster.address.rpartition(":")[2]
    strangers = certificates(tmp_path / "strangers")
    for cluster in (
        Cluster(address="tls://127.0.0.1:9", certificates=machines.cluster.certificates),
        Cluster(address=f"tcp://127.0.0.1:{port}"),
        Cluster(address=f"tls://127.0.0.1:{port}", certificates=strangers),
    ):
        with pytest.raises(ToolFailed, match="can't reach a scheduler at"):
            list(spread(behave, [("well",)], cluster, BOUNDS))


@pytest.mark.slow
def test_a_lost_scheduler_is_told_and_the_next_build_goes_on(
    machines: Started, library: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When one product has come, nothing is published; the next build, to wherever, makes the other alone."""

    def save(project: Project, entry: Any) -> None:
        saved.save(project, entry)
        machines.scheduler.process.kill()

    order, made = Order(formats=["txt"]), []
    monkeypatch.setattr("pipeline.making.save", save)
    with pytest.raises(ToolFailed, match=r"the scheduler at tls://\S+ was lost: what was made is kept"):
        build(library, order, jobs=machines.cluster)
    monkeypatch.undo()
    assert not library.output.exists()
    assert len(saved.saved(library)) == 1

    @contextmanager
    def watch(stage: str, brief: str) -> Iterator[None]:
        made.extend([brief] if stage == "argue" else [])
        yield

    build(library.sent_to("memory://house/briefs"), order, watch)
    assert len(made) == 1
    build(library, order)
    there = {path.removeprefix("/house/briefs/"): MemoryFileSystem().cat_file(path) for path in MemoryFileSystem.store}
    assert there == tree(library.output)
    assert not saved.saved(library)
