"""Write Markdown, not HTML.

HTML in a text is never passed on: it could run programs in a reader's browser, and it has no form on
paper. To show the characters themselves, set them in backticks.

Good:

    # first-brief.yaml
    affected: "*All* sailors."

Bad:

    # first-brief.yaml
    affected: <b>All</b> sailors.
"""
