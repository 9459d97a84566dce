"""Turn arguments in YAML into policy briefs in PDF and HTML."""

__version__ = "0.1.0"
