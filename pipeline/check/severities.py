"""Weigh rules as the house wants it: a library's house in, the severity of any rule in any file out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.check.rule import Rule
from pipeline.house import House, Weight
from pipeline.model import Library
from pipeline.problem import Mark, Problem, did_you_mean

_JOKERS = {"**/": "(?:.+/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def severity(house: House, rule: Rule, file: str) -> Weight:
    """How much a rule weighs in a file."""
    if not rule.allowable:
        return rule.severity
    for exception in reversed(house.severities_for):
        if rule.name in exception.rules and pattern(exception.files).fullmatch(file):
            return exception.rules[rule.name]
    return house.severities.get(rule.name, rule.severity)


def is_off(house: House, rule: Rule) -> bool:
    """Whether a rule is off in every file."""
    if not rule.allowable:
        return False
    wanted = (exception.rules.get(rule.name, "off") for exception in house.severities_for)
    return house.severities.get(rule.name, rule.severity) == "off" and all(weight == "off" for weight in wanted)


@cache
def pattern(files: str) -> re.Pattern[str]:
    """The expression for a pattern of files: `*` and `?` stand for part of a name, `**` for folders too."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", files)
    return re.compile("".join(_JOKERS.get(part, re.escape(part)) for part in parts))


def wrong_severities(library: Library, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield a problem for each severity in house.yaml that changes nothing."""
    house = library.house
    if "house" in library.unloaded:
        return
    for name in house.severities:
        yield from _wrong_name(name, house.key_mark("severities", name), rules)
    for index, exception in enumerate(house.severities_for):
        for name in exception.rules:
            yield from _wrong_name(name, exception.key_mark("rules", name), rules)
        translations = exception.files.startswith("briefs/locale/")  # there may be none, as in a library out of a PDF
        if not translations and not any(pattern(exception.files).fullmatch(file) for file in library.files):
            mark = house.mark("severities_for", index, "files")
            hint = (
                did_you_mean(exception.files, library.files) or "start at the project's root: `briefs/arguments/*.yaml`"
            )
            yield _wrong(mark, f"no file is called '{exception.files}'", hint)


def _wrong_name(name: str, mark: Mark, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    changeable = [rule.name for rule in rules.values() if rule.allowable]
    if name in changeable:
        return
    if name in rules:
        yield _wrong(mark, f"the severity of '{name}' can't be changed", "delete this line")
    else:
        hint = did_you_mean(name, changeable) or "see `openbrief explain`"
        yield _wrong(mark, f"no rule is called '{name}'", hint)


def _wrong(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark=mark, rule="wrong-value", message=message, hint=hint)
