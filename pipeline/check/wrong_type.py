"""Write text, lists and keys where each is needed.

Every scalar is text until the model asks for a number, so `NO` and `1.10` stay as they are typed.
A list where text belongs, or nothing at all, is refused.

Good:

    # first-brief.yaml
    keywords: [lighthouses, harbours]

Bad:

    # first-brief.yaml
    keywords: lighthouses and harbours
"""
