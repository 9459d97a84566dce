"""Show pictures as figures, not as images in text.

An image in Markdown has no source, no words for those who can't see it and no place in the design. A
figure has all three: describe it in briefs/figures/ and place it by its id.

Good:

    # first-brief.yaml
    background: |
      Wrecks are counted every year.

      {{ figure("wrecks") }}

Bad:

    # first-brief.yaml
    background: |
      Wrecks are counted every year.

      ![Wrecks](wrecks.png)

      {{ figure("wrecks") }}
"""
