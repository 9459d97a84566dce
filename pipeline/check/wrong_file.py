"""Put files where they are read, under names that can be published.

briefs/ holds house.yaml, sources.yaml and one YAML file for each brief; briefs/arguments/ and
briefs/figures/ hold one for each argument and figure. A file's name is an id: small letters, digits
and hyphens, 64 at most, then `.yaml`; names that Windows keeps for itself, such as con, are refused, and so are
links out of the project. What nothing reads is named, so that nothing is left out in silence.

Good:

    # arguments/lights-help.yaml
    short: Lights help

Bad:

    # arguments/Lights help.yml
    short: Lights help
"""
