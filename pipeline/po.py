"""Read and write PO files: text in, a catalogue out, and back, for the texts of a library.

The format is that of GNU gettext ("The Format of PO Files"), which Poedit, Weblate and every other tool of translators
reads. Each message has as its context where its text stands in the library.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.catalogue import Catalogue, Message
from pipeline.po_syntax import RULE, Entry, scanned, twins, unified
from pipeline.problem import Comment, Mark, Problem, Refused
from pipeline.record import LONGEST, seen
from pipeline.translation import Text

SIGN = "openbrief:"
"""What a translator's comment starts with that is meant for the program."""
UNREVIEWED = "Not reviewed by a native speaker"
"""What the head of a file says until somebody who grew up with the language has read it."""
_PREVIOUS = re.compile(r"^\| ?")
_WIDTH = 100
"""How many columns a line of a file that we write has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Updated:
    """What came of an update."""

    text: str
    """The new text of the file."""
    new: int
    """Messages that have no translation yet."""
    stale: int
    """Messages whose translation waits for somebody to look at it."""
    kept: int
    """Messages whose translation still fits."""


def read(text: str, file: str, language: str) -> tuple[Catalogue, tuple[Comment, ...]]:
    """Read the text of a PO file, with its comments that are meant for the program.

    Raises Refused where the text is no PO file, or one context stands in it twice.
    """
    text = unified(text)
    lines = text.split("\n")
    messages: dict[str, Message] = {}
    comments: list[Comment] = []
    for item in _parsed(text, file, language):
        if not item.id:
            continue
        mark = Mark(file=file, line=item.lineno, excerpt=_line(lines, item.lineno))
        messages[item.context] = Message(
            context=item.context,
            original=item.id,
            translation=str(item.string or ""),
            fuzzy=item.fuzzy,
            mark=mark,
        )
        comments += _comments(item, mark)
    reviewed = UNREVIEWED not in _header_of(text)
    return Catalogue(language=language, file=file, reviewed=reviewed, messages=messages), tuple(comments)


def _parsed(text: str, file: str, language: str) -> Any:
    """Read a unified text; raises Refused."""
    from babel.messages.pofile import PoFileError, read_po

    entries, problems = scanned(text, file, language)
    lines = text.split("\n")
    problems += [*_unfit(entries, file, lines), *twins(entries, file, lines, by_context=True)]
    if problems:
        raise Refused(problems)
    try:
        return _stripped(read_po(io.StringIO(text), abort_invalid=True))
    except PoFileError as error:
        mark = Mark(file=file, line=error.lineno + 1, excerpt=error.line)
    except (ValueError, LookupError, AttributeError, TypeError):  # what babel doesn't foresee, as dates in a head
        mark = Mark(file=file)
    message = "this is no PO file that can be read"
    hint = "open it in a translator's editor such as Poedit, or restore it"
    raise Refused([Problem(mark=mark, rule=RULE, message=message, hint=hint)])


def _stripped(catalog: Any) -> Any:
    """The translations as they are printed, without spaces around them; empty where nothing of one can be seen."""
    for item in (*catalog, *catalog.obsolete.values()):
        if item.id and isinstance(item.string, str):
            item.string = item.string.strip() if seen(item.string) else ""
    return catalog


def _unfit(entries: Iterable[Entry], file: str, lines: list[str]) -> Iterator[Problem]:
    """Yield a problem for each message that can't be that of a text of a library."""
    for entry in entries:
        if entry.old or not entry.key[1]:
            continue
        rule = RULE
        if (size := len(entry.strings[0].text)) > LONGEST:
            rule, what, line = (
                "wrong-value",
                f"has {size:,} characters; {LONGEST:,} are the most",
                entry.strings[0].line,
            )
            hint = "shorten it"
        elif entry.plural:
            what, line, hint = "has a plural, as no text of a library has", entry.plural.line, "write one `msgstr`"
        elif not entry.key[0]:
            what, line = "has no context, so it belongs to no text of the library", entry.line
            hint = "copy `msgctxt` from what `openbrief translate extract` prints, or delete the message"
        else:
            continue
        mark = Mark(file=file, line=line, excerpt=_line(lines, line))
        yield Problem(mark=mark, rule=rule, message=f"this message {what}", hint=hint)


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _comments(item: Any, mark: Mark) -> Iterator[Comment]:
    for comment in item.user_comments:
        if comment.startswith(SIGN):
            yield Comment(mark=mark, text=comment.removeprefix(SIGN).strip(), first=mark.line, last=mark.line)


def template(texts: Iterable[Text], title: str) -> str:
    """Write the texts of a library as a template for translators, a POT file."""
    return _HEADER.format(title=title, language="") + _written(texts, {}, ())


