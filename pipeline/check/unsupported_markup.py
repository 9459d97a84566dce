"""Use plain Markdown, without attributes in braces.

Attributes and raw blocks would change the design from inside a text.

Good:

    # first-brief.yaml
    affected: "*All* sailors."

Bad:

    # first-brief.yaml
    affected: "[All]{.large} sailors."
"""
