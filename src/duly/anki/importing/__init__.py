"""Importing notes from Anki, with the origin that lets each note be exported back to Anki."""
