"""Give every ground, objection, option, slot and source an id of its own.

Briefs name grounds and objections as `argument/id`, recommendations name options, and texts name
sources and slots. An id that stands for two things would leave open which is meant. The grounds and
objections of one argument share their ids; citekeys must differ in more than capitals.

Good:

    # first-brief.yaml
    options:
      - {id: status-quo, text: Leave it., benefits: Calm., harms: Wrecks., costs: None., uncertainty: Small.}
      - {id: light-all, text: Light all., benefits: Safety., harms: Glare., costs: Oil., uncertainty: Weather.}

Bad:

    # first-brief.yaml
    options:
      - {id: light-all, text: Light half., benefits: Safety., harms: Glare., costs: Oil., uncertainty: Weather.}
      - {id: light-all, text: Light all., benefits: Safety., harms: Glare., costs: Oil., uncertainty: Weather.}
"""
