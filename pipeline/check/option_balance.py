"""Name a harm beside every benefit of an option, and a benefit beside every harm.

An option that has only benefits was not thought through, or is being sold; one that has only harms was
put up to be knocked down (SURE guides for evidence briefs, 2011: benefits, harms and costs of each
option). `None`, `n/a` and `not-estimated` say nothing of it; that a harm is small or unlikely does.

Good:

    # first-brief.yaml
    options:
      - {id: light-all, text: Light all., benefits: Fewer wrecks., harms: Glare., costs: Oil., uncertainty: Weather.}

Bad:

    # first-brief.yaml
    options:
      - {id: light-all, text: Light all., benefits: Fewer wrecks., harms: None., costs: Oil., uncertainty: Weather.}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Estimate, Library, NotEstimated
from pipeline.problem import Problem

_SAYS_NOTHING = re.compile(
    r"\W*(?:none|no|nil|nothing|n/?a|not applicable|unknown|t\.?b\.?[adc]\.?|to be (?:added|confirmed|determined)|"
    r"(?:no|none|not any)\b[^.,;]{0,24}\b(?:known|found|expected|identified|foreseen)|"
    r"no (?:benefits?|harms?|risks?))?\W*",
    re.IGNORECASE,
)


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each option that names benefits and no harms, or harms and no benefits."""
    for brief in library.briefs.values():
        for option in brief.options:
            for missing, given in (("harms", "benefits"), ("benefits", "harms")):
                if _says_nothing(getattr(option, missing)) and not _says_nothing(getattr(option, given)):
                    yield Problem(
                        mark=option.mark(missing),
                        rule="option-balance",
                        message=f"the option '{option.id}' has {given} and no {missing}",
                        hint=f"say what speaks {'against' if missing == 'harms' else 'for'} it, be it ever so little",
                    )


def _says_nothing(estimate: Estimate) -> bool:
    return isinstance(estimate, NotEstimated) or _SAYS_NOTHING.fullmatch(estimate) is not None
