"""Under CI a skipped test fails; elsewhere it is only skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = {
    "inside": "def test_a():\n    pytest.skip('no Java here')\n",
    "mark": "@pytest.mark.skip(reason='no Java here')\ndef test_a():\n    pass\n",
    "module": "pytest.skip('no Java here', allow_module_level=True)\n",
    "import": "pytest.importorskip('no_such_module', reason='no Java here')\n",
}


def run(folder: Path, text: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one test module beside a copy of our conftest."""
    shutil.copy(Path(__file__).parent / "conftest.py", folder)
    (folder / "test_case.py").write_text(f"import pytest\n{text}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    kept = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST")}
    return subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_skip_fails_under_ci(tmp_path: Path, case: str) -> None:
    """Whatever the way of skipping, the run fails and the reason is shown."""
    done = run(tmp_path, CASES[case], {"CI": "true"})
    assert done.returncode in {1, 2}
    assert "no Java here" in done.stdout
    assert "Under CI every test must run" in done.stdout


@pytest.mark.slow
def test_a_skip_is_allowed_elsewhere(tmp_path: Path) -> None:
    """Without CI a test may be skipped."""
    done = run(tmp_path, CASES["inside"], {})
    assert done.returncode == 0
    assert "1 skipped" in done.stdout


@pytest.mark.slow
def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    """A test marked as failing that fails is as it should be, under CI too."""
    done = run(tmp_path, "@pytest.mark.xfail\ndef test_a():\n    assert False\n", {"CI": "true"})
    assert done.returncode == 0
    assert "1 xfailed" in done.stdout
