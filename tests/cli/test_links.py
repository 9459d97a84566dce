"""`links` asks for what the library prints, keeps the answers, and `check` tells of them without a network."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline import cli
from pipeline.build import examine
from pipeline.cli import commands
from pipeline.links import links
from pipeline.project import Project
from pipeline.web import round as going
from tests import example
from tests.web.lighthouse import LONG, Lighthouse, lit

SOURCE = """\
references:
  - id: able-2024
    type: report
    title: A report on lighthouses
    author: [{{family: Able, given: Ann}}]
    issued: {{date-parts: [[2024]]}}
    publisher: Harbour Office
    URL: {url}
    custom: {{read: full, archived_url: {archived}}}
    number-of-pages: 1
"""


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lighthouse]:
    """A host that answers in every way, of which nobody has to wait for a turn."""
    monkeypatch.setattr(going.Pace, "__init__", _hasty(going.Pace.__init__))
    with lit() as house:
        yield house


def _hasty(make: Any) -> Any:
    return lambda self, **given: make(self, **{"pause": 0.0, "back_off": 0.0, "workers": 1, **given})


def project(root: Path, house: Lighthouse, url: str = "/gone", contact: str = "Write to us.") -> Path:
    """The example project, whose links all lead to the house."""
    briefs = example.make(root)
    sources = SOURCE.format(url=house(url), archived=house("/ok?archived"))
    (briefs / "sources.yaml").write_text(sources, encoding="utf-8")
    text = example.HOUSE.replace("https://creativecommons.org/licenses/by/4.0/", house("/ok"))
    (briefs / "house.yaml").write_text(text.replace("Write to us.", contact), encoding="utf-8")
    return root


def ask(root: Path, *arguments: str) -> Result:
    """What the command says; the machine's own network may be asked."""
    return CliRunner().invoke(commands, ["-C", str(root), *arguments])


def kept(root: Path) -> dict[str, dict[str, Any]]:
    """What is in the file of answers, by path."""
    rows = json.loads((root / "briefs/links.json").read_text(encoding="utf-8"))["links"]
    return {f"/{row.pop('address').split('/', 3)[3]}": row for row in rows}


def test_keeps_what_the_web_answers(tmp_path: Path, house: Lighthouse) -> None:
    """The file has a line for each address; stdout says what is wrong and where; 1 where a link is dead."""
    root = project(tmp_path, house)
    result = ask(root, "links", "--allow-local")
    assert result.exit_code == 1
    assert kept(root) == {
        "/gone": {"checked": "2026-11-23", "result": "dead", "status": 410, "why": "it answered 410 (Gone)"},
        "/ok": {"checked": "2026-11-23", "result": "works", "status": 200},
        "/ok?archived": {"checked": "2026-11-23", "result": "works", "status": 200},
    }
    assert result.stdout.splitlines() == [
        "Dead: 1",
        f"  {house('/gone')}",
        "    it answered 410 (Gone)",
        f"    archived at {house('/ok?archived')}",
        "    in briefs/sources.yaml:8:10",
        "Moved for good: 0",
        "Could not be checked: 0",
        "Working: 2",
    ]
    lines = (root / "briefs/links.json").read_text(encoding="utf-8").splitlines()
    assert [line[:14] for line in lines] == ['{"links": [', '  {"address": ', '  {"address": ', '  {"address": ', "]}"]
    assert lines[1:-1] == sorted(lines[1:-1])


def test_check_tells_of_dead_links_from_the_file(
    tmp_path: Path, house: Lighthouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the value itself, with the copy in an archive as the hint, and with no network at all."""
    root = project(tmp_path, house, contact=f"Write to [us]({house('/moved')}), not to <{house('/broken')}>.")
    ask(root, "links", "--allow-local")
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    result, why = ask(root, "check"), "it answered 410 (Gone)"
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"briefs/house.yaml:7:24: warning: '{house('/moved')}' has moved for good [dead-link]",
        f"    contact: Write to [us]({house('/moved')}), not to <{house('/broken')}>."[:104],
        "                           ^",
        f"hint: write {house('/ok')}, when you have seen that it still says the same",
        f"briefs/sources.yaml:8:10: warning: '{house('/gone')}' led nowhere on 2026-11-23: {why} [dead-link]",
        f"        URL: {house('/gone')}",
        "             ^",
        f"hint: there is a copy to link to: {house('/ok?archived')}",
    ]


def test_asks_again_only_for_what_is_old_or_was_not_known(
    tmp_path: Path, house: Lighthouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty days at first; what could not be checked is asked for every time, and all of it with --fresh."""
    root = project(tmp_path, house, url="/closed")
    ask(root, "links", "--allow-local")
    house.asked.clear()
    assert ask(root, "links", "--allow-local").exit_code == 0
    assert house.asked == ["HEAD /closed", "GET /closed"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_795_435_200 + 3 * 86_400))
    for arguments, number in ((("--days", "3"), 1), (("--days", "2"), 3), (("--days", "2"), 1), (("--fresh",), 3)):
        house.asked.clear()
        ask(root, "links", "--allow-local", *arguments)
        assert len({line.split()[1] for line in house.asked}) == number, arguments
    assert {row["checked"] for row in kept(root).values()} == {"2026-11-26"}


