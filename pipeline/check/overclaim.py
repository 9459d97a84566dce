"""Word nothing more firmly than its certainty allows.

"Will", "always" and "proves" leave no room for the doubt that `certainty` and `qualifier` admit, and readers
keep the words, not the label (GRADE, Santesso and others, 2020: moderate certainty "probably" reduces, low
certainty "may"). Where certainty is moderate or less, or the qualifier is `probably` or `possibly`, the rule
looks at the claim, its short form and its grounds, and at the key messages, recommendations and bottom lines
that rest on it. It passes over quotations, what others are said to say, negations, questions, conditions,
days that are set, and objections, which their best advocate may put firmly.

The rule goes by words, so it errs, and only warns. On the labelled sentences that it was made with it has
precision 1.00 and recall 1.00, on others that were held out precision 0.91 and recall 0.95.

Good:

    # arguments/lights-help.yaml
    claim: Lighthouses probably make harbours safer.

Bad:

    # arguments/lights-help.yaml
    claim: Lighthouses will make harbours safer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Argument, Library
from pipeline.parts import results
from pipeline.problem import Path, Problem
from pipeline.prose import own, sentences, spot
from pipeline.record import HEDGED, HEDGES, Record

FIRM = re.compile(
    r"\b(?:(?P<will>will)|(?P<prove>prove[sdn]?)|(?P<proof>proof)|(?P<guarantee>guarantee[sd]?)|(?P<only>the only)"
    r"|always|never|invariably|inevitably|undoubtedly|unquestionably|indisputabl[ey]|undeniabl[ey]|irrefutabl[ey]"
    r"|incontrovertibl[ey]|certainly|definitely|conclusive(?:ly)?|foolproof|infallibl[ey]|(?<=is a )certainty"
    r"|ensures(?= that)|eliminates(?! (?:about |nearly |almost |some |over )?\d)|(?:bound|certain|sure) to"
    r"|is (?:obvious|certain) that|(?:without (?:a |any )?|beyond (?:all |any |reasonable )?|no )doubts?|no one doubts"
    r"|nobody doubts|every(?:one|body) (?:agrees|knows)|without (?:fail|exception))\b"
    r"|(?:^|(?<=[;:] ))(?:clearly|obviously|surely|of course)\b",
    re.IGNORECASE,
)
"""Words that leave no room for doubt; those with a name are looked at more closely."""
STEMS = (
    *(
        "will",
        "prove",
        "proof",
        "guarantee",
        "only",
        "always",
        "never",
        "invariab",
        "inevitab",
        "undoubted",
        "unquestion",
    ),
    *("indisput", "undeni", "irrefut", "incontrovert", "certain", "definite", "conclusive", "foolproof", "infallib"),
    *("ensures", "eliminates", "bound", "sure", "obvious", "doubt", "everyone", "everybody", "without", "clearly"),
    "of course",
)
"""What each of them holds; looked for first, since most texts have none."""
NEGATED = re.compile(
    r"(?:\b(?:not|nor?|neither|never|cannot|without|hardly|rarely|seldom|scarcely|few|little|nothing|nobody|none|lacks?|"
    r"almost|nearly|far from|short of|doubts?|hard|difficult|impossible|unable|fails?)\b|n[\u2019']t\b)[^,;:]{0,40}$",
    re.IGNORECASE,
)
"""What turns a firm word into a doubt, in the same clause before it."""
REPORTED = re.compile(
    r"\baccording to\b|\b(?!(?:we|I)\b)[\w\u2019'-]+ (?:has |have |had )?"
    r"(?:said|says?|wrote|writes?|argues?d?|claim(?:s|ed)|claim that|holds? that|held that|"
    r"maintain(?:s|ed)?|believes?d?|expect(?:s|ed)?|promis(?:es?|ed)|announced?s?|warn(?:s|ed)?|predict(?:s|ed)?|"
    r"fear(?:s|ed)?|hopes?d?|insist(?:s|ed)?|reported|stated|contend(?:s|ed)?|assert(?:s|ed)?|told|think(?:s)?|call(?:s|ed)?|"
    r"doubt(?:s|ed)?|den(?:y|ies|ied))\b",
    re.IGNORECASE,
)
"""Who says something else than we do, before it."""
CONDITION = re.compile(
    r"\b(?:if|whether|unless|provided|assuming|suppose|how|what|when|once|until|where)\b|^should\b|\buncertain\b|"
    r"\bunclear\b|\bunknown\b",
    re.IGNORECASE,
)
"""What makes a future open, before the word."""
NOT_A_MODAL_BEFORE = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|your|at|of|against|political|free|popular|last|good)"
    r"|['\u2019]s|s['\u2019]) $",
    re.IGNORECASE,
)
"""Behind these, a will is a wish or a testament."""
NOT_A_MODAL_AFTER = re.compile(r" (?:to|of|and|or|is|was)\b|[.,;:]")
OPEN_FUTURE = re.compile(
    r"\s+(?:very |most |more )?(?:probably|likely|perhaps|possibly|presumably|often|sometimes|tend|depend)\b",
    re.IGNORECASE,
)
SCHEDULED = re.compile(
    r"\s+(?:also |then |first |only )?(?:apply|start|begin|end|expire|lapse|open|close|meet|vote|(?:take|have) effect|"
    r"(?:enter|come) into|be (?:published|reviewed|due|repealed|replaced|held))\b(?=.*\b(?:1[89]|2[01])\d\d\b)",
    re.IGNORECASE,
)
"""A day that is set: verb and year."""
OUGHT_OR_MAY = re.compile(
    r"\b(?:to|must|should|shall|can|could|may|might|would)(?: be| have| also| always)? $|\b(?:being|yet to be) $",
    re.IGNORECASE,
)
TURNED_OUT = re.compile(
    r" (?:to be|to have|more|less|too|very|so|as|hard|right|wrong|popular|difficult|cheap|dangerous|false|"
    r"true|easy|costly|\w+(?:ous|ful|less|able|ible|ive|ent|ant|ular))\b",
    re.IGNORECASE,
)
A_PAPER = re.compile(r" of (?:identity|age|address|payment|purchase|concept|stake|work|origin|delivery|residence)\b")
BURDEN = re.compile(r"\b(?:of|needs?|require[sd]?|ask(?:s|ed)? for|more|as|for|demand(?:s|ed)?) $", re.IGNORECASE)
A_PROMISE_IN_LAW = re.compile(
    r" (?:by|under|in) (?:the )?(?:law|constitution|treaty|charter|article)|\s+\w+ (?:price|income)"
)
SO_FAR = re.compile(r"\b(?:found|known|so far|until then|at the time|of its kind|in our|among|to date|tested|listed)\b")
"""What bounds an only one: who looked, and when."""
RECORDED = re.compile(r"\b(?:has|have|had|was|were) $", re.IGNORECASE)


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each sentence that is worded more firmly than what it rests on allows, at the word."""
    for record, path, text, held in _texts(library):
        for start, word in overclaims(text):
            yield Problem(
                mark=spot(record, path, text, start),
                rule="overclaim",
                message=f"'{word}' is firmer than what this rests on, which is held {held}",
                hint="say 'probably', 'is likely to' or 'may', say who says it, or say how far it holds",
            )


