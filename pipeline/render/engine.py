"""Hold the PDF engine: load it with the bundled fonts alone, and hear what it says."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import gc
import io
import itertools
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from pipeline.problem import ToolFailed
from pipeline.render import fonts

RELEASE = "70.0"
"""The release of WeasyPrint whose private parts `tagging` knows."""

LIBRARIES = "install the system packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"

NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
}
"""What tells the version of a library, and where that is found on Linux."""

SWEPT = 8
"""After how many documents the garbage of those before is looked for; each leaves some five megabytes."""

_documents = itertools.count(1)


SONAMES = (
    *(f"lib{name}.so.0" for name in ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset")),
    "libfontconfig.so.1",
)
"""What the engine loads, by the names that Linux has for it."""


class TooLong(Exception):
    """Raised while a document is laid out that has more pages than it may have."""


@functools.cache
def loaded(assets: Path) -> Any:
    """WeasyPrint, with no fonts but those in `assets`, once all it needs is known to be there.

    Loading it takes half a second, so that happens here and not with this module. Without any font it would crash.
    """
    if absent := fonts.absent(assets):
        raise ToolFailed(f"the bundled font {absent[0]} is missing: restore the folder assets/fonts")
    fonts.isolate(assets)
    try:
        with quietly():  # that libharfbuzz-subset is missing is checked below
            import weasyprint
            from weasyprint.text import ffi
    except OSError as error:
        raise ToolFailed(f"the text layout library Pango is missing or can't be loaded: {LIBRARIES}") from error
    if weasyprint.__version__ != RELEASE:
        raise ToolFailed(f"WeasyPrint is {weasyprint.__version__} and must be {RELEASE}: run make again")
    if ffi.harfbuzz_subset is None:
        raise ToolFailed(
            f"the library libharfbuzz-subset is missing, and PDF files would differ without it: {LIBRARIES}"
        )
    return weasyprint


@contextmanager
def quietly() -> Iterator[None]:
    """Let the engine be imported without its advice to whoever lacks a library, and without asking compilers.

    It tries several names for each library. For all but the right one Python would run gcc, ld and ldconfig, fifty
    processes in all, which takes a third of the time of the import; so where Linux has every library by its own name,
    no other is looked for.
    """
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), ExitStack() as stack:
        warnings.simplefilter("ignore")
        if all(map(_is_loadable, SONAMES)):
            stack.enter_context(replaced(ctypes.util, "find_library", lambda _: lambda _name: None))
        yield


def _is_loadable(name: str) -> bool:
    try:
        return bool(ctypes.CDLL(name))
    except OSError:
        return False


def libraries() -> Mapping[str, str]:
    """The versions of the machine's libraries on which a PDF's bytes depend, once the engine is loaded."""
    from weasyprint.text import ffi

    pango = ffi.pango.pango_version()
    return {"pango": f"{pango // 10_000}.{pango // 100 % 100}.{pango % 100}", "harfbuzz": _harfbuzz(ffi.harfbuzz)}


def native() -> Mapping[str, str]:
    """The versions of the same libraries, without the engine; empty where this machine has none."""
    found = {}
    for name, (file, function) in NATIVE.items():
        try:
            asked = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            found[name] = ""
        else:
            asked.restype = ctypes.c_char_p
            found[name] = asked().decode()
    return found


def _harfbuzz(library: Any) -> str:
    """The version of HarfBuzz, which can only be asked whether it is at least another."""
    found: tuple[int, ...] = ()
    for missing in (2, 1, 0):
        parts = (number for number in range(100) if library.hb_version_atleast(*found, number, *[0] * missing))
        found = (*found, max(parts, default=0))
    return ".".join(map(str, found))


@functools.cache
def font_configuration(assets: Path, added: tuple[fonts.Face, ...] = ()) -> Any:  # noqa: ARG001 - the cache's key
    """The engine's fonts, shared by all documents that use the same ones: a fifth less time for each."""
    from multiprocessing.util import Finalize

    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    Finalize(None, _cleaned, (configuration,), exitpriority=1)
    return configuration


def _cleaned(configuration: Any) -> None:
    """Take away a configuration's temporary fonts, once: workers end without it, and others when nothing is left."""
    configuration.__del__()
    configuration._folder = None  # noqa: SLF001 - its own `__del__` asks this, when Python's functions may be gone


class Ear(logging.Handler):
    """Keep what the engine warns of, and stop it when it starts a page beyond `pages`."""

    def __init__(self, pages: int) -> None:
        super().__init__(logging.INFO)
        self.pages = pages
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line of the engine's log; raise TooLong."""
        if record.levelno >= logging.WARNING:
            self.warnings.append(record.getMessage())
        elif (
            "layout - Page" in str(record.msg)
            and isinstance(record.args, tuple)
            and int(str(record.args[0])) > self.pages
        ):
            raise TooLong


@contextmanager
def undisturbed() -> Iterator[None]:
    """Set or write a document in this context while Python looks for no garbage.

    It would walk over all of a document again and again, a tenth of the time, and find nothing, since all is in use.
    Nor does it afterwards; `sweep` finds what is left of documents that are gone.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def sweep() -> None:
    """Look for the garbage of documents that are gone, once in so many calls; to be called before each document."""
    if next(_documents) % SWEPT == 0:
        gc.unfreeze()
        gc.collect()


@contextmanager
def heard(pages: int) -> Iterator[list[str]]:
    """Collect what the engine warns of, in place of its own log, and raise TooLong beyond `pages` pages.

    The engine reports each page it starts; it has no limit of its own and takes minutes for thousands.
    """
    log, progress = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    ear, before = Ear(pages), (log.propagate, progress.level)
    log.addHandler(ear)
    log.propagate = False
    progress.setLevel(logging.INFO)
    try:
        yield ear.warnings
    finally:
        log.removeHandler(ear)
        log.propagate = before[0]
        progress.setLevel(before[1])


@contextmanager
def replaced(place: Any, name: str, wrap: Callable[[Any], Any]) -> Iterator[None]:
    """Put `wrap` of a part of the engine in its place, and put the part back at the end."""
    original = getattr(place, name)
    setattr(place, name, wrap(original))
    try:
        yield
    finally:
        setattr(place, name, original)
