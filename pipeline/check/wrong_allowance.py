"""Say in a comment which rule you allow to be broken, and why.

A rule can be wrong at one place. A comment silences it there, on its own line or above the line it
speaks of, and the reason lets the next reader judge whether it still holds. What stops a brief from
being made, such as a citekey that no source has, can't be allowed.

Good:

    # arguments/lights-help.yaml
    # openbrief: allow causal-evidence because the trial is under way and reports next year
    certainty: high

Bad:

    # arguments/lights-help.yaml
    # openbrief: allow causal-evidence
    short: Lighthouses help
"""
