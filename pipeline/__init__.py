"""Turn arguments written in YAML into policy briefs: one PDF and one HTML page each."""

__version__ = "0.1.0"
