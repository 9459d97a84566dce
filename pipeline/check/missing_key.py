"""Write every key that is needed.

A claim without its certainty, or a finding without its source, can't be weighed by a reader. The hint
shows how the missing key is written.

Good:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - {source: able-2024, finding: Wrecks fell by a third., kind: observational, strength: moderate}

Bad:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        evidence:
          - {source: able-2024, finding: Wrecks fell by a third., kind: observational, strength: moderate}
"""
