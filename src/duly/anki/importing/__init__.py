"""Importing notes from Anki, with the origin that leads each note back there."""
