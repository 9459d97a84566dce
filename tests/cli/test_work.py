"""Who makes the products is said in one option, and a wrong one is told before anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import example

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
        (("--on", "dask:tls://nowhere"), "'dask:tls://nowhere' is no place to work"),
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


def test_a_missing_key_is_named(project: Path, tmp_path: Path) -> None:
    """And no other."""
    for name in ("ca.pem", "cert.pem"):
        (tmp_path / name).touch()
    result = _build(project, "--on", TLS, "--on-certificates", str(tmp_path))
    assert result.exit_code == 2
    assert "key.pem missing" in result.stderr
    assert "cert.pem missing" not in result.stderr


@pytest.mark.parametrize("where", ["local:1", "local:64"])
def test_processes_of_this_machine_are_a_place(project: Path, where: str) -> None:
    """What is planned is asked first, and no brief plans a full edition here."""
    result = _build(project, "--on", where)
    assert "no place to work" not in result.stderr
