"""Where a release goes is said without doubt and without secrets, or what was probably meant is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from fsspec.implementations.local import LocalFileSystem
from fsspec.registry import known_implementations

from pipeline.cli import commands
from pipeline.destination import LOCAL, OBJECT_STORES, Nowhere, destination
from tests import example


def test_the_tables_are_those_of_the_library() -> None:
    """All kinds are known to fsspec."""
    assert set(LOCAL) == {*LocalFileSystem.protocol}
    assert {*OBJECT_STORES, *LOCAL} <= known_implementations.keys()


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("public", Path("public")),
        ("..", Path("..")),
        ("/srv/briefs", Path("/srv/briefs")),
        ("./s3:b", Path("s3:b")),
        ("/srv//u:pw@home", Path("/srv/u:pw@home")),
        ("file:///srv/briefs", Path("/srv/briefs")),
        ("local:///srv/briefs", Path("/srv/briefs")),
        ("LOCAL:///srv/briefs", Path("/srv/briefs")),
        ("s3://house-briefs/a prefix/", "s3://house-briefs/a prefix"),
        ("S3://House/Briefs", "s3://House/Briefs"),
        ("s3://house/a:b", "s3://house/a:b"),
        ("file:///srv/a:b", Path("/srv/a:b")),
    ],
)
def test_a_place_is_what_it_says(typed: str, place: Path | str) -> None:
    """A folder, or the URL of a store."""
    assert destination(typed) == place


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("s3:b/x", "did you mean 's3://b/x'?"),
        ("s3:/b/x", "did you mean 's3://b/x'?"),
        ("s3//b/x", "did you mean 's3://b/x'?"),
        ("S3//b/x", "did you mean 's3://b/x'?"),
        ("file:/tmp/x", "did you mean '/tmp/x'?"),
        ("file:x", "did you mean 'x'?"),
        ("file//tmp/x", "did you mean '/tmp/x'?"),
        ("file://localhost/tmp/x", "did you mean 'file:///tmp/x'?"),
        ("file://tmp/x", "did you mean 'file:///tmp/x', or 'tmp/x'?"),
        ("file://", "names no folder"),
        ("C:\\x", "is a path of Windows"),
        ("C:/x", "is a path of Windows"),
        ("\\\\host\\x", "is a path of Windows"),
        ("://x", "begins with what kind of store it is"),
        ("x/s3://b", "is no address"),
        ("out:2024", "write s3://BUCKET/PREFIX, or ./ before it for a folder of that name"),
        ("", "has a name"),
        ("s3://", "names no bucket"),
        ("s3:///x", "names no bucket"),
        ("s3://b/x/../y", "without them"),
        ("sftp://host/srv", "mount it, and name the folder"),
        ("smb:host/srv", "write s3://BUCKET/PREFIX"),
        ("abf://b/x", "did you mean 'abfs'?"),
        ("tape://b/x", "nothing is known of 'tape': name a folder"),
        ("memory://b/x", "is lost when this ends"),
        ("http://b/x", "nothing can be written to http://"),
        ("zip://b/x", "nothing can be written to zip://"),
        ("hf://b/x", "nothing is known of 'hf'"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(typed: str, said: str) -> None:
    """None becomes a folder of this machine."""
    with pytest.raises(Nowhere) as told:
        destination(typed)
    assert said in str(told.value)


@pytest.mark.parametrize(
    "typed",
    [
        "s3://u:SECRET@b/x",
        "s3://u:SEC/RET@b/x",
        "sftp://u:SEC/RET@b",
        "s3:/u:SECRET@b",
        "s3//u:SECRET@b",
        "file://u:SECRET@host",
        "file:///srv/u:SECRET@host",
        "tape://u:SECRET@b",
        "u:SECRET@b/x",
        "//u:SECRET@b/x",
        "x/s3://u:SECRET@b",
        "\\\\u:SECRET@b\\x",
        "https://b/x?token=SECRET",
        "az://b/x?sig=SECRET",
        "s3:b?sig=SECRET",
        "s3://b#SECRET",
        "simplecache::s3://SECRET",
        "dir::SECRET",
        "zip://SECRET::file:///x",
        "s3://b/SECRET\x1b[1m",
        "s3://AKIA:SECRET/b/p",
        "s3:///AKIA:SECRET/../p",
        "s3:/user:SECRET/x",
        "s3:user:SECRET",
        "s3//user:SECRET/x",
        "file:user:SECRET/x",
        "file://user:SECRET/x",
        "AKIA:SECRET/b/p",
        "//user:SECRET/x",
        "x/s3://user:SECRET/b",
        "\\\\u:SECRET\\x",
        "C:/u:SECRET",
    ],
)
def test_what_may_hold_a_secret_is_refused_and_not_printed(typed: str) -> None:
    """Names, passwords and tokens belong into the environment, and chains of stores may lead anywhere."""
    with pytest.raises(Nowhere) as told:
        destination(typed)
    assert not any(part in str(told.value) for part in ("SEC", "RET@", typed))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "--take", "s3://u:SECRET@b/x"), "a folder of this machine is wanted here"),
        (("build", "--output", "s3:/u:SECRET@b/x"), "no credentials in it"),
        (("build", "--output", "s3://AKIA:SECRET/b/p"), "no ':' in the name of the bucket"),
        (("figures", "-o", "s3://b/x"), "this is written to a folder of this machine, not to s3://b/x"),
        (("build", "--output", "local://ROOT/briefs"), "it lies in briefs/"),
        (("build", "--output", "file:////ROOT/.git/x"), "it lies in .git/"),
    ],
)
def test_all_commands_refuse_it_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """As wrong usage, and nothing is written."""
    example.make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    arguments = tuple(argument.replace("ROOT", str(tmp_path)) for argument in arguments)
    result = CliRunner().invoke(commands, ["-C", str(tmp_path), *arguments])
    assert (result.exit_code, result.stderr.count("SECRET")) == (2, 0)
    assert said in " ".join(result.stderr.split())
    assert sorted(tmp_path.rglob("*")) == before
