"""The way to Anki and back."""
