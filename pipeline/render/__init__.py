"""Render a manuscript: article, page and PDF."""
