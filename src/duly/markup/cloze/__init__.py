"""Cloze text → HTML from which Anki reads the same deletions, and one side of a cloze card."""
