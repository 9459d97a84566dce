"""Read and write the catalogues of what pages say: texts of PO files and of our sources in; translations, POT text out.

A catalogue is gettext's PO file, as Poedit and Weblate edit it. Entries that are fuzzy or empty count for nothing.
"""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from pipeline.po_syntax import scanned, twins, unified
from pipeline.problem import Problem, Refused, ToolFailed
from pipeline.record import seen
from pipeline.wording.language import Wording
from pipeline.wording.locale import is_english, tags
from pipeline.wording.said import PLACE

SAYS = {
    **dict.fromkeys(("say", "gettext"), ("message",)),
    **dict.fromkeys(("say_in", "pgettext"), ("context", "message")),
    **dict.fromkeys(("counted", "ngettext"), ("message", "plural")),
}
"""The functions whose texts are messages, and what their first texts are."""
PRINTS = {"_": ("message",), "pgettext": ("context", "message"), "ngettext": ("message", "plural")}
"""The same in templates."""
HEADER = """\
# What openbrief prints on pages.
msgid ""
msgstr ""
"Project-Id-Version: openbrief\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A text that pages print."""

    message: str
    plural: str = ""
    context: str = ""
    file: str
    line: int

    @property
    def places(self) -> frozenset[str]:
        """The names of its values."""
        return frozenset(PLACE.findall(f"{self.message}{self.plural}"))


def wording(assets: Path, language: str) -> Wording:
    """Give the words of a language: its catalogue in assets/locale/, then that of what its tag falls back to.

    Raises Refused for a catalogue that is no PO file, and ToolFailed for one that can't be read.
    """
    known = [_translations(_text(path), path.stem) for path in _files(assets, language)]
    first = gettext.NullTranslations()
    for translations in known:
        first.add_fallback(translations)
    return Wording(language=language, catalogue=first)


def speaks(assets: Path, language: str) -> bool:
    """Whether pages can be in a language: it is the source's own, or there is a catalogue."""
    return is_english(language) or bool(_files(assets, language))


def faults(assets: Path, language: str) -> Iterator[Problem]:
    """Yield what is wrong with the catalogues of a language; raises ToolFailed for one that can't be read."""
    for path in _files(assets, language):
        yield from _faults(_text(path), path.stem)


def _faults(text: str, language: str) -> list[Problem]:
    file = f"assets/locale/{language}.po"
    entries, problems = scanned(text, file, language)
    return [*problems, *twins(entries, file, text.split("\n"), by_context=False)]


def _files(assets: Path, language: str) -> list[Path]:
    """The catalogues of a language and of what its tag falls back to, as far as there are any."""
    return [path for tag in tags(language) if (path := assets / "locale" / f"{tag}.po").is_file()]


def _text(path: Path) -> str:
    try:
        return unified(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ToolFailed(f"the catalogue assets/locale/{path.name} is not UTF-8") from error


@cache
def _translations(text: str, language: str) -> gettext.GNUTranslations:
    """What gettext makes of a PO file."""
    if problems := _faults(text, language):
        raise Refused(problems)
    binary = BytesIO()
    try:
        write_mo(binary, _legible(catalogue(text)))
        binary.seek(0)
        return gettext.GNUTranslations(binary)
    except (PoFileError, ValueError, UnicodeError) as error:
        raise ToolFailed(f"the catalogue assets/locale/{language}.po can't be read: {error}") from error


def _legible(messages: Catalog) -> Catalog:
    """The catalogue without translations of which nothing can be seen, for which pages would have a gap."""
    for message in messages:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(seen(form) for form in forms if form):
            message.string = ("",) * len(forms) if message.pluralizable else ""
    return messages


def catalogue(text: str) -> Catalog:
    """Parse the text of a PO file; raises PoFileError."""
    return read_po(StringIO(text), abort_invalid=True)


def in_python(text: str, file: str) -> Iterator[Message]:
    """Find the messages of a module: what `say` and its kin are called with."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (called := _called(node))[0] in SAYS:
            names, given = SAYS[called[0]], called[1]
            texts = [arg.value for arg in given[: len(names)] if isinstance(arg, ast.Constant)]
            if len(texts) == len(names):
                yield Message(file=file, line=node.lineno, **dict(zip(names, map(str, texts), strict=True)))


def _called(node: ast.Call) -> tuple[str, list[ast.expr]]:
    """What is called, now or later by way of `partial`, and with what."""
    name = {ast.Name: "id", ast.Attribute: "attr"}.get(type(node.func), "")
    name = getattr(node.func, name, "")
    if name == "partial" and node.args and isinstance(node.args[0], ast.Name):
        return node.args[0].id, node.args[1:]
    return name, node.args


def in_template(calls: Iterator[tuple[int, str, tuple[str, ...]]], file: str) -> Iterator[Message]:
    """Give the messages of a template, from its calls of functions named in `PRINTS` with their lines and texts."""
    for line, function, texts in calls:
        names = PRINTS[function]
        yield Message(file=file, line=line, **dict(zip(names, texts, strict=True)))


def template_of(found: Iterable[Message]) -> str:
    """Write the text of messages.pot; the same messages give the same bytes, and lines of code move none."""
    messages: dict[tuple[str, str], list[Message]] = {}
    for each in sorted(found, key=lambda each: (each.file, each.line)):
        messages.setdefault((each.context, each.message), []).append(each)
    pot = Catalog(charset="utf-8")
    for (context, message), same in messages.items():
        plural = next((each.plural for each in same if each.plural), "")
        files = sorted({(each.file, 0) for each in same})
        pot.add((message, plural) if plural else message, locations=files, context=context or None)
    return HEADER + _written(pot)


def merged(po: str, pot: str) -> str:
    """Give a catalogue's text brought up to messages.pot: new messages are empty, those that are gone leave."""
    known = catalogue(po)
    known.update(catalogue(pot), no_fuzzy_matching=True, keep_user_comments=True, update_creation_date=False)
    known.obsolete.clear()
    return po.partition("\n\n")[0] + "\n\n" + _written(known)


def _written(messages: Catalog) -> str:
    output = BytesIO()
    write_po(output, messages, width=110, omit_header=True, include_lineno=False)
    return output.getvalue().decode()
