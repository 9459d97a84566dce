"""Set footnotes in paragraphs only.

A note in a heading or in another note has no place where it could be printed.

Good:

    # first-brief.yaml
    implementation: |
      The board pays.[^1]

      [^1]: From its reserve.

Bad:

    # first-brief.yaml
    implementation: |
      ## The board pays[^1]

      From May.

      [^1]: From its reserve.
"""
