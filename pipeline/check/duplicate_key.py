"""Write every key once.

YAML readers keep the last of two keys with the same name and drop the first without a word, so that a
text can vanish. Here the second is refused.

Good:

    # first-brief.yaml
    why_now: The board decides in May.
    affected: Sailors.

Bad:

    # first-brief.yaml
    why_now: The board decides in May.
    why_now: Winter is near.
"""
