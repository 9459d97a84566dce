"""Every rule is listed, explained, and does what its manual shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipeline.argue import argue
from pipeline.check import RULES, Rule, check
from pipeline.compose import compose
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Problem, Refused
from pipeline.render.article import article
from pipeline.render.page import page
from pipeline.render.pdf import pdf
from pipeline.source import read, read_folder
from tests import example

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline"
STYLE = ROOT / "assets/styles/apa-numeric-superscript-brackets.csl"
TODAY = "2026-11-23"
WITH_EXAMPLES = {name: rule for name, rule in RULES.items() if rule.group != "machine"}
each_rule = pytest.mark.parametrize("rule", WITH_EXAMPLES.values(), ids=WITH_EXAMPLES)
NAME = re.compile(r'\brule(?:=|: str = )"([a-z-]+)"|^ {4}"([a-z]+(?:-[a-z]+)*)": \($', re.MULTILINE)


def problems_of(root: Path, changed: dict[str, str], rule: Rule | None = None) -> tuple[Problem, ...]:
    """Every problem of the example library in `root` with some of its files changed, as far as `rule` looks."""
    for name, text in (example.FILES | changed).items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    in_print = problems_in_print(library, rule) if rule is not None and rule.group == "text" else ()
    return (*reading.problems, *problems, *check(library, TODAY), *in_print)


def problems_in_print(library: Library, rule: Rule) -> tuple[Problem, ...]:
    """Every problem that stops a brief of the example library on its way to the page, or to paper for `rule`."""
    try:
        written = article(compose(library, library.briefs["first-brief"], ROOT / "templates", argue(library)), STYLE)
        if rule.name == "missing-glyph":
            pdf(page(written, library.house, ROOT / "templates", ROOT / "assets"), ROOT / "assets")
    except Refused as refused:
        return refused.problems
    return ()


def with_example(text: str) -> dict[str, str]:
    """Lay the parts of files in a manual's example over the files of the example library."""
    _, *parts = re.split(r"^# (?!openbrief:)(.+)\n", text, flags=re.MULTILINE)
    return {
        name: overlaid(example.FILES.get(name, ""), part) if name.endswith(".yaml") else part
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def overlaid(whole: str, part: str) -> str:
    """Replace the top-level keys of `whole` that `part` has; items of lists are added, or replaced by their ids."""
    try:
        read(part, "part.yaml")
    except Refused:
        return part
    before, after = yaml.safe_load(whole) or {}, yaml.load(part, yaml.BaseLoader)
    for key, value in after.items():
        old = before.get(key)
        ids = {item["id"] for item in value if "id" in item} if isinstance(value, list) else set()
        kept = [item for item in old if item["id"] not in ids] if ids and isinstance(old, list) else []
        before[key] = [*kept, *value] if ids else value
    if "# openbrief:" in part:  # its comments have to stay
        return yaml.safe_dump({key: value for key, value in before.items() if key not in after}) + part
    return yaml.safe_dump(before, allow_unicode=True, sort_keys=False)


def test_the_example_library_keeps_every_rule(tmp_path: Path) -> None:
    """What the examples are laid over has no problem of its own, and is not empty."""
    assert len(example.FILES) > 5
    assert problems_of(tmp_path, {}) == ()


@each_rule
def test_good_example_is_good(rule: Rule, tmp_path: Path) -> None:
    """The good example of a manual breaks no rule."""
    found = problems_of(tmp_path, with_example(rule.example("Good")), rule)
    assert [problem.headline for problem in found] == []


@each_rule
def test_bad_example_breaks_its_rule_alone(rule: Rule, tmp_path: Path) -> None:
    """The bad example of a manual breaks the rule that it stands for, and no other."""
    found = problems_of(tmp_path, with_example(rule.example("Bad")), rule)
    assert {problem.rule for problem in found} == {rule.name}, [problem.headline for problem in found]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_manual_reads_well(rule: Rule) -> None:
    """A manual starts with one imperative sentence, says why, and has two examples where they can be run."""
    first, empty, why, *_ = rule.manual.splitlines()
    assert re.fullmatch(r"[A-Z].{12,90}[a-zA-Z]\.", first)
    assert empty == ""
    assert len(why) > 40
    for title in ("Good", "Bad"):
        assert (len(rule.example(title)) > 20) == (rule.group != "machine")


def test_every_rule_is_in_the_table() -> None:
    """Each rule named anywhere in the code can be explained, and each in the table is named somewhere."""
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    assert len(texts) > 30
    named = {name for text in texts for match in NAME.findall(text) for name in match if name}
    assert {"unknown-source", "one-of-three"} <= named
    assert sorted(named - set(RULES)) == []
    quoted = {name for text in texts for name in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text)}
    assert sorted(set(RULES) - quoted) == []


def test_every_module_of_a_rule_is_listed() -> None:
    """No rule lies in the package without being asked."""
    modules = {path.stem.replace("_", "-") for path in (PACKAGE / "check").glob("*.py")} - {"--init--"}
    assert modules - {"rule", "reading", "severities", "allowances", "unread"} == set(RULES)
