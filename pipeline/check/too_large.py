"""Keep files within bounds.

A file may have 2,000,000 bytes, 200,000 keys and values, and 64 lists and mappings in each other: far
more than a brief needs, and far less than what stops a computer.

Good:

    # first-brief.yaml
    keywords: [lighthouses]

Bad:

    # first-brief.yaml
    keywords:
      [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
      ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
"""
