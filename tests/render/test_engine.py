"""The engine is loaded quickly, and as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = """
import sys
from pathlib import Path

started = []
sys.addaudithook(lambda event, _: started.append(event) if event in ("subprocess.Popen", "os.posix_spawn") else None)
from pipeline.render import engine

asked = engine.ctypes.util.find_library
SETTING
assert engine.loaded(Path("assets").absolute()).__version__ == engine.RELEASE
assert engine.ctypes.util.find_library is asked
assert all(engine.libraries().values())
print(len(started))
"""


def started(setting: str = "") -> int:
    """How many processes loading the engine starts."""
    code = LOADED.replace("SETTING", setting)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries have other names")
def test_loading_starts_no_process() -> None:
    """Python would run compilers and linkers to find libraries by names that they don't have."""
    assert started() == 0


def test_a_library_by_another_name_is_looked_for() -> None:
    """Where one isn't there by its own name, the engine finds its libraries as ever."""
    assert started('engine.SONAMES = ("libnowhere.so.0",)') >= (sys.platform == "linux")