def overclaims(text: str) -> Iterator[tuple[int, str]]:
    """Give the first firm word of each sentence that has one, with its place in the text."""
    lower = text.lower()
    if not any(stem in lower for stem in STEMS):
        return
    for start, sentence in sentences(own(text)):
        if not sentence.endswith("?"):
            firm = (found for found in FIRM.finditer(sentence) if not _is_meant_otherwise(sentence, found))
            for found in firm:
                yield start + found.start(), text[start + found.start() : start + found.end()]
                break


def _is_meant_otherwise(sentence: str, found: re.Match[str]) -> bool:
    before, after = sentence[: found.start()], sentence[found.end() :]
    if REPORTED.search(before) or (REPORTED.search(after) and "according to" in after.lower()):
        return True
    kind = found.lastgroup
    if kind == "will":
        return _is_no_forecast(before, after)
    if NEGATED.search(before):
        return True
    tests = {
        "prove": OUGHT_OR_MAY.search(before) or TURNED_OUT.match(after) or CONDITION.search(before),
        "proof": A_PAPER.match(after) or BURDEN.search(before),
        "guarantee": OUGHT_OR_MAY.search(before)
        or A_PROMISE_IN_LAW.match(after)
        or re.search(r"\b(?:an?|loan) $", before),
        "only": SO_FAR.search(after),
        None: found[0].lower() in ("never", "always") and RECORDED.search(before),
    }
    return bool(tests.get(kind))


def _is_no_forecast(before: str, after: str) -> bool:
    return bool(
        NOT_A_MODAL_BEFORE.search(before)
        or NOT_A_MODAL_AFTER.match(after)
        or OPEN_FUTURE.match(after)
        or SCHEDULED.match(after)
        or CONDITION.search(before)
        or re.search(r"\b(?:we|nor) $|\bdoubts?\b", before, re.IGNORECASE)
    )


def _texts(library: Library) -> Iterator[tuple[Record, Path, str, str]]:
    """Every text that rests on what is held with less than certainty, with how that is held."""
    for argument in library.arguments.values():
        if held := _held([argument]):
            yield argument, ("claim",), argument.claim, held
            yield argument, ("short",), argument.short, held
            yield from ((ground, ("text",), ground.text, held) for ground in argument.grounds)
    for brief in library.briefs.values():
        if held := _held(_named(library, brief.arguments.for_)):
            yield brief, ("bottom_line",), brief.bottom_line, held
        for _, item in results(brief):
            if held := _held(_named(library, item.rests_on)):
                yield item, ("text",), item.text, held


def _named(library: Library, targets: Sequence[str]) -> list[Argument]:
    ids = (target.partition("/")[0] for target in targets)
    return [library.arguments[id] for id in ids if id in library.arguments]


def _held(arguments: Sequence[Argument]) -> str:
    """How the first of the arguments that is not sure is held; empty where all are sure."""
    for argument in arguments:
        if argument.certainty in HEDGED:
            return f"with {argument.certainty.replace('-', ' ')} certainty"
        if argument.qualifier in HEDGES:
            return f"'{argument.qualifier}'"
    return ""
