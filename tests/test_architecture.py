"""The house stands as it is drawn: floors, doors and sizes.

A new module takes its place in ARCHITECTURE.md's table of floors, which is read here; what may be done
where is in DOORS and in the tests' tables. Each test first asserts what it saw, so that none of them passes
over an empty house.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"

PLAN = PACKAGE.parent / "ARCHITECTURE.md"

STAGES = (
    *("source", "load", "check", "compose", "render.article", "render.page", "render.pdf", "render.copies"),
    *("publish", "verify"),
)
"""Values travel from one to the next; only build knows more than one."""

APART = ("bootstrap",)
"""Runs before anything is installed, and imports nothing of the package; nothing imports it."""

DOORS = {
    "yaml": ("source",),
    "babel": ("po", "numerals", "wording"),
    "jinja2": ("templating",),
    "markupsafe": ("templating", "desk", "references", "drawing", "render.page", "render.copies", "render.book"),
    "pypandoc": ("render.pandoc",),
    "nh3": ("render.clean",),
    "pebble": ("executor",),
    "fsspec": ("store",),
    "distributed": ("cluster.reaching", "cluster.spreading", "cluster.hand"),
    "weasyprint": (
        "render.preloaded",
        "render.engine",
        "render.pdf",
        "render.tagging",
        "render.mirroring",
        "render.reading_order",
        "render.floating",
        "render.hanging",
        "render.sheets",
        "render.balancing",
        "render.shaping",
        "render.styling",
        "render.gaps",
        "render.quick",
        "render.fetch",
    ),
    "pydyf": ("render.tagging", "render.reading_order", "render.enclosing", "render.gaps", "render.serialising"),
    "fontTools": ("render.cutting", "render.scripts"),
    "pyphen": ("flesch",),
    "segno": ("drawing.code",),
    "uharfbuzz": ("render.cutting", "render.gaps", "render.quick"),
    "pydantic": (
        "model",
        "house",
        "shown",
        "argument",
        "record",
        "recipient",
        "figure",
        "chart",
        "csl",
        "load",
        "mistakes",
        "salvage",
        "schema",
    ),
    "click": ("cli",),
    "jpype": ("verify.vera", "verify.jvm"),
    "java": ("verify.vera", "verify.jvm", "verify.epubcheck"),
    "org": ("verify.vera",),
    "pikepdf": (
        "verify",
        "enclosed",
        "merge.printing",
    ),
    "pypdfium2": ("verify", "render.raster"),
    "numpy": ("verify",),
    "cssselect2": ("verify.hypertext", "render.slanted"),
    "tinycss2": ("verify.hypertext", "render.slanted"),
    "tinyhtml5": ("verify.hypertext", "render.slanted", "render.parsing"),
    "rich": ("cli.progress",),
}
"""Which modules may import a library. WeasyPrint's are what loads it, what runs it,
what mends its tags and mirrors it, what cuts its pages at slots, what feeds it files."""

DISK = (
    "source",
    "templating",
    "folder",
    "locks",
    "scratch",
    "shelf",
    "render",
    "project",
    "verify",
    "wording.catalogues",
    "inputs",
    "standing",
    "merge",
    "kept",
    "cluster.pack",
    "cluster.saved",
    "cluster.certificates",
)
"""Who may touch the disk. project only asks whether a file is there."""

TOP = ("cli", "unchanged", "__main__")
"""Who meets the user, and asks what day it is, which folder this is, and what the environment says."""
CLOCKS = {"time", "random", "secrets", "uuid", "getpass"}
"""What differs from one run to the next; only cli may ask."""
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "select",
    "selectors",
    "asyncio",
    "http.client",
    "urllib.request",
    "ftplib",
    "smtplib",
}
"""What reaches other machines; only web may."""
WEB = "web"
"""An exception from the law that nothing below cli knows a clock or a network: what `links` asks with."""
GREETED = ("cluster.reaching", "cluster.certificates")
"""The others: the first looks who listens before a library does, which would wait for ever; the second only reads
files, with what knows them."""
AWAY = {
    "store": ("publish",),
    "cluster.spreading": ("making",),
    "cluster.reaching": ("cluster.spreading",),
    "cluster.hand": ("cluster.spreading",),
}
"""What reaches other machines through a library, and only for an option that names one, with the modules that may use
it: `store` for `build --output URL`, `cluster` for `build --on dask:…`."""
NOW = re.compile(r"(?:^|\.)(?:now|utcnow|today|getenv|gethostname|getlogin|getcwd|cwd)$")
"""Calls that do the same without such an import."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "misc"}


