"""Write the note that a mark refers to.

Each text is read by itself, so the note stands in the text that has its mark, after an empty line.

Good:

    # first-brief.yaml
    implementation: |
      The board pays.[^1]

      [^1]: From its reserve.

Bad:

    # first-brief.yaml
    implementation: The board pays.[^1]
"""
