"""Give every ground, objection, option and source an id of its own.

Briefs name grounds and objections as `argument/id`, recommendations name options, and texts name
sources. An id that stands for two things would leave open which is meant. The grounds and objections
of one argument share their ids; citekeys must differ in more than capitals.

Good:

    # arguments/lights-help.yaml
    grounds:
      - {id: fewer-wrecks, text: Harbours with a light saw fewer wrecks.}
      - {id: fewer-rescues, text: Crews were called out less often.}

Bad:

    # arguments/lights-help.yaml
    grounds:
      - {id: fewer-wrecks, text: Harbours with a light saw fewer wrecks.}
      - {id: fewer-wrecks, text: Crews were called out less often.}
"""
