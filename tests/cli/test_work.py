"""Who makes the products is said in one option, and a wrong one is told before anything else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.cluster.certificates import amiss
from tests import example
from tests.clusters import certificates

TLS = "dask:tls://scheduler.example:8786"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example library; nothing is rendered here."""
    for name, text in example.FILES.items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _build(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), "build", "--edition", "full", *arguments])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--on", "moon"), "'moon' is no place to work: write local:4, or dask:tls://HOST:PORT"),
        (("--on", "local:0"), "'local:0' is no place to work"),
        (("--on", "local:\u0663"), "'local:\u0663' is no place to work"),
        (("--on", "local:65"), "here no more than 64 processes work"),
        (("--shard", "\u0663/40"), "is no part of a whole"),
        (("--on", "dask:tls://nowhere"), "'dask:tls://nowhere' is no place to work"),
        (("--on", "tls://host:8786"), "did you mean dask:tls://host:8786?"),
        (("--on", "dask:host:8786"), "did you mean dask:tls://host:8786?"),
        (("--on", "dask:tls://host:0"), "no machine has a port 0"),
        (("--on", "dask:TLS://host:99999"), "no machine has a port 99999"),
        (("--on", "dask:tls://host:99999999999"), "no machine has a port 99999999999"),
        (("--on", f"dask:tls://host:{'9' * 5000}"), "no machine has a port 99999999999999999999:"),
        (("--on", "tls://host:99999999999"), "write local:4, or dask:tls://HOST:PORT"),
        (("--insecure",), "`--insecure` is for `--on dask:tcp:`"),
        (("--insecure", "--on", "local:2"), "`--insecure` is for `--on dask:tcp:`"),
        (("--on-certificates", "."), "`--on-certificates` is for `--on dask:tls:`"),
        (("--on", "local:2", "--jobs", "2"), "say `--jobs N` or `--on`, not both"),
        (("--on", TLS), "ca.pem and cert.pem and key.pem missing: name a folder"),
        (("--on", TLS.replace("tls", "tcp")), "without TLS can run anything on its workers"),
        (("--on", TLS.replace("tls", "tcp"), "--on-certificates", "."), "without TLS can run anything"),
    ],
)
def test_a_wrong_place_to_work_is_told(project: Path, arguments: tuple[str, ...], said: str) -> None:
    """With what may be written in its place."""
    result = _build(project, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "where",
    [
        "dask:tls://user:SECRET@host:1",
        "dask:tls://host:1?token=SECRET",
        "dask:tls://user:SECRET/host:1",
        "dask:tls://user:SECRET:1",
        "tls://u:SEC/RET@h:1",
        "local:SECRET@",
    ],
)
def test_credentials_of_a_scheduler_are_refused_and_not_printed(project: Path, where: str) -> None:
    """Machines know each other by certificates."""
    result = _build(project, "--on", where, "--insecure")
    assert result.exit_code == 2
    assert "no credentials in it" in " ".join(result.stderr.split())
    assert "RET" not in result.stderr


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders of certificates."""
    root = tmp_path_factory.mktemp("signed")
    certificates(root / "mine")
    certificates(root / "other")
    return root


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key.pem": None}, "key.pem missing: name a folder"),
        ({"ca.pem": "folder"}, "ca.pem is a folder, not a certificate"),
        ({"ca.pem": "key.pem"}, "ca.pem holds no certificate"),
        ({"cert.pem": "empty"}, "cert.pem holds no certificate"),
        ({"key.pem": "ca.pem"}, "key.pem holds no key, or one with a passphrase"),
        ({"key.pem": "folder"}, "key.pem can't be read: Is a directory"),
        ({"key.pem": "../other/key.pem"}, "key.pem is not the key of cert.pem"),
    ],
)
def test_certificates_that_do_not_fit_are_told(
    project: Path, tmp_path: Path, signed: Path, changes: dict[str, str | None], said: str
) -> None:
    """Before anything else, by the file at fault, and no other."""
    folder = tmp_path / "certificates"
    shutil.copytree(signed / "mine", folder)
    for name, source in changes.items():
        (folder / name).unlink()
        if source == "folder":
            (folder / name).mkdir()
        elif source == "empty":
            (folder / name).touch()
        elif source:
            shutil.copy(signed / "mine" / source, folder / name)
    result = _build(project, "--on", TLS, "--on-certificates", str(folder))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_certificates_that_fit_are_taken(signed: Path) -> None:
    """Nothing is said of them."""
    assert amiss(signed / "mine") == ""


@pytest.mark.parametrize("where", ["local:1", "local:64"])
def test_processes_of_this_machine_are_a_place(project: Path, where: str) -> None:
    """What is planned is asked first, and no brief plans a full edition here."""
    result = _build(project, "--on", where)
    assert "no place to work" not in result.stderr
