"""Markdown → HTML, the form that Anki and the terminal share; and HTML read as a tree or as plain text."""
