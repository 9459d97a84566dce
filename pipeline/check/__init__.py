"""Look whether a library keeps the rules: a library in, problems out.

Each rule is a module of this package: its docstring is the manual, its `find` looks. The rules that
have no `find` are kept by other stages; their manuals stand here with the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.check import (
    acronym_unexpanded,
    brief_language,
    causal_evidence,
    circular_support,
    citation_style,
    dead_link,
    denied_resource,
    diverging_number,
    duplicate_id,
    duplicate_key,
    duplicate_work,
    engine_warning,
    failed_test,
    figure_without_words,
    font,
    future_date,
    hidden_character,
    idle_allowance,
    image_in_text,
    imported_source,
    key_message_count,
    local_slot,
    logo,
    lost_in_translation,
    misplaced_figure,
    misplaced_footnote,
    missing_disclosure,
    missing_glyph,
    missing_key,
    missing_locator,
    normative_premise,
    not_made,
    number_mismatch,
    one_of_three,
    one_paragraph,
    one_sided,
    option_balance,
    option_count,
    overclaim,
    page_budget,
    pandoc,
    past_review,
    poor_contrast,
    product_name,
    quote_mismatch,
    quote_unverifiable,
    raw_html,
    reading_ease,
    recipient_slot,
    recipients,
    recommendation_complete,
    release,
    repeated_figure,
    retracted_source,
    secondary_only,
    single_point_of_failure,
    source_address,
    source_concentration,
    source_date,
    source_fields,
    stale_translation,
    syntax,
    template,
    template_html,
    title_length,
    too_large,
    unanswered_objection,
    unknown_anchor,
    unknown_argument,
    unknown_figure,
    unknown_footnote,
    unknown_ground,
    unknown_key,
    unknown_language,
    unknown_option,
    unknown_region,
    unknown_source,
    unread_item,
    unsafe_link,
    unsupported_claim,
    unsupported_markup,
    untranslated,
    unused_argument,
    unused_figure,
    unused_slot,
    unused_source,
    wrong_allowance,
    wrong_file,
    wrong_target,
    wrong_type,
    wrong_value,
    yaml_feature,
)
from pipeline.check.allowances import Allowances
from pipeline.check.rule import Rule
from pipeline.check.severities import is_off, severity, wrong_severities
from pipeline.model import Library
from pipeline.problem import Problem, in_order

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
    Rule.of(wrong_allowance, "files"),
    Rule.of(idle_allowance, "files", "warning"),
    Rule.of(unknown_argument, "references", sees="parts"),
    Rule.of(unknown_ground, "references", sees="parts"),
    Rule.of(unknown_source, "references", sees="parts"),
    Rule.of(unknown_figure, "references"),
    Rule.of(unknown_option, "references"),
    Rule.of(unknown_region, "references"),
    Rule.of(unknown_language, "references"),
    Rule.of(brief_language, "references"),
    Rule.of(product_name, "references"),
    Rule.of(misplaced_figure, "references"),
    Rule.of(local_slot, "references"),
    Rule.of(recipient_slot, "references"),
    Rule.of(unused_slot, "references", "warning"),
    Rule.of(repeated_figure, "references", worded=True),
    Rule.of(unused_source, "references", "warning"),
    Rule.of(unused_argument, "references", "warning"),
    Rule.of(unused_figure, "references", "warning"),
    Rule.of(one_of_three, "argument"),
    Rule.of(wrong_target, "argument"),
    Rule.of(unsupported_claim, "argument", sees="whole"),
    Rule.of(unanswered_objection, "argument", "warning", sees="whole"),
    Rule.of(circular_support, "argument"),
    Rule.of(failed_test, "argument", sees="whole"),
    Rule.of(single_point_of_failure, "argument", "warning", sees="whole"),
    Rule.of(normative_premise, "argument", "warning", worded=True),
    Rule.of(causal_evidence, "argument", "warning", sees="whole"),
    Rule.of(overclaim, "argument", "warning", worded=True),
    Rule.of(retracted_source, "evidence", sees="whole"),
    Rule.of(missing_locator, "evidence", "warning"),
    Rule.of(quote_mismatch, "evidence"),
    Rule.of(quote_unverifiable, "evidence", "warning"),
    Rule.of(secondary_only, "evidence", "warning", sees="whole"),
    Rule.of(past_review, "evidence", "warning"),
    Rule.of(source_concentration, "evidence", "warning", sees="whole"),
    Rule.of(number_mismatch, "evidence", "warning", worded=True, sees="whole"),
    Rule.of(dead_link, "evidence", "warning"),
    Rule.of(source_fields, "source", "warning"),
    Rule.of(source_address, "source"),
    Rule.of(source_date, "source"),
    Rule.of(future_date, "source", "warning"),
    Rule.of(duplicate_work, "source"),
    Rule.of(one_sided, "brief", "warning"),
    Rule.of(diverging_number, "brief", "warning", sees="whole"),
    Rule.of(title_length, "brief", "warning"),
    Rule.of(key_message_count, "brief", "warning"),
    Rule.of(option_count, "brief"),
    Rule.of(option_balance, "brief", "warning"),
    Rule.of(recommendation_complete, "brief", "warning"),
    Rule.of(missing_disclosure, "brief"),
    Rule.of(figure_without_words, "brief", "warning"),
    Rule.of(unread_item, "brief", "warning"),
    Rule.of(acronym_unexpanded, "brief", "warning", worded=True),
    Rule.of(reading_ease, "brief", "warning", worded=True),
    Rule.of(poor_contrast, "brief"),
    Rule.of(untranslated, "translation"),
    Rule.of(stale_translation, "translation"),
    Rule.of(lost_in_translation, "translation"),
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
    Rule.of(font, "machine"),
    Rule.of(imported_source, "machine"),
    Rule.of(recipients, "machine"),
    Rule.of(page_budget, "machine"),
    Rule.of(pandoc, "machine"),
    Rule.of(template, "machine"),
    Rule.of(template_html, "machine"),
    Rule.of(denied_resource, "machine"),
    Rule.of(engine_warning, "machine"),
    Rule.of(release, "machine"),
    Rule.of(not_made, "machine"),
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _TABLE}
"""Every rule by its name."""


def check(library: Library, today: str | None = None) -> tuple[Problem, ...]:
    """Give every problem that the rules find, sorted, with the severities that the house wants.

    `today` is the day as ISO 8601 has it; rules that ask for it find nothing where it is left out.
    """
    allowances = Allowances.of(library.comments, RULES)
    problems = [*wrong_severities(library, RULES), *allowances.problems]
    for rule in RULES.values():
        if not is_off(library.house, rule):
            problems += allowances.left(_weighed(rule, library, today))
    if not library.unloaded:
        problems += allowances.idle(rule.name for rule in RULES.values() if today is not None or not rule.dated)
    return in_order(problems)


def _weighed(rule: Rule, library: Library, today: str | None) -> Iterator[Problem]:
    """Yield what a rule finds in the files where it isn't off."""
    for problem in rule.problems(library, today):
        weight = severity(library.house, rule, problem.mark.file)
        if weight != "off":
            yield replace(problem, severity=weight)
