"""Run the program with `python -m pipeline`."""

from pipeline.cli import main

main()