def test_forgets_addresses_that_the_library_has_no_more(tmp_path: Path, house: Lighthouse) -> None:
    """The file holds what is printed, and nothing is written where nothing has changed."""
    root = project(tmp_path, house)
    ask(root, "links", "--allow-local")
    path = root / "briefs/sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("/gone", "/ok"), encoding="utf-8")
    assert ask(root, "links", "--allow-local").exit_code == 0
    assert set(kept(root)) == {"/ok", "/ok?archived"}
    before = (root / "briefs/links.json").stat()
    ask(root, "links", "--allow-local")
    assert (root / "briefs/links.json").stat().st_mtime_ns == before.st_mtime_ns


def test_gives_it_all_as_json(tmp_path: Path, house: Lighthouse) -> None:
    """Every address with its answer and places, and how many were asked for."""
    told = json.loads(ask(project(tmp_path, house), "links", "--allow-local", "--format", "json").stdout)
    assert told["asked"] == 3
    assert told["links"][0] == {
        "address": house("/gone"),
        "checked": "2026-11-23",
        "result": "dead",
        "status": 410,
        "why": "it answered 410 (Gone)",
        "places": ["briefs/sources.yaml:8:10"],
        "archived_url": house("/ok?archived"),
    }


def test_asks_nothing_of_this_machine_unless_told(tmp_path: Path, house: Lighthouse) -> None:
    """The house hears nothing, and no link is dead for that."""
    root = project(tmp_path, house)
    assert ask(root, "links").exit_code == 0
    assert house.asked == []
    assert {row["result"] for row in kept(root).values()} == {"unchecked"}


def test_keeps_what_was_found_when_it_is_interrupted(
    tmp_path: Path, house: Lighthouse, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C at the second address: the first is in the file, and the program ends with 130."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    monkeypatch.setattr(type(house), "finish_request", _interrupting(type(house).finish_request, house), raising=True)
    root = project(tmp_path, house)
    try:
        with pytest.raises(SystemExit) as left:
            cli.main(["-C", str(root), "links", "--allow-local", "--timeout", "9"])
    finally:
        signal.signal(signal.SIGINT, before)
    assert left.value.code == 130
    assert len(kept(root)) == 1
    assert "openbrief: interrupted" in capfd.readouterr().err


def _interrupting(answer: Any, house: Lighthouse) -> Any:
    def finish(self: Lighthouse, request: Any, place: Any) -> None:
        if house.asked:
            os.kill(os.getpid(), signal.SIGINT)
            house.over.wait(LONG)
        answer(self, request, place)

    return finish


def test_a_computer_that_is_offline_finds_no_link_dead(
    tmp_path: Path, house: Lighthouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no host at all is found nothing is written, and the exit code is 3."""

    def offline(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "")

    root = project(tmp_path, house)
    ask(root, "links", "--allow-local")
    before = (root / "briefs/links.json").read_bytes()
    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(SystemExit) as left:
        cli.main(["-C", str(root), "links", "--fresh"])
    assert left.value.code == 3
    assert (root / "briefs/links.json").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<<<<<<< HEAD\n{}", "briefs/links.json:1:1: error"),
        ('{"links": [{"address": "x"}]}', "briefs/links.json:1:24: error"),
        ('{"links": [{"address": "https://a.example/", "checked": "2026-11-23", "result": "fine"}]}', "[wrong-value]"),
        ("[]", "briefs/links.json:1:1: error: keys and values are needed here"),
        ("", "briefs/links.json:1:1: error"),
    ],
)
def test_a_broken_file_is_a_problem_with_its_place(tmp_path: Path, house: Lighthouse, text: str, said: str) -> None:
    """Not a traceback; and asking again writes it anew."""
    root = project(tmp_path, house, url="/ok")
    (root / "briefs/links.json").write_text(text, encoding="utf-8")
    result = ask(root, "check")
    assert result.exit_code == 1
    assert said in result.stdout
    ask(root, "links", "--allow-local")
    assert ask(root, "check").exit_code == 0


def test_finds_every_address(tmp_path: Path) -> None:
    """In fields and in prose, once behind an escape, without what ends the sentence or stands behind #."""
    briefs = example.make(tmp_path)
    contact = (
        r"See [a](https://a.example/x_(y)), <https://b.example/?q=1&amp;r=2>, https://c.example/z\_z. (https://d.example)"
        ' and [e](http://e.example/x#part "title"), not mailto:x@y.example or ftp://f.example or https://.'
    )
    (briefs / "house.yaml").write_text(example.HOUSE.replace("Write to us.", f"'{contact}'"), encoding="utf-8")
    sources = SOURCE.format(url="https://g.example/a,b.", archived="https://h.example/").replace(
        "    number", "    DOI: 10.1000/x.y\n    number"
    )
    (briefs / "sources.yaml").write_text(sources, encoding="utf-8")
    library, problems = examine(Project.at(tmp_path))
    assert not problems
    found = {link.address: link for link in links(library)}
    assert set(found) == {
        "https://a.example/x_(y)",
        "https://b.example/?q=1&r=2",
        "https://c.example/z_z",
        "https://d.example",
        "http://e.example/x",
        "https://g.example/a,b.",
        "https://h.example/",
        "https://doi.org/10.1000/x.y",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    assert str(found["http://e.example/x"].mark) == f"briefs/house.yaml:7:{11 + contact.index('http://e')}"
    assert {link.address for link in found.values() if link.archived} == {
        "https://g.example/a,b.",
        "https://doi.org/10.1000/x.y",
    }