def updated(texts: Iterable[Text], before: str, title: str, catalogue: Catalogue) -> Updated:
    """Bring a PO file up to date with the texts of its library; `before` is its text, empty for a new one.

    A translation stays where its original is the same, and moves with an original that has moved. Where the original
    has changed, the translation is marked as fuzzy, with the former original beside it. Raises Refused.
    """
    texts, before = tuple(texts), unified(before)
    head = _header_of(before) or _HEADER.format(title=title, language=catalogue.language)
    old = _parsed(before or head, catalogue.file, catalogue.language)
    by_context: dict[str, Any] = {item.context or "": item for item in old if item.id}
    gone = [item for item in old.obsolete.values() if item.id]
    by_original = {item.id: item for item in (*gone, *by_context.values()) if item.string and not item.fuzzy}
    matched = {text.context: _matched(text, by_context, by_original) for text in texts}
    wanted = {text.context for text in texts}
    dropped = [item for context, item in by_context.items() if context not in wanted and item.string]
    used = {(text.context, text.text) for text in texts}
    unused = [item for item in gone if (item.context, item.id) not in used]
    states = [(item.string, item.fuzzy) for item in matched.values()]
    return Updated(
        text=head + _written(texts, matched, (*unused, *dropped)),
        new=sum(not string for string, _ in states),
        stale=sum(bool(string) and fuzzy for string, fuzzy in states),
        kept=sum(bool(string) and not fuzzy for string, fuzzy in states),
    )


@dataclass(slots=True)
class _Match:
    """What is known of a text in another language."""

    string: str = ""
    fuzzy: bool = False
    previous: str = ""
    comments: list[str] = field(default_factory=list)


def _matched(text: Text, by_context: Mapping[str, Any], by_original: Mapping[str, Any]) -> _Match:
    here, same = by_context.get(text.context), by_original.get(text.text)
    if here is not None and here.id == text.text and (here.string or same is None):
        previous = [_PREVIOUS.sub("", line) for line in here.user_comments if line.startswith("|")]
        return _Match(str(here.string), here.fuzzy, _unquoted(previous), _of_people(here))
    if same is not None:
        return _Match(str(same.string), comments=_of_people(same))
    if here is not None and here.string:
        return _Match(str(here.string), fuzzy=True, previous=here.id, comments=_of_people(here))
    return _Match()


def _of_people(item: Any) -> list[str]:
    return [line for line in item.user_comments if not line.startswith("|")]


def _unquoted(lines: Iterable[str]) -> str:
    """The former original out of its comment lines, `msgid "…"`."""
    from babel.messages.pofile import denormalize

    text = "\n".join(line.removeprefix("msgid ") for line in lines if not line.startswith("msgctxt"))
    return str(denormalize(text)) if text else ""


def _written(texts: Iterable[Text], matched: Mapping[str, _Match], obsolete: Iterable[Any]) -> str:
    from babel.messages import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(charset="utf-8")
    former: dict[str, str] = {}
    for text in texts:
        known = matched.get(text.context) or _Match()
        message = catalog.add(
            text.text,
            known.string,
            locations=[(text.mark.file, None)],  # type: ignore[list-item]  # a line would change with every edit
            user_comments=known.comments,
            previous_id=f"former {len(former)}" if known.previous else (),
            context=text.context,
        )
        message.flags = {"fuzzy"} if known.fuzzy else set()  # babel takes `5% of` for a format of Python
        if known.previous:
            former[f'#| msgid "former {len(former)}"\n'] = known.previous
    for item in obsolete:
        catalog.obsolete[(item.id, item.context)] = item
    written = io.BytesIO()
    write_po(written, catalog, width=_WIDTH, omit_header=True, include_previous=True)
    whole = written.getvalue().decode("utf-8")
    for line, original in former.items():
        whole = whole.replace(line, _former(original), 1)
    return "\n" + whole.strip("\n") + "\n"


def _former(original: str) -> str:
    """A former original in comment lines, each a string of its own, since Babel would fill them as prose."""
    from babel.messages.pofile import normalize

    return "".join(f"#| {line}\n" for line in f"msgid {normalize(original, width=_WIDTH)}".splitlines())


def _header_of(text: str) -> str:
    """The head of a PO file, as it stands: what is said of the whole, down to its first empty line."""
    head, _, _ = text.partition("\n\n")
    return f"{head}\n" if 'msgid ""' in head and "Content-Type" in head else ""


_HEADER = f"""# {{title}}
# {UNREVIEWED}.
msgid ""
msgstr ""
"Language: {{language}}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Generator: openbrief\\n"
"""
