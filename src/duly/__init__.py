"""duly: flashcards written as plain YAML, learned in Anki and in the terminal."""

__version__ = "0.3.0"
