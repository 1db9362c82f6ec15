"""Deck files: finding, reading, checking and writing the YAML a person edits."""
