"""A build that is killed at any moment tears no file, and the next one is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import example


@pytest.mark.slow
def test_forty_kills_tear_no_file(tmp_path: Path) -> None:
    """At every stage, at calls spread through putting out, and for good in one process and in two; none is left.

    Half of the calls come before the first file takes its place, and half after; they leave the old release, then some
    of each, then the new one.
    """
    command = [sys.executable, "-m", "tests.killing", str(tmp_path / "project"), "36"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=example.ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    stages, old, between, new = map(int, done.stdout.split())
    assert stages >= 11
    assert min(old, between, new) >= 1
    assert old + between + new == 36
