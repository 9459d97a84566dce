"""Name a citation style that pandoc can use.

`citation_style` in house.yaml is the name of a CSL file in assets/styles/, without its ending. The
problem says what is wrong with it; https://citationstyles.org has others.
"""
