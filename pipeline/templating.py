"""Render templates: a folder of Jinja templates and values in, text out; the one door to jinja2.

A template may loop, choose, and call what Python hands it. It can't read outside its folder, reach into
Python objects, or make text or numbers without bound. What is wrong with it becomes a problem at its line.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
    pass_context,
    pass_environment,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from pipeline.problem import Mark, Problem, Refused

MAX_TEMPLATE = 1_000_000
"""Characters of one template."""
MAX_TEXT = 20_000_000
"""Characters of one text made by a template: a page with its fonts inside stays far below."""
MAX_ITEMS = 1_000
"""Items of one range."""
MAX_NUMBER = 10**15

# fmt: off
FILTER_NAMES = frozenset([
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby", "int",
    "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "safe",
    "select", "selectattr", "sort", "string", "sum", "title", "trim", "unique", "upper", "urlencode",
])
# fmt: on
"""The filters of Jinja that can't reach into objects or make large values; three more are written below."""
FILTERS_THAT_TRUST = frozenset(["safe", "e", "escape", "tojson"])
"""Filters that would let text past `finalize`."""
METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(["startswith", "endswith", "split", "strip", "lower", "upper", "removeprefix", "removesuffix"]),
    Mapping: frozenset(["get", "items", "keys", "values"]),
    tuple: frozenset(["index", "count"]),
    list: frozenset(["index", "count"]),
    LoopContext: frozenset(["cycle", "changed"]),
}
"""The methods a template may call, by the type they belong to."""


class _Folder(BaseLoader):
    """Loads templates from one folder and what links inside it point to, but nothing outside."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, None]:
        if "\\" in template or "\0" in template or not template:
            raise TemplateNotFound(template)
        path = (self.root / template).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            raise TemplateNotFound(template)
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError("the file is not UTF-8", 1, template, str(path)) from error
        if len(source) > MAX_TEMPLATE:
            raise TemplateSyntaxError(f"a template may have {MAX_TEMPLATE} characters", 1, template, str(path))
        return source, str(path), None


class _Compiled(BytecodeCache):
    """Keeps compiled templates for other sandboxes of this process; one whose source differs is compiled anew."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if (code := self.known.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Any) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = {finalizes: _Compiled() for finalizes in (False, True)}
"""Whether text is escaped is compiled into a template, so those of both kinds of sandboxes are kept apart."""


class _Generator(CodeGenerator):
    """Compiles `a ~ b` to a bounded join that keeps text and structure apart."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - the compiler looks for this name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with a short list of things a template can do; see `environment`."""

    code_generator_class = _Generator
    intercepted_binops = frozenset(["+", "*", "**", "%"])
    folder: Path
    finalizes = False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute: nothing private, and of what can be called, only `METHODS`."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if not callable(value) or isinstance(value, Macro):
            return True
        return any(isinstance(obj, kind) and attr in names for kind, names in METHODS.items())

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` to `is_safe_attribute`, which refuses it: even a safe one can pad without bound."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute within bounds; raise SecurityError beyond."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if not numbers and operator != "+":
            raise SecurityError(f"'{operator}' is for numbers")
        if not numbers and isinstance(left, str) and isinstance(right, str):
            return self.joined((left, right))
        if numbers and max(abs(left), abs(right)) > (100 if operator == "**" else MAX_NUMBER):
            raise SecurityError(f"a number is too large for '{operator}'")
        if not numbers and len(left) + len(right) > MAX_ITEMS:
            raise SecurityError(f"a list may have {MAX_ITEMS} items here")
        return super().call_binop(context, operator, left, right)

    def joined(self, parts: Iterable[Any], separator: str = "") -> str:
        """Join text, within bounds; with a `finalize`, refuse to mix what it has seen with what it hasn't."""
        texts = [part if isinstance(part, str) else str(part) for part in parts]
        marked = [isinstance(text, Markup) for text in texts]
        if self.finalizes and any(marked) and not all(marked):
            raise SecurityError("text can't be joined to what a template wrote: put them side by side")
        if sum(map(len, texts)) + len(separator) * len(texts) > MAX_TEXT:
            raise SecurityError(f"a text may have {MAX_TEXT} characters")
        if any(marked):
            return Markup("").join([part for text in texts for part in (separator, text)][1:])
        return separator.join(texts)


@pass_environment
def _join(environment: Sandbox, values: Iterable[Any], separator: str = "") -> str:
    return environment.joined(values, separator)


@pass_environment
def _replace(environment: Sandbox, text: str, old: str, new: str) -> str:
    if isinstance(text, Markup) or isinstance(new, Markup):
        raise SecurityError("'replace' is for text, not for what a template wrote")
    return environment.joined(str(text).split(old), new) if old else text


def _tojson(value: Any) -> Markup:
    """JSON that can stand in a script element: `<`, `>`, `&` and `'` are escaped."""
    return htmlsafe_json_dumps(value)


