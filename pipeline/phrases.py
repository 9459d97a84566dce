"""Describe how figures are written in English: patterns of what stands in them, before them and behind them.

Each has bounds, so that none is tried longer than a sentence is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.units import MULTIPLES, NUMBERS, PARTS, UNITS

IDLE = re.compile(
    r"ways?|reasons?|steps?|questions?|things?|parts?|options?|kinds?|sides|points|aims?|goals?|tests?|conditions|lessons?"
    r"|principles|measures|tasks|chapters|sections|categories|recommendations|messages|others|more|or|and|to|main|key"
    r"|broad|of"
)
"""Words behind a counting word by which a writer counts what the text itself names."""
ORDINARY = re.compile(
    r"a|about|above|across|add|after|all|almost|an|and|another|any|are|around|as|at|be|before|below|besides|between|build"
    r"|but|buy|by|costs?|cut|did|do|does|each|even|every|exactly|for|from|fund|further|given?|goes|had|has|have|hire|if"
    r"|in|into|is|its?|just|keep|last|least|less|like|made|make|more|most|nearly|next|no|nor|not|of|on|once|one|only|open"
    r"|or|other|out|over|pay|per|perhaps|plant|plus|raise|roughly|says|set|since|so|some|spend|still|such|than|that|the"
    r"|their|them|then|these|they|this|those|to|train|under|until|up|use|was|were|what|when|where|which|while|who|with"
    r"|within|worth|would"
)
"""Words that name nothing, though they have a capital at the start of a sentence."""
PLACING = re.compile(r"in|across|for|throughout|from|of", re.IGNORECASE)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)


def _either(names: Iterable[str]) -> str:
    return "|".join(
        re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=lambda name: (-len(name), name))
    )


_SPELT: Final = _either(NUMBERS)
_FIRST: Final = "".join(
    sorted({sign for word in ("a", "half", *NUMBERS, *MULTIPLES) for sign in word[0] + word[0].upper()})
)
"""Letters that a figure in words starts with; most words are passed over by them."""
_MEASURED: Final = _either(UNITS)
MASKED = re.compile(
    r"\[[^\[\]]{0,400}(?<![\w@\\])-?@[^\[\]]{0,400}\]|(?<![\w@\\/])@\{?[\w:.#$%&+?~/-]+\}?|(?<=\])\([^()\s]{0,400}\)"
    r"|https?://\S+|`[^`]{1,400}`|\{\{[^{}]{0,400}\}\}|[*_\\](?![\d\s])"
)
"""What holds no words: citations, the destinations of links, addresses, code, places of figures, marks of stress."""
FIGURE = re.compile(
    r"(?=[\d$€£¥₹ACEGIJU])(?<![\w,./:#^])(?<![A-Za-z][-\u2013])"
    r"(?P<currency>(?:US|A|C)\$|[$€£¥₹]|(?:USD|EUR|GBP|JPY|INR|CHF|CNY)\s?)?"
    r"(?:(?:(?P<factor>\d{1,6}(?:\.\d{1,9})?)\s?[\u00d7x]\s?)?10(?:\^(?P<power>\d{1,2})\b\^?|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
    r"|(?P<digits>\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3}){1,6}(?!\d)(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?))"
    r"(?![\d^]|[./:,]\d)"
    rf"|\b(?=[{_FIRST}])(?i:(?P<multiple>{_either(MULTIPLES)})|(?P<half>half)"
    rf"|(?P<parts>an?|{_SPELT})[\s-](?P<part>{_either(PARTS)})"
    rf"|(?<!-)(?P<word>{_SPELT}|an?(?=[\s-](?:hundred|thousand|million|billion|trillion|dozen|{_MEASURED})\b)))\b"
)
SCALE = re.compile(r"[\s-](hundred|thousand|million|billion|trillion|dozen)\b|\s?(mn|bn|tn|trn|[kmb])\b", re.IGNORECASE)
UNIT = re.compile(rf"[\s-]?({_MEASURED})(?!\w)", re.IGNORECASE)
OUT_OF = re.compile(
    rf"\s(?:in|out\sof|of\severy)\s(?:every\s)?(10{{0,5}}|[2-9]|[25]0|{_SPELT})\b(?!\s?%|[,.]\d|[\s-](?:{_MEASURED})\b)",
    re.IGNORECASE,
)
HALVED = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
NEXT = re.compile(r"[\s-][\"“(]?([^\W\d_][\w'\u2019]{0,40}(?:-\w{1,40})?)")
AS = re.compile(r"\s(?:as|the|that)\b", re.IGNORECASE)
OF = re.compile(r"\s(?:of|more|less|fewer|higher|lower|larger|smaller|as)\b", re.IGNORECASE)
OF_NUMBER = re.compile(rf"\sof\s(?:the\s)?(?:\d|(?:{_SPELT})\b)", re.IGNORECASE)
BY = re.compile(r"\b(?:by|than|about|around|nearly|almost|over|under|roughly|only|some|just)\s$", re.IGNORECASE)
ENDS = re.compile(
    r"\s*(?:[.,;:)]|$)|\s(?:in|since|between|over|from|on|at|when|and|after|within|with|during|compared|across|among|by)\b"
)
POINTING = re.compile(r"\b(?:these|those|first|last|next|our|other)\s$", re.IGNORECASE)
HEDGE = re.compile(
    r"\b(?:(?P<about>about|around|roughly|approximately|some|circa|almost|nearly|close\sto|estimated)"
    r"|(?P<over>over|more\sthan|at\sleast|above|exceed(?:s|ed|ing)?|upwards\sof)"
    r"|(?P<under>under|less\sthan|fewer\sthan|below|up\sto|at\smost|no\smore\sthan))\s$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\b(?:articles?|arts?|sections?|sec|titles?|pages?|pp?|chapters?|ch|tables?|figures?|figs?|nos?|numbers?|phases?"
    r"|stages?|steps?|levels?|tiers?|class(?:es)?|parts?|paragraphs?|paras?|recitals?|annex(?:es)?|versions?|v|vol|volumes?"
    r"|issues?|grades?|categor(?:y|ies)|options?|rules?|resolutions?|directives?|regulations?|questions?|type|top|goals?"
    r"|recommendations?|notes?|footnotes?|item|line|box|group\sof|laws?|acts?|bills?)\.?\s$",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?:(?P<start>^\s{0,4}|[.!?:]\s{1,4})|\b(?P<before>\w{1,20})\s|\W)(?P<name>[^\W\d_][\w\u2019'&+-]{0,30})\s$"
)
JOINED = re.compile(r"(?:\(\w{1,4}\)){0,3}(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|\s?[\u2013-]\s?)")
BETWEEN = re.compile(r"\s?(?:[\u2013-]|\bto\b|\band\b|\bor\b)\s?")
GLUED = re.compile(r"[^\W\d_]|\s[ap]\.?m\b|\so['\u2019]clock")
MARKER = re.compile(r"\d{1,3}(?:\)|\.\s)")
DATED_AFTER = re.compile(rf"(?:\s?[\u2013-]\s?\d{{1,2}})?\s{_MONTH}")
DATED_BEFORE = re.compile(rf"{_MONTH}\s(?:\d{{1,2}}\s?[\u2013-]\s?)?$")
