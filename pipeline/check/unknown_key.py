"""Use only the keys that the model has.

A mistyped key would be left out of the brief without a word. The keys of each file stand in its
schema in assets/schema/, which editors show while you type. The id of an argument, a figure or a
brief is the name of its file and is no key.

Good:

    # first-brief.yaml
    affected: Sailors.

Bad:

    # first-brief.yaml
    afected: Sailors.
"""
