"""Anki: exporting packages, importing notes, and learning progress both ways."""
