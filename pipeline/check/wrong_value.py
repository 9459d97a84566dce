"""Write values that the model knows.

Some keys take one of a few words, such as `certainty: moderate` (the levels of GRADE), a day as
2026-03-01 (ISO 8601), an id made of small letters, digits and hyphens, or text up to some length.

Good:

    # arguments/lights-help.yaml
    certainty: moderate

Bad:

    # arguments/lights-help.yaml
    certainty: medium
"""