@cache
def _modules() -> dict[str, ast.Module]:
    """Every module by its name inside the package, parsed."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def _within(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or (name and module.startswith(f"{name}.")) for name in names)


def _named(row: str) -> Iterator[str]:
    """The modules that a row of the plan names; those in brackets belong to the package before them."""
    packages, last = list[str](), ""
    for name, bracket in re.findall(r"`([\w.]+)`|([()])", row):
        if bracket == "(":
            packages.append(last)
        elif bracket:
            packages.pop()
        else:
            last = ".".join((*packages[-1:], name))
            yield last


@cache
def _floors() -> tuple[tuple[str, int], ...]:
    """Every name in the plan's table with its floor; `""` is the package itself, which holds the version."""
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", PLAN.read_text(encoding="utf-8"), re.MULTILINE)
    return ("", 1), *((name, int(floor)) for floor, row in rows for name in _named(row))


def _floor(module: str) -> int | None:
    """Where the plan has a module, or the package it is in."""
    places = [(len(name), floor) for name, floor in _floors() if _within(module, (name,))]
    return max(places)[1] if places else None


def _stage(module: str) -> str | None:
    return next((stage for stage in STAGES if _within(module, (stage,))), None)


def _imported(module: str, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every import with its line, wherever it stands; ours by the module that it really names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                ours = whole == "pipeline" or whole.removeprefix("pipeline.") in _modules()
                yield (whole if ours else str(node.module)), node.lineno


def _ours() -> Iterator[tuple[str, str, int]]:
    """Every import of one module of the package by another."""
    for module, tree in _modules().items():
        for name, line in _imported(module, tree):
            if name.split(".")[0] == "pipeline":
                yield module, name.removeprefix("pipeline").removeprefix("."), line


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for module, tree in _modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_sees_the_house() -> None:
    """The walk finds the modules and the imports that the other tests judge."""
    assert {"cli.build", "build", "check", "compose", "publish", "problem"} <= set(_modules())
    assert len(_modules()) >= 25
    assert len(list(_ours())) >= 60
    assert len(list(_functions())) >= 150
    seen = {name.split(".")[0] for module, tree in _modules().items() for name, _ in _imported(module, tree)}
    assert {"yaml", "jinja2", "pypandoc", "weasyprint", "click", "rich", "pydantic"} <= seen


def test_reads_the_plan() -> None:
    """Brackets hold the modules of a package, also where others stand beside them."""
    row = "`cli` (`build`; `sources` with `sources_import`), `render` (`pdf`, and more), `render.page`"
    expected = ["cli", "cli.build", "cli.sources", "cli.sources_import", "render", "render.pdf", "render.page"]
    assert list(_named(row)) == expected
    assert {floor for _, floor in _floors()} == {1, 2, 3, 4, 5}


def test_every_module_has_its_floor() -> None:
    """A module without a place can't be judged, and one with two is nowhere."""
    homeless = [name for name in _modules() if _floor(name) is None and name not in APART]
    assert not homeless, f"name {homeless} in {PLAN.name}'s table of floors"
    twice = [name for name, times in Counter(name for name, _ in _floors()).items() if times > 1]
    assert not twice, f"{PLAN.name} names {twice} twice"


def test_the_tables_name_what_is_there() -> None:
    """A name in a table that no module bears would guard nothing."""
    named = {name for name, _ in _floors()} | {*STAGES, *APART, *DISK}
    named |= {name for names in DOORS.values() for name in names}
    assert not named - set(_modules())


def test_imports_point_down() -> None:
    """No module imports one of a higher floor, and floor 1 stands on Python alone."""
    wrong = [
        f"{module}:{line} imports {name}"
        for module, name, line in _ours()
        if module not in APART and (_floor(module) or 0) < (_floor(name) or 0)
    ]
    assert not wrong


def test_a_stage_imports_no_stage() -> None:
    """Stages meet in build and line alone; load may read through source."""
    allowed = {("load", "source"), ("publish", "folder")}
    wrong = [
        f"{module}:{line} imports {name}"
        for module, name, line in _ours()
        if (here := _stage(module)) and (there := _stage(name)) and here != there and (here, there) not in allowed
    ]
    assert not wrong


def test_imports_make_no_circle() -> None:
    """Not even for types, and not even inside functions."""
    arrows: dict[str, set[str]] = {module: set() for module in _modules()}
    for module, name, _ in _ours():
        arrows[module].add(name)
    while leaves := [module for module, below in arrows.items() if not below]:
        for leaf in leaves:
            del arrows[leaf]
        for below in arrows.values():
            below.difference_update(leaves)
    assert not arrows, "these import each other"


def test_nothing_imports_what_runs_before() -> None:
    """What prepares the machine stands apart."""
    wrong = [(module, name) for module, name, _ in _ours() if module in APART or name in APART]
    assert not wrong


def test_each_library_has_one_door() -> None:
    """A library is known where the table says, and every library is in the table."""
    used: Counter[str] = Counter()
    for module, tree in _modules().items():
        for name, line in _imported(module, tree):
            library = name.split(".")[0]
            if library in {"pipeline", "__future__"} or library in sys.stdlib_module_names:
                continue
            used[library] += 1
            assert library in DOORS, f"{module}:{line} imports {library}: add it to DOORS"
            assert _within(module, DOORS[library]), f"{module}:{line} imports {library}, whose door is {DOORS[library]}"
    assert set(used) == set(DOORS)


TOUCHES = re.compile(
    r"^(?:open|os\.(?!PathLike|fspath|path\b|name\b|environ|devnull|[A-Z]+_)\w+|shutil\.\w+|tempfile\.\w+|subprocess\.\w+"
    r"|.*\.(?:read_text|read_bytes|write_text|write_bytes|mkdir|unlink|rmdir|touch|iterdir|glob|rglob|is_file|is_dir"
    r"|exists|stat|lstat|symlink_to|rename|resolve))$"
)
"""Calls that reach the disk or another program."""


def _calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def test_only_some_touch_the_disk() -> None:
    """All other stages are plain functions of their arguments."""
    found = [
        (module, call, line)
        for module, tree in _modules().items()
        for call, line in _calls(tree)
        if TOUCHES.match(call) and module not in APART
    ]
    assert len(found) >= 10
    wrong = [f"{module}:{line} calls {call}" for module, call, line in found if not _within(module, (*DISK, *TOP))]
    assert not wrong


def test_no_clock_and_no_network_below_cli() -> None:
    """The same input gives the same release on any day, anywhere."""
    imports = [
        (module, name, line)
        for module, tree in _modules().items()
        for name, line in _imported(module, tree)
        if name in CLOCKS or name.split(".")[0] in CLOCKS
    ]
    assert any(_within(module, ("cli",)) for module, _, _ in imports)
    wrong = [
        f"{module}:{line} imports {name}" for module, name, line in imports if not _within(module, (*APART, WEB, *TOP))
    ]
    wrong += [
        f"{module}:{line} calls {call}"
        for module, tree in _modules().items()
        for call, line in _calls(tree)
        if NOW.search(call) and not _within(module, (*APART, *TOP))
    ]
    assert not wrong


def test_only_one_part_uses_the_network() -> None:
    """The part is there, everything else does without, and no module but the command's own can reach it."""
    imports = [
        (module, name, line)
        for module, tree in _modules().items()
        for name, line in _imported(module, tree)
        if name in NETWORK or name.split(".")[0] in NETWORK
    ]
    assert {"socket", "ssl", "http.client"} <= {name for module, name, _ in imports if _within(module, (WEB,))}
    assert not [
        f"{module}:{line} imports {name}"
        for module, name, line in imports
        if not _within(module, (*APART, WEB, *GREETED))
    ]
    for name, through in AWAY.items():
        assert {module for module, other, _ in _ours() if other == name} == {*through}
    users = {module for module, name, _ in _ours() if _within(name, (WEB,)) and not _within(module, (WEB,))}
    assert users == {"cli.inquiry"}
    assert {module for module, name, _ in _ours() if name == "cli.inquiry"} == {"cli.links"}


def test_no_environment_below_cli() -> None:
    """One exception: fontconfig can be told its file in no other way."""
    asked = [
        module
        for module, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv", "os.putenv"}
    ]
    assert {module for module in asked if not _within(module, (*APART, *TOP))} == {"render.fonts"}


def test_no_function_is_long() -> None:
    """Sixty lines with the docstring, and half of them in a command."""
    functions = list(_functions())
    assert not [f"{module}.{node.name}: {lines}" for module, node, lines in functions if lines > 60]
    commands = [(module, node, lines) for module, node, lines in functions if _within(module, ("cli",))]
    assert len(commands) >= 20
    assert not [f"{module}.{node.name}: {lines}" for module, node, lines in commands if lines >= 30]


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "check",
        "list",
        "products",
        "explain",
        "trace",
        "impact",
        "fragile",
        "balance",
        "map",
        "quotes",
        "export",
        "import_",
        "links",
        "sources",
        "translate",
        "schema",
        "verify",
        "open_",
        "merge",
    ],
)
def test_a_command_is_short(command: str) -> None:
    """A command parses, calls and reports; all else belongs below it."""
    lines = (PACKAGE / "cli" / f"{command}.py").read_text(encoding="utf-8").splitlines()
    assert 5 < len(lines) < 60


def test_every_module_says_what_it_is_for() -> None:
    """A docstring in every module, and a name that means something."""
    silent = [name for name, tree in _modules().items() if not ast.get_docstring(tree)]
    assert not silent
    assert not [name for name in _modules() if FORBIDDEN_NAMES & set(name.split("."))]
