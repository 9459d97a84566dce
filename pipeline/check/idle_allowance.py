"""Allow only what is found.

A comment that silences nothing was left over when the text was mended, or stands at the wrong place
and hides that the rule is still broken elsewhere. Nothing is said while a file can't be loaded.

Good:

    # arguments/lights-help.yaml
    # openbrief: allow causal-evidence because the trial is under way and reports next year
    certainty: high

Bad:

    # arguments/lights-help.yaml
    # openbrief: allow unused-argument because both briefs will be rewritten soon
    short: Lighthouses help
"""
