"""A release goes to an object store as it goes to a folder: whole files, the manifest last, nothing sent twice."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import md5
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.forms import Output, listed
from pipeline.manifest import NAME, parsed
from pipeline.problem import Refused, ToolFailed
from pipeline.project import Address
from pipeline.publish import done_before, last_release, publish
from pipeline.store import Store, looking, opened
from tests import example
from tests.test_publish import _entry, _index

KEYS = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalr-secret", "AWS_DEFAULT_REGION": "us-east-1"}
STARTED = """
import logging, sys
from moto.server import ThreadedMotoServer
logging.disable()
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(*server.get_host_and_port(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of an object store on this machine, which ends when its stdin does."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        host, port = process.stdout.readline().split()
        yield f"http://{host}:{port}"
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def bucket(store: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    """A new bucket, and the environment that leads to it."""
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": store}.items():
        monkeypatch.setenv(name, value)
    system = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    system.mkdir(request.node.name.replace("_", "-").lower()[:60])
    return system


@pytest.fixture
def memory() -> Iterator[Address]:
    """An empty place in this process's memory."""
    MemoryFileSystem.store.clear()
    yield Address("memory://house/briefs")
    MemoryFileSystem.store.clear()


class Noting(MemoryFileSystem):  # type: ignore[misc] # fsspec has no types
    """Memory that notes what it is asked to write and remove, and loses its connection after so many requests."""

    protocol = "noting"
    asked: list[str] = []  # noqa: RUF012 - each test begins with none
    left = 1000

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("noting://", "memory://")))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        """Write, as long as there is a connection."""
        self._ask(path)
        super().pipe_file(path, value, mode, **kwargs)

    def rm_file(self, path: str) -> None:
        """Remove, as long as there is a connection."""
        self._ask(f"-{path}")
        super().rm_file(path)

    def mv(self, path1: str, path2: str, **kwargs: Any) -> None:
        """Move, as long as there is a connection."""
        self._ask(f">{path2}")
        self.store[self._strip_protocol(path2)] = self.store.pop(self._strip_protocol(path1))

    def _ask(self, what: str) -> None:
        if not Noting.left:
            raise ConnectionResetError(104, "Connection reset by peer", "wJalr-secret")
        Noting.left -= 1
        Noting.asked.append(what.replace("/house/", ""))


@pytest.fixture
def noting(memory: Address) -> Address:
    """A place that is no object store."""
    fsspec.register_implementation("noting", Noting, clobber=True)
    Noting.asked, Noting.left = [], 1000
    return Address("noting://house")


def held(address: Address, path: str) -> str:
    """The text of an object."""
    return (looking(address)(path) or b"").decode()


def test_a_release_goes_to_a_store(memory: Address) -> None:
    """All files are there, and the manifest lists all but itself."""
    release = publish(memory, [_entry("b"), _entry("a")], _index, whole=True)
    assert str(release.root / release.written[-1]) == "memory://house/briefs/manifest.json"
    assert {path.removeprefix("/house/briefs/") for path in MemoryFileSystem.store} == set(release.written)
    last = last_release(memory)
    assert last
    assert set(last.paths) == {*release.written} - {NAME}


def test_the_manifest_goes_last_and_what_is_gone_after_it(noting: Address) -> None:
    """Whoever reads the manifest finds all that it lists; where no object is whole at once, files are renamed."""
    publish(noting, [_entry("a"), _entry("b")], _index, whole=True)
    assert [path for path in Noting.asked if path.startswith(">")][-1] == f">{NAME}"
    assert {path.rpartition("/")[2][:1] for path in Noting.asked if path[0] not in ">-"} == {"."}
    Noting.asked = []
    release = publish(noting, [_entry("a")], _index, whole=True)
    assert (release.written, release.removed) == (("index.html", NAME), ("b/b.pdf", "b/index.html"))
    assert Noting.asked[-3:] == [f">{NAME}", "-b/b.pdf", "-b/index.html"]


@pytest.mark.parametrize("kept", range(0, 12, 3))
def test_a_connection_that_breaks_leaves_whole_files_and_the_old_manifest(noting: Address, kept: int) -> None:
    """The next run puts it right, and takes away what was unfinished."""
    publish(noting, [_entry("a"), _entry("b")], _index, whole=True)
    before, Noting.left = held(noting, NAME), kept
    new = [_entry("a", text="2"), _entry("b", text="2")]
    with pytest.raises(ToolFailed, match="Connection reset by peer") as failed:
        publish(noting, new, _index, whole=True)
    assert "secret" not in str(failed.value)
    assert held(noting, NAME) == before
    files = [held(noting, f"{slug}/{file}") for slug in "ab" for file in (f"{slug}.pdf", "index.html")]
    assert {text.split()[1] for text in files} <= {"1", "2"}
    Noting.left = 1000
    publish(noting, [_entry("a", text="3"), _entry("b")], _index, whole=True)
    assert [held(noting, path) for path in ("a/a.pdf", "b/b.pdf")] == ["pdf 3", "pdf 1"]
    assert not [path for path in MemoryFileSystem.store if "openbrief-part" in path]


def test_a_release_of_one_brief_keeps_the_others(memory: Address) -> None:
    """And refuses to vouch for a file that somebody changed."""
    publish(memory, [_entry("a"), _entry("b")], _index, whole=True)
    assert publish(memory, [_entry("b", text="2")], _index, whole=False).written == ("b/b.pdf", "b/index.html", NAME)
    assert held(memory, "a/a.pdf") == "pdf 1"
    MemoryFileSystem().pipe_file("/house/briefs/a/a.pdf", b"by hand")
    with pytest.raises(Refused, match=r"memory://house/briefs/a/a\.pdf"):
        publish(memory, [_entry("b")], _index, whole=False)


def test_two_runs_at_once_are_noticed(memory: Address) -> None:
    """The second leaves the first one's manifest."""
    with opened(memory) as first:
        publish(memory, [_entry("a")], _index, whole=True)
        with pytest.raises(ToolFailed, match="meanwhile"):
            first.put([Output(path="index.html", data=b"mine"), Output(path=NAME, data=b"{}")])
    assert last_release(memory)


def test_a_page_of_the_same_length_is_not_vouched_for(memory: Address) -> None:
    """A file that stands in its place counts by its bytes: another run may have put one of equal length there."""
    publish(memory, [_entry("a")], _index, whole=True)
    files = tuple(map(listed, _entry("a").outputs))
    manifest = held(memory, NAME)
    publish(memory, [_entry("a", text="2")], _index, whole=True)
    between = held(memory, NAME)
    assert len(held(memory, "a/a.pdf")) == files[0].bytes
    with opened(memory) as second, pytest.raises(ToolFailed, match="somebody has changed it"):
        second.put([*files, Output(path=NAME, data=manifest.encode())])
    assert held(memory, NAME) == between


def test_what_changes_while_files_are_sent_is_noticed(noting: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest is the last one's, though another run has not sent its own yet."""
    publish(noting, [_entry("a")], _index, whole=True)
    before, system = held(noting, NAME), MemoryFileSystem()

    def sent(store: Store, _: object) -> None:
        system.pipe_file("/house/new.txt", b"new")
        system.pipe_file("/house/a/a.pdf", b"pdf 2")

    with opened(noting) as first:
        monkeypatch.setattr(Store, "_send", sent)
        files = tuple(map(listed, _entry("a").outputs))
        with pytest.raises(ToolFailed, match="meanwhile"):
            first.put([*files, Output(path="new.txt", data=b"new"), Output(path=NAME, data=b"{}")])
    assert held(noting, NAME) == before


def test_unfinished_files_of_others_stay(noting: Address) -> None:
    """A release takes away what has its own names where its own files go, and nothing deeper."""
    names = (".x.pdf.openbrief-part", "a/.x.pdf.openbrief-part", "deep/a/.x.pdf.openbrief-part", "notes.openbrief-part")
    for name in names:
        MemoryFileSystem().pipe_file(f"/house/{name}", b"half")
    publish(noting, [_entry("a")], _index, whole=True)
    assert [name for name in names if f"/house/{name}" in MemoryFileSystem.store] == [*names[2:]]


def test_what_has_not_changed_is_not_made_again(memory: Address) -> None:
    """As long as the files are what the manifest says."""
    entry = _entry("a")
    inputs = {"a": {"text": "1"}}
    publish(memory, [type(entry)(**{**_fields(entry), "inputs": inputs["a"]})], _index, whole=True)
    assert done_before(memory, inputs, ("pdf", "html")).keys() == {"a"}
    MemoryFileSystem().pipe_file("/house/briefs/a/a.pdf", b"pdf 9")
    assert not done_before(memory, inputs, ("pdf", "html"))


def _fields(entry: Any) -> Mapping[str, Any]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def test_a_manifest_in_a_store_reaches_nothing_outside(memory: Address) -> None:
    """Paths that lead out are neither removed nor read."""
    MemoryFileSystem().pipe_file("/house/secret", b"mine")
    publish(memory, [_entry("a"), _entry("b")], _index, whole=True)
    hostile = held(memory, NAME).replace("b/b.pdf", "../secret").encode()
    MemoryFileSystem().pipe_file(f"/house/briefs/{NAME}", hostile)
    assert publish(memory, [_entry("a")], _index, whole=True).removed == ("b/index.html",)
    assert MemoryFileSystem().cat_file("/house/secret") == b"mine"


@pytest.mark.slow
def test_an_object_store_has_what_a_folder_has(bucket: Any, request: pytest.FixtureRequest) -> None:
    """Files with their media types; what is there is known by its MD5, and not sent again."""
    name = request.node.name.replace("_", "-").lower()[:60]
    address = Address(f"s3://{name}/a prefix")
    publish(address, [_entry("a"), _entry("b")], _index, whole=True)
    head = {path: bucket.info(f"{name}/a prefix/{path}") for path in ("a/a.pdf", "a/index.html", NAME)}
    assert [entry["ContentType"] for entry in head.values()] == [
        *("application/pdf", "text/html; charset=utf-8", "application/json")
    ]
    assert publish(address, [_entry("a"), _entry("b")], _index, whole=True).written == ()
    release = publish(address, [_entry("a", text="2")], _index, whole=True)
    assert (release.written, release.removed) == (
        ("a/a.pdf", "a/index.html", "index.html", NAME),
        ("b/b.pdf", "b/index.html"),
    )
    manifest = parsed(looking(address)(NAME))
    assert manifest
    assert sorted(bucket.find(f"{name}/a prefix")) == sorted(f"{name}/a prefix/{at}" for at in (*manifest.paths, NAME))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose products are quickly made."""
    root = tmp_path_factory.mktemp("library")
    briefs = example.make(root)
    (briefs / "house.yaml").write_text(
        example.HOUSE + "formats: [txt]\nproducts: [{editions: [brief]}]\n", encoding="utf-8"
    )
    return root


def built(library: Path, output: str, **environment: str) -> tuple[int, list[str], str]:
    """Run the command; its exit code, what it printed, and what it told."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    nothing = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "HOME": str(library)}
    command = [sys.executable, "-m", "pipeline", "-C", str(library), "build", "--output", output]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=example.ROOT, env=plain | nothing | environment, check=False
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.slow
def test_the_command_puts_out_to_a_store(library: Path, store: str, bucket: Any, tmp_path: Path) -> None:
    """The same files as in a folder; a second run sends nothing, and so do other machines."""
    name = next(iter(bucket.ls("")))
    where = KEYS | {"AWS_ENDPOINT_URL": store}
    assert built(library, f"file://{tmp_path}/public")[0] == 0
    code, printed, told = built(library, f"s3://{name}/briefs/", **where)
    assert (code, printed[-1]) == (0, f"s3://{name}/briefs/{NAME}"), told
    files = {at.relative_to(tmp_path / "public").as_posix(): at for at in (tmp_path / "public").rglob("*.*")}
    assert {path: bucket.cat_file(f"{name}/briefs/{path}") for path in files} == {
        path: file.read_bytes() for path, file in files.items()
    }
    code, printed, told = built(library, f"s3://{name}/briefs", **where)
    assert (code, printed) == (0, [])
    assert f"0 files written, {len(files)} unchanged" in told
    assert not (library / "build" / "sent").exists() or not [*(library / "build" / "sent").iterdir()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "with_keys", "said"),
    [
        ("s3://no-such-bucket/briefs", True, "can't reach s3://no-such-bucket/briefs: there is no such bucket"),
        ("s3://no-such-bucket/briefs", False, "no credentials were found"),
        ("gs://house/briefs", True, "'gs' needs packages that are not installed: run `make setup-cluster`"),
    ],
)
def test_what_fails_is_one_sentence(
    library: Path, store: str, url: str, with_keys: bool, said: str, tmp_path: Path
) -> None:
    """With exit code 3, before anything is made, and without a word of credentials."""
    absent = tmp_path / "gcsfs.py"  # whether this machine has it or not
    absent.write_text("raise ImportError('gcsfs')", encoding="utf-8")
    keys = KEYS if with_keys else {}
    code, printed, told = built(library, url, AWS_ENDPOINT_URL=store, PYTHONPATH=str(tmp_path), **keys)
    assert (code, printed, told.count("\n")) == (3, [], 1), told
    assert said in told
    assert "secret" not in told
    assert "AKIA" not in told


@pytest.mark.parametrize("url", ["s3://AKIAEXAMPLE:wJalr-/secret@house/briefs", "local://{}", "zip://x::file://{}"])
def test_a_place_where_no_release_can_go_is_a_usage_error(library: Path, url: str) -> None:
    """What is the project's own is reached by no other way, and nothing secret is printed."""
    before = sorted(library.rglob("*"))
    code, _, told = built(library, url.format(library / "briefs"))
    assert (code, told.count("secret")) == (2, 0)
    assert sorted(library.rglob("*")) == before


@pytest.mark.parametrize(
    ("entry", "silent"),
    [
        ({"ETag": f'"{md5(b"words").hexdigest()}"'}, False),
        ({"md5Hash": b64encode(md5(b"words").digest()).decode()}, False),
        ({"content_settings": {"content_md5": bytearray(md5(b"words").digest())}}, False),
        ({"ETag": f'"{md5(b"not of the words").hexdigest()}"'}, True),
        ({"ETag": None, "md5Hash": None, "content_settings": None}, True),
    ],
    ids=["S3", "Google", "Azure", "S3, encrypted", "silent"],
)
def test_what_is_there_is_known_in_each_store(entry: dict[str, Any], *, silent: bool) -> None:
    """By what the store says of it where that is an MD5, and otherwise by its bytes."""
    read = []

    class System:
        def cat_file(self, path: str) -> bytes:
            read.append(path)
            return b"words"

    store = Store(Address("s3://house"), System(), "house", {"a.txt": {"size": 5, **entry}})
    assert store.put([Output(path="a.txt", data=b"words")]) == ()
    assert bool(read) == silent
