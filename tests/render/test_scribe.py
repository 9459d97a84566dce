"""One pandoc that is kept writes what one for each article would, and never outlives whom it works for."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.forms import CLOSE, OPEN, Article, Manuscript, Passage
from pipeline.line import told
from pipeline.load import load
from pipeline.problem import Mark, Problem, Refused, ToolFailed
from pipeline.product import planned
from pipeline.project import Project
from pipeline.render import scribe
from pipeline.render.article import article
from pipeline.source import read_folder
from pipeline.wording.catalogues import wording
from tests.render.test_article import METADATA, STYLE

PROJECT = Project.shipped()
WORK = {"id": "oecd", "type": "report", "title": "AI", "author": [{"literal": "OECD"}], "issued": {"raw": "2025"}}
HOSTILE = (
    "a [@oecd, p. 4] and [@nobody].^[note]",
    "<script>alert(1)</script>",
    "</section>\n\n:::\n\n```",
    "---\nbibliography: /etc/passwd\ncsl: /etc/passwd\nlang: ar\n---\n\na",
    "![a](/etc/passwd) [b](javascript:c) [d](#nowhere)",
    f"steal {OPEN}1{CLOSE}",
    "a\n\n[^1]: b",
    '"quoted" [mot]{lang=ar} \u202e \x00 \u2011 🙂',
    "| a | b |\n|---|---|\n| c | d |\n\n: A table",
    "{{ 7*7 }} $x$ \\input{/etc/passwd} {% raw %}",
)
"""Prose that is refused in many ways, or that could change what comes after it."""


def manuscript(text: str, *, trusted: bool = False) -> Manuscript:
    """A manuscript of one passage."""
    passage = Passage(text=text, trusted=trusted, mark=None if trusted else Mark(file="briefs/demo.yaml"))
    return Manuscript(metadata=METADATA, text=f"# A\n\n{OPEN}0{CLOSE}", passages=(passage,), references=(WORK,))


CIRCLE = manuscript(f"{OPEN}0{CLOSE}", trusted=True)


def shipped() -> Iterator[Manuscript]:
    """One page of every brief of the library that comes along, in all its languages, with all that it may leave out."""
    reading = read_folder(PROJECT.briefs, PROJECT.root)
    library, _ = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    for brief in library.briefs.values():
        for product in (each for each in planned(library.house, brief) if each.edition == "one-page"):
            said, words = told(library, product), wording(PROJECT.assets, product.language)
            shown = Selection(name=product.name, edition=product.edition, audience=product.audience)
            yield compose(said, said.briefs[brief.id], PROJECT.templates, argue(said), shown, wording=words)


def outcome(given: Manuscript) -> Article | tuple[Problem, ...] | str:
    """What comes of a manuscript, be it good or not."""
    try:
        return article(given, STYLE)
    except Refused as refused:
        return refused.problems
    except (ToolFailed, ValueError) as error:
        return str(error)


def kept() -> int:
    """The process of the pandoc that is kept."""
    return scribe._kept[0].process.pid


@pytest.mark.slow
def test_each_article_is_what_a_pandoc_of_its_own_writes() -> None:
    """Nothing of one job is left for the next: not of good ones, in three scripts, nor of refused and broken ones."""
    good, bad = list(shipped()), [*map(manuscript, HOSTILE), CIRCLE]
    assert len({each.metadata.language for each in good}) > 2
    given = [each for pair in zip(good, bad * len(good), strict=False) for each in pair] + bad
    scribe._end()
    together = [outcome(each) for each in given]
    worker = kept()
    assert outcome(given[0]) == together[0]
    assert kept() == worker, "all of them had one pandoc"
    alone = []
    for each in dict.fromkeys(map(id, given)):
        scribe._end()
        alone.append((each, outcome(next(one for one in given if id(one) == each))))
    assert {type(found) for _, found in alone} == {Article, tuple, str}
    assert [dict(alone)[id(each)] for each in given] == together


def test_one_that_was_killed_is_replaced() -> None:
    """A pandoc that died while it waited costs nothing but a new one."""
    before = outcome(manuscript("a *b*"))
    first = kept()
    os.kill(first, signal.SIGKILL)
    assert outcome(manuscript("a *b*")) == before
    assert kept() != first


def test_a_job_that_breaks_pandoc_breaks_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pandoc that ends in the midst of its first job is told of; one that had done others is tried anew before."""
    outcome(manuscript("a"))
    dying = [sys.executable, "-c", "import sys; sys.stdin.readline(); print('{', end=''); sys.exit('heap exhausted')"]
    monkeypatch.setattr(scribe, "COMMAND", dying)
    os.kill(kept(), signal.SIGKILL)
    with pytest.raises(ToolFailed, match="pandoc ended with 1: heap exhausted"):
        article(manuscript("a"), STYLE)
    monkeypatch.undo()
    assert isinstance(outcome(manuscript("a")), Article)


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is killed at the end of its time, and another does the next job."""
    outcome(manuscript("a"))
    slow = kept()
    monkeypatch.setattr("pipeline.render.article.SECONDS", 0.001)
    with pytest.raises(ToolFailed, match=r"longer than 0.001 seconds for the brief 'demo'"):
        article(manuscript("*a* " * 50_000), STYLE)
    monkeypatch.undo()
    assert isinstance(outcome(manuscript("a")), Article)
    assert kept() != slow


JOB = {"text": "a", "passages": [], "fields": [], "references": "[]", "read": {}, "labels": {}, "directions": {}}
ALONE = f"""
import sys
from pipeline.render import scribe
print(scribe.written({JOB} | {{"style": {str(STYLE)!r}}}, "a", 60)["body"])
print(scribe._kept[0].process.pid, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when a process that is no child ends")
@pytest.mark.parametrize("then", ["sys.stdin.read()", "raise SystemError"])
def test_it_ends_with_whom_it_works_for(then: str) -> None:
    """No pandoc is left behind: neither after an end of any kind, nor after SIGKILL."""
    command = [sys.executable, "-c", ALONE + then]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=PROJECT.root, stdin=pipe, stdout=pipe, stderr=nowhere) as process:
        assert process.stdout
        assert process.stdout.readline() == b"<p>a</p>\n"
        pid = int(process.stdout.readline())
        try:
            watched = os.pidfd_open(pid)
        except ProcessLookupError:
            assert "stdin" not in then
            return
        if "stdin" in then:
            process.kill()
        assert select.select([watched], [], [], 30)[0], "pandoc goes on"
        os.close(watched)


def test_a_style_that_depends_on_another_is_never_followed(tmp_path: Path) -> None:
    """A citation style that names its parent at an address is refused, and nobody asks there."""
    asked: list[str] = []

    class Parent(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Parent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f'<link href="http://127.0.0.1:{server.server_port}/parent" rel="independent-parent"/>'
        style = tmp_path / "child.csl"
        style.write_text(
            '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>x</title><id>x</id>'
            f"{link}<updated>2014-01-01T00:00:00+00:00</updated></info></style>"
        )
        with pytest.raises(Refused) as refused:
            article(manuscript("a [@oecd]"), style)
        server.shutdown()
    assert [problem.rule for problem in refused.value.problems] == ["citation-style"]
    assert "/parent" in refused.value.problems[0].message
    assert asked == []
