"""Say what words and keys of the YAML files mean, for editors that show it while one types."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: tuple[Mapping[str, str], ...] = (
    {
        "systematic-review": "All studies of a question, searched and judged by a stated method.",
        "trial": "Who gets what is decided by lot; can show a cause.",
        "quasi-experiment": "Compares like with like without drawing lots; can show a cause under stated assumptions.",
        "observational": "Counts or measures what happens; shows that things go together, not why.",
        "survey": "Asks people, and says what they answer.",
        "model": "Computes what follows from assumptions.",
        "case-study": "Looks at one case, or a few, closely.",
        "official-statistics": "Figures that an authority collects and publishes.",
        "legal-text": "A law, a ruling or a licence, quoted or retold.",
        "expert": "What people who know the field conclude.",
        "testimony": "What someone involved says of themselves or of others.",
    },
    {
        "supports": "Speaks for what it stands under.",
        "disputes": "Speaks against what the argument claims.",
        "context": "Helps to understand it, and speaks neither for nor against.",
    },
    {
        "strong": "Alone enough to take the finding as given.",
        "moderate": "Bears weight together with other evidence.",
        "weak": "A sign, on which nothing should rest alone.",
    },
    {
        "accepted": "Every attack on it is answered.",
        "contested": "An attack on it stands unanswered.",
        "unsupported": "It rests on no evidence.",
    },
    {
        "legislator": "Makes laws.",
        "regulator": "Carries laws out.",
        "staff": "Prepares what others decide.",
        "press": "Reports about it.",
        "public": "Lives with it.",
    },
    {
        "everyone": "Nobody in particular.",
        "legislator": "Makes laws.",
        "regulator": "Carries laws out.",
        "staff": "Prepares what others decide.",
        "press": "Reports about it.",
        "public": "Lives with it.",
    },
    {
        "one-page": "One page: what to keep, what to do, the strongest objection.",
        "brief": "Two to four pages.",
        "full": "Everything, with tables of all evidence and the trace.",
        "questions": "The hardest questions with their answers, and a test for oneself.",
    },
    {"first": "Shown before its like.", "last": "Left out before its like."},
    {"A4": "A sheet of 210 by 297 mm.", "letter": "A sheet of 8.5 by 11 inches."},
    {
        "rebuts": "Says that the claim is wrong.",
        "undermines": "Says that a ground is wrong.",
        "undercuts": "Grants the ground, and says that the claim doesn't follow from it.",
    },
    {
        "empirical": "Says what is, was or happens.",
        "causal": "Says that one thing brings another about.",
        "predictive": "Says what will happen.",
        "normative": "Says what should be; its warrant says which value or duty leads there.",
        "definitional": "Says what a word means or covers.",
    },
    {
        "certainly": "We see no way for it to be wrong.",
        "very-likely": "We would be surprised if it were wrong.",
        "probably": "More likely right than wrong.",
        "possibly": "It may be right; much speaks for waiting.",
    },
    {
        "high": "More evidence is very unlikely to change it (GRADE).",
        "moderate": "More evidence may change it (GRADE).",
        "low": "More evidence is likely to change it (GRADE).",
        "very-low": "Hardly more than a guess (GRADE).",
    },
    {
        "strong": "Nearly everyone who knows the evidence would choose it.",
        "conditional": "Right under the conditions that the text names.",
    },
    {
        "margin": "Beside the text, 50 mm wide.",
        "text": "In the column of the text, 122 mm wide.",
        "wide": "Across both columns, 178 mm wide.",
    },
    {"text": "In the column of the text, 122 mm wide.", "wide": "Across both columns, 178 mm wide."},
    {"yes": "Holds.", "partly": "Holds in part.", "no": "Doesn't hold."},
    {"off": "The rule isn't asked.", "warning": "It is told.", "error": "It stops the build."},
    {
        "full": "The cited text itself was read.",
        "abstract": "Only its abstract, its summary or its opening part was read.",
        "secondary": "It is known through a report about it.",
    },
)
"""The words that a key takes, each with what it means."""

KEYS: Mapping[str, Mapping[str, str]] = {
    "Argument": {
        "type": "What kind of claim it is, which decides what can support it.",
        "grounds": "What the claim rests on.",
        "objections": "The strongest that can be said against it, each answered, conceded or open.",
        "tests": "What must hold of the argument when sources are taken away.",
    },
    "Evidence": {"locator": "Where in the source it stands, so that a reader can find it."},
    "Expectation": {"expect": "The label that the argument has then."},
    "Ground": {
        "id": "A short name, by which briefs and objections point at it.",
        "text": "The ground, in a sentence or two.",
        "evidence": "What shows it.",
    },
    "Locator": {
        "page": "A page, or a range of pages.",
        "chapter": "A chapter.",
        "section": "A section.",
        "paragraph": "A paragraph.",
        "figure": "A figure.",
        "table": "A table.",
    },
    "Objection": {
        "id": "A short name, by which briefs point at it.",
        "text": "The objection, as those who make it would put it.",
        "evidence": "What shows it.",
        "response": "Our answer to it.",
    },
    "Response": {"text": "The answer.", "evidence": "What shows it."},
    "Disclosures": {
        "authors": "Who wrote it.",
        "contact": "Where mistakes can be reported.",
        "funding": "Who paid for it, or that nobody did.",
        "conflicts": "Whose interests could bear on it, or that there are none.",
        "ai_use": "How AI was used in making it.",
        "licence": "Under which terms it may be used.",
    },
    "Brief": {
        "issued": "The day of the first edition.",
        "version": "The version, in quotes; `history` says what changed.",
        "review_by": "When it is looked at again; after that day it counts as out of date.",
        "language": "The language it is written in, where it isn't the house's.",
        "keywords": "Words that catalogues find it by.",
        "why_now": "What makes the question urgent.",
        "affected": "Whom it concerns.",
        "arguments": "The arguments that are weighed, for and against.",
        "key_messages": "Three to five sentences that a reader should keep.",
        "pull_figures": "Numbers set large beside the text.",
        "boxes": "Cases, definitions and cautions set apart.",
        "options": "What could be done; the status quo is one of them.",
        "recommendations": "Who should do what by when.",
        "implementation": "What it takes, in which order, and how one sees whether it works.",
        "glossary": "Words that the reader may not know.",
        "history": "What was changed in which version.",
    },
    "Box": {"title": "Its heading.", "text": "Its text."},
    "Change": {"version": "The version.", "date": "Its day.", "change": "What is new in it."},
    "Explainer": {
        "whats_new": "What happened.",
        "how_it_works": "How it works.",
        "behind_the_news": "What led to it.",
        "yes_but": "What speaks against it, or is doubtful.",
        "why_it_matters": "Why readers should care.",
        "our_view": "What we make of it.",
    },
    **{
        kind: {
            "legislator": "What those who make laws are told.",
            "regulator": "What those who carry laws out are told.",
            "staff": "What those who prepare decisions are told.",
            "press": "What those who report about it are told.",
            "public": "What those who live with it are told.",
        }
        for kind in ("ArgumentWordings", "BriefWordings", "Wordings")
    },
    "ArgumentWording": {"claim": "The claim in other words.", "short": "The short form in other words."},
    "BriefWording": {"bottom_line": "The bottom line in other words.", "why_now": "Why now, in other words."},
    "KeyMessage": {"text": "The message.", "rests_on": "The arguments, grounds or objections that carry it."},
    "Licence": {"name": "Its short name.", "url": "Where its text is."},
    "NotEstimated": {"not-estimated": "Why there is no estimate."},
    "Option": {
        "id": "A short name; changing nothing is called `status-quo`.",
        "text": "The option, in a sentence.",
        "benefits": "What speaks for it.",
        "harms": "What speaks against it.",
        "costs": "What it costs, and whom.",
        "uncertainty": "What isn't known of it.",
    },
    "Positions": {"for": "Arguments for it.", "against": "Arguments against it; a brief without is one-sided."},
    "PullFigure": {"value": "The number.", "text": "What it counts.", "source": "Who says so."},
    "Recommendation": {
        "text": "What it comes to, in a sentence or two.",
        "actor": "Who can decide on it.",
        "action": "The act, as a heading.",
        "timeframe": "By when: a day, a span or an event.",
        "rests_on": "The arguments, grounds or objections that carry it.",
        "strength": "How firmly it is given.",
    },
    "Term": {"term": "The word.", "meaning": "What it means here."},
    "Products": {
        "editions": "How long it is, and what it is for.",
        "audiences": "Who reads it; it shows them what is for everyone, and what is for them.",
    },
    "House": {
        "name": "The publisher's name.",
        "short_name": "The name where there is little room.",
        "language": "The language of its publications, `en-GB`.",
        "brand": "Colours and logo.",
    },
    "Brand": {"primary": "Headings and bands.", "accent": "What stands out.", "secondary": "The third colour."},
}
"""What the keys of a record hold, where the record itself doesn't say."""
