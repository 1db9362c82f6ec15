"""One memory in several places: journals of other computers, and Anki."""