def _round(value: float, digits: int = 0) -> float:
    return round(value, max(0, min(digits, 9))) if digits else round(value)


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MAX_ITEMS:
        raise SecurityError(f"a range may have {MAX_ITEMS} items")
    return numbers


def trusted(text: str) -> Markup:
    """Mark text as our own, or as already cleaned, so that it is printed as it is."""
    return Markup(text)  # noqa: S704 - the one place where that is said


def environment(templates: Path, finalize: Callable[[str], str] | None = None, **functions: Any) -> Sandbox:
    """Make an environment for the templates in a folder.

    Templates named `.md.jinja` are rendered as they are, all others escape what they print for HTML.
    With a `finalize`, every plain text that a template prints goes through it, and what it returns is printed
    unescaped; what macros and blocks return has been through it. `functions` can be called by every template.
    """

    @pass_context
    def printed(_context: Any, value: Any) -> Any:
        if value is None:
            raise TemplateRuntimeError("a value that is missing can't be printed")
        if finalize is None or isinstance(value, Markup) or not isinstance(value, str):
            return value
        return Markup(finalize(value))  # noqa: S704 - what finalize returns is the template's own language

    sandbox = Sandbox(
        loader=_Folder(templates),
        undefined=StrictUndefined,
        autoescape=lambda name: finalize is not None or not (name or "").endswith((".md", ".md.jinja")),
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_COMPILED[finalize is not None],
        optimized=False,  # else what a filter of this sandbox makes of a constant would be compiled in
    )
    sandbox.folder = templates
    sandbox.finalizes = finalize is not None
    ours = {"join": _join, "replace": _replace, "round": _round, "tojson": _tojson}
    allowed = {name: FILTERS[name] for name in FILTER_NAMES} | ours
    trusted = FILTERS_THAT_TRUST if sandbox.finalizes else frozenset()
    sandbox.filters = {name: function for name, function in allowed.items() if name not in trusted}
    sandbox.globals = {"range": _range, **functions}
    return sandbox


def render(sandbox: Sandbox, name: str, /, **values: Any) -> str:
    """Render the template `name` with `values`; raise Refused with a problem at the template's line if it fails."""
    try:
        pieces, length = [], 0
        for piece in sandbox.get_template(name).generate(**values):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_TEXT:
                raise SecurityError(f"a text may have {MAX_TEXT} characters")
        return "".join(pieces)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as error:
        if not isinstance(error, TemplateError) and not _comes_from_template(sandbox, error):
            raise
        raise Refused([_problem(sandbox, name, error)]) from error


def _lines_in(sandbox: Sandbox, error: BaseException) -> list[tuple[str, int]]:
    """The template lines an exception came through, as (name, line); the last is the innermost."""
    root = sandbox.folder.resolve()
    frames = traceback.extract_tb(error.__traceback__)
    paths = [(Path(frame.filename), frame.lineno or 1) for frame in frames if frame.filename.startswith(str(root))]
    return [(path.relative_to(root).as_posix(), line) for path, line in paths]


def _comes_from_template(sandbox: Sandbox, error: BaseException) -> bool:
    """Whether a template did something wrong, rather than a function of ours that it called."""
    innermost = Path(traceback.extract_tb(error.__traceback__)[-1].filename)
    ours = Path(__file__).parent
    return bool(_lines_in(sandbox, error)) and (innermost == Path(__file__) or not innermost.is_relative_to(ours))


def _problem(sandbox: Sandbox, name: str, error: BaseException) -> Problem:
    """Say what is wrong with a template, at the innermost line of a template that is known."""
    known = _lines_in(sandbox, error)
    where, line = known[-1] if known else (name, 1)
    if isinstance(error, TemplateSyntaxError):
        where, line = error.name or where, error.lineno
    said = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    message = f"no template is called '{error.name}'" if isinstance(error, TemplateNotFound) else said
    message = " ".join((message or type(error).__name__).split()).rstrip(".")
    mark = _mark(sandbox, where, line)
    return Problem(mark=mark, message=message, rule="template", hint=_hint(error))


def _mark(sandbox: Sandbox, name: str, line: int) -> Mark:
    """The first character of a template's line; the folder is named as it is called in the project."""
    try:
        source = sandbox.loader.get_source(sandbox, name)[0] if sandbox.loader else ""
    except (TemplateError, OSError, ValueError):
        source = ""
    lines = source.splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    return Mark(file=f"{sandbox.folder.name}/{name}", line=line, column=column, excerpt=excerpt)


def _hint(error: BaseException) -> str:
    if isinstance(error, SecurityError):
        return "compute it in Python and hand the result to the template"
    return ""
