"""Look whether a library keeps the rules: a library in, problems out.

Each rule is a module of this package: its docstring is the manual, its `find` looks. The rules that
have no `find` are kept by other stages; their manuals stand here with the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.check import (
    circular_support,
    citation_style,
    denied_resource,
    duplicate_id,
    duplicate_key,
    engine_warning,
    failed_test,
    hidden_character,
    image_in_text,
    logo,
    misplaced_footnote,
    missing_glyph,
    missing_key,
    one_of_three,
    one_paragraph,
    one_sided,
    pandoc,
    raw_html,
    release,
    retracted_source,
    single_point_of_failure,
    syntax,
    template,
    template_html,
    too_large,
    unanswered_objection,
    unknown_anchor,
    unknown_argument,
    unknown_figure,
    unknown_footnote,
    unknown_ground,
    unknown_key,
    unknown_option,
    unknown_source,
    unsafe_link,
    unsupported_claim,
    unsupported_markup,
    unused_argument,
    unused_figure,
    unused_source,
    wrong_file,
    wrong_target,
    wrong_type,
    wrong_value,
    yaml_feature,
)
from pipeline.check.rule import Rule
from pipeline.model import Library
from pipeline.problem import Problem, did_you_mean, in_order

__all__ = ["RULES", "Rule", "check"]

_TABLE = (
    Rule.of(wrong_file, "files"),
    Rule.of(too_large, "files"),
    Rule.of(syntax, "files"),
    Rule.of(yaml_feature, "files"),
    Rule.of(hidden_character, "files"),
    Rule.of(duplicate_key, "files"),
    Rule.of(unknown_key, "files"),
    Rule.of(missing_key, "files"),
    Rule.of(wrong_type, "files"),
    Rule.of(wrong_value, "files"),
    Rule.of(duplicate_id, "files"),
    Rule.of(unknown_argument, "references"),
    Rule.of(unknown_ground, "references"),
    Rule.of(unknown_source, "references"),
    Rule.of(unknown_figure, "references"),
    Rule.of(unknown_option, "references"),
    Rule.of(unused_source, "references", "warning"),
    Rule.of(unused_argument, "references", "warning"),
    Rule.of(unused_figure, "references", "warning"),
    Rule.of(one_of_three, "argument"),
    Rule.of(wrong_target, "argument"),
    Rule.of(unsupported_claim, "argument"),
    Rule.of(unanswered_objection, "argument", "warning"),
    Rule.of(circular_support, "argument"),
    Rule.of(failed_test, "argument"),
    Rule.of(single_point_of_failure, "argument", "warning"),
    Rule.of(retracted_source, "evidence"),
    Rule.of(one_sided, "brief", "warning"),
    Rule.of(raw_html, "text"),
    Rule.of(unsupported_markup, "text"),
    Rule.of(one_paragraph, "text"),
    Rule.of(image_in_text, "text"),
    Rule.of(unsafe_link, "text"),
    Rule.of(unknown_anchor, "text"),
    Rule.of(unknown_footnote, "text"),
    Rule.of(misplaced_footnote, "text"),
    Rule.of(missing_glyph, "text"),
    Rule.of(citation_style, "machine"),
    Rule.of(logo, "machine"),
    Rule.of(pandoc, "machine"),
    Rule.of(template, "machine"),
    Rule.of(template_html, "machine"),
    Rule.of(denied_resource, "machine"),
    Rule.of(engine_warning, "machine"),
    Rule.of(release, "machine"),
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _TABLE}
"""Every rule by its name."""


def check(library: Library) -> tuple[Problem, ...]:
    """Give every problem that the rules find, sorted, with the severities that the house wants."""
    problems = list(_wrong_severities(library))
    for rule in RULES.values():
        severity = library.house.severities.get(rule.name, rule.severity)
        if rule.find is not None and severity != "off":
            problems += (replace(problem, severity=severity) for problem in rule.find(library))
    return in_order(problems)


def _wrong_severities(library: Library) -> Iterator[Problem]:
    """Yield a problem for each severity in house.yaml that changes nothing."""
    changeable = [rule.name for rule in RULES.values() if rule.find is not None]
    for name in library.house.severities if "house" not in library.unloaded else ():
        if name not in changeable:
            known = name in RULES
            message = f"the severity of '{name}' can't be changed" if known else f"no rule is called '{name}'"
            hint = "delete this line" if known else did_you_mean(name, changeable) or "see `openbrief explain`"
            yield Problem(
                mark=library.house.key_mark("severities", name), rule="wrong-value", message=message, hint=hint
            )
